/** The routes of the module alb: one before each rule that forwards, and what is left out, with the reason. */
import { JsonObject } from "../synth/language/print/hcl";
import { Rule, valuesOf } from "../model/rules";
import { Remembered } from "./composition";

/** What happens to a rule of the account. */
export interface Covered {
  readonly rule: Rule;
  readonly key: string;
  /** A route of the module. */
  readonly route: JsonObject;
}

export interface LeftOut {
  readonly rule: Rule;
  readonly reason: string;
  /** The owner of the rule must do something, or its requests go around the node. Undefined: they never reach the application. */
  readonly step?: "login" | "room" | "rewrite" | "regex" | "groups";
}

export interface Routes {
  readonly covered: readonly Covered[];
  readonly leftOut: readonly LeftOut[];
}

const LAST_PRIORITY = 50_000;

/**
 * @param rules without those of the module itself
 * @param mirror whether each route follows its rule, instead of having its conditions
 */
export function routesOf(rules: readonly Rule[], remembered: Remembered, mirror: boolean): Routes {
  const covered: Covered[] = [];
  const leftOut: LeftOut[] = [];
  const keys = new Set(Object.values(remembered).map(({ key }) => key));
  for (const rule of rules) {
    const reason = reasonToLeaveOut(rule);
    const priority = priorityBefore(rule, rules, remembered[rule.arn]?.priority ?? null);
    if (reason !== undefined) leftOut.push({ rule, ...reason });
    else if (priority === undefined) leftOut.push({ rule, reason: "There is no free number before it.", step: "room" });
    else {
      const key = remembered[rule.arn]?.key ?? newKey(rule, keys);
      keys.add(key);
      covered.push({ rule, key, route: route(rule, priority, mirror) });
    }
  }
  return { covered, leftOut };
}

function reasonToLeaveOut({ actions, rewrites, conditions, targetGroupArns }: Rule): Omit<LeftOut, "rule"> | undefined {
  const types = actions.map(({ Type }) => Type);
  if (types.some((type) => type.startsWith("authenticate-") || type === "jwt-validation"))
    return {
      reason: "It authenticates clients. A route before it would take its requests without a login.",
      step: "login",
    };
  if (targetGroupArns.length === 0)
    return { reason: "It does not forward, so its requests never reach the application." };
  if (rewrites)
    return { reason: "It rewrites the URL or the host, which AWS provider 5.100 cannot read.", step: "rewrite" };
  if (
    conditions.some(({ HostHeaderConfig, PathPatternConfig, HttpHeaderConfig }) =>
      [HostHeaderConfig, PathPatternConfig, HttpHeaderConfig].some((config) => (config?.RegexValues ?? []).length > 0),
    )
  )
    return { reason: "It has regular expressions, which AWS provider 5.100 cannot read.", step: "regex" };
  if (targetGroupArns.length > 1)
    return {
      reason: "It forwards to several target groups, and only one of them can be behind the node.",
      step: "groups",
    };
  return undefined;
}

/** Directly before the rule, or where the route is already, if no rule of others is in between. */
function priorityBefore(
  { listener, priority }: Rule,
  rules: readonly Rule[],
  current: number | null,
): number | undefined {
  const others = rules
    .filter((rule) => rule.listener === listener && rule.priority !== null)
    .map((rule) => rule.priority ?? 0);
  const end = priority ?? LAST_PRIORITY + 1;
  const previous = Math.max(0, ...others.filter((other) => other < end));
  if (current !== null && current > previous && current < end) return current;
  return end - 1 > previous ? end - 1 : undefined;
}

/** From the host and the path: "shop-example-com-api". The name of a route is part of resource addresses, and stays. */
function newKey({ conditions, priority, listener }: Rule, taken: ReadonlySet<string | null>): string {
  const words = conditions
    .filter(({ Field }) => Field === "host-header" || Field === "path-pattern")
    .flatMap((condition) => valuesOf(condition).slice(0, 1));
  const slug = words
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  const base = priority === null ? `rest-${listener.Port}` : slug === "" ? `rule-${priority}` : slug;
  for (let count = 1; ; count++) {
    const key = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(key)) return key;
  }
}

function route(rule: Rule, priority: number, mirror: boolean): JsonObject {
  const listener = { listener_arn: rule.listener.ListenerArn, priority };
  if (rule.priority === null) return { ...listener, catch_all: true };
  // The values of headers are not in the snapshot.
  if (mirror || rule.conditions.some(({ HttpHeaderConfig }) => HttpHeaderConfig !== undefined))
    return { ...listener, mirrors_rule_arn: rule.arn };
  return {
    ...listener,
    conditions: rule.conditions.map(written),
    application_target_group_arn: rule.targetGroupArns[0] ?? "",
  };
}

function written(condition: Rule["conditions"][number]): JsonObject {
  const kind = condition.Field.replaceAll("-", "_");
  if (condition.QueryStringConfig === undefined) return { [kind]: { values: valuesOf(condition) } };
  const values = (condition.QueryStringConfig.Values ?? []).map(({ Key, Value }): JsonObject =>
    Key === undefined || Key === "" ? { value: Value } : { key: Key, value: Value },
  );
  return { query_string: { values } };
}
