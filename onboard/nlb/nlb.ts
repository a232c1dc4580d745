/** An application behind a Network Load Balancer: the module nlb, for listeners that their owner keeps, or that it adopts. */
import { Snapshot } from "../../account/snapshot";
import { networkListenersOf } from "../../model/listeners";
import { LoadBalancer } from "../../model/rules";
import { applicationBehind } from "../application";
import { clientCidrs } from "./client-cidrs";
import { Composition, Step, Variable, Wanted } from "../composition";
import { equalRules } from "../equal-rules";
import { body, Fields, reference } from "../hcl";
import { attributeOf, Covered, entryOf, IMPORTS, isCovered, Judged, judged, listenersFile } from "./listeners";
import {
  ALARM_ACTIONS,
  ALARMS,
  backendUrlOf,
  FLEET_VARIABLES,
  fleetCalls,
  fleetEntries,
  nodeFor,
  Surroundings,
} from "../fleet/fleet";
import { findLoadBalancer, numbered, subnetCidrs, TARGET_GROUP_ARN, zonesOf } from "../load-balancer";
import { Refusal } from "../refusal";

/** @throws Refusal */
export function composeNlb(snapshot: Snapshot, wanted: Wanted): Composition {
  const { id, name, adoptListeners } = wanted;
  const loadBalancer = findLoadBalancer(snapshot, id, {
    type: "network",
    instead:
      "A Service forwards only to its own pods. Give the node a load balancer that no controller manages, or run the node in the cluster.",
  });
  const listeners = networkListenersOf(loadBalancer, snapshot).map((listener) => judged(listener, wanted, snapshot));
  const covered = listeners.filter(isCovered);
  if (covered.length === 0)
    throw new Refusal(
      `No connection to ${id} can go through a node:\n${listeners.map(({ words, reason }) => `${words}: ${reason}`).join("\n") || "It has no listeners."}`,
    );
  if (adoptListeners) refuseStacks(covered);
  const endpoint = endpointOf(covered);
  const preserve = covered.some(({ current }) => attributeOf(current, "preserve_client_ip.enabled") === "true");

  const vpcId = loadBalancer.VpcId ?? "";
  const targetGroupArns = new Set(covered.map(({ group }) => group.TargetGroupArn));
  const application = applicationBehind(targetGroupArns, snapshot, "examples/nlb/complete");
  const node = nodeFor(snapshot, wanted, { vpcId, application, zones: zonesOf(loadBalancer) }, "nlb");
  const fleet = fleetBehind(wanted, loadBalancer, endpoint);
  const securityGroupIds = loadBalancer.SecurityGroups ?? [];
  const subnets = subnetCidrs(loadBalancer, snapshot);
  const clients = securityGroupIds.length === 0 && preserve ? clientCidrs(application, snapshot, node, subnets) : {};
  const equal = equalRules(snapshot, { name, securityGroupIds, node, nodePort: endpoint.port, application });
  const rehearsal = rehearsalOf(loadBalancer, endpoint);
  if (node.registersItself && rehearsal.variables.length === 0)
    throw new Refusal(
      "An ECS service can use a target group only if a listener does, and before the cutover that is a listener for tests, which needs a certificate here. Write the root configuration by hand, with the certificate in rehearsal_listener (examples/nlb/complete).",
    );
  return {
    scenario: "nlb",
    subject: `the Network Load Balancer ${loadBalancer.LoadBalancerName}`,
    ...{ vpcId, securityGroupIds, node, application },
    entries: [...listeners.map(entryOf), ...fleetEntries(node)],
    nodeSettings: {
      ...(endpoint.port === 80 ? {} : { port: endpoint.port }),
      ...(endpoint.protocol === "TCP" ? {} : { protocol: endpoint.protocol }),
      ...node.targets,
    },
    routing: {
      target_group: { preserve_client_ip: preserve },
      ...(fleet && {
        health_check: {
          protocol: endpoint.needsCertificate ? "HTTPS" : "HTTP",
          path: reference("module.node_config.health_path"),
        },
      }),
      load_balancer:
        securityGroupIds.length > 0
          ? { security_group_ids: numbered("group", securityGroupIds) }
          : { subnet_cidrs: subnets, ...clients.argument },
      ...(adoptListeners ? { adopted_listeners: reference("local.listeners") } : {}),
      ...rehearsal.argument,
      ...equal.argument,
    },
    files: {
      "listeners.tf": listenersFile(listeners, loadBalancer, adoptListeners),
      ...(adoptListeners ? { "imports.tf": IMPORTS } : {}),
    },
    ...(fleet && { calls: { "node.tf": fleetCalls(snapshot, wanted, node, { vpcId, ...fleet }) } }),
    percent: "Percentage of the connections that goes to the node: 0 or 100.",
    variables: [
      ...rehearsal.variables,
      ...(clients.variables ?? []),
      ...(fleet ? FLEET_VARIABLES : []),
      ...(fleet && adoptListeners ? [ALARM_ACTIONS] : []),
    ],
    outputs: [
      TARGET_GROUP_ARN,
      {
        name: "cutover_target_group_arn",
        description: "ARN of the node's target group at 100, null at 0, for the owner of a listener: see OWNERS.md.",
      },
    ],
    steps: {
      beforeApply: [
        ...certificate(endpoint, covered),
        ...equal.steps,
        ...(node.registersItself ? [LISTENER_FOR_TASKS] : []),
        ...(adoptListeners ? strangers(covered) : []),
      ],
      beforeCutover: others(listeners.filter(({ needsOwner }) => needsOwner)),
      atCutover: adoptListeners ? [] : defaultActions(covered, name),
    },
    unread: snapshot.unread,
  };
}

