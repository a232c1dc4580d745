/** The load balancer in front of a new node, for an edge that reaches the node through one: load_balancer.tf. */
import { Snapshot } from "../../account/snapshot";
import { LoadBalancer } from "../../model/rules";
import { Call } from "../composition";
import { block, comment, Expression, Fields, reference } from "../hcl";

const nameOf = (name: string) => `${name}-node`;

/** The one of an earlier apply, by its name. AWS has no second one of this name. */
export function ownLoadBalancer({ elastic_load_balancing }: Snapshot, name: string): LoadBalancer | undefined {
  return elastic_load_balancing?.LoadBalancers.find(({ LoadBalancerName }) => LoadBalancerName === nameOf(name));
}

export const NODE_LOAD_BALANCER = {
  arn: reference("aws_lb.node.arn"),
  dnsName: reference("aws_lb.node.dns_name"),
  /** Names that lead to the node. */
  entryPoints: reference("[aws_lb.node.dns_name]"),
  listenerArn: reference("aws_lb_listener.node.arn"),
  securityGroupIds: { node: reference("aws_security_group.load_balancer.id") },
} as const;

interface Place {
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** An internal Application Load Balancer. Only the edge reaches it. */
export function applicationLoadBalancer({ name, vpcId, subnetIds }: Place): (tags: Fields) => string {
  const health_check = block("health_check", [{ path: reference("module.node_config.health_path") }]);
  return (tags) =>
    [
      comment("The load balancer in front of the node. Nothing but the edge is admitted to it."),
      resource("aws_lb", "node", [
        { name: nameOf(name), internal: true, subnets: subnetIds },
        { security_groups: reference("[aws_security_group.load_balancer.id]"), ...tags },
      ]),
      listener("HTTP", reference("aws_lb_target_group.node.arn"), tags),
      resource(
        "aws_lb_target_group",
        "node",
        [{ name: nameOf(name), vpc_id: vpcId, protocol: "HTTP", port: 80, ...tags }],
        health_check,
      ),
      resource("aws_autoscaling_attachment", "node", [
        {
          autoscaling_group_name: reference("module.node_fleet.autoscaling_group_name"),
          lb_target_group_arn: reference("aws_lb_target_group.node.arn"),
        },
      ]),
      securityGroup(name, vpcId, tags),
      rule(
        "egress",
        "load_balancer_to_node",
        "aws_security_group.load_balancer.id",
        "module.node_fleet.security_group_id",
      ),
      rule(
        "ingress",
        "node_from_load_balancer",
        "module.node_fleet.security_group_id",
        "aws_security_group.load_balancer.id",
      ),
    ].join("\n");
}

/** An internal Network Load Balancer. Its target group and security group rules are those of the module nlb. */
export function networkLoadBalancer({ name, vpcId, subnetIds }: Place): (tags: Fields) => string {
  return (tags) =>
    [
      comment("The load balancer in front of the node. Nothing but the VPC link is admitted to it."),
      resource("aws_lb", "node", [
        { name: nameOf(name), load_balancer_type: "network", internal: true, subnets: subnetIds },
        { security_groups: reference("[aws_security_group.load_balancer.id]"), ...tags },
        {
          // Connections from the VPC link come from AWS addresses that no rule can name.
          enforce_security_group_inbound_rules_on_private_link_traffic: "off",
        },
      ]),
      listener("TCP", reference("module.load_balancer_to_node.target_group_arn"), tags),
      securityGroup(name, vpcId, tags),
    ].join("\n");
}

/** At 100 from the start: the API decides what comes here. */
export function callOfNlb({ vpcId }: Place, targets: Fields): Call {
  return {
    ...{ label: "load_balancer_to_node", module: "nlb", isTagged: true },
    about:
      "The target group of the node, and the rules to it. The API decides what comes here, so it is at 100 from the start.",
    sections: [
      { vpc_id: vpcId, node_traffic_percent: 100 },
      {
        node: { security_group_id: reference("module.node_fleet.security_group_id"), ...targets },
        // A VPC link preserves no addresses of clients.
        target_group: { preserve_client_ip: false },
        load_balancer: { security_group_ids: NODE_LOAD_BALANCER.securityGroupIds },
        health_check: { protocol: "HTTP", path: reference("module.node_config.health_path") },
      },
    ],
  };
}

function resource(type: string, label: string, sections: readonly Fields[], inner = ""): string {
  const text = block(`resource "${type}" "${label}"`, sections);
  return inner === "" ? text : text.replace(/\}\n$/, `\n${inner}}\n`);
}

function listener(protocol: string, targetGroupArn: Expression, tags: Fields): string {
  const action = block("default_action", [{ type: "forward", target_group_arn: targetGroupArn }]);
  const fields = { load_balancer_arn: NODE_LOAD_BALANCER.arn, protocol, port: 80, ...tags };
  return resource("aws_lb_listener", "node", [fields], action);
}

function securityGroup(name: string, vpcId: string, { tags }: Fields): string {
  const group = `${name}-load-balancer`;
  return resource("aws_security_group", "load_balancer", [
    { name: group, description: "Load balancer of the Wallarm Node", vpc_id: vpcId },
    { tags: { ...(tags as Fields | undefined), Name: group } },
  ]);
}

function rule(direction: "egress" | "ingress", label: string, of: string, peer: string): string {
  return resource(`aws_vpc_security_group_${direction}_rule`, label, [
    {
      ...{ security_group_id: reference(of), referenced_security_group_id: reference(peer) },
      ...{ description: direction === "egress" ? "Wallarm Node" : "Load balancer" },
      ...{ ip_protocol: "tcp", from_port: 80, to_port: 80 },
    },
  ]);
}
