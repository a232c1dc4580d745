import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./package";

const FOLDER = join(packageFolder, "modules");

/** The names of the modules in the package. Empty before the first synthesis. */
export const moduleNames: readonly string[] = existsSync(FOLDER)
  ? readdirSync(FOLDER, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
  : [];

/** File name → text. */
export type Texts = ReadonlyMap<string, string>;

/** The files of a module that users get: Terraform files, README, and the license. */
export function moduleTexts(module: string): Texts {
  const folder = join(FOLDER, module);
  const names = readdirSync(folder).filter((name) => /\.(tf|md)$/.test(name));
  return new Map([
    ["LICENSE", readFileSync(join(packageFolder, "LICENSE"), "utf8")],
    ...names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")] as const),
  ]);
}
