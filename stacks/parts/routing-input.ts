/** Fields of the contract as schemas of a variable. */
import { IResolvable } from "cdktf";
import { Field, Fields } from "../../contract/field";
import { hcl } from "../../synth/language/expression/expression";
import { wholeNumber } from "../../synth/variables/rules";
import {
  bool,
  CollectionReference,
  list,
  number,
  Optional,
  optional,
  Rule,
  Schema,
  string,
} from "../../synth/variables/schema";
import { ofFormat } from "./identifiers";

/** A field without fields of its own. */
type Leaf = Exclude<Field, { readonly type: "map" | "object" }>;

type LeafNames<F> = { [Name in keyof F]: F[Name] extends { readonly type: "map" | "object" } ? never : Name }[keyof F];

type ReferenceOf<F> = F extends { readonly type: "string" }
  ? string
  : F extends { readonly type: "number" }
    ? number
    : F extends { readonly type: "list"; readonly element: infer Element }
      ? CollectionReference<ReferenceOf<Element>>
      : IResolvable;

type InputOf<F> = F extends { readonly nullable: true } ? Optional<ReferenceOf<F>> : Schema<ReferenceOf<F>>;

/** These fields of an object of the contract. Nullable fields are optional. */
export function take<F extends Fields, Name extends LeafNames<F>>(fields: F, ...names: readonly Name[]) {
  return Object.fromEntries(
    names.map((name) => {
      const field = fields[name as keyof F] as Leaf;
      return [name, field.nullable ? optional(schema(field)) : schema(field)];
    }),
  ) as { readonly [N in Name]: InputOf<F[N]> };
}

/** These fields, as required ones. */
export function takeKnown<F extends Fields, Name extends LeafNames<F>>(fields: F, ...names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, schema(fields[name as keyof F] as Leaf)])) as {
    readonly [N in Name]: Schema<ReferenceOf<F[N]>>;
  };
}

function schema(field: Leaf): Schema {
  switch (field.type) {
    case "string":
      return string(field.description, ...(field.format ? [ofFormat(field.format)] : []));
    case "number":
      return number(field.description, inRange(field.minimum, field.maximum));
    case "bool":
      return bool(field.description);
    case "list":
      return list(field.description, field.elementName, schema(field.element as Leaf));
  }
}

function inRange(minimum: number, maximum: number): Rule<number> {
  if (maximum < Number.MAX_SAFE_INTEGER) return wholeNumber(minimum, maximum);
  return {
    test: (value) => hcl`${value} >= ${minimum} && floor(${value}) == ${value}`,
    requirement: `be a whole number from ${minimum}`,
    refuses: [minimum - 1, minimum + 0.5],
    accepts: [minimum],
  };
}
