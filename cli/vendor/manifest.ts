import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Change } from "../../files/change";
import { sha256 } from "../checksum";
import { Texts } from "../modules";

/** The copied modules: module → its version, and the SHA-256 of each file. */
export type Manifest = Readonly<Record<string, VendoredModule>>;

export interface VendoredModule {
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
}

const FILE = "terraform-aws-wallarm-routing.json";
const NOTE = 'Written by "terraform-aws-wallarm-routing vendor" to detect edited files. Do not edit.';

export function readManifest(folder: string): Manifest {
  const path = join(folder, FILE);
  if (!existsSync(path)) return {};
  try {
    return (JSON.parse(readFileSync(path, "utf8")) as { modules: Manifest }).modules;
  } catch (error) {
    throw new Error(`${path} cannot be read. Restore it from version control.`, { cause: error });
  }
}

/** The change of the manifest. The order of modules does not depend on which was vendored first. */
export function manifestChange(folder: string, manifest: Manifest): Change {
  const path = join(folder, FILE);
  const modules = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    path,
    before: existsSync(path) ? readFileSync(path, "utf8") : undefined,
    after: `${JSON.stringify({ "//": NOTE, modules }, null, 2)}\n`,
  };
}

export function vendoredModule(version: string, texts: Texts): VendoredModule {
  return { version, files: Object.fromEntries([...texts].map(([name, text]) => [name, sha256(text)])) };
}
