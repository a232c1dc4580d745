import { DataAwsLbListener } from "@cdktf/provider-aws/lib/data-aws-lb-listener";
import { DataAwsLbListenerRule } from "@cdktf/provider-aws/lib/data-aws-lb-listener-rule";
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
import { GroupStickiness, targetGroupStickinessSchema } from "./group-stickiness";
import { Routes } from "./route-schema";
import { CONDITION, KINDS } from "./rule-conditions";
import { SecretHeader, secretHeaderCondition, SecretHeaderValues, VALUES_BESIDE_SECRET_HEADER } from "./secret-header";
import { albNodeSchema, albTargetGroupSchema } from "./target-group";

export interface ListenerRoutesProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly routes: Routes;
  readonly node: ReferenceTo<typeof albNodeSchema>;
  readonly nodeTargetGroupArn: string;
  readonly nodeTrafficPercent: number;
  readonly targetGroup: ReferenceTo<typeof albTargetGroupSchema>;
  readonly targetGroupStickiness: ReferenceTo<typeof targetGroupStickinessSchema>;
  readonly applicationStickiness: IResolvable;
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
  public readonly stickiness: GroupStickiness;
  /** The listeners as they are, by route. */
  public readonly existing: DataAwsLbListener;
  /** By route, a list of its conditions without the one on the secret header. */
  public readonly conditions: IResolvable;
  private readonly conditionValueCounts: IResolvable;
  /** By route, the target group that gets the requests today; null if there is not exactly one. */
  public readonly applicationTargetGroupArns: IResolvable;

  public constructor(scope: Construct, id: string, props: ListenerRoutesProps) {
    super(scope, id);
    const { name, tags, routes, nodeTargetGroupArn, nodeTrafficPercent: percent } = props;

    this.existing = comment(
      new DataAwsLbListener(this, "existing", { forEach: forEach(routes), arn: routes.each.listener_arn }),
      "Read, never managed: the listener belongs to its owner, and the module only adds rules to it.",
    );
    const mirrored = comment(
      new DataAwsLbListenerRule(this, "mirrored", {
        forEach: forEach(hcl`{ for key, route in ${routes} : key => route if route.mirrors_priority != null }`),
        listenerArn: routes.each.listener_arn,
        priority: routes.each.mirrors_priority,
      }),
      "The rules that routes mirror. A route copies the conditions of its rule and comes before it, so it takes the same requests.",
    );
    const existingActions = local(
      this,
      "existing_actions",
      hcl`merge(
        { for key, rule in ${mirrored.fqn} : key => rule.action },
        { for key, route in ${routes} : key => ${this.existing.fqn}[key].default_action if route.catch_all }
      )`,
      "The actions that take these requests today, for routes that mirror a rule or take over the default action.",
    );
    // Two splats in a row, actions[*].forward[*], panic Terraform 1.11 if one action forwards and another does not.
    const existing = local(
      this,
      "existing",
      hcl`{
        for key, actions in ${existingActions} : key => {
          name              = ${routes}[key].catch_all ? "the default action" : ${text`the rule with priority ${hcl`${routes}[key].mirrors_priority`}`}
          action_types      = join(", ", actions[*].type)
          target_group_arns = [for group in flatten([for action in actions : action.forward[*].target_group]) : group.arn if group.weight > 0]
        }
      }`,
      "A target group with the weight 0 gets no requests, so it is not the application.",
    );
    this.applicationTargetGroupArns = local(
      this,
      "application_target_group_arns",
      hcl`{
        for key, route in ${routes} : key =>
        try(coalesce(route.application_target_group_arn, one(${existing}[key].target_group_arns)), route.application_target_group_arn)
      }`,
      "By route. Null if several target groups share the requests: only the caller knows which one is the " +
        "application.",
    );
    const noCondition = local(
      this,
      "no_condition",
      hcl`{ ${KINDS.map((kind) => `${kind} = null`).join(", ")} }`,
      "All six kinds of condition in AWS provider 5.100. A condition sets one and leaves the others null.",
    );
    this.conditions = local(
      this,
      "conditions",
      hcl`merge(
        { for key, rule in ${mirrored.fqn} : key => rule.condition },
        { for key, route in ${routes} : key => [merge(${noCondition}, { path_pattern = { values = ["/*"] } })] if route.catch_all },
        { for key, route in ${routes} : key => route.conditions if length(route.conditions) > 0 }
      )`,
      "By route: the conditions of the mirrored rule, every path for a catch_all, or the caller's own.",
    );
    this.conditionValueCounts = local(
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
    this.stickiness = new GroupStickiness(this, "stickiness", {
      ...props,
      existing,
      applicationTargetGroupArns: this.applicationTargetGroupArns,
    });

    this.rule = comment(
      new LbListenerRule(this, "node", {
        forEach: forEach(routes),
        listenerArn: routes.each.listener_arn,
        priority: routes.each.priority,
        tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-${each.key}` }})`,
        action: [],
        condition: [],
        dependsOn: props.dependsOn,
        lifecycle: { precondition: this.preconditions(props, existing) },
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
                arn: hcl`target_group.key == "node" ? ${nodeTargetGroupArn} : ${this.applicationTargetGroupArns}[each.key]`,
                weight: hcl`target_group.value`,
              }),
              // AWS does not store the duration of disabled stickiness: a block with both would show a change at every plan.
              stickiness: dynamic(hcl`${this.stickiness.durations}[each.key]`, {
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

  private preconditions(
    { node, nodeTargetGroupArn, nodeTrafficPercent: percent, secretHeader, vpcCondition }: ListenerRoutesProps,
    existing: IResolvable,
  ): Validation[] {
    // A route with conditions mirrors nothing that is read.
    const name = hcl`try(${existing}[each.key].name, "the route")`;
    const actionTypes = hcl`try(${existing}[each.key].action_types, "forward")`;
    const arns = hcl`try(${existing}[each.key].target_group_arns, [])`;
    const applicationArn = hcl`${this.applicationTargetGroupArns}[each.key]`;
    const protocol = hcl`${this.existing.fqn}[each.key].protocol`;
    const conditions = hcl`${this.conditions}[each.key]`;
    const valueCount = hcl`${this.conditionValueCounts}[each.key]`;
    return [
      vpcCondition,
      {
        condition: hcl`${actionTypes} != ""`,
        errorMessage:
          text`routes["${each.key}"]: ${name} cannot be read at plan, because its listener, or a resource in depends_on ` +
          "of the module, changes in the same apply. Apply that change first, or set conditions for the route.",
      },
      {
        condition: hcl`contains(["", "forward"], ${actionTypes})`,
        errorMessage:
          text`routes["${each.key}"]: ${name} has the actions "${actionTypes}", and a route can only replace a single ` +
          '"forward". Remove the route, or set conditions for it.',
      },
      {
        condition: hcl`alltrue([
          for condition in ${conditions} :
          length([for kind in values(condition) : kind if try(length(kind.values), 0) > 0]) == 1
        ])`,
        errorMessage:
          text`routes["${each.key}"]: ${name} has a condition that this version of the AWS provider cannot read, such ` +
          "as a regular expression, so a mirror would match other requests, too. Set conditions and " +
          "application_target_group_arn for the route.",
      },
      {
        condition: hcl`${percent} == 100 || ${applicationArn} != null || ${actionTypes} != "forward"`,
        errorMessage:
          text`routes["${each.key}"]: ${name} forwards to ${hcl`length(${arns})`} target groups ` +
          text`(${hcl`join(", ", ${arns})`}). Set application_target_group_arn to the one behind the node.`,
      },
      {
        condition: hcl`try(${applicationArn} != ${nodeTargetGroupArn}, true)`,
        errorMessage:
          text`routes["${each.key}"]: application_target_group_arn is the node's own target group, ` +
          text`${nodeTargetGroupArn}. Set it to the application's target group.`,
      },
      {
        condition: hcl`${node.protocol_version} == "HTTP1" || ${protocol} == "HTTPS"`,
        errorMessage:
          text`routes["${each.key}"]: node.protocol_version is "${node.protocol_version}", which needs an HTTPS listener, ` +
          text`but the protocol of ${hcl`each.value.listener_arn`} is ${protocol}. Set it to "HTTP1".`,
      },
      {
        condition: hcl`${secretHeader} == null || ${valueCount} <= ${VALUES_BESIDE_SECRET_HEADER}`,
        errorMessage:
          text`routes["${each.key}"]: ${name} has ${valueCount} values in its conditions, and AWS allows five in a rule, ` +
          "including the two of secret_header_values. Use several routes with conditions, with at most " +
          text`${VALUES_BESIDE_SECRET_HEADER} values each.`,
      },
      {
        condition: hcl`alltrue([
          for condition in ${conditions} : try(lower(condition.http_header.http_header_name) != lower(${secretHeader.name}), true)
        ])`,
        errorMessage:
          text`routes["${each.key}"]: ${name} already has a condition on the header in secret_header, and a request would ` +
          "have to match both. Set conditions without it for the route or, if all routes have one, set secret_header = null.",
      },
    ];
  }
}