/** How the load balancer reaches the node. */
interface Endpoint {
  readonly port: number;
  readonly protocol: string;
  /** The node ends TLS. */
  readonly needsCertificate: boolean;
}

/** Ports behind which TLS is usual. AWS knows only that a TCP listener passes everything through. */
const TLS_PORTS: readonly (number | undefined)[] = [443, 8443];

function endpointFor({ listener, group, current }: Covered): Endpoint {
  const isTls = current.Protocol === "TLS";
  const passesThrough =
    listener.protocol === "TCP" &&
    (TLS_PORTS.includes(listener.port) || TLS_PORTS.includes(group.Port) || group.HealthCheckProtocol === "HTTPS");
  const needsCertificate = isTls || passesThrough;
  return { port: needsCertificate ? 443 : 80, protocol: isTls ? "TLS" : "TCP", needsCertificate };
}

/** The node has one target group, so all listeners reach it in the same way. */
function endpointOf(covered: readonly Covered[]): Endpoint {
  const byEndpoint = new Map<string, { endpoint: Endpoint; ports: number[] }>();
  for (const one of covered) {
    const endpoint = endpointFor(one);
    const same = byEndpoint.get(`${endpoint.protocol} ${endpoint.port}`) ?? { endpoint, ports: [] };
    byEndpoint.set(`${endpoint.protocol} ${endpoint.port}`, same);
    same.ports.push(one.listener.port);
  }
  const [first, ...more] = byEndpoint.values();
  if (first !== undefined && more.length === 0) return first.endpoint;
  const ways = [...byEndpoint].map(([way, { ports }]) => `--listener-ports ${ports.join(" ")} (${way} on the node)`);
  throw new Refusal(
    `The listeners need different ports of the node, and one target group has one. Run the command once for each, with a --name and an --out of its own:\n${ways.join("\n")}`,
  );
}

/** A new node behind the load balancer. Null: it runs already. */
function fleetBehind(
  wanted: Wanted,
  { DNSName = "" }: LoadBalancer,
  { port, needsCertificate }: Endpoint,
): Omit<Surroundings, "vpcId"> | null {
  const { node, adoptListeners } = wanted;
  if (!("newFleet" in node)) return null;
  const url = backendUrlOf(wanted);
  const { certificateSecretArn: arn } = node.newFleet;
  if (needsCertificate && arn === null)
    throw new Refusal(
      "Set --node-certificate-secret: the load balancer does not end TLS for the node, so the node needs the certificate of the application and its key, in one secret.",
    );
  if (!needsCertificate && arn !== null)
    throw new Refusal(
      `Leave out --node-certificate-secret: the node gets plain HTTP on port ${port}, and no certificate.`,
    );
  return {
    ...{ backend: { url }, entryPoints: [DNSName] },
    config: needsCertificate && arn !== null ? { listener: { port, tls_certificate_secret: { arn } } } : {},
    // Without adopted listeners, the module does not know the load balancer, whose name the metrics have.
    fleet: adoptListeners ? ALARMS : {},
  };
}

