import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { distinctValues } from "../../synth/variables/rules";
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
  string,
} from "../../synth/variables/schema";
import {
  conditionBehindNodeSchema,
  conditionsRules,
  priority,
  routeNames,
} from "../parts/listener-rule/condition-schema";
import { TargetGroups, twoTargetGroups } from "./target-groups";

const routeSchema = example(
  object(
    "A route.",
    {
      target_group: string("Name of the target group in target_groups."),
      priority: number("Priority of the listener rule, in the order of the rules in front of the node.", priority),
      conditions: optional(
        list(
          "Conditions, the same as those of the rule in front of the node. A request must match all of them.",
          "condition",
          conditionBehindNodeSchema,
        ),
        [],
      ),
      catch_all: optional(
        bool("Whether the route takes the requests that match no other route, instead of conditions."),
        false,
      ),
    },
    {
      test: ({ conditions, catch_all }) => hcl`(length(${conditions}) > 0) != ${catch_all}`,
      requirement: "have either conditions or catch_all = true",
      refuses: [{ conditions: [] }, { catch_all: true }],
      accepts: [{ conditions: [], catch_all: true }],
    },
    ...conditionsRules,
  ),
  { target_group: "example", priority: 10, conditions: [conditionBehindNodeSchema.example] },
  { catch_all: { conditions: [] } },
);

export function routesSchema(targetGroups: TargetGroups) {
  const unknown = (routes: IResolvable) =>
    hcl`[for key, route in ${routes} : key if !contains(keys(${targetGroups}), route.target_group)]`;
  const unused = (routes: IResolvable) =>
    hcl`setsubtract(keys(${targetGroups}), [for route in ${routes} : route.target_group])`;
  const early = (routes: IResolvable) => hcl`[
    for key, route in ${routes} : key
    if route.catch_all && anytrue([for other in ${routes} : other.priority > route.priority])
  ]`;
  return map(
    "The requests of each target group, by names that you choose: the same rules as in front of the node. A request that matches none gets 421.",
    "route",
    routeSchema,
    ...routeNames(routeSchema.example),
    distinctValues("priority", { example: routeSchema.example, other: routeSchema.example }, "priority"),
    {
      test: (routes) => hcl`length(${unknown(routes)}) == 0`,
      requirement: "forward to a target group in target_groups",
      offending: unknown,
      refuses: [{ example: routeSchema.example, other: like(routeSchema, { target_group: "none", priority: 11 }) }],
    },
    {
      test: (routes) => hcl`length(${unused(routes)}) == 0`,
      requirement:
        "forward to each of target_groups, because a load balancer checks the health of targets, and ECS accepts a target group, only if a rule uses it",
      offending: unused,
      refuses: [given({ target_groups: twoTargetGroups() }, { example: routeSchema.example })],
    },
    {
      test: (routes) => hcl`length(${early(routes)}) == 0`,
      requirement: "give a catch_all the highest priority number, because it takes every request",
      offending: early,
      refuses: [
        {
          example: routeSchema.example,
          rest: like(routeSchema, { priority: 9, conditions: [], catch_all: true }),
        },
      ],
      accepts: [
        {
          example: routeSchema.example,
          rest: like(routeSchema, { priority: 11, conditions: [], catch_all: true }),
        },
      ],
    },
  );
}

export type Routes = ReferenceTo<ReturnType<typeof routesSchema>>;
