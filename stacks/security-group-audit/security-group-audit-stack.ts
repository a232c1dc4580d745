import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { optional } from "../../synth/variables/schema";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import {
  admittedNodeSchema,
  auditedSecurityGroupSchema,
  ruleIdsSchema,
  SecurityGroupAudit,
} from "../parts/security-group-audit";

/** The module `security-group-audit`: what the application's security group admits. */
export class SecurityGroupAuditStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary:
        "Reads the application's security group at every plan, and names each rule that admits anything other than the node.",
      providers: [AWS_PROVIDER],
    });

    const securityGroupId = this.variable("security_group_id", auditedSecurityGroupSchema);
    const node = this.variable("node", admittedNodeSchema);
    const acceptedRuleIds = this.variable(
      "accepted_rule_ids",
      optional(ruleIdsSchema("IDs of ingress rules that may admit other sources, by names that say why."), {}),
    );

    const audit = new SecurityGroupAudit(this, "main", {
      securityGroupIds: hcl`[${securityGroupId}]`,
      subject: securityGroupId,
      node,
      acceptedRuleIds,
      fix: "Remove these rules where they are managed, or add them to accepted_rule_ids.",
    });

    this.output("current_rules", "Traffic and source of each ingress rule, by rule ID.", audit.currentRules);
    this.output(
      "unexpected_rules",
      "Traffic and source of each ingress rule that admits anything other than the node and is not accepted, by rule ID.",
      audit.unexpectedRules,
    );
  }
}
