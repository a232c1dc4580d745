/**
 * Takes out what each row of docs/guide-coverage.md is about, in a copy of the repository, and runs the row's test: it
 * must pass before, and fail then. Writes what came of it into the page; with `--row N` it tries one and writes nothing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Copy } from "./copy";
import { readRows } from "./coverage";
import { mutations } from "./mutations";

const PAGE = "docs/guide-coverage.md";

const { values } = parseArgs({ options: { row: { type: "string", multiple: true } } });
const chosen = values.row?.map(Number);

const page = readFileSync(PAGE, "utf8");
const rows = readRows(page).filter(({ number }) => chosen?.includes(number) ?? true);
const copy = new Copy(process.cwd());
const unmutated = new Map<string, string>();
const lines: string[] = [];
let survivors = 0;
try {
  for (const { number, test, planned } of rows) {
    const mutation = mutations[number];
    if (planned !== undefined) continue;
    if (test === undefined || mutation === undefined) throw new Error(`Row ${number} has no test or no mutation.`);
    const key = `${test.file}: ${test.name}`;
    const before = unmutated.get(key) ?? copy.test(test);
    unmutated.set(key, before);
    const after = copy.with(mutation, () => copy.test(test));
    const isCaught = before === "passed" && after === "failed";
    if (!isCaught) survivors += 1;
    const outcome = isCaught ? "the test fails" : `NOT CAUGHT: ${before} before, ${after} then`;
    lines.push(`| ${number} | ${mutation.what} | \`${mutation.file}\` | ${outcome} |`);
    console.log(lines.at(-1));
  }
} finally {
  copy.remove();
}
if (chosen === undefined) {
  const table = ["<!-- prettier-ignore -->", "| # | Taken out | Of | Then |", "| --- | --- | --- | --- |", ...lines];
  const marks = /(?<=<!-- mutations -->\n)[^]*(?=<!-- \/mutations -->)/;
  writeFileSync(
    PAGE,
    page.replace(marks, () => `\n${table.join("\n")}\n\n`),
  );
}
console.log(`${lines.length - survivors} caught, ${survivors} not.`);
process.exitCode = survivors === 0 ? 0 : 1;
