/** Writes build/licenses.txt, the licenses of the bundled packages. They require a copy of the license. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

const { inputs } = JSON.parse(readFileSync("build/meta.json", "utf8")) as { inputs: Readonly<Record<string, object>> };
const folders = new Set(Object.keys(inputs).flatMap((path) => PACKAGE.exec(path) ?? []));
const notices = [...folders].sort().map((folder) => {
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, string>;
  const license = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (license === undefined) throw new Error(`${folder} has no license file.`);
  return `${name} ${version}\n\n${readFileSync(join(folder, license), "utf8").trim()}\n`;
});
writeFileSync("build/licenses.txt", notices.join(`\n${"-".repeat(80)}\n\n`));
