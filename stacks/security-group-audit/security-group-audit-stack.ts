import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { string } from "../../synth/variables/schema";
import { admittedNodeSchema } from "../parts/admitted-sources";
import { securityGroupId as securityGroupIdRule } from "../parts/identifiers";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { acceptedRulesSchema, SecurityGroupAudit } from "../parts/security-group-audit";

/** The module `security-group-audit`: what the application's security group admits. */
export class SecurityGroupAuditStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary:
        "Reads the application's security group at every plan, and names each rule that admits anything other than the node.",
      providers: [AWS_PROVIDER],
    });

    const securityGroupId = this.variable(
      "security_group_id",
      string("ID of the security group of the application's instances or tasks.", securityGroupIdRule),
    );
    const node = this.variable("node", admittedNodeSchema);
    const acceptedRules = this.variable("accepted_rules", acceptedRulesSchema);

    const audit = new SecurityGroupAudit(this, "main", {
      securityGroupIds: hcl`{ application = ${securityGroupId} }`,
      subject: securityGroupId,
      node,
      acceptedRules,
      fix: "Remove these rules where they are managed, or add them to accepted_rules.",
    });

    this.output(
      "current_rules",
      "The ingress rules: traffic and source of each, with the security group that has it.",
      audit.currentRules,
    );
    this.output(
      "unexpected_rules",
      "The ingress rules that admit anything other than the node and are not accepted, in the same form. Empty when the lockdown is complete.",
      audit.unexpectedRules,
    );
  }
}
