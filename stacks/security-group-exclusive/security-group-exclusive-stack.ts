import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { ROUTING } from "../../contract/routing";
import { ModuleStack } from "../../synth/emit/module-stack";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { when } from "../../synth/language/expression/when";
import { notEmpty, oneOf } from "../../synth/variables/rules";
import { bool, given, map, object, optional, string } from "../../synth/variables/schema";
import { admittedNodeSchema } from "../parts/admitted-sources";
import {
  acceptFailingHealthChecksSchema,
  applicationAutoscalingGroupNamesSchema,
  HealthChecks,
} from "../parts/health-checks";
import { securityGroupId as securityGroupIdRule, securityGroupRuleId } from "../parts/identifiers";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { take } from "../parts/routing-input";
import { RulesById } from "./rules-by-id";

/** @param description which rules they are */
function ruleIdsSchema(description: string) {
  return map(description, "rule_id", string("ID.", securityGroupRuleId));
}

const ingressRuleIdsSchema = ruleIdsSchema(
  "IDs of the ingress rules to keep, by names that you choose: application_ingress in the output security_group_rule_ids of a routing module, and the rules for other sources.",
);

const { application, load_balancer } = ROUTING.fields;

const routingSchema = optional(
  object(
    "The output routing of the routing module, which names the application's target groups and the load balancer.",
    {
      application: optional(object(application.description, take(application.fields, "target_group_arns"))),
      load_balancer: optional(object(load_balancer.description, take(load_balancer.fields, "security_group_ids"))),
    },
  ),
);

const readRulesSchema = ({ mode, egressRuleIds }: { readonly mode: string; readonly egressRuleIds: IResolvable }) =>
  optional(
    bool(
      "Whether the module reads each rule of the group, to say what the IDs stand for. Set it to false in the apply that creates the group, or with depends_on: Terraform then does not know the rules at plan.",
      {
        test: (readRules) => hcl`${readRules} || ${mode} == "enforce"`,
        requirement: 'be true if mode is "audit", which has nothing else to do',
        refuses: [given({ mode: "audit", egress_rule_ids: {} }, false)],
      },
      {
        test: (readRules) => hcl`${readRules} || ${egressRuleIds} != null`,
        requirement: "be true if egress_rule_ids is null, because the module then keeps the egress rules that it reads",
        refuses: [given({ mode: "enforce", egress_rule_ids: null }, false)],
        accepts: [given({ mode: "enforce", egress_rule_ids: {} }, false)],
      },
    ),
    true,
  );

/** The module `security-group-exclusive`: removes the rules of the application's security group that are not listed. */
export class SecurityGroupExclusiveStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary: "Removes every rule of the application's security group that is not listed, at every apply.",
      providers: [{ ...AWS_PROVIDER, version: ">= 6.29.0, < 7.0.0" }],
    });

    const mode = this.variable(
      "mode",
      string('"audit" warns and changes nothing. "enforce" removes rules.', oneOf("audit", "enforce")),
    );
    const securityGroupId = this.variable(
      "security_group_id",
      string(
        "ID of the security group of the application's instances or tasks. With read_rules, the group must exist before the plan.",
        securityGroupIdRule,
      ),
    );
    const node = this.variable("node", admittedNodeSchema);
    const ingressRuleIds = this.variable("ingress_rule_ids", {
      ...ingressRuleIdsSchema,
      rules: [notEmpty("rule, or nothing could reach the application", {})],
    });
    const egressRuleIds = this.variable(
      "egress_rule_ids",
      optional(
        ruleIdsSchema(
          "IDs of the egress rules to keep, by names that you choose. Null: all egress rules that exist at plan.",
        ),
      ),
    );

    const readRules = this.variable("read_rules", readRulesSchema({ mode, egressRuleIds }));
    const routing = this.variable("routing", routingSchema);
    const autoscalingGroupNames = this.variable("autoscaling_group_names", applicationAutoscalingGroupNamesSchema);
    const accepted = this.variable("accept_failing_health_checks", acceptFailingHealthChecksSchema);

    const rules = new RulesById(this, "main", { securityGroupId, node, ingressRuleIds, enabled: readRules });
    const healthChecks = new HealthChecks(this, "health_checks", {
      locked: hcl`${mode} == "enforce"`,
      admitted: local(
        this,
        "load_balancer_is_kept",
        hcl`anytrue([
          for id in values(${ingressRuleIds}) : try(contains(
            [for group in ${routing.load_balancer.security_group_ids} : basename(group)],
            basename(${rules.currentRules}[id].source),
          ), false)
        ])`,
        "By a rule that refers to a security group of the load balancer.",
      ),
      instances: { name: "network-interface.group-id", values: [securityGroupId] },
      targetGroupArns: hcl`try(${routing.application.target_group_arns}, null)`,
      autoscalingGroupNames,
      accepted,
      admission: "add the load balancer's rule to ingress_rule_ids",
    });
    // Newer than the bindings.
    const exclusive = new TerraformResource(this, "application", {
      terraformResourceType: "aws_vpc_security_group_rules_exclusive",
      count: when(hcl`${mode} == "enforce"`),
      lifecycle: { precondition: healthChecks.conditions },
    });
    comment(
      exclusive,
      "Removes every rule that is not listed, no matter who created it, in this apply and in every later one. Destroying this resource restores no rule.",
    );
    override(exclusive, {
      security_group_id: securityGroupId,
      ingress_rule_ids: hcl`values(${ingressRuleIds})`,
      egress_rule_ids: hcl`${egressRuleIds} == null ? ${rules.egressRuleIds} : values(${egressRuleIds})`,
    });

    const read = (value: IResolvable) => hcl`${readRules} ? ${value} : null`;
    this.output(
      "current_rules",
      "Traffic and source of each ingress rule, by rule ID. Null if read_rules is false.",
      read(rules.currentRules),
    );
    this.output(
      "unexpected_rules",
      "Traffic and source of each ingress rule that admits anything other than the node and is not listed, by rule ID. Null if read_rules is false.",
      read(rules.unexpectedRules),
    );
    this.output(
      "rules_to_remove",
      'Traffic and source of each ingress rule that mode = "enforce" removes, by rule ID. Null if read_rules is false.',
      read(hcl`{ for id, rule in ${rules.currentRules} : id => rule if !contains(values(${ingressRuleIds}), id) }`),
    );
  }
}
