/** How CloudFront reaches the node: over the internet by a name, or inside of the VPC by a VPC origin. */
import { Snapshot } from "../../account/snapshot";
import { Distribution } from "../../model/distributions";
import { interfacesOf } from "../../model/members";
import { LoadBalancer } from "../../model/rules";
import { Entrance } from "./origins";
import { CloudFrontWanted, Output, Step, Variable, Wanted } from "../composition";
import { listenerOfNode } from "../entrance";
import { Fields, reference } from "../hcl";
import { numbered } from "../load-balancer";
import { NODE_LOAD_BALANCER, ownLoadBalancer } from "../fleet/load-balancer";
import { Refusal } from "../refusal";

export interface NodeEntrance extends Entrance {
  /** The module's input `node`, without the security group. */
  readonly nodeSettings: Fields;
  /** Other arguments of the module. */
  readonly argument: Fields;
  readonly variables: readonly Variable[];
  readonly outputs: readonly Output[];
  /** Of the load balancer inside of the VPC. */
  readonly securityGroupIds: readonly string[];
  readonly steps: readonly Step[];
}

/** @throws Refusal */
export function entranceOf(
  snapshot: Snapshot,
  wanted: Wanted & CloudFrontWanted,
  distribution: Distribution,
): NodeEntrance {
  const { node, nodeDomainName } = wanted;
  if ("newFleet" in node) return insideOfNew(snapshot, wanted);
  const listener = "listenerArn" in node ? listenerOf(snapshot, wanted) : null;
  if (listener?.isInternal === true) return inside(listener, nodeDomainName);
  if (nodeDomainName === null)
    throw new Refusal(
      "Set --node-domain-name: the name by which CloudFront reaches the node. The node or its load balancer needs a certificate for it. Without a public name, set --node-listener to a listener of an internal load balancer.",
    );
  const own = [distribution.DomainName ?? "", ...(distribution.DistributionConfig?.Aliases?.Items ?? [])];
  if (own.some((name) => name.toLowerCase() === nodeDomainName.toLowerCase()))
    throw new Refusal(
      `${nodeDomainName} is a name of the distribution ${distribution.Id}, so CloudFront would send requests back to itself. Use a name that only the node has.`,
    );
  if (listener !== null && !listener.isEncrypted)
    throw new Refusal(
      `${listener.arn} has the protocol HTTP, so the secret header would cross the internet in clear text. Name a listener with a certificate, or one of an internal load balancer.`,
    );
  return outside(snapshot, wanted, nodeDomainName, listener?.port ?? 443);
}

/** Of a new node, by a VPC origin. The load balancer of an earlier apply tells which origins have moved. */
function insideOfNew(snapshot: Snapshot, { name, nodeDomainName }: Wanted & CloudFrontWanted): NodeEntrance {
  if (nodeDomainName !== null)
    throw new Refusal(
      "Leave out --node-domain-name: CloudFront reaches a new node through a VPC origin, by the name of its internal load balancer. For a public node, see examples/cloudfront/complete.",
    );
  const own = ownLoadBalancer(snapshot, name);
  return {
    ...{ domainName: own?.DNSName ?? "", endpointArn: own?.LoadBalancerArn ?? "", securityGroupIds: [] },
    nodeSettings: {
      ...{ domain_name: NODE_LOAD_BALANCER.dnsName, origin_protocol_policy: "http-only", http_port: 80 },
      vpc_origin: {
        ...{ endpoint_type: "application", endpoint_arn: NODE_LOAD_BALANCER.arn },
        security_group_ids: NODE_LOAD_BALANCER.securityGroupIds,
        admit_service_security_group: reference("var.admit_service_security_group"),
      },
    },
    ...{ argument: {}, outputs: [], ...ADMIT },
  };
}

interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly isEncrypted: boolean;
  readonly isInternal: boolean;
  readonly loadBalancer: LoadBalancer;
}

