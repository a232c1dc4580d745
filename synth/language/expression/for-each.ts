import { IResolvable, ITerraformIterator } from "cdktf";

/** The `for_each` of a resource: an instance for each entry of a map, whose keys are known at plan. */
export function forEach(map: IResolvable): ITerraformIterator {
  return { _getForEachExpression: () => map };
}
