import { DataAwsVpcSecurityGroupRule } from "@cdktf/provider-aws/lib/data-aws-vpc-security-group-rule";
import { DataAwsVpcSecurityGroupRules } from "@cdktf/provider-aws/lib/data-aws-vpc-security-group-rules";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { nodeSources, warnAboutRules } from "../parts/admitted-sources";
import { NodeIdentity } from "../parts/node";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { when } from "../../synth/language/expression/when";

export interface RulesByIdProps {
  readonly securityGroupId: string;
  readonly node: NodeIdentity;
  /** IDs of the ingress rules to keep, by name. */
  readonly ingressRuleIds: IResolvable;
  /** Whether to read the rules. If not, there are none here. */
  readonly enabled: IResolvable;
}

/** The rules of the application's security group by ID, and a warning about those that admit anything other than the node. */
export class RulesById extends Construct {
  /** IDs of the egress rules. */
  public readonly egressRuleIds: IResolvable;
  /** Ingress rules, by ID: objects with `traffic` and `source`. */
  public readonly currentRules: IResolvable;
  /** The ingress rules that admit anything other than the node and are not listed. */
  public readonly unexpectedRules: IResolvable;

  public constructor(scope: Construct, id: string, { securityGroupId, node, ingressRuleIds, enabled }: RulesByIdProps) {
    super(scope, id);

    const found = new DataAwsVpcSecurityGroupRules(this, "application", {
      count: when(enabled),
      filter: [{ name: "group-id", values: [securityGroupId] }],
    });
    const rules = comment(
      new DataAwsVpcSecurityGroupRule(this, "rule", {
        forEach: forEach(hcl`toset(flatten([for group in ${found.fqn} : coalesce(group.ids, [])]))`),
        securityGroupRuleId: each.key,
      }),
      "Outside the check, because a data source inside a check makes every plan show changes.",
    );
    this.currentRules = local(
      this,
      "current_rules",
      hcl`{
        for id, rule in ${rules.fqn} : id => {
          traffic = rule.ip_protocol == "-1" ? "everything" : "\${rule.ip_protocol} \${join("-", distinct([rule.from_port, rule.to_port]))}"
          source  = coalesce(rule.referenced_security_group_id, rule.cidr_ipv4, rule.cidr_ipv6, rule.prefix_list_id)
        } if !rule.is_egress
      }`,
      "Ingress rules by ID. A rule has exactly one of the four kinds of source, so the first that is set is the only one.",
    );
    const fromNode = nodeSources(this, hcl`distinct(values(${this.currentRules})[*].source)`, node);
    this.unexpectedRules = local(
      this,
      "unexpected_rules",
      hcl`{
        for id, rule in ${this.currentRules} : id => rule
        if !contains(${fromNode}, rule.source) && !contains(values(${ingressRuleIds}), id)
      }`,
    );
    warnAboutRules(this, {
      subject: securityGroupId,
      rules: this.unexpectedRules,
      inWords: hcl`[for id, rule in ${this.unexpectedRules} : "\${id} (\${rule.traffic} from \${rule.source})"]`,
      fix: 'Add the rules to keep to ingress_rule_ids, and remove the others with mode = "enforce".',
    });
    this.egressRuleIds = local(
      this,
      "existing_egress_rule_ids",
      hcl`[for id, rule in ${rules.fqn} : id if rule.is_egress]`,
      "The resource below also removes egress rules. Without egress_rule_ids, the egress rules that exist at plan stay.",
    );
  }
}
