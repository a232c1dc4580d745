/**
 * Whether a rule is dead, because an earlier one surely takes all of its requests. Where that is not sure, the rule is live.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
import { BlockList, isIPv6 } from "node:net";
import { Rule, valuesOf } from "../rules";

type Condition = Rule["conditions"][number];

/** The rules of one listener that get requests, in their order. */
export function liveRules(rules: readonly Rule[]): Rule[] {
  return rules.filter((rule, index) => !rules.slice(0, index).some((earlier) => takesAll(earlier, rule)));
}

/** Whether each request that matches the later rule surely matches the earlier one. */
export function takesAll(earlier: Rule, later: Rule): boolean {
  // Only the default action has no conditions.
  if (earlier.conditions.length === 0) return false;
  return earlier.conditions.every(
    (wide) => isAlwaysTrue(wide) || later.conditions.some((narrow) => follows(narrow, wide)),
  );
}

/** Each path begins with a slash. A request may have no host. */
function isAlwaysTrue(condition: Condition): boolean {
  return (
    condition.Field === "path-pattern" &&
    condition.PathPatternConfig?.RegexValues === undefined &&
    valuesOf(condition).some((value) => value === "/*" || value === "*")
  );
}

/** Whether the wide condition is true whenever the narrow one is. */
function follows(narrow: Condition, wide: Condition): boolean {
  if (narrow.Field !== wide.Field) return false;
  switch (wide.Field) {
    case "http-request-method":
      return every(valuesOf(narrow), valuesOf(wide), (some, all) => some === all);
    case "host-header":
    case "path-pattern": {
      const fold = (value: string) => (wide.Field === "host-header" ? value.toLowerCase() : value);
      const isRegex = regexes(narrow) || regexes(wide);
      return every(valuesOf(narrow), valuesOf(wide), (some, all) =>
        isRegex ? regexes(narrow) === regexes(wide) && some === all : covers(fold(all), fold(some)),
      );
    }
    case "source-ip":
      return every(valuesOf(narrow), valuesOf(wide), (some, all) => contains(all, some));
    case "query-string":
      return every(
        narrow.QueryStringConfig?.Values ?? [],
        wide.QueryStringConfig?.Values ?? [],
        (some, all) =>
          (all.Key === undefined ? some.Key === undefined : all.Key === some.Key) && covers(all.Value, some.Value),
      );
    case "http-header":
      return headerFollows(narrow, wide);
    default:
      return false;
  }
}

/** Digests of the parts between wildcards: only equal ones, and the wildcard alone, can be compared. */
function headerFollows({ HttpHeaderConfig: narrow }: Condition, { HttpHeaderConfig: wide }: Condition): boolean {
  if (narrow?.HttpHeaderName.toLowerCase() !== wide?.HttpHeaderName.toLowerCase()) return false;
  if (narrow?.RegexValues !== undefined || wide?.RegexValues !== undefined)
    return (
      narrow?.Values === undefined &&
      wide?.Values === undefined &&
      every(narrow?.RegexValues ?? [], wide?.RegexValues ?? [], (some, all) => some === all)
    );
  return every(narrow?.Values ?? [], wide?.Values ?? [], (some, all) => all === "digest:*" || some === all);
}

function every<Value>(
  narrow: readonly Value[],
  wide: readonly Value[],
  isCovered: (some: Value, all: Value) => boolean,
): boolean {
  return narrow.length > 0 && narrow.every((some) => wide.some((all) => isCovered(some, all)));
}

function regexes({ HostHeaderConfig, PathPatternConfig }: Condition): boolean {
  return (HostHeaderConfig ?? PathPatternConfig)?.RegexValues !== undefined;
}

/** Whether a pattern matches all that another one matches: a wildcard * of that one needs a * here. */
function covers(wide: string, narrow: string): boolean {
  const literal = wide.search(/[*?]/);
  if (literal === -1) return wide === narrow;
  // Most patterns differ at once, and need no expression.
  if (!narrow.startsWith(wide.slice(0, literal))) return false;
  const pattern = wide
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\?/g, "[^*]")
    .replace(/\*+/g, ".*");
  return new RegExp(`^${pattern}$`, "s").test(narrow);
}

function contains(wide: string, narrow: string): boolean {
  const [base = "", bits] = wide.split("/");
  const [address = "", narrowBits] = narrow.split("/");
  // A comparison with what is no number is false.
  if (isIPv6(base) !== isIPv6(address) || !(Number(bits) <= Number(narrowBits))) return false;
  const block = new BlockList();
  const family = isIPv6(base) ? "ipv6" : "ipv4";
  block.addSubnet(base, Number(bits), family);
  return block.check(address, family);
}

/** Whether two blocks have an address in common: then one of them contains the other. */
export function overlap(one: string, other: string): boolean {
  return contains(one, other) || contains(other, one);
}
