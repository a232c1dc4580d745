import { IResolvable } from "cdktf";
import { hcl } from "./expression";

/** The `count` of a resource that exists on a condition. */
export function when(condition: IResolvable): number {
  return hcl.number`${condition} ? 1 : 0`;
}
