import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { example, given, number, object, optional, withRules } from "../../synth/variables/schema";
import { applicationSchema } from "../parts/application";
import { nameSchema, portNumber, securityGroupIds, tagsSchema, vpcIdSchema } from "../parts/common-variables";
import { portField } from "../parts/health-check";
import { referencedSecurityGroupId } from "../parts/identifiers";
import { LoadBalancerToNode } from "../parts/load-balancer-to-node";
import { identityFields } from "../parts/node";
import { NodeToApplication } from "../parts/node-to-application";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { loadBalancerRulesInItsAccount, ruleIds, securityGroupRulesSchema } from "../parts/security-group-rules";

const LOAD_BALANCER = { security_group_ids: { public: "sg-0123456789abcdef0" } };

const nodeSchema = example(
  object("The Wallarm Node.", {
    ...identityFields,
    port: optional(number("TCP port on which it accepts requests from the load balancer.", portNumber), 80),
    health_check_port: portField,
  }),
  given({ load_balancer: LOAD_BALANCER }, {}),
);

const loadBalancerSchema = optional(
  example(
    object("The load balancer in front of the node. By default, the module creates no rules for one.", {
      security_group_ids: optional(securityGroupIds(referencedSecurityGroupId), {}),
    }),
    LOAD_BALANCER,
  ),
  {},
);

/** The module `security-group-rules`: the rules of a path that several calls of the routing modules share. */
export class SecurityGroupRulesStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary:
        "Creates the security group rules between a load balancer, the node, and the application once, for several calls of the modules alb and nlb that share these groups.",
      providers: [AWS_PROVIDER],
    });

    const name = this.variable("name", { ...nameSchema, description: "Name of the rules, for their descriptions." });
    const tags = this.variable("tags", tagsSchema);
    const vpcId = this.variable("vpc_id", vpcIdSchema);
    const node = this.variable("node", nodeSchema);
    const loadBalancer = this.variable("load_balancer", loadBalancerSchema);
    const application = this.variable(
      "application",
      withRules(applicationSchema(node), {
        test: (value) => hcl`${value} != null || length(${loadBalancer.security_group_ids}) > 0`,
        decidesOnNull: true,
        requirement: "not be null if load_balancer has no security groups, because the module would create no rule",
        refuses: [given({ load_balancer: { security_group_ids: {} } }, null)],
        accepts: [given({ load_balancer: LOAD_BALANCER }, null)],
      }),
    );
    const enabled = this.variable(
      "security_group_rules",
      withRules(securityGroupRulesSchema({ node, application }), loadBalancerRulesInItsAccount(loadBalancer)),
    );

    const file = this.file("main");
    const nodeAccess = new LoadBalancerToNode(file, "node", {
      name,
      tags,
      loadBalancer,
      node,
      healthCheckPort: node.health_check_port,
      enabled,
    });
    const applicationAccess = new NodeToApplication(file, "application", {
      name,
      tags,
      vpcId,
      node,
      application,
      enabled,
    });

    this.output(
      "node_security_group_id",
      "The ID in node.security_group_id, known when the rules exist. Pass it to the calls that share the rules, so that Terraform moves traffic after it creates the rules, and removes them last.",
      node.security_group_id,
      { dependsOn: [nodeAccess.egress, nodeAccess.ingress, applicationAccess.egress, applicationAccess.ingress] },
    );
    this.output(
      "security_group_rule_ids",
      "IDs of the security group rules, by purpose.",
      hcl`{
        load_balancer_egress = ${ruleIds(nodeAccess.egress)}
        node_ingress         = ${ruleIds(nodeAccess.ingress)}
        node_egress          = ${ruleIds(applicationAccess.egress)}
        application_ingress  = ${ruleIds(applicationAccess.ingress)}
      }`,
    );
  }
}
