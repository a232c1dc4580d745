import { IResolvable, ITerraformIterator, TerraformIterator, Token } from "cdktf";
import { hcl } from "./expression";

/** The `for_each` of a resource: an instance for each entry of a map, whose keys are known at plan. */
export function forEach(map: IResolvable): ITerraformIterator {
  return TerraformIterator.fromMap(Token.asAnyMap(map));
}

/** The entry that an instance of such a resource stands for. */
export const each = { key: hcl.string`each.key`, value: hcl.string`each.value` };
