import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { ReferenceTo } from "../../synth/variables/schema";
import { ApplicationTargetGroups } from "./application-target-groups";
import { ExistingRules } from "./existing-rules";
import { GroupStickiness } from "./group-stickiness";
import { preconditions } from "./route-preconditions";
import { Routes } from "./route-schema";
import { CONDITION, NO_CONDITION } from "../parts/listener-rule/condition-blocks";
import { SecretHeader, secretHeaderCondition, SecretHeaderValues } from "./secret-header";
import { albNodeSchema } from "./target-group";

export interface ListenerRoutesProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly routes: Routes;
  readonly node: ReferenceTo<typeof albNodeSchema>;
  readonly nodeTargetGroupArn: string;
  readonly nodeTrafficPercent: number;
  readonly existing: ExistingRules;
  readonly application: ApplicationTargetGroups;
  readonly stickiness: GroupStickiness;
  readonly secretHeader: SecretHeader;
  readonly secretHeaderValues: SecretHeaderValues;
  /** That the load balancer and the node's target group are in one VPC. */
  readonly vpcCondition: Validation;
  /** Resources that must exist before requests go to the node. */
  readonly dependsOn: ITerraformDependable[];
}

/** Rules on existing listeners that split their requests between the node and the application. */
export class ListenerRoutes extends Construct {
  public readonly rule: LbListenerRule;
  /** By route, a list of its conditions without the one on the secret header. */
  public readonly conditions: IResolvable;

  public constructor(scope: Construct, id: string, props: ListenerRoutesProps) {
    super(scope, id);
    const { name, tags, routes, nodeTargetGroupArn, nodeTrafficPercent: percent, existing, application } = props;

    const noCondition = local(
      this,
      "no_condition",
      hcl`${NO_CONDITION}`,
      "All six kinds of condition in AWS provider 5.100. A condition sets one and leaves the others null.",
    );
    this.conditions = local(
      this,
      "conditions",
      hcl`merge(
        {
          for key, rule in ${existing.rules.fqn} : key => [
            for condition in rule.condition : { for kind, value in condition : kind => try(length(value.values), 0) > 0 ? value : null }
          ]
        },
        { for key, route in ${routes} : key => [merge(${noCondition}, { path_pattern = { values = ["/*"] } })] if route.catch_all },
        { for key, route in ${routes} : key => route.conditions if length(route.conditions) > 0 }
      )`,
      "By route: the conditions of the mirrored rule, every path for a catch_all, or the caller's own. A kind without values is one that the provider cannot read: a precondition refuses it, and a destroy passes.",
    );
    const valueCounts = local(
      this,
      "condition_value_counts",
      hcl`{
        for key, conditions in ${this.conditions} :
        key => length(flatten([for condition in conditions : [for kind in values(condition) : try(kind.values, [])]]))
      }`,
      "By route. AWS allows five values in the conditions of a rule.",
    );
    const weights = local(
      this,
      "weights",
      hcl`{
        for name, weight in { node = ${percent}, application = 100 - ${percent} } :
        name => weight if name == "node" || weight > 0
      }`,
      "At 0 percent, the node's group is already in the rules: AWS checks the health of a group's targets only after a rule uses the group. At 100 percent, the application's group leaves the rules.",
    );
    this.rule = comment(
      new LbListenerRule(this, "node", {
        forEach: forEach(routes),
        listenerArn: routes.each.listener_arn,
        priority: routes.each.priority,
        tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-${each.key}` }})`,
        action: [],
        condition: [],
        dependsOn: props.dependsOn,
        lifecycle: {
          precondition: [props.vpcCondition, ...preconditions({ ...props, conditions: this.conditions, valueCounts })],
        },
      }),
      "Created after everything that the node needs to answer requests. The condition on the secret header loops over the header and not over its values, because for_each accepts no sensitive values.",
    );
    override(this.rule, {
      action: [
        {
          type: "forward",
          forward: [
            {
              target_group: dynamic(weights, {
                // What a precondition refuses must not keep a destroy from reading the state, so the argument is never null.
                arn: hcl`target_group.key == "node" ? ${nodeTargetGroupArn} : coalesce(${application.arns}[each.key], ${nodeTargetGroupArn})`,
                weight: hcl`target_group.value`,
              }),
              // AWS does not store the duration of disabled stickiness: a block with both would show a change at every plan.
              stickiness: dynamic(hcl`${props.stickiness.durations}[each.key]`, {
                enabled: true,
                duration: hcl`stickiness.value`,
              }),
            },
          ],
        },
      ],
      condition: [
        dynamic(hcl`${this.conditions}[each.key]`, CONDITION),
        secretHeaderCondition(props.secretHeader, props.secretHeaderValues),
      ],
    });
  }
}
