import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import {
  bool,
  example,
  given,
  like,
  list,
  map,
  number,
  object,
  optional,
  ReferenceTo,
  Rule,
  string,
} from "../../synth/variables/schema";
import { listenerArn, listenerRuleArn, targetGroupArn } from "../parts/identifiers";
import { conditionSchema, conditionsRules, priority, routeNames } from "../parts/listener-rule/condition-schema";
import { NOT_ALL_TRAFFIC } from "../parts/traffic-check";

/** After the priority of the route. */
const laterPriority: Rule<number> = { ...priority, refuses: [50001, 20.5], accepts: [50000] };

/** ARNs for examples. */
const RULE =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee";
const SECOND_LISTENER =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0123456789abcdef";
const OTHER_LISTENER =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/other/0123456789abcdef/0123456789abcdef";

export const routeSchema = example(
  object(
    "A route.",
    {
      listener_arn: string("ARN of an existing listener.", listenerArn("app")),
      priority: number("Priority of the new listener rule.", priority),
      closing_priority: optional(
        number(
          "With secret_header: priority of the closing rule, which has the same conditions and answers 403 to requests without the header. Preferably the next number after priority.",
          laterPriority,
        ),
      ),
      mirrors_rule_arn: optional(
        string(
          "ARN of an existing rule that forwards. The route copies its conditions and its target group, also after the owner renumbers the rule.",
          listenerRuleArn,
        ),
      ),
      mirrors_priority: optional(
        number(
          "The same by the priority of the rule. The plan fails if another rule gets the number later.",
          laterPriority,
        ),
      ),
      catch_all: optional(
        bool("Whether the route takes the requests that match no rule and that the default action forwards today."),
        false,
      ),
      conditions: optional(
        list("Conditions of the route. A request must match all of them.", "condition", conditionSchema),
        [],
      ),
      current_rule_arn: optional(
        string(
          "With conditions: ARN of the rule that handles these requests today. The module reads its target group, and the plan fails if the rule does not only forward, for example because it authenticates clients.",
          listenerRuleArn,
        ),
      ),
      application_target_group_arn: optional(
        string(
          "ARN of the application's target group, if the module cannot read it: with conditions and no current_rule_arn, or if the existing rule forwards to several target groups.",
          targetGroupArn,
        ),
      ),
    },
    {
      test: ({ mirrors_rule_arn, mirrors_priority, catch_all, conditions }) => hcl`length([
        for is_set in [${mirrors_rule_arn} != null, ${mirrors_priority} != null, ${catch_all}, length(${conditions}) > 0] : is_set
        if is_set
      ]) == 1`,
      requirement: "have exactly one of mirrors_rule_arn, mirrors_priority, catch_all = true, and conditions",
      refuses: [
        { conditions: [] },
        { catch_all: true },
        { mirrors_priority: 20 },
        { mirrors_rule_arn: RULE },
        { conditions: [], mirrors_rule_arn: RULE, mirrors_priority: 20 },
      ],
      accepts: [{ conditions: [], mirrors_rule_arn: RULE }],
    },
    {
      test: ({ current_rule_arn, conditions }) => hcl`${current_rule_arn} == null || length(${conditions}) > 0`,
      requirement: "have a current_rule_arn only with conditions",
      refuses: [
        { conditions: [], catch_all: true, current_rule_arn: RULE },
        { conditions: [], mirrors_priority: 20, current_rule_arn: RULE },
      ],
      accepts: [{ current_rule_arn: RULE }],
    },
    {
      test: ({ listener_arn, mirrors_rule_arn, current_rule_arn }) => hcl`alltrue([
        for arn in compact([${mirrors_rule_arn}, ${current_rule_arn}]) :
        !strcontains(arn, ":listener-rule/") || dirname(arn) == replace(${listener_arn}, ":listener/", ":listener-rule/")
      ])`,
      requirement: "name a rule of listener_arn in mirrors_rule_arn and current_rule_arn",
      refuses: [
        { conditions: [], mirrors_rule_arn: RULE, listener_arn: SECOND_LISTENER },
        { current_rule_arn: RULE, listener_arn: SECOND_LISTENER },
      ],
    },
    {
      test: ({ mirrors_priority, priority }) =>
        hcl`${mirrors_priority} == null ? true : ${mirrors_priority} > ${priority}`,
      requirement: "have a priority below mirrors_priority, so that it is evaluated before the rule that it mirrors",
      refuses: [{ conditions: [], mirrors_priority: 9 }],
      accepts: [{ conditions: [], mirrors_priority: 11 }],
    },
    {
      test: ({ priority, closing_priority, mirrors_priority }) =>
        hcl`${closing_priority} == null ? true : ${closing_priority} > ${priority} && try(${closing_priority} < ${mirrors_priority}, true)`,
      requirement:
        "have a closing_priority between priority and mirrors_priority, because before the route it would refuse every request, and after the mirrored rule none",
      refuses: [{ closing_priority: 9 }, { conditions: [], mirrors_priority: 20, closing_priority: 21 }],
      accepts: [{ closing_priority: 11 }, { conditions: [], mirrors_priority: 20, closing_priority: 19 }],
    },
    ...conditionsRules,
  ),
  {
    priority: 10,
    conditions: [conditionSchema.example],
    application_target_group_arn: string("", targetGroupArn).example,
  },
  { mirrors_rule_arn: { conditions: [] }, mirrors_priority: { conditions: [] }, catch_all: { conditions: [] } },
);

