import { NetworkAcl as AwsNetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclAssociation } from "@cdktf/provider-aws/lib/network-acl-association";
import { NetworkAclRule } from "@cdktf/provider-aws/lib/network-acl-rule";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { CollectionReference } from "../../synth/variables/schema";
import { byFamily, isIpv4 } from "../parts/cidr";
import { HealthChecks } from "../parts/health-checks";
import { Routing } from "./routing-schema";
import { Rules } from "./rules";
import { customAcl, Subnets } from "./subnets";

export interface NetworkAclProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly routing: Routing;
  /** ID of the VPC of the subnets. */
  readonly networkVpcId: IResolvable;
  readonly subnetIds: CollectionReference<string>;
  readonly rulesQuota: number;
  readonly replaceCustomNetworkAcls: IResolvable;
  readonly subnets: Subnets;
  readonly healthChecks: HealthChecks;
  readonly rules: Rules;
}

/** A network ACL that admits the node, and its associations with the application's subnets. */
export class NetworkAcl extends Construct {
  public readonly acl: AwsNetworkAcl;

  public constructor(scope: Construct, id: string, props: NetworkAclProps) {
    super(scope, id);
    const { name, tags, routing, subnetIds, subnets, rules } = props;

    this.acl = comment(
      new AwsNetworkAcl(this, "application", {
        vpcId: hcl.string`${props.networkVpcId}`,
        tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-application` }})`,
        lifecycle: { precondition: this.preconditions(props) },
      }),
      "The VPC ID comes from the caller. One read from a subnet is unknown at plan if the module has depends_on, and the ACL would be replaced while it is in force.",
    );
    const entries = [
      new NetworkAclRule(this, "ingress", ruleArguments(this.acl, rules.ingress, false)),
      new NetworkAclRule(this, "egress", ruleArguments(this.acl, rules.egress, true)),
    ];
    const current = hcl`one(${subnets.current.fqn}[each.key].ids)`;
    comment(
      new NetworkAclAssociation(this, "subnet", {
        forEach: forEach(hcl`{ for key, id in ${subnetIds} : key => id if ${routing.node_traffic_percent} == 100 }`),
        networkAclId: this.acl.id,
        subnetId: subnetIds.each,
        dependsOn: [...entries, subnets.previous, ORDER],
        lifecycle: {
          precondition: [
            {
              condition: hcl`${props.replaceCustomNetworkAcls} || contains(
                [${subnets.defaultId}, ${this.acl.fqn}.id],
                ${current},
              )`,
              errorMessage: customAcl(current),
            },
          ],
        },
      }),
      "The ACL is in force only while all requests go through the node. Terraform creates the association after everything that routing refers to, and removes it first.",
    );
  }

  private preconditions({ rulesQuota, subnets, healthChecks, rules }: NetworkAclProps): Validation[] {
    const counts = local(
      this,
      "rule_counts",
      hcl`flatten([
        for rules in [${rules.ingress}, ${rules.egress}] : [
          for ipv4 in [true, false] : length([for rule in rules : rule if ${isIpv4("rule.cidr")} == ipv4])
        ]
      ])`,
      "Inbound IPv4, inbound IPv6, outbound IPv4, outbound IPv6: AWS counts each separately.",
    );
    return [
      ...subnets.conditions,
      ...healthChecks.conditions,
      {
        condition: hcl`max(${counts}...) < ${rulesQuota}`,
        errorMessage: text`The ACL would have ${hcl`join(", ", ${counts})`} rules (inbound IPv4 and IPv6, outbound IPv4 and IPv6), and AWS allows ${hcl`${rulesQuota} - 1`} of each, because it counts its own last rule. Combine CIDR blocks, remove rules, or set rules_quota to the account's quota.`,
      },
    ];
  }
}

/** The variable as a dependency: everything to which it refers in the caller's module comes first. */
const ORDER = { fqn: "var.routing" };

/** The arguments of the rules in one direction. */
function ruleArguments(acl: TerraformResource, rules: IResolvable, egress: boolean) {
  const { ipv4, ipv6 } = byFamily("each.value.cidr");
  // -1 is every type and every code.
  const icmp = hcl.number`startswith(each.value.protocol, "icmp") ? -1 : null`;
  return {
    forEach: forEach(rules),
    networkAclId: hcl.string`${acl.fqn}.id`,
    egress,
    ruleNumber: hcl.number`${each.key}`,
    ruleAction: hcl.string`each.value.action`,
    protocol: hcl.string`each.value.protocol == "icmpv6" ? "58" : each.value.protocol`,
    cidrBlock: hcl.string`${ipv4}`,
    ipv6CidrBlock: hcl.string`${ipv6}`,
    fromPort: hcl.number`each.value.from_port`,
    toPort: hcl.number`each.value.to_port`,
    icmpCode: icmp,
    icmpType: icmp,
  };
}
