/** An application behind a REST API: the module api-gateway-rest, with the methods that lead to the application. */
import { Snapshot } from "../../account/snapshot";
import { applicationBehind } from "../application";
import { Composition, RestApiWanted, Variable, Wanted } from "../composition";
import { listenerOfNode, NODE_SERVER_NAME } from "../entrance";
import { Expression, Fields, reference } from "../hcl";
import { NEEDED as NEEDED_OF_LOAD_BALANCERS } from "../load-balancer";
import { callsBehindApi, FLEET_VARIABLES, fleetEntries, nodeFor } from "../fleet/fleet";
import { Node } from "../node";
import { callOfNlb, networkLoadBalancer, NODE_LOAD_BALANCER, ownLoadBalancer } from "../fleet/load-balancer";
import { listed, Refusal, refuseUnread } from "../refusal";
import { stepsOf } from "./owners";
import { CoveredRoute, entryOf, importsFile, isCovered, RestApi, restRoutes, routesFile } from "./routes";
import { entryOfStage, stageOf } from "./stage";
import { targetGroupArnsOf, vpcOf } from "../target-groups";

const NEEDED = new RegExp(
  `${NEEDED_OF_LOAD_BALANCERS.source}|^apigateway:Get(RestApis|Resources|Stages|Export|VpcLinks)$`,
);
const EXAMPLE = "examples/api-gateway-rest/complete";
const NOTHING: RestApiWanted = { adoptApi: false, stage: null };

/** @throws Refusal */
export function composeRestApi(snapshot: Snapshot, asked: Wanted): Composition {
  const wanted = { ...asked, ...(asked.restApi ?? NOTHING) };
  const api = findApi(snapshot, wanted.id);
  const routes = restRoutes(api, snapshot, loadBalancerArnOf(snapshot, wanted), wanted);
  const covered = routes.filter(isCovered);
  if (covered.length === 0)
    throw new Refusal(
      `No request to the API ${api.id} can go through a node:\n${routes.map(({ words, reason }) => `${words}: ${reason}`).join("\n") || "It has no methods."}`,
    );
  const isMoved = routes.some((route) => route.isMoved);
  const stage = stageOf(api, wanted, isMoved);
  const leads = covered.map((route) => ({ words: route.words, listenerArns: listenersOf(route, snapshot) }));
  const accepted = routes.filter((route) => route.accepted).map(({ name }) => name);
  const targetGroupArns = targetGroupArnsOf(leads, snapshot, wanted, EXAMPLE);
  const application = applicationBehind(targetGroupArns, snapshot, EXAMPLE);
  const vpcId =
    "newFleet" in wanted.node
      ? vpcOf(targetGroupArns, snapshot, EXAMPLE)
      : (listenerOfNode(snapshot, wanted).loadBalancer.VpcId ?? "");
  const node = nodeFor(snapshot, wanted, { vpcId, application, zones: null }, "api-gateway-rest");
  const fleet = "newFleet" in wanted.node ? fleetBehind(snapshot, wanted, node, vpcId) : null;
  const entrance = fleet?.entrance ?? entranceOf(snapshot, wanted);
  const { adoptApi } = wanted;
  return {
    scenario: "rest-api",
    subject: `the REST API ${api.name ?? ""} (${api.id})`,
    ...{ vpcId, securityGroupIds: entrance.securityGroupIds, node, application },
    entries: [entryOfStage(api, stage), ...routes.map(entryOf), ...fleetEntries(node)],
    isWithoutNetwork: true,
    nodeSettings: {
      ...entrance.node,
      request_parameters: { "integration.request.header.X-Source-Ip": "context.identity.sourceIp" },
    },
    routing: {
      rest_api: { id: api.id, endpoint_type: api.endpointConfiguration?.types?.[0] ?? "REGIONAL" },
      stage: {
        name: stage.name,
        ...(adoptApi ? { application_deployment_id: stage.deploymentId } : {}),
        ...(stage.clientCertificateId === undefined ? {} : { client_certificate_id: stage.clientCertificateId }),
      },
      ...(adoptApi ? {} : { adopted_integrations: false, adopted_stage: false }),
      routes: reference("local.routes"),
      ...(accepted.length > 0 ? { accepted_routes: accepted } : {}),
      vpc_link: { load_balancer_arns: { node: entrance.loadBalancerArn } },
    },
    files: {
      "routes.tf": routesFile(routes, api),
      ...(adoptApi ? { "imports.tf": importsFile() } : {}),
      ...fleet?.files,
    },
    calls: fleet?.calls ?? {},
    percent: adoptApi
      ? "Percentage of the requests that goes to the node: 0, then a canary, then 100."
      : "Percentage of the requests that goes to the node: 0 or 100.",
    variables: fleet ? FLEET_VARIABLES : entrance.variables,
    outputs: [
      { name: "routes_around_the_node", description: "Methods that go around the node at 100 percent." },
      ...(adoptApi
        ? []
        : [
            { name: "integrations", description: "For the owner of the API: see OWNERS.md." },
            { name: "openapi_integrations", description: "The same, for an owner with an OpenAPI document." },
            { name: "redeployment_trigger", description: "For the owner's deployment: see OWNERS.md." },
          ]),
    ],
    steps: stepsOf({ api, stage, routes, adoptApi, isMoved, isNewNode: fleet !== null }),
    unread: snapshot.unread,
  };
}

