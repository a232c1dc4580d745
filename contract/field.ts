/** The types of the fields of the contract. Outputs and inputs of modules, and the parser of the commands, follow from them. */

interface Row {
  readonly description: string;
  /** Whether the field is null if a module does not know it. */
  readonly nullable: boolean;
  /** The first version of the contract that has the field. */
  readonly since: number;
}

export interface StringField extends Row {
  readonly type: "string";
  readonly format?: Format;
}

/** A whole number. */
export interface NumberField extends Row {
  readonly type: "number";
  readonly minimum: number;
  readonly maximum: number;
}

export interface BoolField extends Row {
  readonly type: "bool";
}

export interface ListField<Element extends Field = Field> extends Row {
  readonly type: "list";
  /** Name of an element in a loop over the list: "port". */
  readonly elementName: string;
  readonly element: Element;
}

/** By names that the caller of a module chooses. */
export interface MapField<Element extends Field = Field> extends Row {
  readonly type: "map";
  readonly elementName: string;
  readonly element: Element;
}

export interface ObjectField<F extends Fields = Fields> extends Row {
  readonly type: "object";
  readonly fields: F;
}

export type Field = StringField | NumberField | BoolField | ListField | MapField | ObjectField;

export type Fields = Readonly<Record<string, Field>>;

/** The format of a string. */
export interface Format {
  readonly pattern: RegExp;
  /** The pattern in words, after "must": "be a VPC ID such as …". */
  readonly requirement: string;
  /** Strings that match, for tests. The first is the example. */
  readonly accepts: readonly [string, ...string[]];
  /** Strings that do not match. */
  readonly refuses: readonly [string, ...string[]];
}

/** A field that is null if a module does not know it. */
export type Nullable<F extends Field> = Omit<F, "nullable"> & { readonly nullable: true };

/** The type of the value of a field in a document. */
export type ValueOf<F> = F extends { readonly nullable: true } ? Known<F> | null : Known<F>;

type Known<F> = F extends { readonly type: "string" }
  ? string
  : F extends { readonly type: "number" }
    ? number
    : F extends { readonly type: "bool" }
      ? boolean
      : F extends { readonly type: "list"; readonly element: infer Element }
        ? readonly ValueOf<Element>[]
        : F extends { readonly type: "map"; readonly element: infer Element }
          ? Readonly<Record<string, ValueOf<Element>>>
          : F extends { readonly type: "object"; readonly fields: infer F }
            ? { readonly [Name in keyof F]: ValueOf<F[Name]> }
            : never;

export function nullable<F extends Field>(field: F): Nullable<F> {
  return { ...field, nullable: true };
}

/** The types of the fields that a version of the contract adds. */
export function since<Version extends number>(version: Version) {
  const row = <D extends string>(description: D) => ({ description, nullable: false, since: version }) as const;
  return {
    string: (description: string, format?: Format) => ({ ...row(description), type: "string", format }) as const,
    number: (description: string, minimum: number, maximum = Number.MAX_SAFE_INTEGER) =>
      ({ ...row(description), type: "number", minimum, maximum }) as const,
    bool: (description: string) => ({ ...row(description), type: "bool" }) as const,
    list: <E extends Field>(description: string, elementName: string, element: E) =>
      ({ ...row(description), type: "list", elementName, element }) as const,
    map: <E extends Field>(description: string, elementName: string, element: E) =>
      ({ ...row(description), type: "map", elementName, element }) as const,
    object: <F extends Fields>(description: string, fields: F) =>
      ({ ...row(description), type: "object", fields }) as const,
  };
}
