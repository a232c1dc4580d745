import { DataAwsLbListener } from "@cdktf/provider-aws/lib/data-aws-lb-listener";
import { DataAwsLbListenerRule } from "@cdktf/provider-aws/lib/data-aws-lb-listener-rule";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { IResolvable, ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/comment";
import { dynamic } from "../../synth/dynamic";
import { hcl, rawHcl } from "../../synth/expression";
import { forEach } from "../../synth/for-each";
import { local } from "../../synth/local";
import { Node, targetCount } from "../parts/node";
import { Routes } from "./route-schema";

export interface ListenerRoutesProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly routes: Routes;
  readonly node: Node;
  readonly nodeTargetGroupArn: string;
  readonly nodeTrafficPercent: number;
  /** Object with a duration in seconds, or null. */
  readonly targetGroupStickiness: IResolvable;
  /** What must be in place before a request is sent to the node. */
  readonly dependsOn: ITerraformDependable[];
}

/** Rules on existing listeners that share their requests out between the node and the application. */
export class ListenerRoutes extends Construct {
  public readonly rule: LbListenerRule;
  /** By route, the target group that the requests go to today. */
  public readonly applicationTargetGroupArns: IResolvable;

  public constructor(scope: Construct, id: string, props: ListenerRoutesProps) {
    super(scope, id);
    const { name, tags, routes, nodeTargetGroupArn, nodeTrafficPercent: percent } = props;

    const mirrored = comment(
      new DataAwsLbListenerRule(this, "mirrored", {
        forEach: forEach(hcl`{ for key, route in ${routes} : key => route if route.mirrors_priority != null }`),
        listenerArn: routes.each.listener_arn,
        priority: routes.each.mirrors_priority,
      }),
      "What the listeners do today.",
    );
    const catchAll = new DataAwsLbListener(this, "catch_all", {
      forEach: forEach(hcl`{ for key, route in ${routes} : key => route if route.catch_all }`),
      arn: routes.each.listener_arn,
    });
    const existingActions = local(
      this,
      "existing_actions",
      hcl`merge(
        { for key, rule in ${mirrored.fqn} : key => rule.action },
        { for key, listener in ${catchAll.fqn} : key => listener.default_action }
      )`,
      "By route, the actions that take its requests today, where the module reads them.",
    );
    const existingTargetGroupArns = local(
      this,
      "existing_target_group_arns",
      hcl`{
        for key, actions in ${existingActions} : key =>
        [for group in flatten(actions[*].forward[*].target_group) : group.arn if group.weight > 0]
      }`,
    );
    this.applicationTargetGroupArns = local(
      this,
      "application_target_group_arns",
      hcl`{
        for key, route in ${routes} : key =>
        try(coalesce(route.application_target_group_arn, lookup(${existingTargetGroupArns}, key, [])...), null)
      }`,
    );
    const conditions = this.conditions(routes, mirrored.fqn);
    const weights = local(
      this,
      "weights",
      hcl`{
        for name, weight in { node = ${percent}, application = 100 - ${percent} } :
        name => weight if name == "node" || weight > 0
      }`,
      "At 0 the node's group stays in the rule, so that its targets are health-checked before they get requests. At 100 the\napplication's group is gone.",
    );

    this.rule = new LbListenerRule(this, "node", {
      forEach: forEach(routes),
      listenerArn: routes.each.listener_arn,
      priority: routes.each.priority,
      tags: Token.asStringMap(hcl`merge(${tags}, { Name = "\${${name}}-\${each.key}" })`),
      action: [],
      condition: [],
      dependsOn: props.dependsOn,
      lifecycle: { precondition: this.preconditions(props, existingActions, existingTargetGroupArns, conditions) },
    });
    const canary = hcl`${percent} > 0 && ${percent} < 100`;
    this.rule.addOverride("action", [
      {
        type: "forward",
        forward: [
          {
            dynamic: {
              target_group: dynamic(weights, {
                arn: hcl`target_group.key == "node" ? ${nodeTargetGroupArn} : ${this.applicationTargetGroupArns}[each.key]`,
                weight: rawHcl("target_group.value"),
              }),
              stickiness: dynamic(hcl`${canary} ? ${props.targetGroupStickiness}[*] : []`, {
                enabled: true,
                duration: rawHcl("stickiness.value.duration"),
              }),
            },
          },
        ],
      },
    ]);
    this.rule.addOverride("condition", undefined);
    this.rule.addOverride("dynamic.condition", dynamic(hcl`${conditions}[each.key]`, CONDITION));
  }

