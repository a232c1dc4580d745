import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import * as ts from "typescript";
import { auditCommand } from "../../cli/audit/command";
import { verifyCommand } from "../../cli/verify/command";
import { CAUGHT, type Part, readResults, readRows, type Row } from "../../mutations/coverage";
import { mutations } from "../../mutations/mutations";
import { moduleText, repository } from "../modules/workspace";

const page = read("docs/guide-coverage.md");
const rows = readRows(page);

/** What `npm run mutate` wrote. */
const results = readResults(page);

test("the rows are numbered from 1 on, and quote the guide", () => {
  expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  expect(rows.length).toBeGreaterThan(40);
  for (const { sentence } of rows) expect(sentence).toMatch(/^“.+”$/);
});

describe.each(rows.map((row): [number, Row] => [row.number, row]))(
  "row %d",
  (number, { parts, test: named, applied }) => {
    test("names what there is", async () => {
      expect(parts).not.toEqual([]);
      for (const part of parts) expect({ ...part, exists: await exists(part) }).toEqual({ ...part, exists: true });
    });

    test("names a test that there is", () => {
      expect(testNames(named?.file ?? "")).toContain(named?.name);
    });

    test("says where it is applied, or why it is not", () => {
      expect(applied.reason).toMatch(/^(yes: `__tests__\/apply\/|no: .)/);
      for (const suite of applied.suites) expect(existsSync(join(repository, suite))).toBe(true);
    });

    test("has something that can be taken out, and was", () => {
      const mutation = mutations[number];
      if (mutation === undefined) throw new Error("There is nothing in mutations/mutations.ts.");
      expect(read(mutation.file).split(mutation.search)).toHaveLength(2);
      expect(mutation.replacement).not.toBe(mutation.search);
      const { what, file } = mutation;
      expect(results).toContainEqual({ number, what, file, outcome: CAUGHT });
    });
  },
);

test("nothing was tried for a row that does not exist", () => {
  const numbers = rows.map(({ number }) => number);
  expect(Object.keys(mutations).map(Number)).toEqual(numbers);
  expect(results.map(({ number }) => number)).toEqual(numbers);
});

test.each([
  ["alb", "no_variable"],
  ["alb", "node.no_field"],
  ["alb", "aws_lb_target_group.no_name"],
  ["alb", "check.no_name"],
  ["no-module", "node"],
  ["verify", "--no-flag"],
  ["audit", "--no-flag"],
])("what is not there is missed: %s, %s", async (module, address) => {
  expect(await exists({ module, address })).toBe(false);
});

async function exists({ module, address }: Part): Promise<boolean> {
  const command = module === "verify" ? verifyCommand() : module === "audit" ? auditCommand() : undefined;
  if (command !== undefined) return command.options.some(({ long }) => long === address);
  if (!existsSync(join(repository, "modules", module))) return false;
  const [first = "", ...others] = address.split(".");
  const { resource, check, variable } = await blocksOf(module);
  if (first === "check" || first in (resource ?? {})) {
    const named = first === "check" ? check : resource?.[first];
    return others.length === 1 && named !== undefined && others.every((name) => name in named);
  }
  const type = variable[first]?.[0].type;
  return type !== undefined && others.every((field) => new RegExp(`\\b${field}\\s*=`).test(type));
}

const parsed = new Map<string, Promise<Blocks>>();

/** Parsed once: most rows name the same modules. */
function blocksOf(module: string): Promise<Blocks> {
  const known = parsed.get(module) ?? (parse("main.tf", moduleText(module)) as Promise<Blocks>);
  parsed.set(module, known);
  return known;
}

/** What a file calls its tests, with placeholders for values. */
function testNames(file: string): string[] {
  if (file.endsWith(".tftest.hcl")) return [...read(file).matchAll(/^run "(.*)" \{$/gm)].map(([, name = ""]) => name);
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^test\b/.test(node.expression.getText())) {
      const [title] = node.arguments;
      if (title !== undefined && ts.isStringLiteralLike(title)) names.push(title.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));
  return names;
}

interface Blocks {
  readonly resource?: Readonly<Record<string, object>>;
  readonly check?: object;
  readonly variable: Readonly<Record<string, readonly [{ readonly type: string }]>>;
}

function read(file: string): string {
  return readFileSync(join(repository, file), "utf8");
}
