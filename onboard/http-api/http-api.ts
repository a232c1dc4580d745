/** An application behind an HTTP API: the module api-gateway-http, which adopts the routes that lead to the application. */
import { Snapshot } from "../../account/snapshot";
import { HttpApi, HttpRoute } from "../../model/http-routes";
import { applicationBehind } from "../application";
import { Composition, Entry, Step, Variable, Wanted } from "../composition";
import { listenerOfNode, NODE_SERVER_NAME } from "../entrance";
import { Fields, reference } from "../hcl";
import { Covered, importsFile, isCovered, Judged, judged, routesFile } from "./routes";
import { stageOf } from "./stage";
import { NEEDED as NEEDED_OF_LOAD_BALANCERS, numbered, subnetCidrs } from "../load-balancer";
import { callsBehindApi, FLEET_VARIABLES, fleetEntries, nodeFor } from "../fleet/fleet";
import { Node } from "../node";
import { applicationLoadBalancer, NODE_LOAD_BALANCER, ownLoadBalancer } from "../fleet/load-balancer";
import { listed, Refusal, refuseUnread } from "../refusal";
import { targetGroupArnsOf, vpcOf } from "../target-groups";

const NEEDED = new RegExp(
  `${NEEDED_OF_LOAD_BALANCERS.source}|^apigateway:Get(Apis|Routes|Integrations|Stages \\(HTTP\\))$`,
);

/** @throws Refusal */
export function composeHttpApi(snapshot: Snapshot, wanted: Wanted): Composition {
  const api = findApi(snapshot, wanted.id);
  refuseUnread(snapshot, NEEDED);
  const routes = judged(api, listenerArnOf(snapshot, wanted), wanted);
  const covered = routes.filter(isCovered);
  if (covered.length === 0)
    throw new Refusal(
      `No request to the API ${api.ApiId} can go through a node:\n${routes.map(({ words, reason }) => `${words}: ${reason}`).join("\n") || "It has no routes."}`,
    );
  const stage = stageOf(api);
  const leads = covered.map(({ words, route }) => ({ words, listenerArns: listenersOf(route, snapshot) }));
  const accepted = routes.filter(({ accepted }) => accepted).map(({ route }) => route.key);
  const targetGroupArns = targetGroupArnsOf(leads, snapshot, wanted, EXAMPLE);
  const application = applicationBehind(targetGroupArns, snapshot, EXAMPLE);
  const vpcId = "newFleet" in wanted.node ? vpcOf(targetGroupArns, snapshot, EXAMPLE) : vpcOfListener(snapshot, wanted);
  const node = nodeFor(snapshot, wanted, { vpcId, application, zones: null }, "api-gateway-http");
  const fleet = "newFleet" in wanted.node ? fleetBehind(snapshot, wanted, node, vpcId) : null;
  const entrance = fleet?.entrance ?? entranceOf(snapshot, wanted);
  return {
    scenario: "http-api",
    subject: `the HTTP API ${api.Name ?? ""} (${api.ApiId})`,
    ...{ vpcId, securityGroupIds: entrance.securityGroupIds, node, application },
    entries: [...routes.map(entryOf), ...fleetEntries(node)],
    nodeSettings: {},
    routing: {
      api_id: api.ApiId,
      ...stage.argument,
      routes: reference("local.routes"),
      ...(accepted.length > 0 ? { accepted_routes: accepted } : {}),
      request_parameters: { "overwrite:header.x-source-ip": "$context.identity.sourceIp" },
      vpc_link: { subnet_ids: entrance.subnetIds },
      load_balancer: entrance.loadBalancer,
    },
    files: { "routes.tf": routesFile(routes, api, stage.name), "imports.tf": importsFile(api), ...fleet?.files },
    calls: fleet?.calls ?? {},
    percent: "Percentage of the requests that goes to the node: 0 or 100.",
    variables: fleet ? FLEET_VARIABLES : entrance.variables,
    outputs: [
      {
        name: "routes_around_the_node",
        description: "Routes that go around the node at 100 percent.",
      },
      ...(stage.isOwners
        ? [{ name: "redeployment_trigger", description: "For the owner of the stage, who deploys it: see OWNERS.md." }]
        : []),
    ],
    steps: {
      beforeApply: [ignoreTargets(covered)],
      beforeCutover: [...(fleet ? [] : clientAddress()), ...around(routes.filter(({ needsOwner }) => needsOwner))],
      atCutover: stage.steps,
    },
    unread: snapshot.unread,
  };
}

const EXAMPLE = "examples/api-gateway-http/complete";

function findApi({ api_gateway_http, account_id, region }: Snapshot, id: string): HttpApi {
  const all = api_gateway_http?.Apis ?? [];
  const found = all.find(({ ApiId }) => ApiId === id);
  if (found === undefined)
    throw new Refusal(
      `The account ${account_id} has no HTTP API ${id} in the Region ${region}. Its APIs: ${listed(all.map(({ ApiId, Name }) => `${ApiId} (${Name})`))}.`,
    );
  if (found.ProtocolType !== "HTTP")
    throw new Refusal(`The API ${id} has the protocol ${found.ProtocolType}, and the module takes HTTP APIs.`);
  return found;
}

