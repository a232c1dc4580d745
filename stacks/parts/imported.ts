import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";

/**
 * A value for an argument in `ignore_changes`. What was imported keeps its own, so the plan shows what was not.
 *
 * AWS refuses some second objects, accepts others, and takes a few for the first ones: all of that comes after the plan, and
 * a postcondition on an ID or ARN, which is unknown until then, speaks too late or never.
 */
export const NOT_IMPORTED = "not imported";

export interface Import {
  /** What is adopted, in words: the beginning of the message. */
  readonly subject: string;
  /** The argument that has the value above: "description". */
  readonly argument: string;
  /** Whether `self` is what the caller named. @default - whatever was imported is, or is replaced, which is refused */
  readonly named?: IResolvable;
  /** Address in the module. */
  readonly address: string;
  /** What the import block says. */
  readonly id: string;
}

/** Refuses the plan if the import block is missing, or names another object. */
export function imported({ subject, argument, named, address, id }: Import): Validation {
  return {
    condition:
      named === undefined
        ? hcl`self.${argument} != "${NOT_IMPORTED}"`
        : hcl`self.${argument} == "${NOT_IMPORTED}" ? false : ${named}`,
    errorMessage: text`${subject} was not imported. Add to the root module:
import {
  to = module.NAME.${address}
  id = "${id}"
}
`,
  };
}
