import { TerraformElement } from "cdktf";
import { Dynamic } from "./dynamic";
import { isPlainObject } from "./resolve";

/** Arguments and blocks by name. A block is an object or a list of objects, or a `dynamic` one or a list of those. */
type Body = Readonly<Record<string, unknown>>;

/**
 * Gives a resource arguments and blocks that its bindings cannot express, in place of those that it has by these names:
 * override(rule, { condition: dynamic(conditions, { … }) }).
 */
export function override<Element extends TerraformElement>(element: Element, body: Body): Element {
  for (const [name, value] of Object.entries(body)) {
    element.addOverride(name, isDynamic(value) ? undefined : toJson(value));
    if (isDynamic(value)) element.addOverride(`dynamic.${name}`, toJson(value));
  }
  return element;
}

function isDynamic(value: unknown): boolean {
  return value instanceof Dynamic || (Array.isArray(value) && value.length > 0 && value.every(isDynamic));
}

/** Terraform's JSON syntax has the dynamic blocks of a body under `dynamic`. */
function toJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Dynamic) return { for_each: value.forEach, content: toJson(value.content) };
  return isPlainObject(value) ? bodyToJson(value) : value;
}

function bodyToJson(body: Body): Body {
  const entries = Object.entries(body).map(([name, value]) => ({
    name,
    json: toJson(value),
    dynamic: isDynamic(value),
  }));
  const pick = (dynamic: boolean) =>
    Object.fromEntries(entries.filter((entry) => entry.dynamic === dynamic).map(({ name, json }) => [name, json]));
  return { ...pick(false), ...(entries.some((entry) => entry.dynamic) && { dynamic: pick(true) }) };
}