/** The load balancer in front of the node. */
interface Entrance {
  readonly securityGroupIds: readonly string[];
  /** Of the VPC link. */
  readonly subnetIds: readonly string[];
  /** In the module's input. */
  readonly loadBalancer: Fields;
  readonly variables: readonly Variable[];
}

/** @throws Refusal if it is not in the snapshot */
function entranceOf(snapshot: Snapshot, wanted: Wanted): Entrance {
  const { loadBalancer, listener } = listenerOfNode(snapshot, wanted);
  const subnetIds = (loadBalancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []).sort();
  const securityGroupIds = loadBalancer.SecurityGroups ?? [];
  const isEncrypted = listener.Protocol === "HTTPS" || listener.Protocol === "TLS";
  return {
    ...{ securityGroupIds, subnetIds },
    loadBalancer: {
      listener_arn: listener.ListenerArn,
      ...(securityGroupIds.length > 0
        ? { security_group_ids: numbered("group", securityGroupIds) }
        : { subnet_cidrs: subnetCidrs(loadBalancer, snapshot) }),
      ...(listener.Port === (isEncrypted ? 443 : 80) ? {} : { port: listener.Port }),
      ...(isEncrypted ? { server_name: reference("var.node_server_name") } : {}),
    },
    variables: isEncrypted ? [NODE_SERVER_NAME] : [],
  };
}

/** Which the routes have at 100. That of a new node is there after the first apply. */
function listenerArnOf(snapshot: Snapshot, wanted: Wanted): string | null {
  if (!("newFleet" in wanted.node)) return listenerOfNode(snapshot, wanted).listener.ListenerArn;
  return ownLoadBalancer(snapshot, wanted.name)?.Listeners?.[0]?.ListenerArn ?? null;
}

function vpcOfListener(snapshot: Snapshot, wanted: Wanted): string {
  return listenerOfNode(snapshot, wanted).loadBalancer.VpcId ?? "";
}

/** The longest timeout of an HTTP API is 30 seconds. */
function fleetBehind(snapshot: Snapshot, wanted: Wanted, node: Node, vpcId: string) {
  const subnetIds = node.subnets.map(({ SubnetId }) => SubnetId);
  const entrance: Entrance = {
    ...{ securityGroupIds: [], subnetIds, variables: [] },
    loadBalancer: {
      listener_arn: NODE_LOAD_BALANCER.listenerArn,
      security_group_ids: NODE_LOAD_BALANCER.securityGroupIds,
    },
  };
  const calls = callsBehindApi(snapshot, wanted, node, { vpcId, timeout: 30 });
  return {
    entrance,
    calls: { "node.tf": calls },
    files: { "load_balancer.tf": applicationLoadBalancer({ name: wanted.name, vpcId, subnetIds }) },
  };
}

function listenersOf({ integration }: HttpRoute, { elastic_load_balancing }: Snapshot): string[] {
  const uri = integration?.IntegrationUri ?? "";
  if (uri.startsWith("arn:")) return [uri];
  if (!URL.canParse(uri)) return [];
  const { hostname, port, protocol } = new URL(uri);
  const wanted = Number(port === "" ? (protocol === "https:" ? 443 : 80) : port);
  return (elastic_load_balancing?.LoadBalancers ?? [])
    .filter(({ DNSName }) => DNSName?.toLowerCase() === hostname)
    .flatMap(({ Listeners }) => (Listeners ?? []).filter(({ Port }) => Port === wanted))
    .map(({ ListenerArn }) => ListenerArn);
}

function entryOf({ route, words, key, reason, needsOwner, target }: Judged): Entry {
  return { ...{ id: route.id, words, key, reason, needsOwner, target }, priority: null };
}

function ignoreTargets(covered: readonly Covered[]): Step {
  return {
    title: "Let the owner of the API ignore the targets of its routes",
    text: `AWS does not tell which Terraform state has a route. The next apply of its owner would send the requests around the node again, unless the owner writes this for these routes:\n\n\`\`\`hcl\nlifecycle {\n  ignore_changes = [target]\n}\n\`\`\`\n\n${covered.map(({ words, route }) => `- ${words}: \`${route.id}\``).join("\n")}\n\nAn owner with an OpenAPI document changes the document instead: see "What it does" in the README of the module api-gateway-http.`,
  };
}

function clientAddress(): Step[] {
  return [
    {
      isYours: true,
      title: "Let the node take the client from X-Source-Ip",
      text: 'The connection to the node comes from its load balancer. API Gateway sends the client\'s address in `X-Source-Ip`. In node-config, set `trusted_proxies` with `client_header = "X-Source-Ip"`. Without it, the node takes the VPC link for the client of every request.',
    },
  ];
}

function around(found: readonly Judged[]): Step[] {
  if (found.length === 0) return [];
  const lines = found.map(({ words, reason, route }) => `- ${words}: ${reason} \`${route.id}\``);
  return [
    { title: "Send other routes through the node", text: `These routes go around the node:\n\n${lines.join("\n")}` },
  ];
}
