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

/** The module `security-group-audit`: who is admitted by the application's security group. */
export class SecurityGroupAuditStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary:
        "Reads the application's security group at every plan, and names each rule that admits anybody but the node.",
      providers: [AWS_PROVIDER],
    });

    const securityGroupId = this.variable("security_group_id", auditedSecurityGroupSchema);
    const node = this.variable("node", admittedNodeSchema);
    const acceptedRuleIds = this.variable(
      "accepted_rule_ids",
      optional(ruleIdsSchema("IDs of ingress rules that may admit others, each under a name that says why."), {}),
    );

    const audit = new SecurityGroupAudit(this, "main", {
      securityGroupIds: hcl`[${securityGroupId}]`,
      subject: securityGroupId,
      node,
      acceptedRuleIds,
      fix: "Remove these rules where they are managed, or accept them in accepted_rule_ids.",
    });

    this.output(
      "current_rules",
      "What each ingress rule admits, by ID of the rule: traffic and source.",
      audit.currentRules,
    );
    this.output(
      "unexpected_rules",
      "Those of them that admit anybody but the node, and are not accepted.",
      audit.unexpectedRules,
    );
  }
}
