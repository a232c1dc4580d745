import { DataAwsNetworkAcls } from "@cdktf/provider-aws/lib/data-aws-network-acls";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { NetworkAcl as AwsNetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclAssociation } from "@cdktf/provider-aws/lib/network-acl-association";
import { NetworkAclRule } from "@cdktf/provider-aws/lib/network-acl-rule";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { Application } from "./application";
import { byFamily, isIpv4, overlap } from "./cidr";
import { FIRST_NUMBERS, LAST_NUMBERS, NetworkAclReference } from "./network-acl-schema";
import { NodeIdentity } from "./node";

/**
 * Rules are numbered by what they are for, so that none changes its number, and with it is replaced, when an entry is added
 * at the end of a list: a range for each purpose, a hundred in it for each CIDR block, a ten for each port. The quota keeps
 * each purpose inside of its range.
 */
const NUMBERS = { node: 100, loadBalancer: 10_000, denied: 20_000, deniedIpv6: 20_500, outbound: 21_000 };

export interface NetworkAclProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly networkAcl: NetworkAclReference;
  readonly node: NodeIdentity;
  readonly application: Application;
  readonly nodeTrafficPercent: number;
  /** What sends the traffic through the node: the ACL takes effect after it. */
  readonly dependsOn: TerraformResource[];
}

/** A network ACL for the application's subnets that admits the node. What no rule takes, AWS denies with its rule `*`. */
export class NetworkAcl extends Construct {
  /** By name of the subnet, ID of the ACL that it had before. */
  public readonly previousIds: IResolvable;
  /** ID of the ACL, or null. */
  public readonly id: IResolvable;

  public constructor(scope: Construct, id: string, props: NetworkAclProps) {
    super(scope, id);
    const { name, tags, networkAcl } = props;

    const subnetIds = hcl`try(${networkAcl.subnet_ids}, {})`;
    const subnet = each.value;
    const subnets = new DataAwsSubnet(this, "application_subnet", { forEach: forEach(subnetIds), id: subnet });
    const current = comment(
      new DataAwsNetworkAcls(this, "current", {
        forEach: forEach(subnetIds),
        filter: [{ name: "association.subnet-id", values: [subnet] }],
      }),
      "The ACL of each subnet now: once ours has taken effect, that is ours.",
    );
    const previous = comment(
      new TerraformResource(this, "previous_network_acl", {
        terraformResourceType: "terraform_data",
        forEach: forEach(subnetIds),
        lifecycle: { ignoreChanges: ["input"] },
      }),
      "The ACL that each subnet had before, to go back to: read once, and kept.",
    );
    override(previous, { input: hcl`one(${current.fqn}[each.key].ids)` });

    const ingress = this.ingress(props);
    const egress = this.egress(props);
    const acl = new AwsNetworkAcl(this, "application", {
      count: hcl.number`${networkAcl} == null ? 0 : 1`,
      vpcId: hcl.string`values(${subnets.fqn})[0].vpc_id`,
      tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-application` }})`,
      lifecycle: { precondition: this.preconditions(props, subnets, ingress, egress) },
    });
    const rules = [
      new NetworkAclRule(this, "application_ingress", ruleArguments(props, acl, ingress, false)),
      new NetworkAclRule(this, "application_egress", ruleArguments(props, acl, egress, true)),
    ];
    comment(
      new NetworkAclAssociation(this, "subnet", {
        forEach: forEach(subnetIds),
        networkAclId: hcl.string`${acl.fqn}[0].id`,
        subnetId: subnet,
        dependsOn: [...props.dependsOn, ...rules, previous],
      }),
      "Last, when every rule is there and the traffic comes from the node.",
    );

    this.id = hcl`one(${acl.fqn}[*].id)`;
    this.previousIds = hcl`{ for key, acl in ${previous.fqn} : key => acl.output }`;
  }

