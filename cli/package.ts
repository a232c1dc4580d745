import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the package or repository. It is one level above this file, and above the bundle. */
export const packageFolder = join(__dirname, "..");

interface Package {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { version, peerDependencies, devDependencies } = JSON.parse(
  readFileSync(join(packageFolder, "package.json"), "utf8"),
) as Package;

/** The version of the package and of every module in it. */
export { version };

/** The packages that synthesis needs, in the versions that this package was built with: "cdktf@0.21.0". */
export const peers = Object.keys(peerDependencies).map((name) => `${name}@${devDependencies[name]}`);
