import { DataAwsCloudcontrolapiResource } from "@cdktf/provider-aws/lib/data-aws-cloudcontrolapi-resource";
import { DataAwsVpcSecurityGroupRules } from "@cdktf/provider-aws/lib/data-aws-vpc-security-group-rules";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { matches } from "../../synth/variables/rules";
import { map, optional, string } from "../../synth/variables/schema";
import { nodeSources, warnAboutRules } from "./admitted-sources";
import { NodeIdentity } from "./node";

/** The variable with the rules that may stay. */
export const acceptedRulesSchema = optional(
  map(
    "Ingress rules that may admit other sources, as the warning and unexpected_rules show them, by names that say why.",
    "rule",
    string(
      "Traffic and source.",
      matches(
        /^[a-z0-9]+( [0-9]+(-[0-9]+)?)? from [0-9a-z.:/-]+$/,
        'be traffic and source as the warning shows them, such as "tcp 9100 from 10.0.9.9/32"',
        {
          accepts: [
            "tcp 9100 from 10.0.9.9/32",
            ...["tcp 8000-8010 from sg-0123456789abcdef0", "everything from 2001:db8::/32", "icmp from pl-0a1b2c3d"],
          ],
          refuses: ["sgr-0123456789abcdef0", "10.0.9.9/32", "tcp 9100", "TCP 9100 from 10.0.9.9/32"],
        },
      ),
    ),
  ),
  {},
);

export interface SecurityGroupAuditProps {
  /** IDs of the groups, by names. */
  readonly securityGroupIds: IResolvable;
  readonly node: Pick<NodeIdentity, "security_group_id" | "subnet_cidrs">;
  /** Rules that may admit other sources, by name. */
  readonly acceptedRules: IResolvable;
  /** The groups, for the message. */
  readonly subject: string;
  /** What to do about unexpected rules, for the message. */
  readonly fix: string;
}

/** Reads the rules of the application's security groups, and warns about rules that admit anything other than the node. */
export class SecurityGroupAudit extends Construct {
  /** Ingress rules in words, with the IDs of the groups that have them. */
  public readonly currentRules: IResolvable;
  /** The ingress rules that admit anything other than the node and are not accepted. */
  public readonly unexpectedRules: IResolvable;

  public constructor(scope: Construct, id: string, props: SecurityGroupAuditProps) {
    super(scope, id);
    const { node, securityGroupIds } = props;

    const groups = comment(
      new DataAwsCloudcontrolapiResource(this, "application", {
        forEach: forEach(securityGroupIds),
        typeName: "AWS::EC2::SecurityGroup",
        identifier: each.value,
      }),
      "A security group with all its rules, in one call. The data sources of EC2 read one rule each, and need its ID at " +
        "plan, which a new group or depends_on makes unknown. Outside the check, because a data source inside a check " +
        "makes every plan show changes.",
    );
    const ids = comment(
      new DataAwsVpcSecurityGroupRules(this, "rule_ids.application", {
        forEach: forEach(securityGroupIds),
        filter: [{ name: "group-id", values: [each.value] }],
      }),
      "The IDs of the same rules, to count them.",
    );
    const rules = local(
      this,
      "ingress_rules",
      hcl`flatten([
        for group in ${groups.fqn} : [
          for rule in try(jsondecode(group.properties).SecurityGroupIngress, []) : {
            security_group_id = group.identifier
            traffic = (
              rule.IpProtocol == "-1" ? "everything" :
              startswith(rule.IpProtocol, "icmp") || !try(rule.FromPort >= 0, false) ? rule.IpProtocol :
              "\${rule.IpProtocol} \${join("-", distinct([rule.FromPort, rule.ToPort]))}"
            )
            source = coalesce(
              try(rule.SourceSecurityGroupId, null), try(rule.CidrIp, null), try(rule.CidrIpv6, null),
              try(rule.SourcePrefixListId, null), "an unknown source"
            )
          }
        ]
      ])`,
      "A rule has exactly one of the four kinds of source, so the first that is set is the only one.",
    );
    this.currentRules = local(
      this,
      "current_rules",
      hcl`{ for rule in ${rules} : "\${rule.traffic} from \${rule.source}" => rule.security_group_id... }`,
    );
    const fromNode = nodeSources(this, hcl`distinct(${rules}[*].source)`, node);
    const unread = local(
      this,
      "groups_with_unread_rules",
      hcl`[
        for key, group in ${groups.fqn} : group.identifier
        if length(coalesce(${ids.fqn}[key].ids, [])) != length(concat(
          try(jsondecode(group.properties).SecurityGroupIngress, []),
          try(jsondecode(group.properties).SecurityGroupEgress, [])
        ))
      ]`,
      "Groups with more rules than Cloud Control API returned. A rule that was not read counts as unexpected. A group without rules has null in place of IDs.",
    );
    this.unexpectedRules = local(
      this,
      "unexpected_rules",
      hcl`merge(
        {
          for rule in ${rules} : "\${rule.traffic} from \${rule.source}" => rule.security_group_id...
          if !contains(${fromNode}, rule.source)
          && !contains(values(${props.acceptedRules}), "\${rule.traffic} from \${rule.source}")
        },
        { for id in ${unread} : "rules that Cloud Control API does not return" => id... }
      )`,
    );
    warnAboutRules(this, { ...props, rules: this.unexpectedRules, inWords: hcl`keys(${this.unexpectedRules})` });
  }
}
