/** Writes build/licenses.txt, the licenses of the bundled packages. They require a copy of the license. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/** The files that went into a bundle. */
function inputsOf(bundle: string): string[] {
  const { inputs } = JSON.parse(readFileSync(`build/${bundle}.meta.json`, "utf8")) as { inputs: object };
  return Object.keys(inputs);
}

/** Some packages of the AWS SDK name their license and have no copy. It is our own. */
function licenseOf(folder: string, license: string | undefined): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file !== undefined) return join(folder, file);
  if (license === "Apache-2.0") return "LICENSE";
  throw new Error(`${folder} has no license file.`);
}

const folders = new Set(["cli", "account"].flatMap(inputsOf).flatMap((path) => PACKAGE.exec(path) ?? []));
const notices = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<
    string,
    string
  >;
  return `${name} ${version}\n\n${readFileSync(licenseOf(folder, license), "utf8").trim()}\n`;
});
writeFileSync("build/licenses.txt", notices.join(`\n${"-".repeat(80)}\n\n`));
