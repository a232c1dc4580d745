import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalServer } from "../../harness/local-server";
import { type AnsweringRow, outcome, refusal, type RefusingRow, type Row } from "./row";

/** As the layer lists it. */
export interface Rule {
  readonly name: string;
  readonly file: string;
  readonly effect: "refuses" | "answers" | "stores";
  readonly summary: string;
  readonly sources: readonly string[];
  readonly guessed_message: boolean;
}

const README = join(__dirname, "../strict/README.md");

export async function rulesOf({ endpoint }: LocalServer): Promise<Rule[]> {
  return (await (await fetch(`${endpoint}/strict/rules`)).json()) as Rule[];
}

/** The rules that have refused a call since this was asked last. */
async function refusals({ endpoint }: LocalServer): Promise<unknown> {
  return (await fetch(`${endpoint}/strict/refusals`)).json();
}

/** @param others the rows of other effects, or names of rules with tests of their own */
export function expectRows<W>(rules: readonly Rule[], rows: readonly Row<W>[], others: readonly string[] = []): void {
  const effects = new Map(rules.map(({ name, effect }) => [name, effect]));
  expect([...new Set([...rows.map(({ rule }) => rule), ...others])].sort()).toEqual([...effects.keys()].sort());
  for (const row of rows) expect(effects.get(row.rule)).toBe("refused" in row ? "refuses" : "answers");
}

export function expectSources(rules: readonly Rule[]): void {
  for (const { sources, summary } of rules) {
    expect(sources).not.toEqual([]);
    for (const source of sources) expect(source).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|github\.com)\//);
    expect(summary).toMatch(/\.$/);
  }
}

/** That the README lists the rules, between comments of this name. */
export async function expectListed(rules: readonly Rule[], name: string): Promise<void> {
  const readme = await readFile(README, "utf8");
  const section = new RegExp(`(?<=<!-- ${name} -->\\n\\n)[^]*?(?=<!-- /${name} -->)`);
  const updated = readme.replace(section, `${rules.map(listing).join("")}\n`);
  if (process.env.UPDATE_RULES === "1") await writeFile(README, updated);
  else expect(readme).toBe(updated);
}

/** A rule in the README, as prettier leaves it. */
function listing({ name, file, effect, summary, sources, guessed_message }: Rule): string {
  const guess = guessed_message ? ", the message is a guess" : "";
  const links = sources.map((source) => `<${source}>`).join(", ");
  return `- \`${name}\` (${file}, ${effect}${guess}): ${summary} ${links}\n`;
}

/** With a number for each row, because a rule can have several. */
function numbered<W>(rows: readonly Row<W>[]) {
  const refusing = rows.filter((row): row is RefusingRow<W> => "refused" in row);
  const answering = rows.filter((row): row is AnsweringRow<W> => "ask" in row);
  return {
    refusing: refusing.map((row, index) => ({ ...row, index })),
    answering: answering.map((row, index) => ({ ...row, index })),
  };
}

/** Tests the rows under the layer. */
export function testRows<W>(rows: readonly Row<W>[], server: () => LocalServer, world: () => W): void {
  const { refusing, answering } = numbered(rows);

  describe.each(refusing)("$rule ($index)", ({ rule, lawful, refused, code }) => {
    test("accepts a lawful call, and refuses another", async () => {
      const around = world();
      await lawful(around);
      await refusals(server());
      await expect(outcome(refused(around))).resolves.toEqual(refusal(code));
      await expect(refusals(server())).resolves.toEqual([rule]);
    });
  });

  test.each(answering)("$rule ($index) answers", async (row) => {
    await expect(outcome(row.ask(world()))).resolves.toEqual(row.strict);
  });
}

/** Tests the rows without the layer. A rule that the local API has learned goes. */
export function testRowsAlone<W>(rows: readonly Row<W>[], world: () => W): void {
  const { refusing, answering } = numbered(rows);

  test.each(refusing)("$rule ($index) is not known", async ({ lawful, refused, code }) => {
    const around = world();
    await outcome(lawful(around));
    await expect(outcome(refused(around))).resolves.not.toEqual(refusal(code));
  });

  test.each(answering)("$rule ($index) is answered otherwise", async (row) => {
    await expect(outcome(row.ask(world()))).resolves.toEqual(row.plain);
  });
}
