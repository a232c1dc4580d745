import { DataAwsLbTargetGroup } from "@cdktf/provider-aws/lib/data-aws-lb-target-group";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { wholeNumber } from "../../synth/variables/rules";
import { bool, number, object, optional, ReferenceTo } from "../../synth/variables/schema";
import { Routes } from "./route-schema";
import { albTargetGroupSchema } from "./target-group";

/** Seconds, where the caller has not said how many. */
const DURATION = 3600;

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html */
export const targetGroupStickinessSchema = optional(
  object(
    "Stickiness during a canary: keeps a client at the node or at the application. Null: each request is distributed independently. Off at 0 and 100.",
    {
      duration: optional(number("Duration in seconds.", wholeNumber(1, 604800, "seconds")), DURATION),
    },
  ),
);

export const applicationStickinessSchema = optional(
  bool(
    "Whether a target group of the application has stickiness. AWS then requires stickiness in each action with two target groups, so the module enables it below 100. Null: read from the target groups of the routes. Set it if a route with conditions has a target group of the same apply. For the output forward_action, null means false.",
  ),
);

export interface GroupStickinessProps {
  readonly routes: Routes;
  readonly nodeTargetGroupArn: string;
  readonly nodeTrafficPercent: number;
  readonly targetGroup: ReferenceTo<typeof albTargetGroupSchema>;
  /** Object with a duration in seconds, or null. */
  readonly targetGroupStickiness: ReferenceTo<typeof targetGroupStickinessSchema>;
  /** Or null. */
  readonly applicationStickiness: IResolvable;
  /** By route, or null. */
  readonly applicationTargetGroupArns: IResolvable;
}

/** Stickiness of the action that shares requests out between two target groups. */
export class GroupStickiness extends Construct {
  /** By route, a list of its duration, or of nothing. */
  public readonly durations: IResolvable;
  /** For an action of the owner's: its block, or null. */
  public readonly block: IResolvable;

  public constructor(scope: Construct, id: string, props: GroupStickinessProps) {
    super(scope, id);
    const { routes, nodeTrafficPercent: percent, targetGroupStickiness, applicationStickiness: stated } = props;

    const keys = local(
      this,
      "application_target_group_keys",
      hcl`{
        for key, route in ${routes} : key =>
        route.catch_all && route.application_target_group_arn == null ? key : coalesce(${props.applicationTargetGroupArns}[key], key)
      }`,
      "By route: the target group's ARN, because routes often share a target group, which is then read once. For a catch_all, the route's key: its listener may be created in the same apply.",
    );
    const arns = local(
      this,
      "application_target_groups",
      hcl`{
        for key, name in ${keys} : name => coalesce(${props.applicationTargetGroupArns}[key], ${props.nodeTargetGroupArn})...
        if ${stated} == null && ${percent} < 100
      }`,
      "Where the application's target group is missing, the node's takes its place until a precondition of the rule reports it. A local, because Terraform reads a data source only at apply if it refers directly to a resource with planned changes.",
    );
    const read = comment(
      new DataAwsLbTargetGroup(this, "application", { forEach: forEach(arns), arn: hcl.string`${each.value}[0]` }),
      "Read for its stickiness.",
    );
    const applicationSticky = local(
      this,
      "application_stickiness",
      hcl`{
        for key, name in ${keys} :
        key => coalesce(${stated}, try(anytrue(${read.fqn}[name].stickiness[*].enabled), false))
      }`,
      "By route, whether the application's target group has stickiness.",
    );
    const otherwise = local(
      this,
      "group_stickiness",
      hcl`${props.targetGroup.stickiness} != null || (${targetGroupStickiness} != null && ${percent} > 0)`,
      "Whether the action has stickiness even if the application's target group has none.",
    );
    const duration = local(
      this,
      "group_stickiness_duration",
      hcl`${percent} == 0 ? 1 : try(${targetGroupStickiness.duration}, ${DURATION})`,
      "1 second, the minimum, at 0 percent: with a longer cookie, a client would stay out of the canary until it expires.",
    );
    this.durations = local(
      this,
      "group_stickiness_durations",
      hcl`{
        for key, sticky in ${applicationSticky} :
        key => [for duration in [${duration}] : duration if ${percent} < 100 && (${otherwise} || sticky)]
      }`,
      "By route. AWS refuses an action with several target groups if one of them has stickiness and the action has none " +
        "(https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html).",
    );
    this.block = local(
      this,
      "forward_action_stickiness",
      hcl`${percent} < 100 && (${otherwise} || coalesce(${stated}, false)) ? { enabled = true, duration = ${duration} } : null`,
      "For an action of the root module: it has one or no block, for all of its routes.",
    );
  }
}
