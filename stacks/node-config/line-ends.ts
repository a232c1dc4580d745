import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";

/**
 * Text with the line ends of Unix, which Bash, nginx, and OpenSSL need. An input can have others, and so do heredocs where Git
 * checks out the module with those of Windows.
 */
export function withoutCarriageReturns(text: IResolvable): IResolvable {
  return hcl`replace(${text}, "\\r", "")`;
}
