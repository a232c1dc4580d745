/** Where in a variable values stand that rules can be on: the variable, fields of objects, elements of collections. */
import { changed, Case, Changes, Combination, isNullable, Optional, Schema, schemaOf, Value } from "./schema";

export interface Place {
  readonly schema: Schema;
  /** Its address, from the variable or from the innermost loop: `var.node.port`, `route.priority`. */
  readonly address: string;
  /** Its path for people: `routes[*].priority`. */
  readonly label: string;
  /** Whether a message must not show the value. */
  readonly secret: boolean;
  /** Addresses that may be null between the innermost loop and the value, outermost first. */
  readonly nulls: readonly string[];
  /** The loop that it is inside of. */
  readonly loop?: Loop;
  /** The arguments that put a value there, as changes to the examples of the variables. */
  call(value: Case): Changes;
}

/** A loop over a collection, or over the collections inside of one. */
export interface Loop {
  readonly outermost: Outermost;
  readonly inner: readonly Collection[];
  /** What an element of the innermost collection is called. */
  readonly element: string;
}

export interface Collection {
  /** Its address, from the variable or from an element of the collection around it. */
  readonly address: string;
  /** What an element is called. */
  readonly element: string;
  readonly kind: "list" | "set" | "map";
  /** Addresses that may be null on the way to it, itself included, outermost first. */
  readonly nulls: readonly string[];
}

export interface Outermost extends Collection {
  /** Its elements as a list, to go on with an attribute: `values(var.routes)[*]`. */
  readonly splat: string;
  /** Whether elements have fields. */
  readonly ofObjects: boolean;
}

/** All places in a variable, in the order of their rules' validations. */
export function places(name: string, declaration: Schema | Optional): Place[] {
  const schema = schemaOf(declaration);
  const address = `var.${name}`;
  const secret = schema.sensitive ?? false;
  const call = (value: Case): Changes => {
    const { value: own, others } = split(value);
    return { ...schema.examplesOfOthers, ...others, [name]: own };
  };
  const common = { schema, label: name, secret, call };
  if (!secret) return within({ ...common, address, nulls: isNullable(declaration) ? [address] : [] });
  // Terraform shows the attributes that a failed condition names. One that loops over the one object names none.
  const splat = `${address}[*]`;
  const outermost = { address: splat, splat, element: name, kind: "list", ofObjects: true, nulls: [] } as const;
  const loop: Loop = { outermost, inner: [], element: name };
  return within({ ...common, address: name, nulls: [], loop });
}

function within(place: Place): Place[] {
  const { shape } = place.schema;
  if (shape.kind === "object")
    return [place, ...Object.entries(shape.fields).flatMap(([name, field]) => within(fieldOf(place, name, field)))];
  return "element" in shape ? [place, ...within(elementOf(place))] : [place];
}

function fieldOf(parent: Place, name: string, field: Schema | Optional): Place {
  const address = `${parent.address}.${name}`;
  return {
    ...parent,
    schema: schemaOf(field),
    address,
    label: `${parent.label}.${name}`,
    nulls: isNullable(field) ? [...parent.nulls, address] : parent.nulls,
    call: (value) => {
      const room = split(parent.schema.examplesFor?.[name] ?? {});
      const inner = split(value);
      const change = changed(parent.schema, room.value, { [name]: inner.value });
      return parent.call(new Combination(change, { ...room.others, ...inner.others }));
    },
  };
}

function elementOf(parent: Place): Place {
  const { shape, example } = parent.schema;
  if (!("element" in shape)) throw new Error(`${parent.label} has no elements.`);
  const { kind, element: schema, elementName: element } = shape;
  const { address, nulls } = parent;
  const collection = { address, element, kind, nulls };
  const splat = kind === "map" ? `values(${address})[*]` : `${address}[*]`;
  const ofObjects = schema.shape.kind === "object";
  return {
    ...parent,
    schema,
    address: element,
    label: `${parent.label}[*]`,
    nulls: [],
    loop:
      parent.loop === undefined
        ? { outermost: { ...collection, splat, ofObjects }, inner: [], element }
        : { ...parent.loop, inner: [...parent.loop.inner, collection], element },
    call: (value) => {
      const { value: change, others } = split(value);
      return parent.call(new Combination(withFirst(schema, example, change), others));
    },
  };
}

/** A collection whose first element is changed. */
function withFirst(schema: Schema, collection: Value, change: Value): Value {
  if (Array.isArray(collection)) {
    const [first, ...rest] = collection as readonly Value[];
    return [changed(schema, first ?? schema.example, change), ...rest];
  }
  const [[key, first], ...rest] = Object.entries(collection as Readonly<Record<string, Value>>) as [
    [string, Value],
    ...[string, Value][],
  ];
  return Object.fromEntries([[key, changed(schema, first, change)], ...rest]);
}

function split(value: Case): { readonly value: Value; readonly others: Changes } {
  return value instanceof Combination ? value : { value, others: {} };
}
