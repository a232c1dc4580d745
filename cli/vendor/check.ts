import { version } from "../package";
import { readManifest } from "./manifest";
import { vendoredFiles } from "./state";

/**
 * Names every file of the copies that is not as in the package. Writes nothing.
 * @returns the exit code: 1 when there is one
 */
export function check(folder: string, asked: readonly string[] | undefined): number {
  const manifest = readManifest(folder);
  const modules = asked ?? Object.keys(manifest);
  if (modules.length === 0) {
    console.error(`No module was copied to ${folder}.`);
    return 1;
  }
  const outdated = modules.filter((module) => manifest[module]?.version !== version);
  const files = modules.flatMap((module) => vendoredFiles(folder, module, manifest[module]));
  const changed = files.filter(({ state }) => state !== "as in the package");
  for (const { state, path } of changed) console.log(`${state}: ${path}`);
  for (const module of outdated)
    console.error(`${module} is of version ${manifest[module]?.version ?? "unknown"}, and this is ${version}.`);
  if (changed.length > 0)
    console.error(`${changed.length} of ${files.length} files are not as in version ${version} of the package.`);
  return changed.length + outdated.length === 0 ? 0 : 1;
}