function listenerOf(snapshot: Snapshot, wanted: Wanted): Listener {
  const { loadBalancer, listener } = listenerOfNode(snapshot, wanted);
  const { ListenerArn: arn, Port: port = 0, Protocol } = listener;
  // AWS does not tell what a TCP listener carries.
  const passesTls = Protocol === "TCP" && (port === 443 || port === 8443);
  return {
    ...{ arn, port, loadBalancer, isInternal: loadBalancer.Scheme === "internal" },
    isEncrypted: Protocol === "HTTPS" || Protocol === "TLS" || passesTls,
  };
}

function inside({ arn, port, isEncrypted, loadBalancer }: Listener, nodeDomainName: string | null): NodeEntrance {
  if (isEncrypted && nodeDomainName === null)
    throw new Refusal(`Set --node-domain-name to the name in the certificate of ${arn}.`);
  const domainName = nodeDomainName ?? loadBalancer.DNSName ?? "";
  const securityGroupIds = loadBalancer.SecurityGroups ?? [];
  if (securityGroupIds.length === 0)
    throw new Refusal(
      `${loadBalancer.LoadBalancerArn} was created without security groups, so AWS does not accept it as a VPC origin. Use one with security groups, which cannot be added later.`,
    );
  return {
    ...{ domainName, endpointArn: loadBalancer.LoadBalancerArn, securityGroupIds },
    nodeSettings: {
      domain_name: domainName,
      origin_protocol_policy: isEncrypted ? "https-only" : "http-only",
      [isEncrypted ? "https_port" : "http_port"]: port,
      vpc_origin: {
        endpoint_type: loadBalancer.Type,
        endpoint_arn: loadBalancer.LoadBalancerArn,
        security_group_ids: numbered("group", securityGroupIds),
        admit_service_security_group: reference("var.admit_service_security_group"),
      },
    },
    ...{ argument: {}, outputs: [], ...ADMIT },
  };
}

/** AWS creates the security group of VPC origins with the first one. */
const ADMIT: Pick<NodeEntrance, "variables" | "steps"> = {
  variables: [
    {
      ...{ name: "admit_service_security_group", type: "bool", default: false },
      description:
        "Whether the load balancer admits the VPC origins of CloudFront. AWS creates their security group with the first apply, so set it to true in the second: see OWNERS.md.",
    },
  ],
  steps: [
    {
      isYours: true,
      title: "Admit the VPC origin",
      text: "AWS creates the security group of the VPC origins with the first apply. Before 100 percent, apply with `-var admit_service_security_group=true`. Until then, no request of CloudFront reaches the node.",
    },
  ],
};

function outside(snapshot: Snapshot, { node }: Wanted, domainName: string, port: number): NodeEntrance {
  const ids = "instances" in node ? node.instances : [];
  const interfaces = ids.flatMap((id) => interfacesOf(id, snapshot).map((one) => one.NetworkInterfaceId));
  const isAttached = interfaces.length > 0;
  const where = "listenerArn" in node ? "the load balancer in front of the node" : "the launch template of the node";
  return {
    ...{ domainName, endpointArn: null, securityGroupIds: [], variables: [] },
    nodeSettings: { domain_name: domainName, origin_protocol_policy: "https-only", https_port: port },
    argument: {
      security_groups: {
        ports: [port],
        ...(isAttached ? { network_interface_ids: numbered("node", interfaces) } : {}),
      },
    },
    outputs: isAttached
      ? []
      : [{ name: "security_group_ids", description: "Security groups that admit CloudFront, by port: see OWNERS.md." }],
    steps: [
      {
        isYours: true,
        title: "Let the node answer to its name",
        text: `Create a DNS record for \`${domainName}\` that leads to the node, and give the node or its load balancer a certificate for this name.`,
      },
      ...(isAttached
        ? []
        : [
            {
              isYours: true,
              title: "Admit CloudFront to the node",
              text: `Add the security groups of the output \`security_group_ids\` to ${where}. They admit only CloudFront.`,
            },
          ]),
    ],
  };
}