  private ingress({ networkAcl, node, application }: NetworkAclProps): IResolvable {
    const ports = hcl`try(${application.ports}, [])`;
    const fromNode = local(
      this,
      "network_acl_from_node",
      requests(NUMBERS.node, node.subnet_cidrs, ports),
      "Rule number => rule. From 100: the node, on the ports of the application. A hundred for each CIDR block, ten for each\nport, so that an entry at the end of a list renumbers nothing.",
    );
    const fromLoadBalancer = local(
      this,
      "network_acl_from_load_balancer",
      requests(NUMBERS.loadBalancer, loadBalancerCidrs(networkAcl), ports),
      `From ${NUMBERS.loadBalancer}: the load balancer, around the node.`,
    );
    const denied = local(
      this,
      "network_acl_denied",
      hcl`merge([
        for cidr, first in { "0.0.0.0/0" = ${NUMBERS.denied}, "::/0" = ${NUMBERS.deniedIpv6} } : {
          for port_index, port in ${ports} :
          first + 10 * port_index => ${rule("deny", "cidr", "port", "port")} if port >= 1024
        }
      ]...)`,
      `From ${NUMBERS.denied}: nobody else, on ports that the replies below would open.`,
    );
    const fromCalled = local(
      this,
      "network_acl_from_called",
      replies(NUMBERS.outbound, hcl`try(${networkAcl.outbound}[*].cidr, [])`),
      `From ${NUMBERS.outbound}: replies to what the application calls.`,
    );
    const own = local(
      this,
      "network_acl_own_ingress",
      ownRules(networkAcl, "!rule.egress"),
      `To ${FIRST_NUMBERS[1]} and from ${LAST_NUMBERS[0]}: the caller's.`,
    );
    return local(
      this,
      "network_acl_ingress",
      hcl`merge(${fromNode}, ${fromLoadBalancer}, ${denied}, ${fromCalled}, ${own})`,
    );
  }

  private egress({ networkAcl, node }: NetworkAclProps): IResolvable {
    const toNode = local(
      this,
      "network_acl_to_node",
      replies(NUMBERS.node, node.subnet_cidrs),
      "The same numbers on the way out.",
    );
    const toLoadBalancer = local(
      this,
      "network_acl_to_load_balancer",
      replies(NUMBERS.loadBalancer, loadBalancerCidrs(networkAcl)),
    );
    const toCalled = local(
      this,
      "network_acl_to_called",
      hcl`merge([
        for cidr_index, destination in try(${networkAcl.outbound}, []) : {
          for port_index, port in destination.ports :
          ${ruleNumber(NUMBERS.outbound)} => ${rule("allow", "destination.cidr", "port", "port")}
        }
      ]...)`,
    );
    const own = local(this, "network_acl_own_egress", ownRules(networkAcl, "rule.egress"));
    return local(this, "network_acl_egress", hcl`merge(${toNode}, ${toLoadBalancer}, ${toCalled}, ${own})`);
  }

