/** A type as Terraform writes it: "string", ["list", "string"], ["object", { name: "string" }]. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | readonly ["list" | "set" | "map", Type]
  | readonly ["object", Readonly<Record<string, Type>>];

/** Who says what the value is: the configuration, the provider, or either. */
export interface Flags {
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
}

export interface Attribute extends Flags {
  readonly type: Type;
}

export interface NestedBlock {
  readonly nesting: "single" | "list" | "set";
  readonly required: boolean;
  /** Whether there may be one at most. */
  readonly one: boolean;
  readonly block: Block;
}

/** What a resource, a data source or a provider block takes and has. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** The blocks of a provider, by type of resource and of data source. */
export interface Schema {
  readonly provider: Block;
  readonly resources: Readonly<Record<string, Block>>;
  readonly dataSources: Readonly<Record<string, Block>>;
}
