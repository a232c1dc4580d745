/**
 * Turns the rules of a schema, at any depth, into validations of its variable: a condition that is true for accepted
 * values, and a message that says what is wrong. Terraform adds the values that the condition refers to; of collections it
 * shows only the length, so the message names the keys or elements that are refused, at most five.
 *
 * A validation cannot use a local value that depends on its own variable: Terraform calls that a cycle.
 *
 * Terraform before 1.12 evaluates both sides of `||`, so a null check is a conditional expression, never
 * `value == null || …`.
 */
import { IResolvable } from "cdktf";
import { hcl } from "../language/expression/expression";
import { laidOut, names, negated } from "../language/expression/layout";
import { Validation } from "../language/expression/validation";
import { escapeQuoted, escapeTemplate } from "../language/print/template";
import { Collection, Loop, Place, places } from "./places";
import { Optional, Rule, Schema, statement } from "./schema";

/** The rules of a variable's schema and of everything inside it. */
export function ruleValidations(name: string, declaration: Schema | Optional): Validation[] {
  return places(name, declaration).flatMap((place) => place.schema.rules.map((rule) => validation(rule, place)));
}

function validation(rule: Rule<unknown>, place: Place): Validation {
  const value = place.schema.reference(place.address);
  const test = guarded(rule.decidesOnNull ? [] : place.nulls, rule.test(value));
  const { loop } = place;
  const isObject = place.schema.shape.kind === "object" || "element" in place.schema.shape;
  const refused = loop === undefined ? rule.offending?.(value) : refusedElements(test, place.address, isObject, loop);
  const requirement = escapeTemplate(statement(place.label, rule));
  return {
    condition: loop === undefined ? test : guarded(loop.outermost.nulls, allOf(loop.element, elements(loop), test)),
    errorMessage:
      place.secret || refused === undefined
        ? requirement
        : requirement + names(" Refused: ", refused, ".", LONGEST_LINE - escapeQuoted(requirement).length),
  };
}

function allOf(element: string, collection: IResolvable | string, test: IResolvable): IResolvable {
  return hcl`alltrue([
    for ${element} in ${collection} :
    ${laidOut(test)}
  ])`;
}

/** What a loop goes over, from the variable: the elements of the innermost collections. */
function elements({ outermost, inner }: Loop): string {
  const [first, ...rest] = inner;
  if (first === undefined) return outermost.address;
  const path = first.address.slice(outermost.element.length);
  const start =
    first.kind === "map" || first.nulls.length > 0
      ? flattened(outermost.element, outermost.address, first)
      : `flatten(${outermost.splat}${path})`;
  return rest.reduce(
    ({ code, element }, collection) => ({
      code: flattened(element, code, collection),
      element: collection.element,
    }),
    { code: start, element: first.element },
  ).code;
}

/** No nested splat expressions: Terraform 1.11 crashes where one of them is on null. */
function flattened(element: string, elements: string, collection: Collection): string {
  return `flatten([for ${element} in ${elements} : ${elementsOf(collection)}])`;
}

function elementsOf({ address, kind, nulls }: Collection): string {
  const list = kind === "map" ? `values(${address})` : address;
  if (nulls.length === 0) return list;
  return nulls.includes(address) && kind !== "map" ? `try(coalesce(${list}, []), [])` : `try(${list}, [])`;
}

/** The keys of a map, or the elements of a list or set, whose values are refused; undefined where that takes three loops. */
function refusedElements(test: IResolvable, address: string, isObject: boolean, loop: Loop): IResolvable | undefined {
  const { outermost, inner, element } = loop;
  if (inner.length > 1)
    return isObject ? undefined : hcl`[for ${element} in ${elements(loop)} : ${address} if ${negated(test)}]`;
  const name =
    outermost.kind === "map" ? "key" : outermost.ofObjects && outermost.kind === "list" ? "index" : outermost.element;
  const variables = name === outermost.element ? name : `${name}, ${outermost.element}`;
  const [collection] = inner;
  const isRefused =
    collection === undefined ? negated(test) : hcl`!alltrue([for ${element} in ${elementsOf(collection)} : ${test}])`;
  return hcl`[for ${variables} in ${outermost.address} : ${name} if ${isRefused}]`;
}

/** Of a message on one line, without its quotes. */
const LONGEST_LINE = 298;

/** The condition, or true where something on the way to the value is null. */
function guarded(nulls: readonly string[], inner: IResolvable): IResolvable {
  return nulls.reduceRight((result, address) => hcl`${address} == null ? true : ${result}`, inner);
}
