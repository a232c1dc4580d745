import { Source } from "../../onboard/configuration";
import { version } from "../package";

/** The folder of the copies of modules in a root configuration. */
export const VENDORED = "modules/wallarm";

/** @param source "vendor", "registry HOST/NAMESPACE", or the URL of a Git repository */
export function sourceOf(source: string): Source {
  if (source === "vendor") return (module) => ({ source: `./${VENDORED}/${module}` });
  const [, registry] = /^registry ([^/ ]+\/[^/ ]+)$/.exec(source) ?? [];
  if (registry !== undefined) return (module) => ({ source: `${registry}/${module}/aws`, version: `~> ${version}` });
  if (/^(https|ssh):\/\/[^ ]+$/.test(source))
    return (module) => ({ source: `git::${source}//modules/${module}?ref=v${version}` });
  throw new Error(
    `--source must be "vendor", "registry HOST/NAMESPACE", or the URL of a Git repository (https:// or ssh://). Received: "${source}".`,
  );
}
