/** What needs CDKTF, apart from what can be said without it. */
import { project } from "../../main";
import { synthesize } from "../../synth/command";
import { Options } from "../../synth/options";
import { packageFolder } from "../package";

export function run(options: Options): Promise<number> {
  return synthesize({ sources: packageFolder, ...project }, options);
}
