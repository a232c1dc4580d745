import { IResolvable } from "cdktf";

/** A `dynamic` block of a body that overrides another one: a block for each element of a collection. */
export class Dynamic {
  public constructor(
    public readonly forEach: IResolvable,
    public readonly content: Readonly<Record<string, unknown>>,
  ) {}

  /** CDKTF asks for it wherever else a block was given. */
  public resolve(): never {
    throw new Error("A dynamic block has a place in override(resource, { NAME: dynamic(…) }) only.");
  }
}

/**
 * A `dynamic` block, for `override`. CDKTF's own cannot be nested.
 * @param content the block's arguments and nested blocks, dynamic ones among them. The element is NAME.value in it.
 */
export function dynamic(forEach: IResolvable, content: Readonly<Record<string, unknown>>): Dynamic {
  return new Dynamic(forEach, content);
}