  private preconditions(
    { networkAcl, node, nodeTrafficPercent: percent }: NetworkAclProps,
    subnets: DataAwsSubnet,
    ingress: IResolvable,
    egress: IResolvable,
  ): Validation[] {
    const vpcIds = hcl`distinct(values(${subnets.fqn})[*].vpc_id)`;
    const blocks = hcl`compact([subnet.cidr_block, subnet.ipv6_cidr_block])`;
    const shared = local(
      this,
      "subnets_shared_with_node",
      hcl`[
        for key, subnet in ${subnets.fqn} : key
        if anytrue(flatten([for block in ${blocks} : [for cidr in ${node.subnet_cidrs} : ${overlap("cidr", "block")}]]))
      ]`,
    );
    const counts = local(
      this,
      "network_acl_rule_counts",
      hcl`flatten([
        for rules in [${ingress}, ${egress}] : [
          for ipv4 in [true, false] : length([for rule in rules : rule if ${isIpv4("rule.cidr")} == ipv4])
        ]
      ])`,
      "IPv4 and IPv6 in, IPv4 and IPv6 out: AWS counts each by itself.",
    );
    return [
      {
        condition: hcl`${percent} == 100 || length(${networkAcl.load_balancer_subnet_cidrs}) > 0`,
        errorMessage:
          text`node_traffic_percent is ${percent}, and network_acl would cut off the requests that do not pass the ` +
          "node. Set it to 100 first, or list the load balancer's subnets in " +
          "network_acl.load_balancer_subnet_cidrs.",
      },
      {
        condition: hcl`length(${vpcIds}) == 1`,
        errorMessage:
          text`network_acl.subnet_ids are in several VPCs (${hcl`join(", ", ${vpcIds})`}), and a network ACL ` +
          "belongs to one. Call the module once for each.",
      },
      {
        condition: hcl`length(${shared}) == 0`,
        errorMessage:
          text`node.subnet_cidrs overlap the subnets ${hcl`join(", ", ${shared})`} of network_acl.subnet_ids: a ` +
          "network ACL does not see what passes inside of a subnet, and admits the rest of it. Give the node subnets of its own.",
      },
      {
        condition: hcl`max(${counts}...) < ${networkAcl.rules_quota}`,
        errorMessage:
          text`network_acl has ${hcl`join(", ", ${counts})`} rules (IPv4 and IPv6 in, IPv4 and IPv6 out) and there ` +
          text`can be ${hcl`${networkAcl.rules_quota} - 1`} of each, as AWS counts its own last one. Join ` +
          "neighbouring CIDR blocks or drop rules; if the account's quota is higher, set network_acl.rules_quota.",
      },
    ];
  }
}

function loadBalancerCidrs(networkAcl: NetworkAclReference): IResolvable {
  return hcl`try(${networkAcl.load_balancer_subnet_cidrs}, [])`;
}

function ruleNumber(first: number): IResolvable {
  return hcl`${first} + 100 * cidr_index + 10 * port_index`;
}

function rule(action: "allow" | "deny", cidr: string, fromPort: string, toPort: string): IResolvable {
  return hcl`{ action = "${action}", protocol = "tcp", cidr = ${cidr}, from_port = ${fromPort}, to_port = ${toPort} }`;
}

function requests(first: number, cidrs: IResolvable, ports: IResolvable): IResolvable {
  return hcl`merge([
    for cidr_index, cidr in ${cidrs} : {
      for port_index, port in ${ports} :
      ${ruleNumber(first)} => ${rule("allow", "cidr", "port", "port")}
    }
  ]...)`;
}

/** To whatever port the other side called from: AWS advises to admit all that are not reserved. */
function replies(first: number, cidrs: IResolvable): IResolvable {
  return hcl`{
    for cidr_index, cidr in ${cidrs} :
    ${first} + 100 * cidr_index => ${rule("allow", "cidr", "1024", "65535")}
  }`;
}

function ownRules(networkAcl: NetworkAclReference, direction: string): IResolvable {
  return hcl`{
    for rule in try(${networkAcl.rules}, {}) :
    rule.rule_number => merge(rule, { to_port = try(coalesce(rule.to_port, rule.from_port), null) }) if ${direction}
  }`;
}

/** The arguments of the rules in one direction. */
function ruleArguments({ networkAcl }: NetworkAclProps, acl: AwsNetworkAcl, rules: IResolvable, egress: boolean) {
  const { ipv4, ipv6 } = byFamily("each.value.cidr");
  // -1 is every type and every code.
  const icmp = hcl.number`startswith(each.value.protocol, "icmp") ? -1 : null`;
  return {
    forEach: forEach(hcl`{ for number, rule in ${rules} : number => rule if ${networkAcl} != null }`),
    networkAclId: hcl.string`${acl.fqn}[0].id`,
    egress,
    ruleNumber: hcl.number`each.key`,
    ruleAction: hcl.string`each.value.action`,
    protocol: hcl.string`each.value.protocol == "icmpv6" ? "58" : each.value.protocol`,
    cidrBlock: hcl.string(ipv4),
    ipv6CidrBlock: hcl.string(ipv6),
    fromPort: hcl.number`each.value.from_port`,
    toPort: hcl.number`each.value.to_port`,
    icmpCode: icmp,
    icmpType: icmp,
  };
}
