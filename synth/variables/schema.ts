/**
 * The types of module variables. One declaration gives Terraform's type constraint, the default, the validations, the
 * description, and typed references: `object("…", { port: optional(number("…"), 80) })` makes `node.port` a number.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
import { IResolvable } from "cdktf";
import { hcl } from "../language/expression/expression";

/** A requirement that a value must meet. */
export interface Rule<Reference> {
  /** The condition, true for an accepted value. A null value never reaches it. */
  test(value: Reference): IResolvable;
  /** Completes "… must": "be a whole number from 1 to 65535". */
  readonly requirement: string;
  /** What the message shows as received. @default - the value itself */
  received?(value: Reference): IResolvable;
}

/** A default value, in JSON. */
export type Default = null | boolean | number | string | readonly Default[] | { readonly [key: string]: Default };

/** A value's type, what it is for, and how to refer to it. */
export interface Schema<Reference = unknown> {
  readonly description: string;
  readonly shape: Shape;
  readonly rules: readonly Rule<Reference>[];
  /** Whether Terraform is to show nothing of the value. */
  readonly sensitive?: true;
  /** The value at an address such as `var.node`, as something to hand to a construct or to `hcl`. */
  reference(address: string): Reference;
}

/** The form of a type, for those who render it. */
export type Shape =
  | { readonly kind: "string" | "number" | "bool" }
  | { readonly kind: "list" | "set" | "map"; readonly element: Schema; readonly elementName: string }
  | { readonly kind: "object"; readonly fields: Readonly<Record<string, Schema | Optional>> };

/** A value that may be left out. */
export interface Optional<Reference = unknown> {
  readonly schema: Schema<Reference>;
  readonly default: Default;
  /** Whether null, when the caller says it, stays null. */
  readonly nullable?: true;
}

/** What a schema's values are referred to as. */
export type ReferenceTo<S> = S extends Schema<infer R> | Optional<infer R> ? R : never;

/** An object variable: its fields, and the object as a whole. */
export type ObjectReference<Fields> = IResolvable & { readonly [Name in keyof Fields]: ReferenceTo<Fields[Name]> };

/** A map or list: the whole, and the element that a resource with `for_each` over it stands for. */
export interface CollectionReference<Element> extends IResolvable {
  /** The element at `each.value`. */
  readonly each: Element;
}

export function string(description: string, ...rules: Rule<string>[]): Schema<string> {
  return { description, rules, shape: { kind: "string" }, reference: (address) => hcl.string`${address}` };
}

export function number(description: string, ...rules: Rule<number>[]): Schema<number> {
  return { description, rules, shape: { kind: "number" }, reference: (address) => hcl.number`${address}` };
}

export function bool(description: string, ...rules: Rule<IResolvable>[]): Schema<IResolvable> {
  return { description, rules, shape: { kind: "bool" }, reference: (address) => hcl`${address}` };
}

/** @param elementName what a loop over the list calls an element, such as "condition" */
export function list<E>(
  description: string,
  elementName: string,
  element: Schema<E>,
  ...rules: Rule<CollectionReference<E>>[]
): Schema<CollectionReference<E>> {
  return collection("list", description, elementName, element, rules);
}

/** @param elementName what a loop over the set calls an element, such as "port" */
export function set<E>(
  description: string,
  elementName: string,
  element: Schema<E>,
  ...rules: Rule<CollectionReference<E>>[]
): Schema<CollectionReference<E>> {
  return collection("set", description, elementName, element, rules);
}

/** @param elementName what a loop over the map calls an element, such as "route" */
export function map<E>(
  description: string,
  elementName: string,
  element: Schema<E>,
  ...rules: Rule<CollectionReference<E>>[]
): Schema<CollectionReference<E>> {
  return collection("map", description, elementName, element, rules);
}

export function object<Fields extends Readonly<Record<string, Schema | Optional>>>(
  description: string,
  fields: Fields,
  ...rules: Rule<ObjectReference<Fields>>[]
): Schema<ObjectReference<Fields>> {
  return {
    description,
    rules,
    shape: { kind: "object", fields },
    reference: (address) =>
      Object.assign(
        hcl`${address}`,
        Object.fromEntries(
          Object.entries(fields).map(([name, field]) => [name, schemaOf(field).reference(`${address}.${name}`)]),
        ),
      ) as ObjectReference<Fields>,
  };
}

/**
 * The type of a variable that holds secrets. An object, even for a single one: where Terraform refuses a value it shows
 * what the condition refers to, and of an object no more than the number of its attributes.
 */
export function sensitiveObject<Fields extends Readonly<Record<string, Schema | Optional>>>(
  description: string,
  fields: Fields,
  ...rules: Rule<ObjectReference<Fields>>[]
): Schema<ObjectReference<Fields>> {
  return { ...object(description, fields, ...rules), sensitive: true };
}

/** Makes a field or variable one that may be left out; without a default it is null then. */
export function optional<Reference>(schema: Schema<Reference>, defaultValue: Default = null): Optional<Reference> {
  return { schema, default: defaultValue };
}

/** Makes a variable with a default one that the caller can set to null, which is something else. Not for fields. */
export function nullable<Reference>(declaration: Optional<Reference>): Optional<Reference> {
  return { ...declaration, nullable: true };
}

export function isOptional(field: Schema | Optional): field is Optional {
  return "schema" in field;
}

/** The schema of a field, optional or not. */
export function schemaOf(field: Schema | Optional): Schema {
  return isOptional(field) ? field.schema : field;
}

/** Whether a field's value may be null. */
export function isNullable(field: Schema | Optional): boolean {
  return isOptional(field) && (field.default === null || field.nullable === true);
}

function collection<E>(
  kind: "list" | "set" | "map",
  description: string,
  elementName: string,
  element: Schema<E>,
  rules: readonly Rule<CollectionReference<E>>[],
): Schema<CollectionReference<E>> {
  return {
    description,
    rules,
    shape: { kind, element, elementName },
    reference: (address) => Object.assign(hcl`${address}`, { each: element.reference("each.value") }),
  };
}
