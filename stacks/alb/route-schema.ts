import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { matches, notEmpty, wholeNumber } from "../../synth/variables/rules";
import { bool, list, map, number, object, optional, ReferenceTo, Schema, string } from "../../synth/variables/schema";
import { cidrBlock, listenerArn, targetGroupArn } from "../parts/identifiers";

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html */
const priority = wholeNumber(1, 50000);

/**
 * Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, and for the
 * number of values and wildcards https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const pattern = string(
  "Value.",
  matches(/^[ -~]{1,128}$/, "be 1 to 128 printable ASCII characters, of which * and ? are wildcards"),
);
const method = string("Value.", matches(/^[A-Z_-]{1,40}$/, "be a method in upper case, such as GET"));
const parameter = object("A parameter.", {
  key: optional({ ...pattern, description: "Name; null: any." }),
  value: pattern,
});
const source = string("Value.", cidrBlock);
const headerName = string(
  "Name.",
  matches(/^[0-9A-Za-z!#$%&'*+.^_`|~-]{1,40}$/, "be 1 to 40 characters of a header name"),
  { test: (name) => hcl`lower(${name}) != "host"`, requirement: "not be Host, which is host_header" },
);

/** Shaped as the `condition` block of aws_lb_listener_rule, and as its data source reads it. */
const condition = object(
  "A condition, of one kind.",
  {
    host_header: optional(object("Host names.", { values: values(pattern) })),
    http_header: optional(object("A header.", { http_header_name: headerName, values: values(pattern) })),
    http_request_method: optional(object("Methods.", { values: values(method) })),
    path_pattern: optional(object("Paths, without the query.", { values: values(pattern) })),
    query_string: optional(object("Query parameters.", { values: values(parameter) })),
    source_ip: optional(object("Source addresses of the connection.", { values: values(source) })),
  },
  {
    test: (kinds) => hcl`length([for kind in values(${kinds}) : kind if kind != null]) == 1`,
    requirement: "be of exactly one kind; several conditions in the list must all be met",
  },
);

const route = object(
  "A route.",
  {
    listener_arn: string("ARN of an existing listener.", listenerArn("app")),
    priority: number("Priority of the rule that is added to the listener.", priority),
    closing_priority: optional(
      number(
        "With secret_header: priority of a second rule with the same conditions, which answers 403 to what the first leaves, the requests without the header. Directly behind it is best.",
        priority,
      ),
    ),
    mirrors_priority: optional(
      number(
        "Priority of an existing rule that forwards: its conditions and its target group are taken over.",
        priority,
      ),
    ),
    catch_all: optional(bool("Takes what no rule takes and the listener's default action forwards today."), false),
    conditions: optional(list("Conditions of its own, all to be met by a request.", "condition", condition), []),
    application_target_group_arn: optional(
      string(
        "ARN of the application's target group, where it cannot be read: with conditions, or if the mirrored rule splits its requests.",
        targetGroupArn,
      ),
    ),
  },
  {
    test: ({ mirrors_priority, catch_all, conditions }) =>
      hcl`length([for way in [${mirrors_priority} != null, ${catch_all}, length(${conditions}) > 0] : way if way]) == 1`,
    requirement: "have exactly one of mirrors_priority, catch_all = true and conditions",
    received: ({ mirrors_priority, catch_all, conditions }) =>
      hcl`{ mirrors_priority = ${mirrors_priority}, catch_all = ${catch_all}, conditions = ${conditions} }`,
  },
  {
    test: ({ mirrors_priority, priority }) =>
      hcl`${mirrors_priority} == null ? true : ${mirrors_priority} > ${priority}`,
    requirement: "be evaluated before the rule that it mirrors: set priority below mirrors_priority",
    received: ({ mirrors_priority, priority }) => hcl`${{ priority, mirrors_priority }}`,
  },
  {
    test: ({ priority, closing_priority, mirrors_priority }) =>
      hcl`${closing_priority} == null ? true : ${closing_priority} > ${priority} && try(${closing_priority} < ${mirrors_priority}, true)`,
    requirement:
      "have its closing_priority between its priority and the rule that it mirrors: before the route it would refuse every request, behind that rule none",
    received: ({ priority, closing_priority, mirrors_priority }) =>
      hcl`{ priority = ${priority}, closing_priority = ${closing_priority}, mirrors_priority = ${mirrors_priority} }`,
  },
  {
    test: ({ conditions }) => hcl`alltrue([
      for kind in ["host_header", "path_pattern", "http_request_method", "source_ip"] :
      length([for condition in ${conditions} : condition if condition[kind] != null]) <= 1
    ])`,
    requirement:
      "have host_header, path_pattern, http_request_method and source_ip at most once: put all values into one",
    received: ({ conditions }) => conditions,
  },
  {
    test: ({ conditions }) => hcl`length(${conditionValues(conditions)}) <= 5`,
    requirement: "have at most five values in all its conditions, a query parameter being one: use several routes",
    received: ({ conditions }) => conditionValues(conditions),
  },
  {
    test: ({ conditions }) => hcl`length(regexall("[*?]", jsonencode(${conditionValues(conditions)}))) <= 6`,
    requirement: "have at most six wildcards (* and ?) in all its conditions: use several routes",
    received: ({ conditions }) => conditionValues(conditions),
  },
);

