import { version } from "../package";
import { readManifest } from "./manifest";
import { vendoredFiles } from "./state";

/**
 * Lists every copied file that differs from the package. Writes nothing.
 * @returns the exit code: 1 if there is a difference
 */
export function check(folder: string, asked: readonly string[] | undefined): number {
  const manifest = readManifest(folder);
  const modules = asked ?? Object.keys(manifest);
  if (modules.length === 0) {
    console.error(`${folder} contains no vendored modules.`);
    return 1;
  }
  const outdated = modules.filter((module) => manifest[module]?.version !== version);
  const files = modules.flatMap((module) => vendoredFiles(folder, module, manifest[module]));
  const changed = files.filter(({ state }) => state !== "unchanged");
  for (const { state, path } of changed) console.log(`${state}: ${path}`);
  for (const module of outdated)
    console.error(`${module} is version ${manifest[module]?.version ?? "unknown"}. The package is version ${version}.`);
  if (changed.length > 0)
    console.error(`${changed.length} of ${files.length} files differ from version ${version} of the package.`);
  return changed.length + outdated.length === 0 ? 0 : 1;
}
