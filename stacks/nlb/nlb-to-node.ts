import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { distinct } from "../../synth/variables/rules";
import { example, given, list, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { byFamily, canonicalCidrBlock } from "../parts/cidr";
import { loadBalancerVpcField, securityGroupIds, vpcExample } from "../parts/common-variables";
import {
  peerArguments,
  ruleArguments,
  RuleProps,
  ruleIds,
  securityGroupRulesSchema,
} from "../parts/security-group-rules";

/**
 * The sources of connections, as the node sees them.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html#target-security-groups
 */
export function nlbLoadBalancerSchema(
  targetGroup: { readonly preserve_client_ip: IResolvable },
  vpcs: Parameters<typeof loadBalancerVpcField>[0],
) {
  return example(
    object(
      "The load balancer that receives the connections today.",
      {
        security_group_ids: optional(securityGroupIds(), {}),
        ...loadBalancerVpcField(vpcs),
        subnet_cidrs: optional(
          list(
            "CIDR blocks of its subnets, if it was created without security groups, which you cannot add later. Health checks come from these subnets, and so do connections if client IP addresses are not preserved.",
            "cidr",
            string("Block.", canonicalCidrBlock),
            distinct("CIDR block", ["10.0.1.0/24", "10.0.1.0/24"]),
          ),
          [],
        ),
        client_cidrs: optional(
          list(
            'CIDR blocks of the clients, if it was created without security groups and preserves client IP addresses. For a public service, "0.0.0.0/0": the node then admits the internet on its port.',
            "cidr",
            string("Block.", canonicalCidrBlock),
            distinct("CIDR block", ["10.0.1.0/24", "10.0.1.0/24"]),
          ),
          [],
        ),
      },
      {
        test: ({ security_group_ids, subnet_cidrs, client_cidrs }) =>
          hcl`length(${security_group_ids}) > 0 ? length(${subnet_cidrs}) + length(${client_cidrs}) == 0 : length(${subnet_cidrs}) > 0`,
        requirement: "have either security_group_ids or, if it was created without security groups, subnet_cidrs",
        refuses: [
          { security_group_ids: {} },
          { subnet_cidrs: ["10.0.0.0/24"] },
          { client_cidrs: ["0.0.0.0/0"] },
          { security_group_ids: {}, client_cidrs: ["0.0.0.0/0"] },
        ],
      },
      {
        test: ({ security_group_ids, subnet_cidrs, client_cidrs }) =>
          hcl`length(${security_group_ids}) > 0 || length(${subnet_cidrs}) == 0 || (length(${client_cidrs}) > 0) == ${targetGroup.preserve_client_ip}`,
        requirement:
          "have client_cidrs if and only if it was created without security groups and target_group.preserve_client_ip is true",
        refuses: [
          { security_group_ids: {}, subnet_cidrs: ["10.0.0.0/24"] },
          given(
            { target_group: { preserve_client_ip: false } },
            { security_group_ids: {}, subnet_cidrs: ["10.0.0.0/24"], client_cidrs: ["0.0.0.0/0"] },
          ),
        ],
      },
    ),
    { security_group_ids: { public: "sg-0123456789abcdef0" } },
    {
      vpc_id: vpcExample,
      subnet_cidrs: { security_group_ids: {}, client_cidrs: ["0.0.0.0/0"] },
      client_cidrs: { security_group_ids: {}, subnet_cidrs: ["10.0.0.0/24"] },
    },
  );
}

export interface NlbToNodeProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly loadBalancer: ReferenceTo<ReturnType<typeof nlbLoadBalancerSchema>>;
  readonly node: { readonly security_group_id: string; readonly port: number; readonly protocol: string };
  /** Port of the health check, or "traffic-port". */
  readonly healthCheckPort: string;
  readonly enabled: ReferenceTo<ReturnType<typeof securityGroupRulesSchema>>;
}

/** The security group rules that let a Network Load Balancer, and clients with preserved addresses, reach the node. */
export class NlbToNode extends Construct {
  public readonly rules: TerraformResource[];
  /** IDs of the rules on the load balancer's groups, by key. */
  public readonly egressIds: IResolvable;
  /** IDs of the rules on the node's group, by key. */
  public readonly ingressIds: IResolvable;

