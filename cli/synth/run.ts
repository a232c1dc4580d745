/** What needs CDKTF, apart from what can be said without it. */
import { project } from "../../main";
import { synthesize } from "../../synth/command";
import { Options } from "../../synth/options";
import { packageFolder, version } from "../package";
import { addressOf } from "../registry/layout";

export function run(options: Options): Promise<number> {
  return synthesize({ sources: packageFolder, ...project, registryCall }, options);
}

/** With the address that stands for any registry in docs/registry.md, and a constraint that admits patches. */
function registryCall(module: string) {
  return { source: `registry.example.com/${addressOf("acme", module)}`, version: `~> ${version}` };
}
