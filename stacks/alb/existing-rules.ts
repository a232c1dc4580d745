import { DataAwsLbListener } from "@cdktf/provider-aws/lib/data-aws-lb-listener";
import { DataAwsLbListenerRule } from "@cdktf/provider-aws/lib/data-aws-lb-listener-rule";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { ReferenceTo } from "../../synth/variables/schema";
import { LoadBalancer } from "./load-balancer";
import { Routes } from "./route-schema";
import { SecretHeader } from "./secret-header";
import { albNodeSchema } from "./target-group";

export interface ExistingRulesProps {
  readonly routes: Routes;
  readonly node: ReferenceTo<typeof albNodeSchema>;
  readonly nodeTrafficPercent: number;
  readonly secretHeader: SecretHeader;
  readonly loadBalancer: LoadBalancer;
}

/** What handles the requests of the routes today. Everything is read once, and only if a route needs it. */
export class ExistingRules extends Construct {
  public readonly listeners: DataAwsLbListener;
  /** The rules that routes name, by route. */
  public readonly rules: DataAwsLbListenerRule;
  /** ARNs of what the AWS Load Balancer Controller manages. */
  public readonly ofController: IResolvable;
  /** By route that names a rule, the target groups that get its requests. */
  public readonly ruleTargetGroupArns: IResolvable;
  /** By route: `name`, `action_types`, and `target_group_arns`. */
  public readonly today: IResolvable;
  /** By route that names a rule or takes over the default action: its ARN when the route was created. */
  public readonly remembered: TerraformResource;

  public constructor(scope: Construct, id: string, props: ExistingRulesProps) {
    super(scope, id);
    const { routes, node, nodeTrafficPercent: percent, secretHeader, loadBalancer } = props;

    const readAll = local(
      this,
      "read_all_listeners",
      hcl`${percent} == 100 || ${secretHeader} != null || ${node.protocol_version} != "HTTP1"`,
      "Whether a default action that forwards would bypass the node, or the protocol of a listener matters.",
    );
    const listeners = local(
      this,
      "listeners_to_read",
      hcl`merge(
        { for key, route in ${routes} : key => route.listener_arn if route.catch_all },
        {
          for arn in distinct([for route in ${routes} : route.listener_arn if ${readAll}]) : arn => arn
          if !contains([for route in ${routes} : route.listener_arn if route.catch_all], arn)
        }
      )`,
      "A catch_all replaces the default action of its listener, and is the only one there. Its key is known at plan even if " +
        "the listener is created in the same apply.",
    );
    this.listeners = comment(
      new DataAwsLbListener(this, "existing", {
        forEach: forEach(listeners),
        arn: each.value,
      }),
      "Read, never managed: the listener belongs to its owner, and the module only adds rules to it.",
    );
    this.rules = comment(
      new DataAwsLbListenerRule(this, "rule.existing", {
        forEach: forEach(hcl`{
          for key, route in ${routes} : key => route
          if !route.catch_all && (length(route.conditions) == 0 || route.current_rule_arn != null)
        }`),
        arn: hcl.string`${routes.each.mirrors_priority} == null ? coalesce(${routes.each.mirrors_rule_arn}, ${routes.each.current_rule_arn}) : null`,
        listenerArn: hcl.string`${routes.each.mirrors_priority} == null ? null : ${routes.each.listener_arn}`,
        priority: routes.each.mirrors_priority,
      }),
      "The rules that routes name. A mirror copies the conditions of its rule and comes before it, so it takes the same requests.",
    );
    const tagged = (resources: string) =>
      hcl`[for resource in ${resources} : resource.arn if contains(keys(resource.tags), "elbv2.k8s.aws/cluster")]`;
    this.ofController = local(
      this,
      "resources_of_controller",
      hcl`concat(
        ${tagged(loadBalancer.resource.fqn)},
        ${tagged(this.listeners.fqn)},
        ${tagged(this.rules.fqn)}
      )`,
      "The AWS Load Balancer Controller tags what it manages, and deletes rules that are not its own " +
        "(https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/deploy/tracking/provider.go). " +
        "Not in postconditions: with these, Terraform reads only at apply if an argument of the module is unknown at plan.",
    );
    const names = local(
      this,
      "existing_names",
      hcl`{
        for key, route in ${routes} : key => route.catch_all ? "the default action" : try(
          ${text`the rule with priority ${hcl`route.mirrors_priority`}`},
          ${text`the rule ${hcl`coalesce(route.mirrors_rule_arn, route.current_rule_arn)`}`},
          "the route"
        )
      }`,
      "As the messages call it.",
    );
    // Two splats in a row, actions[*].forward[*], panic Terraform 1.11 if one action forwards and another does not.
    const groups = (actions: string) =>
      hcl`[for group in flatten([for action in ${actions} : action.forward[*].target_group]) : group.arn if group.weight > 0]`;
    this.ruleTargetGroupArns = local(
      this,
      "rule_target_group_arns",
      hcl`{ for key, rule in ${this.rules.fqn} : key => ${groups("rule.action")} }`,
      "By route that names a rule. A target group with the weight 0 gets no requests, so it is not the application. Apart from default actions, which may be unknown at plan.",
    );
    const defaults = local(
      this,
      "default_target_group_arns",
      hcl`{ for key, listener in ${this.listeners.fqn} : key => ${groups("listener.default_action")} }`,
    );
    const named = hcl`contains(keys(${this.ruleTargetGroupArns}), key)`;
    this.today = local(
      this,
      "existing",
      hcl`{
        for key, name in ${names} : key => {
          name     = ${text`routes["${hcl`key`}"]: ${hcl`name`}`}
          arn      = ${named} ? ${this.rules.fqn}[key].arn : null
          priority = ${named} ? ${this.rules.fqn}[key].priority : null
          action_types = (
            ${routes}[key].catch_all ? join(", ", ${this.listeners.fqn}[key].default_action[*].type) :
            ${named} ? join(", ", ${this.rules.fqn}[key].action[*].type) : "forward"
          )
          target_group_arns = (
            ${routes}[key].catch_all ? ${defaults}[key] :
            ${named} ? ${this.ruleTargetGroupArns}[key] : []
          )
        }
      }`,
      "By route. One with conditions alone is taken for a forward.",
    );
    this.remembered = comment(
      new TerraformResource(this, "remembered.existing", {
        terraformResourceType: "terraform_data",
        forEach: forEach(hcl`{ for key, route in ${routes} : key => route if route.catch_all || ${named} }`),
        lifecycle: { ignoreChanges: ["input"] },
      }),
      "Remembers the rule for which a route was created: a number may get another rule later. It lasts until the route names another one.",
    );
    override(this.remembered, {
      input: hcl`${routes.each.catch_all} ? ${routes.each.listener_arn} : ${this.rules.fqn}[each.key].arn`,
      triggers_replace: [
        routes.each.listener_arn,
        routes.each.mirrors_priority,
        routes.each.mirrors_rule_arn,
        routes.each.current_rule_arn,
      ],
    });
  }
}