function findApi(snapshot: Snapshot, id: string): RestApi {
  const all = snapshot.api_gateway_rest?.restApis ?? [];
  const found = all.find((one) => one.id === id);
  if (found === undefined)
    throw new Refusal(
      `The account ${snapshot.account_id} has no REST API ${id} in the Region ${snapshot.region}. Its APIs: ${listed(all.map((one) => `${one.id} (${one.name})`))}.`,
    );
  const isOthers = (resource: string | null) =>
    resource !== null && all.some((one) => one.id !== id && (resource === one.id || resource.startsWith(`${one.id}/`)));
  refuseUnread({ ...snapshot, unread: snapshot.unread.filter(({ resource }) => !isOthers(resource)) }, NEEDED);
  return found;
}

/** The Network Load Balancer in front of the node. */
interface Entrance {
  readonly loadBalancerArn: string | Expression;
  readonly securityGroupIds: readonly string[];
  /** In the module's input: how the API reaches it. */
  readonly node: Fields;
  readonly variables: readonly Variable[];
}

/** Behind the VPC link of the methods that go to the node. That of a new node is there after the first apply. */
function loadBalancerArnOf(snapshot: Snapshot, wanted: Wanted): string | null {
  if ("newFleet" in wanted.node) return ownLoadBalancer(snapshot, wanted.name)?.LoadBalancerArn ?? null;
  return listenerOfNode(snapshot, wanted).loadBalancer.LoadBalancerArn;
}

function entranceOf(snapshot: Snapshot, wanted: Wanted): Entrance {
  const { loadBalancer, listener } = listenerOfNode(snapshot, wanted);
  if (loadBalancer.Type !== "network")
    throw new Refusal(
      `${listener.ListenerArn} is of an Application Load Balancer, and the VPC link of a REST API leads to a Network Load Balancer. Put one in front of it, or use the module api-gateway-rest-alb (examples/api-gateway-rest-alb/complete).`,
    );
  // Never set, it reads "", and means on.
  const enforces = loadBalancer.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic !== "off";
  if ((loadBalancer.SecurityGroups ?? []).length > 0 && enforces)
    throw new Refusal(
      `${loadBalancer.LoadBalancerArn} applies the inbound rules of its security groups to VPC links, and would drop their connections. Set enforce_security_group_inbound_rules_on_private_link_traffic = "off" on it.`,
    );
  const port = listener.Port ?? 0;
  // AWS does not tell what a TCP listener carries.
  const isEncrypted = listener.Protocol === "TLS" || port === 443 || port === 8443;
  return {
    ...{ loadBalancerArn: loadBalancer.LoadBalancerArn, securityGroupIds: loadBalancer.SecurityGroups ?? [] },
    node: {
      host: isEncrypted ? reference("var.node_server_name") : (loadBalancer.DNSName ?? ""),
      ...{ protocol: isEncrypted ? "HTTPS" : "HTTP", port },
    },
    variables: isEncrypted ? [NODE_SERVER_NAME] : [],
  };
}

/** The longest timeout of a REST API is 29 seconds. */
function fleetBehind(snapshot: Snapshot, wanted: Wanted, node: Node, vpcId: string) {
  const place = { name: wanted.name, vpcId, subnetIds: node.subnets.map(({ SubnetId }) => SubnetId) };
  const entrance: Entrance = {
    ...{ loadBalancerArn: NODE_LOAD_BALANCER.arn, securityGroupIds: [], variables: [] },
    node: { host: NODE_LOAD_BALANCER.dnsName, protocol: "HTTP", port: 80 },
  };
  const calls = callsBehindApi(snapshot, wanted, node, { vpcId, timeout: 29 });
  return {
    entrance,
    calls: { "node.tf": calls, "load_balancer.tf": [callOfNlb(place, node.targets)] },
    files: { "load_balancer.tf": networkLoadBalancer(place) },
  };
}

function listenersOf({ settings }: CoveredRoute, { elastic_load_balancing, api_gateway_rest }: Snapshot): string[] {
  const uri = String(settings.uri);
  const [, protocol, hostname, written] = /^(https?):\/\/([^/:]+)(?::(\d+))?/.exec(uri) ?? [];
  const port = Number(written ?? (protocol === "https" ? 443 : 80));
  const targetArns = api_gateway_rest?.vpcLinks.find(({ id }) => id === settings.vpc_link_id)?.targetArns ?? [];
  return (elastic_load_balancing?.LoadBalancers ?? [])
    .filter(
      ({ DNSName, LoadBalancerArn }) =>
        targetArns.includes(LoadBalancerArn) || DNSName?.toLowerCase() === hostname?.toLowerCase(),
    )
    .flatMap(({ Listeners }) => (Listeners ?? []).filter(({ Port }) => Port === port))
    .map(({ ListenerArn }) => ListenerArn);
}
