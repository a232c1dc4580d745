import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import { NetworkInterfaceSgAttachment } from "@cdktf/provider-aws/lib/network-interface-sg-attachment";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { notEmpty, wholeNumber } from "../../synth/variables/rules";
import { bool, map, number, object, optional, ReferenceTo, set, string } from "../../synth/variables/schema";
import { portNumber } from "../parts/common-variables";
import { networkInterfaceId } from "../parts/identifiers";
import { ruleIds } from "../parts/security-group-rules";

/**
 * The number of rules that the list counts as, if AWS does not report it.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
const DOCUMENTED_WEIGHT = 55;

const KEPT_UNTIL_REPLACED = { createBeforeDestroy: true };

export const originFacingGroupsSchema = optional(
  object(
    "Security groups that admit CloudFront. Each port has its own group, because one rule for the prefix list counts as nearly all the rules that a group can have. Null: none.",
    {
      ports: optional(
        set("Ports that admit CloudFront.", "port", number("Port.", portNumber), notEmpty("port")),
        [443],
      ),
      ipv6: optional(
        bool(
          "Whether each port has a second group, for the IPv6 addresses of CloudFront. For an origin with an IPv6 address.",
        ),
        false,
      ),
      network_interface_ids: optional(
        map(
          "IDs of network interfaces of the node that get these groups in addition to their own, by names that you choose. By default, AWS allows five groups for an interface. If the groups of an interface are managed elsewhere, ignore changes to them there. For a load balancer or an Auto Scaling group, use the output security_group_ids.",
          "network_interface_id",
          string("ID.", networkInterfaceId),
        ),
        {},
      ),
      rules_quota: optional(
        number("The account's quota of inbound rules per security group. AWS can raise it.", wholeNumber(1, 1000)),
        60,
      ),
    },
  ),
);

export interface OriginFacingGroupsProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcId: string;
  readonly groups: ReferenceTo<typeof originFacingGroupsSchema>;
}

/** Security groups that admit only CloudFront to the node. */
export class OriginFacingGroups extends Construct {
  /** The resources that admit CloudFront. */
  public readonly access: TerraformResource[];
  public readonly rule: TerraformResource;
  /** IDs of the groups, by port. The keys of those for IPv6 end with "-ipv6". */
  public readonly ids: IResolvable;
  /** IDs of their rules, by the same keys. */
  public readonly ruleIds: IResolvable;

  public constructor(scope: Construct, id: string, { name, tags, vpcId, groups }: OriginFacingGroupsProps) {
    super(scope, id);
    const lists = local(
      this,
      "origin_facing_prefix_lists",
      hcl`{
        for family, list in {
          ipv4 = "com.amazonaws.global.cloudfront.origin-facing"
          ipv6 = "com.amazonaws.global.ipv6.cloudfront.origin-facing"
        } : family => list if ${groups} == null ? false : family == "ipv4" || ${groups.ipv6}
      }`,
      "The addresses from which CloudFront sends requests to origins. All customers of CloudFront share " +
        "them, so the node must also check the secret header.",
    );
    const list = new DataAwsEc2ManagedPrefixList(this, "origin_facing", {
      forEach: forEach(lists),
      name: each.value,
    });
    const wanted = local(
      this,
      "origin_facing_groups",
      hcl`{
        for pair in setproduct(try(${groups.ports}, []), keys(${lists})) :
        (pair[1] == "ipv4" ? tostring(pair[0]) : "\${pair[0]}-\${pair[1]}") => { port = tonumber(pair[0]), family = pair[1] }
      }`,
      `One security group for each port and address family. One rule for a prefix list counts as ${DOCUMENTED_WEIGHT} rules of the default quota of 60 (https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html), so one group has no room for a second port.`,
    );
    const weights = local(
      this,
      "prefix_list_weights",
      hcl`{ for family, list in ${list.fqn} : family => try(list.max_entries > 0, false) ? list.max_entries : ${DOCUMENTED_WEIGHT} }`,
      `How many rules each list counts as: the number that AWS reports, or else the ${DOCUMENTED_WEIGHT} that it documents (https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html).`,
    );
    const weight = hcl`${weights}[each.value.family]`;

    const group = comment(
      new SecurityGroup(this, "cloudfront", {
        forEach: forEach(wanted),
        namePrefix: text`${name}-cloudfront-${each.key}-`,
        description: text`${name}: from CloudFront on port ${hcl`each.value.port`}, ${hcl`each.value.family == "ipv4" ? "IPv4" : "IPv6"`}`,
        vpcId,
        tags: hcl.map(tags),
        lifecycle: KEPT_UNTIL_REPLACED,
      }),
      "If the port changes, CloudFront uses the old port until the distribution is updated. The new group is therefore created before the old group is destroyed.",
    );
    const port = hcl.number`each.value.port`;
    const rule = new VpcSecurityGroupIngressRule(this, "node_from_cloudfront", {
      forEach: forEach(wanted),
      securityGroupId: hcl.string`${group.fqn}[each.key].id`,
      description: text`${name}: from CloudFront`,
      prefixListId: hcl.string`${list.fqn}[each.value.family].id`,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      tags: hcl.map(tags),
      lifecycle: {
        ...KEPT_UNTIL_REPLACED,
        precondition: [
          {
            condition: hcl`${weight} <= ${groups.rules_quota}`,
            errorMessage:
              text`${hcl`${list.fqn}[each.value.family].name`} counts as ${weight} rules, but ` +
              text`security_groups.rules_quota is ${groups.rules_quota}. Request a higher quota of inbound rules per security ` +
              "group, and set it here.",
          },
        ],
      },
    });
    const attachment = comment(
      new NetworkInterfaceSgAttachment(this, "node", {
        forEach: forEach(hcl`{
          for pair in setproduct(keys(${groups} == null ? {} : ${groups.network_interface_ids}), keys(${wanted})) :
          join("-", pair) => { network_interface_id = ${groups.network_interface_ids}[pair[0]], group = pair[1] }
        }`),
        networkInterfaceId: hcl.string`each.value.network_interface_id`,
        securityGroupId: hcl.string`${group.fqn}[each.value.group].id`,
        dependsOn: [rule],
        lifecycle: KEPT_UNTIL_REPLACED,
      }),
      "Adds to the security groups that the network interface has, and replaces none. The rule exists first.",
    );
    this.rule = rule;
    this.access = [rule, attachment];
    this.ids = hcl`{ for key, group in ${group.fqn} : key => group.id }`;
    this.ruleIds = ruleIds(rule);
  }
}
