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
import { Routes } from "./route-schema";
import { CONDITION, KINDS } from "./rule-conditions";
import { SecretHeader, secretHeaderCondition, SecretHeaderValues, VALUES_BESIDE_SECRET_HEADER } from "./secret-header";
import { albNodeSchema } from "./target-group";

export interface ListenerRoutesProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly routes: Routes;
  readonly node: ReferenceTo<typeof albNodeSchema>;
  readonly nodeTargetGroupArn: string;
  readonly nodeTrafficPercent: number;
  /** Object with a duration in seconds, or null. */
  readonly targetGroupStickiness: IResolvable;
  readonly secretHeader: SecretHeader;
  readonly secretHeaderValues: SecretHeaderValues;
  /** What must be in place before a request is sent to the node. */
  readonly dependsOn: ITerraformDependable[];
}

/** Rules on existing listeners that share their requests out between the node and the application. */
export class ListenerRoutes extends Construct {
  public readonly rule: LbListenerRule;
  /** The listeners as they are, by route. */
  public readonly existing: DataAwsLbListener;
  /** By route, a list of conditions without that on the secret header. */
  public readonly conditions: IResolvable;
  /** By route, the target group that the requests go to today; null where there is not exactly one. */
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
      "The rules that routes are placed in front of. A route copies the conditions of its rule, so it takes the same requests.",
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
    // Two splats in a row, actions[*].forward[*], panic Terraform 1.11 where one action forwards and another does not.
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
        lifecycle: { precondition: this.preconditions(props, existing) },
      }),
      "Created after everything that the node needs to answer requests. Stickiness applies only from 1 to 99 percent, when both groups get requests. The condition on the secret header loops over the header and not over its values, because for_each accepts no sensitive values.",
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
              // AWS forgets the duration of a stickiness that is off: a block that says both drifts for ever.
              stickiness: dynamic(hcl`${percent} > 0 && ${percent} < 100 ? ${props.targetGroupStickiness}[*] : []`, {
                enabled: true,
                duration: hcl`stickiness.value.duration`,
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
    { node, nodeTargetGroupArn, nodeTrafficPercent: percent, secretHeader }: ListenerRoutesProps,
    existing: IResolvable,
  ): Validation[] {
    // A route with conditions of its own stands before nothing that is read.
    const name = hcl`try(${existing}[each.key].name, "it")`;
    const actionTypes = hcl`try(${existing}[each.key].action_types, "forward")`;
    const arns = hcl`try(${existing}[each.key].target_group_arns, [])`;
    const applicationArn = hcl`${this.applicationTargetGroupArns}[each.key]`;
    const protocol = hcl`${this.existing.fqn}[each.key].protocol`;
    const conditions = hcl`${this.conditions}[each.key]`;
    const valueCount = hcl`length(flatten([for condition in ${conditions} : [for kind in values(condition) : try(kind.values, [])]]))`;
    return [
      {
        condition: hcl`${actionTypes} != ""`,
        errorMessage:
          text`routes["${each.key}"]: ${name} cannot be read before the apply, because its listener, or something ` +
          "that the module depends_on, changes in the same apply. Apply that first, or give the route conditions of its own.",
      },
      {
        condition: hcl`contains(["", "forward"], ${actionTypes})`,
        errorMessage:
          text`routes["${each.key}"]: ${name} has the actions "${actionTypes}", and only a single "forward" can be ` +
          "put behind the node. Remove the route, or give it conditions of its own.",
      },
      {
        condition: hcl`alltrue([
          for condition in ${conditions} :
          length([for kind in values(condition) : kind if try(length(kind.values), 0) > 0]) == 1
        ])`,
        errorMessage:
          text`routes["${each.key}"]: ${name} has a condition that this version of the AWS provider does not show, ` +
          "such as a regular expression, and a copy without it would take other requests too. Give the route " +
          "conditions and an application_target_group_arn of its own.",
      },
      {
        condition: hcl`${percent} == 100 || ${applicationArn} != null || ${actionTypes} != "forward"`,
        errorMessage:
          text`routes["${each.key}"]: ${name} shares its requests out between ${hcl`length(${arns})`} target ` +
          text`groups (${hcl`join(", ", ${arns})`}). Set application_target_group_arn to the one that the node stands in front of.`,
      },
      {
        condition: hcl`try(${applicationArn} != ${nodeTargetGroupArn}, true)`,
        errorMessage:
          text`routes["${each.key}"]: its application_target_group_arn is the node's own target group, ` +
          text`${nodeTargetGroupArn}. Set it to the application's.`,
      },
      {
        condition: hcl`${node.protocol_version} == "HTTP1" || ${protocol} == "HTTPS"`,
        errorMessage:
          text`routes["${each.key}"]: node.protocol_version is "${node.protocol_version}", which AWS allows behind ` +
          text`HTTPS listeners only, and ${hcl`each.value.listener_arn`} is ${protocol}. Set it to "HTTP1".`,
      },
      {
        condition: hcl`${secretHeader} == null || ${valueCount} <= ${VALUES_BESIDE_SECRET_HEADER}`,
        errorMessage:
          text`routes["${each.key}"]: ${name} has ${valueCount} values in its conditions, and with the two of ` +
          "secret_header_values a rule would have more than the five that AWS allows. Use several routes, with " +
          text`conditions of their own and at most ${VALUES_BESIDE_SECRET_HEADER} values each.`,
      },
      {
        condition: hcl`alltrue([
          for condition in ${conditions} : try(lower(condition.http_header.http_header_name) != lower(${secretHeader.name}), true)
        ])`,
        errorMessage:
          text`routes["${each.key}"]: ${name} has a condition on secret_header itself, and a request would have to ` +
          "meet both. Give the route conditions of its own without it; or, if all routes have one, set secret_header = null.",
      },
    ];
  }
}