  public constructor(scope: Construct, id: string, props: NlbToNodeProps) {
    super(scope, id);
    const { loadBalancer, node, healthCheckPort, enabled } = props;

    const trafficPorts = local(
      this,
      "traffic_ports",
      hcl`{
        for protocol in { TCP = ["tcp"], TLS = ["tcp"], UDP = ["udp"], TCP_UDP = ["tcp", "udp"] }[${node.protocol}] :
        (protocol == "tcp" ? tostring(${node.port}) : ${text`${node.port}-${hcl`protocol`}`}) => { protocol = protocol, port = ${node.port} }
      }`,
      "The protocol TCP_UDP stands for both TCP and UDP, and a security group rule names only one.",
    );
    const nodePorts = local(
      this,
      "node_ports",
      hcl`merge(${trafficPorts}, {
        for port in [${healthCheckPort} == "traffic-port" ? tostring(${node.port}) : ${healthCheckPort}] :
        port => { protocol = "tcp", port = tonumber(port) }
      })`,
      "Health checks use TCP, for every protocol of the target group.",
    );
    const fromGroups = local(
      this,
      "load_balancer_to_node",
      hcl`{
        for pair in setproduct(keys(${loadBalancer.security_group_ids}), keys(${nodePorts})) :
        join("-", pair) => merge(${nodePorts}[pair[1]], { security_group_id = ${loadBalancer.security_group_ids}[pair[0]], cidr = null })
      }`,
    );
    const fromSubnets = local(
      this,
      "load_balancer_subnets_to_node",
      hcl`{
        for pair in setproduct(${loadBalancer.subnet_cidrs}, keys(${nodePorts})) :
        join("-", pair) => merge(${nodePorts}[pair[1]], { security_group_id = null, cidr = pair[0] })
      }`,
      "A load balancer without security groups is admitted by the CIDR blocks of its subnets.",
    );
    const fromClients = local(
      this,
      "clients_to_node",
      hcl`{
        for pair in setproduct(setsubtract(${loadBalancer.client_cidrs}, ${loadBalancer.subnet_cidrs}), keys(${trafficPorts})) :
        join("-", pair) => merge(${trafficPorts}[pair[1]], { cidr = pair[0] })
      }`,
      "For a load balancer without security groups that preserves client IP addresses: the node sees the addresses of the clients, so its security group must admit them. The rules above admit clients in the load balancer's subnets.",
    );
    const loadBalancerGroup = hcl.string`each.value.security_group_id`;
    const common = (ruleProps: Pick<RuleProps, "rules" | "enabled" | "description">) => ({
      ...ruleArguments({ name: props.name, tags: props.tags, ...ruleProps }),
      ipProtocol: hcl.string`each.value.protocol`,
    });
    const clients = byFamily("each.value.cidr");

    const egress = new VpcSecurityGroupEgressRule(this, "load_balancer_to_node", {
      ...common({ rules: fromGroups, enabled: enabled.load_balancer_egress, description: "to the Wallarm Node" }),
      securityGroupId: loadBalancerGroup,
      referencedSecurityGroupId: node.security_group_id,
    });
    const ingress = new VpcSecurityGroupIngressRule(this, "node_from_load_balancer", {
      ...common({
        rules: hcl`merge(${fromGroups}, ${fromSubnets})`,
        enabled: enabled.node_ingress,
        description: "from the load balancer",
      }),
      ...peerArguments(loadBalancerGroup),
      securityGroupId: node.security_group_id,
    });
    const clientIngress = new VpcSecurityGroupIngressRule(this, "node_from_clients", {
      ...common({
        rules: fromClients,
        enabled: enabled.node_ingress,
        description: "from clients of the load balancer",
      }),
      cidrIpv4: hcl.string(clients.ipv4),
      cidrIpv6: hcl.string(clients.ipv6),
      securityGroupId: node.security_group_id,
    });

    this.rules = [egress, ingress, clientIngress];
    this.egressIds = ruleIds(egress);
    this.ingressIds = hcl`merge(${ruleIds(ingress)}, ${ruleIds(clientIngress)})`;
  }
}
