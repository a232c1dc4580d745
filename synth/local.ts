import { IResolvable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { comment } from "./comment";
import { rawHcl } from "./expression";

/**
 * Names an expression: a local value of the module.
 * @param text a comment for the reader of the module
 * @returns the reference to it
 */
export function local(scope: Construct, name: string, expression: IResolvable, text?: string): IResolvable {
  const value = new TerraformLocal(scope, `local.${name}`, expression);
  value.overrideLogicalId(name);
  if (text !== undefined) comment(value, text);
  return rawHcl(`local.${name}`);
}
