import { IResolvable } from "cdktf";

/**
 * A `dynamic` block, for `addOverride("dynamic.NAME", …)` or inside another one: CDKTF's own cannot be nested.
 * @param content the block's arguments; a nested block in it is a list of objects, or a `dynamic`
 */
export function dynamic(forEach: IResolvable, content: Readonly<Record<string, unknown>>) {
  return { for_each: forEach, content };
}
