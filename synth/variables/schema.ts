/**
 * The types of module variables. One declaration gives Terraform's type constraint, the default, the validations, the
 * description, and typed references: `object("…", { port: optional(number("…"), 80) })` makes `node.port` a number.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
import { IResolvable } from "cdktf";
import { hcl } from "../language/expression/expression";

/** A requirement that a value must meet, with values that show it. The tests of the module are made of these. */
export interface Rule<Reference> {
  /** The condition, true for an accepted value. A null value reaches it only with `decidesOnNull`. */
  test(value: Reference): IResolvable;
  /** Of a variable, whether the rule also says when it may be null. */
  readonly decidesOnNull?: true;
  /** Completes "… must": "be a whole number from 1 to 65535". */
  readonly requirement: string;
  /** Of a map, whether the requirement is one on each of its keys. */
  readonly ofKeys?: true;
  /** Values that this rule refuses, and no other rule does. */
  readonly refuses: readonly [Case, ...Case[]];
  /** Where the rule is a limit, the nearest values that it accepts. The first is the example of the schema. */
  readonly accepts?: readonly Case[];
  /** Of a rule on a collection, the keys or elements that break it, as a list: the message names up to five. */
  offending?(value: Reference): IResolvable;
}

/** "node.port must be a whole number from 1 to 65535." */
export function statement(label: string, { requirement, ofKeys }: Pick<Rule<never>, "requirement" | "ofKeys">): string {
  return `${ofKeys ? `each key of ${label}` : label} must ${requirement}.`;
}

/** A value, in JSON. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** A value for a test. For an object, the fields that differ from the example of its schema. */
export type Case = Value | Combination;

/** Changes to the examples of variables, by name. */
export type Changes = Readonly<Record<string, Value>>;

/** A value together with those of other variables. */
export class Combination {
  public constructor(
    public readonly value: Value,
    public readonly others: Changes,
    /** Names of checks of the module that warn of the call. */
    public readonly warnings: readonly string[] = [],
  ) {}
}

/**
 * A value for a test that also changes other variables: given({ node: { protocol: "UDP" } }, { preserve_client_ip: false }).
 * @param warnings names of checks of the module that warn of the call
 */
export function given(others: Changes, value: Value, ...warnings: string[]): Case {
  return new Combination(value, others, warnings);
}

/** A value's type, what it is for, and how to refer to it. */
export interface Schema<Reference = unknown> {
  readonly description: string;
  readonly shape: Shape;
  readonly rules: readonly Rule<Reference>[];
  /** A value that is accepted. */
  readonly example: Value;
  /** Of a variable: what others must be while this one has a value. */
  readonly examplesOfOthers?: Changes;
  /** For an object: what else the example has while a test is about a field that excludes, or needs, another one. */
  readonly examplesFor?: Readonly<Record<string, Case>>;
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
  readonly default: Value;
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
  return {
    description,
    rules,
    shape: { kind: "string" },
    example: firstAccepted(rules) ?? "example",
    reference: (address) => hcl.string`${address}`,
  };
}

export function number(description: string, ...rules: Rule<number>[]): Schema<number> {
  return {
    description,
    rules,
    shape: { kind: "number" },
    example: firstAccepted(rules) ?? 1,
    reference: (address) => hcl.number`${address}`,
  };
}

export function bool(description: string, ...rules: Rule<IResolvable>[]): Schema<IResolvable> {
  return {
    description,
    rules,
    shape: { kind: "bool" },
    example: firstAccepted(rules) ?? true,
    reference: (address) => hcl`${address}`,
  };
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
    example: Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]) => (isOptional(field) ? [] : [[name, field.example]])),
    ),
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

/**
 * Sets the example of a schema where the one that follows from its rules and fields will not do.
 * @param value of an object, the fields that differ; of a variable, together with others that it needs
 * @param examplesFor what else differs while a test is about a field
 */
export function example<S extends Schema>(schema: S, value: Case, examplesFor: Readonly<Record<string, Case>> = {}): S {
  const { value: change, others } = value instanceof Combination ? value : { value, others: {} };
  return {
    ...schema,
    example: changed(schema, schema.example, change),
    examplesOfOthers: { ...schema.examplesOfOthers, ...others },
    examplesFor: { ...schema.examplesFor, ...examplesFor },
  };
}

/** Adds rules to what a variable is declared with: those that need to know other variables. */
export function withRules<Reference, Declaration extends Schema<Reference> | Optional<Reference>>(
  declaration: Declaration,
  ...rules: Rule<ReferenceTo<Declaration>>[]
): Declaration {
  if ("schema" in declaration)
    return { ...declaration, schema: { ...declaration.schema, rules: [...declaration.schema.rules, ...rules] } };
  return { ...declaration, rules: [...declaration.rules, ...rules] };
}

/** The example of a schema, with a change. */
export function like(schema: Schema, change: Value = {}): Value {
  return changed(schema, schema.example, change);
}

/** A value with a change: fields of an object are replaced one by one, anything else as a whole. */
export function changed({ shape }: Schema, value: Value | undefined, change: Value): Value {
  if (shape.kind !== "object" || !isObject(change)) return change;
  const before = isObject(value) ? value : {};
  return Object.fromEntries([
    ...Object.entries(before),
    ...Object.entries(change).map(([name, inner]): [string, Value] => {
      const field = shape.fields[name];
      if (field === undefined)
        throw new Error(`There is no field "${name}" beside ${Object.keys(shape.fields).join(", ")}.`);
      const schema = schemaOf(field);
      return [name, changed(schema, before[name] ?? schema.example, inner)];
    }),
  ]);
}

/** Makes a field or variable one that may be left out; without a default it is null then. */
export function optional<Reference>(schema: Schema<Reference>, defaultValue: Value = null): Optional<Reference> {
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
    example: kind === "map" ? { example: element.example } : [element.example],
    reference: (address) => Object.assign(hcl`${address}`, { each: element.reference("each.value") }),
  };
}

/** The example that the rules of a schema give. */
function firstAccepted(rules: readonly Pick<Rule<never>, "accepts">[]): Value | undefined {
  return rules.flatMap(({ accepts = [] }) => accepts).find((one): one is Value => !(one instanceof Combination));
}

function isObject(value: Value | undefined): value is Readonly<Record<string, Value>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
