import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { ExistingRules } from "./existing-rules";
import { Routes } from "./route-schema";
import { SecretHeader } from "./secret-header";

export interface OpenDefaultActionsProps {
  readonly name: string;
  readonly routes: Routes;
  readonly nodeTrafficPercent: number;
  readonly secretHeader: SecretHeader;
  readonly existing: ExistingRules;
}

/** Warns of default actions that forward past the node, once nothing else should. */
export class OpenDefaultActions extends Construct {
  public constructor(scope: Construct, id: string, props: OpenDefaultActionsProps) {
    super(scope, id);
    const { name, routes, nodeTrafficPercent: percent, secretHeader, existing } = props;
    const nodeGroup = local(
      this,
      "node_target_group",
      text`:targetgroup/${name}-[0-9a-f]{8}/`,
      "Matches the ARN of the node's target group, which is unknown before the first apply.",
    );
    const replaced = local(
      this,
      "replaced_default_actions",
      hcl`[
        for route in ${routes} : route.listener_arn
        if route.catch_all || try(contains(one(route.conditions).path_pattern.values, "/*"), false)
      ]`,
      "Listeners with a route that takes every path: a catch_all, or the same as conditions.",
    );
    const open = local(
      this,
      "open_default_actions",
      hcl`distinct(flatten([
        for listener in ${existing.listeners.fqn} : [
          for group in flatten([for action in listener.default_action : action.forward[*].target_group]) : listener.arn
          if group.weight > 0 && length(regexall(${nodeGroup}, group.arn)) == 0
        ]
        if !contains(${replaced}, listener.arn)
      ]))`,
      "Of the others, listeners whose default action forwards to another target group than the node's.",
    );
    new Check(this, "no_default_action_bypasses_the_node", {
      condition: hcl`${percent} < 100 && ${secretHeader} == null || length(${open}) == 0`,
      errorMessage:
        text`The default actions of these listeners forward past the node: ${hcl`join(", ", ${open})`}. ` +
        "Add a route with catch_all = true for each or, if they authenticate clients, let them forward to target_group_arn.",
    });
  }
}
