import { readFileSync } from "node:fs";
import { join } from "node:path";
import { moduleNames, repository } from "../modules/workspace";
import { argumentsLeftOut } from "./support/adopted";
import { newestBindings } from "./support/newest-provider";

const HEADING = "### What adoption can reset";

/** Most of them are newer than the oldest provider that a module supports, which would refuse to have them ignored. */
describe("arguments of what a module adopts that it neither sets nor ignores", () => {
  test.each(moduleNames)("of %s are those in its README", async (module) => {
    expect(listedInReadme(module)).toEqual(await argumentsLeftOut(module, newestBindings()));
  });
});

/** The table under the heading: an address, and its arguments. */
function listedInReadme(module: string): Record<string, string[]> {
  const text = readFileSync(join(repository, "modules", module, "README.md"), "utf8");
  const [, section = ""] = text.split(`\n${HEADING}\n`);
  const [, table = ""] = /\n\n(\|.*?)\n\n/s.exec(section) ?? [];
  const rows = [...table.matchAll(/^\| `(.+?)` +\| (.+) \|$/gm)];
  return Object.fromEntries(
    rows.map(([, address = "", names = ""]) => [address, [...names.matchAll(/`(.+?)`/g)].map(([, name = ""]) => name)]),
  );
}