  /** By route, its conditions in the shape in which the provider reads those of an existing rule. */
  private conditions(routes: Routes, mirrored: string): IResolvable {
    return local(
      this,
      "conditions",
      hcl`merge(
        { for key, rule in ${mirrored} : key => rule.condition },
        {
          for key, route in ${routes} : key => [{
            host_header = null, http_header = null, http_request_method = null, query_string = null, source_ip = null
            path_pattern = { values = ["/*"] }
          }] if route.catch_all
        },
        {
          for key, route in ${routes} : key => [
            for condition in route.conditions : {
              host_header         = condition.host_header == null ? null : { values = condition.host_header }
              http_header         = condition.http_header == null ? null : { http_header_name = condition.http_header.name, values = condition.http_header.values }
              http_request_method = condition.http_request_method == null ? null : { values = condition.http_request_method }
              path_pattern        = condition.path_pattern == null ? null : { values = condition.path_pattern }
              query_string        = condition.query_string == null ? null : { values = condition.query_string }
              source_ip           = condition.source_ip == null ? null : { values = condition.source_ip }
            }
          ] if length(route.conditions) > 0
        }
      )`,
      "By route, its conditions, in the shape of data.aws_lb_listener_rule.",
    );
  }

  private existing(routes: Routes): IResolvable {
    return local(
      this,
      "existing",
      hcl`{
        for key, route in ${routes} : key =>
        route.catch_all ? "the default action of the listener" : "the rule with priority \${coalesce(route.mirrors_priority, 0)}"
      }`,
      "By route, what takes its requests today, in words.",
    );
  }

  private preconditions(
    { routes, node, nodeTargetGroupArn, nodeTrafficPercent: percent }: ListenerRoutesProps,
    existingActions: IResolvable,
    existingTargetGroupArns: IResolvable,
    conditions: IResolvable,
  ) {
    const existing = hcl`${this.existing(routes)}[each.key]`;
    const actionTypes = hcl`try(join(", ", ${existingActions}[each.key][*].type), "forward")`;
    const arns = hcl`try(${existingTargetGroupArns}[each.key], [])`;
    const given = rawHcl("each.value.application_target_group_arn");
    return [
      {
        condition: hcl`${actionTypes} == "forward"`,
        errorMessage: `routes["\${each.key}"]: ${existing} has the actions ${actionTypes}, and only one that forwards can be put behind the node. Remove the route, or give it conditions of its own.`,
      },
      {
        condition: hcl`alltrue([
          for condition in ${conditions}[each.key] :
          length(flatten([for kind in values(condition) : tolist(kind.values) if kind != null])) > 0
        ])`,
        errorMessage: `routes["\${each.key}"]: ${existing} has a condition that this version of the AWS provider does not show, such as a regular expression, and a copy without it would take other requests too. Give the route conditions of its own and application_target_group_arn.`,
      },
      {
        condition: hcl`${percent} == 100 || ${given} != null || length(${arns}) == 1`,
        errorMessage: `routes["\${each.key}"]: ${existing} shares its requests out between ${hcl`length(${arns})`} target groups (${hcl`join(", ", ${arns})`}). Set application_target_group_arn to the one that the node stands in front of.`,
      },
      {
        condition: hcl`${this.applicationTargetGroupArns}[each.key] == null ? true : ${this.applicationTargetGroupArns}[each.key] != ${nodeTargetGroupArn}`,
        errorMessage: `routes["\${each.key}"]: its application is the node's own target group, ${nodeTargetGroupArn}. Name the application's.`,
      },
      {
        condition: hcl`${percent} == 0 || !${node.register_targets} || ${targetCount(node)} > 0`,
        errorMessage: `node_traffic_percent is ${hcl`${percent}`} and the node has no targets: requests would be answered with 503. Name some in node.autoscaling_group_names, node.instance_ids or node.ip_addresses, or set node.register_targets = false if the node registers itself.`,
      },
    ];
  }
}

const VALUES = (kind: string) => dynamic(hcl`condition.value.${kind}[*]`, { values: rawHcl(`${kind}.value.values`) });

/** Every kind of condition that provider 5.100 knows. */
const CONDITION = {
  dynamic: {
    host_header: VALUES("host_header"),
    http_header: dynamic(hcl`condition.value.http_header[*]`, {
      http_header_name: rawHcl("http_header.value.http_header_name"),
      values: rawHcl("http_header.value.values"),
    }),
    http_request_method: VALUES("http_request_method"),
    path_pattern: VALUES("path_pattern"),
    query_string: dynamic(hcl`flatten(condition.value.query_string[*].values)`, {
      key: rawHcl("query_string.value.key"),
      value: rawHcl("query_string.value.value"),
    }),
    source_ip: VALUES("source_ip"),
  },
};
