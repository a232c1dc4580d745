import type { QueryStringKeyValuePair, Rule, RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import { isIn } from "./cidr";

/** A request, as the listener of an Application Load Balancer gets it. */
export interface Request {
  /** @default "GET" */
  readonly method?: string;
  /** @default "shop.example.com" */
  readonly host?: string;
  /** @default "/" */
  readonly path?: string;
  /** What stands behind the question mark. */
  readonly query?: string;
  /** A header may come several times. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Address of who connects. @default "203.0.113.10" */
  readonly source?: string;
}

/**
 * The rule of a listener that answers a request: the first by priority whose conditions are all met, and the default one if
 * none is. How each kind of condition compares is said by the types of the API:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html
 * @throws when the rules have no default one, or one of them has a condition that is not known here
 */
export function matchingRule(rules: readonly Rule[], request: Request): Rule {
  const matching = rules
    .filter(({ Conditions = [] }) => Conditions.every((condition) => isMet(condition, request)))
    .sort((one, other) => order(one) - order(other));
  const [first] = matching;
  if (first === undefined) throw new Error("The listener has no default rule.");
  return first;
}

function order({ IsDefault, Priority }: Rule): number {
  return IsDefault ? Infinity : Number(Priority);
}

/** One of the values of a condition is enough. */
function isMet(condition: RuleCondition, request: Request): boolean {
  const { method = "GET", host = "shop.example.com", path = "/", query = "" } = request;
  const { headers = [], source = "203.0.113.10" } = request;
  switch (condition.Field) {
    case "host-header":
      return valuesOf(condition.HostHeaderConfig).some((pattern) => matches(pattern, host));
    case "http-header": {
      const name = condition.HttpHeaderConfig?.HttpHeaderName?.toLowerCase();
      const values = headers.filter(([header]) => header.toLowerCase() === name).map(([, value]) => value);
      return valuesOf(condition.HttpHeaderConfig).some((pattern) => values.some((value) => matches(pattern, value)));
    }
    case "http-request-method":
      return valuesOf(condition.HttpRequestMethodConfig).includes(method);
    case "path-pattern":
      return valuesOf(condition.PathPatternConfig).some((pattern) => matchesCase(pattern, path));
    case "query-string":
      return valuesOf(condition.QueryStringConfig).some((parameter) => hasParameter(query, parameter));
    case "source-ip":
      return valuesOf(condition.SourceIpConfig).some((cidr) => isIn(source, cidr));
    default:
      throw new Error(`${condition.Field} is no condition of an Application Load Balancer.`);
  }
}

/** Regular expressions are in other fields, and not for us. */
function valuesOf<Value>(config: { Values?: Value[] | undefined } | undefined): Value[] {
  if (config?.Values === undefined) throw new Error("A condition has no values.");
  return config.Values;
}

/** Without a key, any parameter will do. */
function hasParameter(query: string, { Key = "", Value = "" }: QueryStringKeyValuePair): boolean {
  return [...new URLSearchParams(query)].some(
    ([key, value]) => (Key === "" || matches(Key, key)) && matches(Value, value),
  );
}

/** `*` stands for any characters or none, `?` for exactly one. Upper and lower case are the same. */
function matches(pattern: string, text: string): boolean {
  return matchesCase(pattern.toLowerCase(), text.toLowerCase());
}

/** The same, where upper and lower case are not. */
function matchesCase(pattern: string, text: string): boolean {
  const wildcards: Record<string, string> = { "*": ".*", "?": "." };
  const source = pattern.replace(/[^0-9A-Za-z]/g, (character) => wildcards[character] ?? `\\${character}`);
  return new RegExp(`^${source}$`, "s").test(text);
}