export const routesSchema = optional(
  map(
    "The requests that go to the node, by names that you choose. Each route adds a rule to an existing listener, and all listeners belong to one load balancer. Empty: the owner changes the listener, with the output `forward_action`.",
    "route",
    routeSchema,
    ...routeNames(routeSchema.example),
    {
      test: (routes) => hcl`length(distinct(${listenerPriorities(routes)})) == length(${listenerPriorities(routes)})`,
      requirement: "have different priorities on each listener, including those of their closing rules",
      offending: (routes) => hcl`[
        for key, route in ${routes} : key
        if length([for other in ${routes} : other if other.listener_arn == route.listener_arn && ${sharePriority("route", "other")}]) > 1
      ]`,
      refuses: [
        { a: routeSchema.example, b: routeSchema.example },
        { a: like(routeSchema, { closing_priority: 12 }), b: like(routeSchema, { priority: 12 }) },
      ],
      accepts: [{ a: routeSchema.example, b: like(routeSchema, { listener_arn: SECOND_LISTENER }) }],
    },
    {
      test: (routes) => hcl`length(setintersection(
      ${listenerPriorities(routes)},
      [for route in ${routes} : "\${route.listener_arn} \${route.mirrors_priority}" if route.mirrors_priority != null]
    )) == 0`,
      requirement: "mirror rules of the application, not other routes of this module",
      offending: (routes) => hcl`[
        for key, route in ${routes} : key
        if route.mirrors_priority == null ? false : contains(${listenerPriorities(routes)}, "\${route.listener_arn} \${route.mirrors_priority}")
      ]`,
      refuses: [
        { a: like(routeSchema, { priority: 5, conditions: [], mirrors_priority: 10 }), b: routeSchema.example },
        {
          a: like(routeSchema, { priority: 5, conditions: [], mirrors_priority: 11 }),
          b: like(routeSchema, { closing_priority: 11 }),
        },
      ],
    },
    {
      test: (routes) => hcl`alltrue([
        for route in ${routes} : !route.catch_all || !anytrue([
          for other in ${routes} : other.priority > route.priority if other.listener_arn == route.listener_arn
        ])
      ])`,
      requirement: "give a catch_all the highest priority number of its listener, because it takes every request",
      offending: (routes) => hcl`[
        for key, route in ${routes} : key
        if route.catch_all && anytrue([for other in ${routes} : other.priority > route.priority if other.listener_arn == route.listener_arn])
      ]`,
      refuses: [{ a: like(routeSchema, { priority: 1, conditions: [], catch_all: true }), b: routeSchema.example }],
      accepts: [{ a: like(routeSchema, { priority: 11, conditions: [], catch_all: true }), b: routeSchema.example }],
    },
    {
      test: (routes) => hcl`length(distinct([for route in ${routes} : dirname(route.listener_arn)])) <= 1`,
      requirement:
        "be on listeners of one load balancer, because a target group serves only one: call the module once for each load balancer",
      refuses: [{ a: routeSchema.example, b: like(routeSchema, { listener_arn: OTHER_LISTENER }) }],
    },
  ),
  {},
);

/** The rule of the variable `routes` below 100 percent. */
export function routesInCanary(nodeTrafficPercent: number): Rule<IResolvable> {
  const withoutApplication = { example: like(routeSchema, { application_target_group_arn: null }) };
  const missing = (routes: IResolvable) =>
    hcl`[
      for key, route in ${routes} : key
      if length(route.conditions) > 0 && route.application_target_group_arn == null && route.current_rule_arn == null
    ]`;
  return {
    test: (routes) => hcl`${nodeTrafficPercent} == 100 || length(${missing(routes)}) == 0`,
    requirement:
      "have an application_target_group_arn or current_rule_arn if they have conditions and node_traffic_percent is below 100",
    offending: missing,
    refuses: [
      given({ node_traffic_percent: 0 }, withoutApplication, NOT_ALL_TRAFFIC),
      given({ node_traffic_percent: 99 }, withoutApplication, NOT_ALL_TRAFFIC),
    ],
    accepts: [
      given({ node_traffic_percent: 100 }, withoutApplication),
      given(
        { node_traffic_percent: 99 },
        { example: like(routeSchema, { application_target_group_arn: null, current_rule_arn: RULE }) },
        NOT_ALL_TRAFFIC,
      ),
    ],
  };
}

export type Routes = ReferenceTo<typeof routesSchema>;

/** Whether two routes share a priority, including those of their closing rules. */
function sharePriority(route: string, other: string): IResolvable {
  const priorities = (name: string) => `compact([${name}.priority, ${name}.closing_priority])`;
  return hcl`length(setintersection(${priorities(route)}, ${priorities(other)})) > 0`;
}

/** Listener and priority of each rule. */
function listenerPriorities(routes: IResolvable): IResolvable {
  return hcl`flatten([
    for route in ${routes} :
    formatlist("%s %s", route.listener_arn, compact([route.priority, route.closing_priority]))
  ])`;
}
