/** Reads docs/guide-coverage.md, which a test checks and `npm run mutate` tries. */

/** A sentence of the guide, and what implements it. */
export interface Row {
  readonly number: number;
  /** Its beginning, quoted. */
  readonly sentence: string;
  readonly parts: readonly Part[];
  /** The test that fails without the feature; undefined if the cell names none. */
  readonly test: NamedTest | undefined;
  /** Suites that apply it to a local AWS API, and the reason if there are none. */
  readonly applied: { readonly suites: readonly string[]; readonly reason: string };
}

/** A part of a module, or of the command `verify` or `audit`. */
export interface Part {
  readonly module: string;
  /** A variable or one of its fields, a resource, a check, or a flag. */
  readonly address: string;
}

export interface NamedTest {
  /** A test file of Terraform or jest. */
  readonly file: string;
  readonly name: string;
}

export function readRows(markdown: string): Row[] {
  return cells(markdown.replace(RESULTS, "")).map(
    ([number = "", sentence = "", what = "", test = "", applied = ""]) => {
      const [file, name] = codes(test);
      return {
        number: Number(number),
        sentence,
        parts: readParts(what),
        test: file === undefined || name === undefined ? undefined : { file, name },
        applied: { suites: codes(applied).filter((code) => code.endsWith(".test.ts")), reason: applied },
      };
    },
  );
}

/** "`alb`: `node.port`, `routes`<br>`verify`: `--direct`" */
function readParts(cell: string): Part[] {
  return cell.split("<br>").flatMap((line) => {
    const [module = "", ...addresses] = codes(line);
    return addresses.map((address) => ({ module, address }));
  });
}

/** The result of removing the feature of a row. */
export interface Outcome {
  readonly number: number;
  readonly what: string;
  readonly file: string;
  readonly outcome: string;
}

export const CAUGHT = "the test fails";

const RESULTS = /(?<=<!-- results -->\n)[^]*(?=<!-- \/results -->)/;

/** The results on the page. */
export function readResults(markdown: string): Outcome[] {
  return cells(RESULTS.exec(markdown)?.[0] ?? "").map(([number, what = "", file = "", outcome = ""]) => ({
    number: Number(number),
    what,
    file: codes(file)[0] ?? "",
    outcome,
  }));
}

/** The page with new results. */
export function withResults(markdown: string, results: readonly Outcome[]): string {
  const lines = results.map(({ number, what, file, outcome }) => `| ${number} | ${what} | \`${file}\` | ${outcome} |`);
  const table = ["<!-- prettier-ignore -->", "| # | Removed | From | Result |", "| --- | --- | --- | --- |", ...lines];
  return markdown.replace(RESULTS, () => `\n${table.join("\n")}\n\n`);
}

/** Table rows that start with a number, by cell. */
function cells(markdown: string): string[][] {
  return markdown
    .split("\n")
    .filter((line) => /^\| \d+ \|/.test(line))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function codes(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}
