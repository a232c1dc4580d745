import { IResolvable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { comment } from "./comment";
import { hcl } from "./expression";

/**
 * Names an expression, or a text that is a template: a local value of the module.
 * @param text a comment for the reader of the module
 * @returns the reference to it
 */
export function local(scope: Construct, name: string, value: IResolvable | string, text?: string): IResolvable {
  const element = new TerraformLocal(scope, `local.${name}`, value);
  if (text !== undefined) comment(element, text);
  return hcl`local.${name}`;
}