export const routesSchema = optional(
  map(
    "Which requests go to the node: rules that are added to existing listeners of one load balancer, each under a name of your own. Empty where the owner of the listener edits it, with the output `forward_action`.",
    "route",
    route,
    {
      test: (routes) => hcl`length(distinct(${placesOf(routes)})) == length(${placesOf(routes)})`,
      requirement: "have different priorities on one listener, with those of their closing rules",
      received: prioritiesOf,
    },
    {
      test: (routes) => hcl`length(setintersection(
      ${placesOf(routes)},
      [for route in ${routes} : "\${route.listener_arn} \${route.mirrors_priority}" if route.mirrors_priority != null]
    )) == 0`,
      requirement: "mirror rules of the application, not other routes of this module",
      received: (routes) =>
        hcl`{ for key, route in ${routes} : key => { priority = route.priority, closing_priority = route.closing_priority, mirrors_priority = route.mirrors_priority } }`,
    },
    {
      test: (routes) => hcl`alltrue(flatten([
      for key, route in ${routes} : [
        for other_key, other in ${routes} : other.priority < route.priority
        if route.catch_all && other_key != key && other.listener_arn == route.listener_arn
      ]
    ]))`,
      requirement: "keep a catch_all at the highest priority number of its listener, since no request gets past it",
      received: prioritiesOf,
    },
    {
      test: (routes) => hcl`length(distinct([for route in ${routes} : dirname(route.listener_arn)])) <= 1`,
      requirement:
        "be on listeners of one load balancer, as a target group serves only one: call the module once for each",
      received: (routes) => hcl`{ for key, route in ${routes} : key => route.listener_arn }`,
    },
  ),
  {},
);

export type Routes = ReferenceTo<typeof routesSchema>;

function values<E>(element: Schema<E>) {
  return list("Values, of which one is to match.", "value", element, notEmpty("value"));
}

/** The priorities of a route's rules. */
const rulePriorities = hcl`[for priority in [route.priority, route.closing_priority] : priority if priority != null]`;

/** All values in the conditions of a route, as AWS counts them: a query parameter is one, a header's name is none. */
function conditionValues(conditions: IResolvable): IResolvable {
  return hcl`flatten([for condition in ${conditions} : [for kind in values(condition) : kind.values if kind != null]])`;
}

/** Listener and priority of each rule. */
function placesOf(routes: IResolvable): IResolvable {
  return hcl`flatten([for route in ${routes} : [for number in ${rulePriorities} : "\${route.listener_arn} \${number}"]])`;
}

function prioritiesOf(routes: IResolvable): IResolvable {
  return hcl`{ for key, route in ${routes} : key => ${rulePriorities} }`;
}
