/** Rules that any schema can use. Each is one condition of Terraform's language and the words for it. */
import { IResolvable } from "cdktf";
import { hcl } from "../language/expression/expression";
import { text } from "../language/expression/text";
import { printLiteral } from "../language/print/hcl";
import { Rule } from "./schema";

/** @param unit words after the number, such as "seconds" */
export function wholeNumber(minimum: number, maximum: number, unit = ""): Rule<number> {
  return {
    test: (value) => hcl`${value} >= ${minimum} && ${value} <= ${maximum} && floor(${value}) == ${value}`,
    requirement: `be a whole number from ${minimum} to ${maximum}${unit && ` ${unit}`}`,
  };
}

export function zeroOr(minimum: number, maximum: number): Rule<number> {
  const inRange = wholeNumber(minimum, maximum);
  return {
    test: (value) => hcl`${value} == 0 || (${inRange.test(value)})`,
    requirement: `be 0 or a whole number from ${minimum} to ${maximum}`,
  };
}

/** @param requirement the pattern in words, with an example: "be a VPC id such as …" */
export function matches(pattern: RegExp, requirement: string): Rule<string> {
  const source = text`${pattern.source.replace(/\\./g, (escape) => (escape === "\\/" ? "/" : escape))}`;
  return { test: (value) => hcl`can(regex(${source}, ${value}))`, requirement };
}

export function oneOf(...values: readonly string[]): Rule<string> {
  return {
    test: (value) => hcl`contains(${printLiteral(values)}, ${value})`,
    requirement: `be one of ${values.join(", ")}`,
  };
}

/** @param what the things counted, in words: "security groups" */
export function notEmpty(what: string): Rule<IResolvable> {
  return { test: (value) => hcl`length(${value}) > 0`, requirement: `have at least one ${what}` };
}

/** @param what a thing of the list, in words: "port" */
export function distinct(what: string): Rule<IResolvable> {
  return {
    test: (value) => hcl`length(distinct(${value})) == length(${value})`,
    requirement: `name each ${what} once`,
  };
}
