import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { when } from "../../synth/language/expression/when";
import { notEmpty, oneOf } from "../../synth/variables/rules";
import { optional, string } from "../../synth/variables/schema";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import {
  admittedNodeSchema,
  auditedSecurityGroupSchema,
  ruleIdsSchema,
  SecurityGroupAudit,
} from "../parts/security-group-audit";

const ingressRuleIdsSchema = ruleIdsSchema(
  "IDs of the ingress rules to keep, each under a name of your own: the application_ingress of a routing module's output security_group_rule_ids, and what else is to be admitted.",
);

/** The module `security-group-exclusive`: removes what the application's security group admits beside the rules listed. */
export class SecurityGroupExclusiveStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary: "Removes every rule of the application's security group that is not listed, at every apply.",
      providers: [{ ...AWS_PROVIDER, version: ">= 6.29.0, < 7.0.0" }],
    });

    const mode = this.variable(
      "mode",
      string('"audit" warns and changes nothing; "enforce" removes rules.', oneOf("audit", "enforce")),
    );
    const securityGroupId = this.variable("security_group_id", auditedSecurityGroupSchema);
    const node = this.variable("node", admittedNodeSchema);
    const ingressRuleIds = this.variable("ingress_rule_ids", {
      ...ingressRuleIdsSchema,
      rules: [notEmpty("rule, or nobody could reach the application", {})],
    });
    const egressRuleIds = this.variable(
      "egress_rule_ids",
      optional(
        ruleIdsSchema(
          "IDs of the egress rules to keep, each under a name of your own. Null: those that are there at plan, all of them.",
        ),
      ),
    );

    const audit = new SecurityGroupAudit(this, "main", {
      securityGroupIds: hcl`[${securityGroupId}]`,
      subject: securityGroupId,
      node,
      acceptedRuleIds: ingressRuleIds,
      fix: 'Keep what is to be kept in ingress_rule_ids; mode = "enforce" removes the others.',
    });
    const existingEgress = local(
      this,
      "existing_egress_rule_ids",
      hcl`[for id, rule in ${audit.rules.fqn} : id if rule.is_egress]`,
      "The resource below also removes egress rules. Without egress_rule_ids, the egress rules that exist at plan stay.",
    );
    // Newer than the bindings.
    const exclusive = new TerraformResource(this, "application", {
      terraformResourceType: "aws_vpc_security_group_rules_exclusive",
      count: when(hcl`${mode} == "enforce"`),
    });
    comment(
      exclusive,
      "Removes every rule that is not listed, no matter who created it, in this apply and in every later one. Destroying this resource restores no rule.",
    );
    override(exclusive, {
      security_group_id: securityGroupId,
      ingress_rule_ids: hcl`values(${ingressRuleIds})`,
      egress_rule_ids: hcl`${egressRuleIds} == null ? ${existingEgress} : values(${egressRuleIds})`,
    });

    this.output(
      "current_rules",
      "What each ingress rule admits, by ID of the rule: traffic and source.",
      audit.currentRules,
    );
    this.output(
      "unexpected_rules",
      "Those of them that admit anybody but the node, and are not kept.",
      audit.unexpectedRules,
    );
    this.output(
      "rules_to_remove",
      'Those of them that the mode "enforce" removes.',
      hcl`{ for id, rule in ${audit.currentRules} : id => rule if !contains(values(${ingressRuleIds}), id) }`,
    );
  }
}
