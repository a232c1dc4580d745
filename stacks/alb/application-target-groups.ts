import { DataAwsLbListenerRule } from "@cdktf/provider-aws/lib/data-aws-lb-listener-rule";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { ExistingRules } from "./existing-rules";
import { Routes } from "./route-schema";

export interface ApplicationTargetGroupsProps {
  readonly routes: Routes;
  readonly nodeTrafficPercent: number;
  readonly existing: ExistingRules;
}

/** Which target group is the application's, also while a deployment moves the application from one group to another. */
export class ApplicationTargetGroups extends Construct {
  /** By route; null if it cannot be told. */
  public readonly arns: IResolvable;

  public constructor(
    scope: Construct,
    id: string,
    { routes, nodeTrafficPercent: percent, existing }: ApplicationTargetGroupsProps,
  ) {
    super(scope, id);

    const ofSeveral = local(
      this,
      "routes_of_several_target_groups",
      hcl`{
        for key, arns in ${existing.ruleTargetGroupArns} : key => ${routes}[key]
        if ${percent} < 100 && length(arns) > 1
      }`,
    );
    const current = comment(
      new DataAwsLbListenerRule(this, "current", {
        forEach: forEach(
          hcl`{ for key, route in ${ofSeveral} : key => route if route.application_target_group_arn == null }`,
        ),
        listenerArn: hcl.string`${each.value}.listener_arn`,
        priority: hcl.number`${existing.remembered.fqn}[each.key].output == null ? null : ${each.value}.priority`,
      }),
      "The routes' own rules, where the application has several target groups, as during a deployment. The reference to terraform_data keeps Terraform from reading a rule at plan that does not exist yet.",
    );
    const kept = local(
      this,
      "kept_target_group_arns",
      hcl`{
        for key, rule in ${current.fqn} : key => try(one(setintersection(
          flatten([for action in rule.action : action.forward[*].target_group])[*].arn,
          ${existing.ruleTargetGroupArns}[key]
        )), null)
      }`,
      "Of several target groups, the one to which the route forwards now. Null if the route does not exist yet.",
    );
    this.arns = local(
      this,
      "application_target_group_arns",
      hcl`{
        for key, route in ${routes} : key => (
          route.application_target_group_arn != null ? route.application_target_group_arn :
          length(${existing.today}[key].target_group_arns) == 1 ? one(${existing.today}[key].target_group_arns) :
          contains(keys(${kept}), key) ? ${kept}[key] : null
        )
      }`,
      "By route. Null if several target groups share the requests: only the caller knows which one is the application.",
    );

    const waiting = local(this, "waiting_routes", hcl`[for key, arn in ${kept} : key if arn != null]`);
    new Check(this, "no_deployment_is_in_progress", {
      condition: hcl`length(${waiting}) == 0`,
      errorMessage:
        text`These routes keep their target group, because their rules forward to several: ${hcl`join(", ", ${waiting})`}. ` +
        "If this is a deployment, plan again when it is complete; if not, set application_target_group_arn.",
    });
    const outdated = local(
      this,
      "outdated_routes",
      hcl`[
        for key, route in ${routes} : key
        if length(${existing.today}[key].target_group_arns) == 0 || route.application_target_group_arn == null ? false :
        !contains(${existing.today}[key].target_group_arns, route.application_target_group_arn)
      ]`,
    );
    new Check(this, "application_target_groups_are_current", {
      condition: hcl`length(${outdated}) == 0`,
      errorMessage:
        text`The rules or default actions of these routes do not forward to their application_target_group_arn: ${hcl`join(", ", ${outdated})`}. ` +
        "If a deployment has moved the application, set it to the new target group, or remove it.",
    });

    const replaced = local(
      this,
      "routes_that_replace_a_split",
      hcl`[
        for key, route in ${routes} : key
        if ${percent} < 100 && route.application_target_group_arn != null && length(${existing.today}[key].target_group_arns) > 1
      ]`,
    );
    new Check(this, "application_keeps_its_split", {
      condition: hcl`length(${replaced}) == 0`,
      errorMessage:
        text`These routes send the application's share to application_target_group_arn alone, but their rules or default actions forward to several target groups: ${hcl`join(", ", ${replaced})`}. ` +
        "If the others must go on serving requests, remove the routes.",
    });
  }
}
