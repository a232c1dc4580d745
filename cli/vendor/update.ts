import { existsSync } from "node:fs";
import { join } from "node:path";
import { apply, difference, summary } from "../../files/change";
import { moduleNames, moduleTexts } from "../modules";
import { version } from "../package";
import { Manifest, manifestChange, readManifest, vendoredModule } from "./manifest";
import { vendoredFiles } from "./state";

export interface UpdateOptions {
  readonly module?: readonly string[];
  readonly overwriteEdited: boolean;
}

/**
 * Updates all copies to the version of the package, or none.
 * @returns the exit code: 1 if a file was edited
 */
export function update(folder: string, { module: asked, overwriteEdited }: UpdateOptions): number {
  const manifest = readManifest(folder);
  const there = Object.keys(manifest).filter((module) => existsSync(join(folder, module)));
  const modules = asked ?? (Object.keys(manifest).length === 0 ? moduleNames : there);
  const files = modules.flatMap((module) => vendoredFiles(folder, module, manifest[module]));

  const edited = files.filter(({ state }) => state === "edited");
  for (const file of edited) console.log(difference(file));
  if (edited.length > 0 && !overwriteEdited) {
    const paths = edited.map(({ path }) => path).join(", ");
    console.error(
      `Nothing was written, because you edited files: ${paths}. Move your changes out of the module, or discard them with --overwrite-edited.`,
    );
    return 1;
  }

  const wanted = [
    ...files.filter(({ state }) => state !== "added"),
    manifestChange(folder, updated(manifest, there, modules)),
  ];
  const changes = wanted.filter(({ before, after }) => before !== after);
  apply(changes);
  for (const change of changes) console.log(summary(change));
  return 0;
}

/** The manifest with these modules in the version of the package, without modules whose folders are gone. */
function updated(manifest: Manifest, there: readonly string[], modules: readonly string[]): Manifest {
  const kept = Object.entries(manifest).filter(([module]) => there.includes(module));
  const copied = modules.map((module) => [module, vendoredModule(version, moduleTexts(module))] as const);
  return Object.fromEntries([...kept, ...copied]);
}
