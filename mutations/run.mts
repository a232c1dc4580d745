/**
 * Removes the feature of each row of docs/guide-coverage.md in a copy of the repository, and runs the test of the row. The
 * test must pass before and fail after. Writes the results to the page. With `--row N`, runs only these rows.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Copy, type Result } from "./copy";
import { CAUGHT, readResults, readRows, withResults } from "./coverage";
import { mutations } from "./mutations";

const PAGE = "docs/guide-coverage.md";

const { values } = parseArgs({ options: { row: { type: "string", multiple: true } } });
const page = readFileSync(PAGE, "utf8");
const rows = readRows(page);
const chosen = rows.filter(({ number }) => values.row?.includes(`${number}`) ?? true);

const copy = new Copy(process.cwd());
const before = new Map<string, Result>();
const results = new Map(readResults(page).map((result) => [result.number, result]));
try {
  for (const { number, test } of chosen) {
    const mutation = mutations[number];
    if (test === undefined || mutation === undefined) throw new Error(`Row ${number} has no test or no mutation.`);
    const key = JSON.stringify(test);
    const unchanged = before.get(key) ?? copy.test(test);
    before.set(key, unchanged);
    const changed = copy.with(mutation, () => copy.test(test));
    const isCaught = unchanged === "passed" && changed === "failed";
    const outcome = isCaught ? CAUGHT : `NOT CAUGHT: ${unchanged} before, ${changed} after`;
    results.set(number, { number, what: mutation.what, file: mutation.file, outcome });
    console.log(`${number}. ${mutation.what}: ${outcome}`);
  }
} finally {
  copy.remove();
}
writeFileSync(
  PAGE,
  withResults(
    page,
    rows.flatMap(({ number }) => results.get(number) ?? []),
  ),
);
process.exitCode = chosen.every(({ number }) => results.get(number)?.outcome === CAUGHT) ? 0 : 1;