function refuseStacks(covered: readonly Covered[]): void {
  for (const { listener } of covered) {
    const stack = listener.tags["aws:cloudformation:stack-name"];
    if (stack !== undefined)
      throw new Refusal(
        `The listener ${listener.arn} belongs to the CloudFormation stack ${stack}, which would take back what the module changes. Leave out --adopt-listeners: the stack's owner then sets the default action.`,
      );
  }
}

/** AWS checks the node's health only behind a listener. It opens a port, so you decide. */
function rehearsalOf(
  { LoadBalancerArn }: LoadBalancer,
  { protocol }: Endpoint,
): { readonly argument: Fields; readonly variables: readonly Variable[] } {
  // A TLS listener needs a certificate.
  if (protocol === "TLS") return { argument: {}, variables: [] };
  const listener = body({ load_balancer_arn: LoadBalancerArn, port: reference("var.rehearsal_port") });
  return {
    argument: { rehearsal_listener: reference(`var.rehearsal_port == null ? null : {\n${listener}\n}`) },
    variables: [
      {
        ...{ name: "rehearsal_port", type: "number", default: null },
        description:
          "Port of a listener for tests, which no client uses. AWS checks the health of the node only if a listener forwards to it. Remove it at 100. Null: none.",
      },
    ],
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html */
const LISTENER_FOR_TASKS: Step = {
  isYours: true,
  title: "Open a listener for tests",
  text: "An ECS service can use a target group only if a listener does. Choose a port that no client uses, and set `rehearsal_port` to it at the first apply. Keep it until 100.",
};

function certificate({ needsCertificate }: Endpoint, covered: readonly Covered[]): Step[] {
  if (!needsCertificate) return [];
  return [
    {
      isYours: true,
      title: "Give the node the certificate",
      text: `The load balancer does not end TLS for the node, so the node must listen on port 443 with the certificate of the application and its key:\n\n${listOf(covered)}\n\nIf clients send plain HTTP to a port of this list, write the configuration by hand (examples/nlb/complete): AWS does not tell what a TCP listener carries.`,
    },
  ];
}

function strangers(covered: readonly Covered[]): Step[] {
  return [
    {
      isYours: true,
      title: "Make sure that nothing else manages the listeners",
      text: `AWS does not tell which Terraform state has a listener. If one of these is in another state, do not apply: two states would revert each other. Run \`onboard\` again without \`--adopt-listeners\`.\n\n${listOf(covered)}`,
    },
  ];
}

function others(found: readonly Judged[]): Step[] {
  if (found.length === 0) return [];
  const lines = found.map(({ listener, words, reason }) => `- ${words}: ${reason} \`${listener.arn}\``);
  return [
    {
      title: "Close the other listeners",
      text: `The connections of these listeners go around the node:\n\n${lines.join("\n")}`,
    },
  ];
}

function defaultActions(covered: readonly Covered[], name: string): Step[] {
  const command = (arn: string, group: string) =>
    `aws elbv2 modify-listener --listener-arn ${arn} \\\n  --default-actions "Type=forward,TargetGroupArn=${group}"`;
  const there = covered.map(({ listener }) => command(listener.arn, "$(terraform output -raw target_group_arn)"));
  const back = covered.map(({ listener, group }) => command(listener.arn, group.TargetGroupArn));
  return [
    {
      title: "Set the default action of the listeners",
      text: `At 100, the owner of these listeners lets them forward to the target group of ${name}:\n\n${listOf(covered)}\n\nIn Terraform, the owner writes this once, and applies after you:\n\n\`\`\`hcl\ndefault_action {\n  type             = "forward"\n  target_group_arn = coalesce(module.wallarm_routing.cutover_target_group_arn, aws_lb_target_group.application.arn)\n}\n\`\`\`\n\nIn another state, the owner reads the output \`cutover_target_group_arn\`. Without Terraform:\n\n\`\`\`sh\n${there.join("\n")}\n\`\`\`\n\n**The way back:** the owner goes first, and you set \`node_traffic_percent = 0\` after that. Without Terraform:\n\n\`\`\`sh\n${back.join("\n")}\n\`\`\``,
    },
  ];
}

function listOf(listeners: readonly Covered[]): string {
  return listeners.map(({ listener, words }) => `- ${words}: \`${listener.arn}\``).join("\n");
}
