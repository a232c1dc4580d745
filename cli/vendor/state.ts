import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../checksum";
import { moduleNames, moduleTexts } from "../modules";
import { version } from "../package";
import { VendoredModule } from "./manifest";

/** What a vendored file is, compared with the manifest and with the package. */
export type State =
  | "as in the package"
  | "missing"
  /** As it was copied, from another version. */
  | "of another version"
  | "edited"
  /** Never copied, and Terraform reads it as a part of the module. */
  | "added";

export interface VendoredFile {
  readonly module: string;
  readonly name: string;
  readonly path: string;
  readonly state: State;
  /** The text now, or undefined when the file does not exist. */
  readonly before: string | undefined;
  /** The text in the package, or undefined when it has no such file. */
  readonly after: string | undefined;
}

/**
 * Every file of a module, in the folder of the copies or in the package.
 * @throws when the package has no such module
 */
export function vendoredFiles(folder: string, module: string, vendored: VendoredModule | undefined): VendoredFile[] {
  if (!moduleNames.includes(module))
    throw new Error(
      `Version ${version} has no module "${module}": go on with an older version, or remove ${join(folder, module)}.`,
    );
  const copied = vendored?.files ?? {};
  const wanted = moduleTexts(module);
  const names = new Set([...wanted.keys(), ...Object.keys(copied), ...terraformFiles(join(folder, module))]);
  return [...names].sort().flatMap((name): VendoredFile[] => {
    const path = join(folder, module, name);
    const before = existsSync(path) ? readFileSync(path, "utf8") : undefined;
    const after = wanted.get(name);
    if (before === undefined && after === undefined) return [];
    return [{ module, name, path, before, after, state: state(before, after, copied[name]) }];
  });
}

function state(before: string | undefined, after: string | undefined, copied: string | undefined): State {
  if (before === after) return "as in the package";
  if (before === undefined) return "missing";
  if (sha256(before) === copied) return "of another version";
  return after === undefined && copied === undefined ? "added" : "edited";
}

function terraformFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /\.tf(\.json)?$/.test(name)) : [];
}
