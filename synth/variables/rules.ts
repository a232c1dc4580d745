/**
 * Rules that any schema can use. Each is one condition of Terraform's language, the words for it, and values that it
 * refuses and accepts.
 */
import { IResolvable } from "cdktf";
import { hcl } from "../language/expression/expression";
import { laidOut, negated } from "../language/expression/layout";
import { text } from "../language/expression/text";
import { printLiteral } from "../language/print/hcl";
import { Case, Combination, Rule, Value } from "./schema";

/** @param unit words after the number, such as "seconds" */
export function wholeNumber(minimum: number, maximum: number, unit = ""): Rule<number> {
  return {
    test: (value) => hcl`${value} >= ${minimum} && ${value} <= ${maximum} && floor(${value}) == ${value}`,
    requirement: `be a whole number from ${minimum} to ${maximum}${unit && ` ${unit}`}`,
    refuses: [minimum - 1, maximum + 1, minimum + 0.5],
    accepts: [minimum, maximum],
  };
}

export function zeroOr(minimum: number, maximum: number): Rule<number> {
  const inRange = wholeNumber(minimum, maximum);
  return {
    test: (value) => hcl`${value} == 0 || (${inRange.test(value)})`,
    requirement: `be 0 or a whole number from ${minimum} to ${maximum}`,
    refuses: inRange.refuses,
    accepts: [0, minimum, maximum],
  };
}

/** Texts that a rule accepts, of which the first is an example, and texts that only this rule refuses. */
interface Texts {
  readonly accepts: readonly [string, ...string[]];
  readonly refuses: readonly [string, ...string[]];
}

/** @param requirement the pattern in words, with an example: "be a VPC id such as …" */
export function matches(pattern: RegExp, requirement: string, texts: Texts): Rule<string> {
  const source = text`${pattern.source.replace(/\\./g, (escape) => (escape === "\\/" ? "/" : escape))}`;
  return { test: (value) => hcl`can(regex(${source}, ${value}))`, requirement, ...texts };
}

/** Counts code points. `length` of Terraform counts a letter with its accents as one. */
export function characters(minimum: number, maximum: number): Rule<string> {
  const number = minimum === 0 ? `at most ${maximum}` : `${minimum} to ${maximum}`;
  return matches(new RegExp(`^.{${minimum},${maximum}}$`), `have ${number} characters`, {
    accepts: ["shop", "a".repeat(maximum), ...(minimum === 0 ? [""] : [])],
    refuses: ["a".repeat(maximum + 1), ...(minimum === 0 ? [] : [""])],
  });
}

export function oneOf(...values: readonly [string, ...string[]]): Rule<string> {
  const [first] = values;
  return {
    test: (value) => hcl`contains(${printLiteral(values)}, ${value})`,
    requirement: `be one of ${values.join(", ")}`,
    refuses: [first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase(), ""],
    accepts: [first],
  };
}

/** A rule with further values that it refuses, and no other rule does: mistakes that are easy to make. */
export function alsoRefuses<Reference>(rule: Rule<Reference>, ...values: readonly Case[]): Rule<Reference> {
  return { ...rule, refuses: [...rule.refuses, ...values] };
}

/** @param what the things counted, in words: "security groups" */
export function notEmpty(what: string, empty: Case = []): Rule<IResolvable> {
  return { test: (value) => hcl`length(${value}) > 0`, requirement: `have at least one ${what}`, refuses: [empty] };
}

/** @param what a thing of the list, in words: "port" */
export function distinct(what: string, repeated: Case): Rule<IResolvable> {
  return {
    test: (value) => hcl`length(distinct(${value})) == length(${value})`,
    requirement: `name each ${what} once`,
    refuses: [repeated],
    offending: (value) =>
      hcl`[for one in distinct(${value}) : one if length(matchkeys(${value}, ${value}, [one])) > 1]`,
  };
}

/**
 * Of a map.
 * @param what a value of the map, in words: "security group"
 * @param field by which objects are told apart
 */
export function distinctValues(what: string, repeated: Case, field = ""): Rule<IResolvable> {
  const suffix = field === "" ? "" : `.${field}`;
  const all = (map: IResolvable) => hcl`values(${map})${suffix === "" ? "" : `[*]${suffix}`}`;
  return {
    test: (map) => hcl`length(distinct(${all(map)})) == length(${map})`,
    requirement: `name each ${what} once`,
    refuses: [repeated],
    offending: (map) =>
      hcl`[for key, one in ${map} : key if length(matchkeys(keys(${map}), ${all(map)}, [one${suffix}])) > 1]`,
  };
}

/**
 * Of the keys of a map.
 * @param value that the maps in tests have under each key
 */
export function everyKey(rule: Rule<string>, value: Value = "value"): Rule<IResolvable> {
  const mapOf = (key: Case): Case => {
    if (key instanceof Combination) return new Combination({ [String(key.value)]: value }, key.others);
    return { [String(key)]: value };
  };
  const [first, ...rest] = rule.refuses;
  return {
    test: (map) => hcl`alltrue([
      for key in keys(${map}) :
      ${laidOut(rule.test("key"))}
    ])`,
    requirement: rule.requirement,
    ofKeys: true,
    refuses: [mapOf(first), ...rest.map(mapOf)],
    accepts: rule.accepts?.map(mapOf),
    offending: (map) => hcl`[for key in keys(${map}) : key if ${negated(rule.test("key"))}]`,
  };
}
