/** The routes of the module alb: one before each rule that forwards, and what is left out, with the reason. */
import { JsonObject } from "../../synth/language/print/hcl";
import { Rule, valuesOf } from "../../model/rules";
import { Remembered, Variable } from "../composition";
import { Fields, reference } from "../hcl";

/** What happens to a rule of the account. */
export interface Covered {
  readonly rule: Rule;
  readonly key: string;
  /** Number of the route. */
  readonly priority: number;
  /** A route of the module. */
  readonly route: Fields;
  /** Which of several target groups is the application. */
  readonly question: Variable | null;
}

export interface LeftOut {
  readonly rule: Rule;
  readonly reason: string;
  /** The owner of the rule must do something, or its requests go around the node. Undefined: they never reach the application. */
  readonly step?: "login" | "room" | "rewrite" | "regex" | "groups" | "source";
}

export interface Routes {
  readonly covered: readonly Covered[];
  readonly leftOut: readonly LeftOut[];
}

const LAST_PRIORITY = 50_000;

export interface RoutesWanted {
  readonly remembered: Remembered;
  /** Each route follows its rule, instead of having its conditions. */
  readonly mirror: boolean;
  /** How many may be asked: of further rules that split their requests, none gets a route. */
  readonly questions: number;
  /** Of the application, if others have rules too. Empty: all. */
  readonly targetGroupArns: readonly string[];
  /** Behind the node stands a load balancer with the same rules, for which every request comes from the node. */
  readonly isCopied: boolean;
}

/** @param rules without those of the module itself */
export function routesOf(
  rules: readonly Rule[],
  { remembered, mirror, questions, targetGroupArns, isCopied }: RoutesWanted,
): Routes {
  const covered: Covered[] = [];
  const leftOut: LeftOut[] = [];
  const keys = new Set(Object.values(remembered).map(({ key }) => key));
  for (const rule of rules) {
    const asked = covered.filter(({ question }) => question !== null).length;
    const isOthers = targetGroupArns.length > 0 && !rule.targetGroupArns.some((arn) => targetGroupArns.includes(arn));
    const reason =
      reasonToLeaveOut(rule, isOthers) ??
      (isCopied && rule.conditions.some(({ SourceIpConfig }) => SourceIpConfig !== undefined) ? SOURCE : undefined) ??
      (isSplit(rule) && (mirror || asked >= questions) ? SPLIT : undefined);
    const priority = priorityBefore(rule, rules, remembered[rule.arn]?.priority ?? null);
    if (reason !== undefined) leftOut.push({ rule, ...reason });
    else if (priority === undefined) leftOut.push({ rule, reason: "There is no free number before it.", step: "room" });
    else {
      const key = remembered[rule.arn]?.key ?? newKey(rule, keys);
      keys.add(key);
      const question = isSplit(rule) ? questionOf(rule, key) : null;
      covered.push({ rule, key, priority, question, route: route(rule, priority, mirror, question) });
    }
  }
  return { covered, leftOut };
}

function reasonToLeaveOut(
  { actions, rewrites, conditions, targetGroupArns }: Rule,
  isOthers: boolean,
): Omit<LeftOut, "rule"> | undefined {
  if (targetGroupArns.length > 0 && isOthers)
    return { reason: "It forwards to none of --application-target-groups, so it is another application's." };
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
  return undefined;
}

function isSplit({ targetGroupArns }: Rule): boolean {
  return targetGroupArns.length > 1;
}

const SPLIT: Omit<LeftOut, "rule"> = {
  reason: "It forwards to several target groups, and only one of them can be behind the node.",
  step: "groups",
};

const SOURCE: Omit<LeftOut, "rule"> = {
  reason:
    "It has a condition on the source, and for the load balancer behind the node, every request comes from the node.",
  step: "source",
};

/** The answer that leaves the rule alone. */
export const NO_ROUTE = "none";

function questionOf({ words, targetGroupArns }: Rule, key: string): Variable {
  return {
    ...{ name: `target_group_of_${key.replaceAll("-", "_")}`, type: "string" },
    description: `ARN of the application's target group for ${words}. From the first apply on, all of these requests go to it or to the node, and none to the others: ${targetGroupArns.join(", ")}. "${NO_ROUTE}": the rule stays as it is, and its requests go around the node.`,
  };
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

/** As the module writes it for a catch_all. */
const EVERY_PATH: JsonObject = { path_pattern: { values: ["/*"] } };

function route(rule: Rule, priority: number, mirror: boolean, question: Variable | null): Fields {
  const listener: Fields = { listener_arn: rule.listener.ListenerArn, priority };
  const answer: Fields = question === null ? {} : { application_target_group_arn: reference(`var.${question.name}`) };
  if (mirror && rule.priority === null) return { ...listener, catch_all: true };
  // The values of headers are not in the snapshot.
  if (mirror || rule.conditions.some(({ HttpHeaderConfig }) => HttpHeaderConfig !== undefined))
    return { ...listener, mirrors_rule_arn: rule.arn, ...answer };
  return {
    ...listener,
    conditions: rule.priority === null ? [EVERY_PATH] : rule.conditions.map(written),
    application_target_group_arn: rule.targetGroupArns[0] ?? "",
    ...answer,
  };
}

export function written(condition: Rule["conditions"][number]): JsonObject {
  const kind = condition.Field.replaceAll("-", "_");
  if (condition.QueryStringConfig === undefined) return { [kind]: { values: valuesOf(condition) } };
  const values = (condition.QueryStringConfig.Values ?? []).map(({ Key, Value }): JsonObject =>
    Key === undefined || Key === "" ? { value: Value } : { key: Key, value: Value },
  );
  return { query_string: { values } };
}
