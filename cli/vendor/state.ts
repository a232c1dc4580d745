import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../checksum";
import { moduleNames, moduleTexts } from "../modules";
import { version } from "../package";
import { VendoredModule } from "./manifest";

/** The state of a vendored file, compared with the manifest and the package. */
export type State =
  | "unchanged"
  | "missing"
  /** Not edited since it was copied from another version. */
  | "from another version"
  | "edited"
  /** Never copied, but Terraform reads it as part of the module. */
  | "added";

export interface VendoredFile {
  readonly module: string;
  readonly name: string;
  readonly path: string;
  readonly state: State;
  /** The current text, or undefined if the file does not exist. */
  readonly before: string | undefined;
  /** The text in the package, or undefined if it has no such file. */
  readonly after: string | undefined;
}

/**
 * Every file of a module, in the folder of copies or in the package.
 * @throws if the package has no such module
 */
export function vendoredFiles(folder: string, module: string, vendored: VendoredModule | undefined): VendoredFile[] {
  if (!moduleNames.includes(module))
    throw new Error(
      `Version ${version} has no module "${module}". Use an older version, or remove ${join(folder, module)}.`,
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
  if (before === after) return "unchanged";
  if (before === undefined) return "missing";
  if (sha256(before) === copied) return "from another version";
  return after === undefined && copied === undefined ? "added" : "edited";
}

function terraformFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /\.tf(\.json)?$/.test(name)) : [];
}
