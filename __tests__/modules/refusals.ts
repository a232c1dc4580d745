import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { moduleFiles, repository, Workspace } from "./workspace";

/** Arguments of a module, in Terraform's JSON syntax. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What a plan says when it refuses a call of a module. */
export interface Refusal {
  readonly message: string;
  /** Where the validation or precondition stands that refuses: "variables.tf:8". */
  readonly rule: string;
}

interface Call {
  readonly arguments: Arguments;
  /** Values for data sources of the module, by their address. */
  readonly data: readonly Override[];
  /** Values that AWS gives to resources of the module, by their address. */
  readonly resources: readonly Override[];
}

interface Override {
  readonly target: string;
  readonly values: unknown;
}

/** A `run` of a file in tests/, as far as we read it. */
interface Run {
  readonly expect_failures?: readonly string[];
  readonly variables?: readonly [Arguments];
  readonly override_data?: readonly Override[];
  readonly override_resource?: readonly Override[];
}

interface TestFile {
  readonly variables?: readonly [Arguments];
  readonly run: Readonly<Record<string, readonly [Run]>>;
}

/**
 * Every refusal of calls of a module, by call: of the runs in its tests that expect one, whose messages
 * `expect_failures` cannot look at, and of further calls.
 *
 * Terraform stops a test at the first run that fails unexpectedly, and a plan takes seconds. So there is one plan only,
 * of a configuration that makes all the calls: a plan goes on with the others when one is refused.
 */
export async function refusals(
  module: string,
  further: Readonly<Record<string, Arguments>> = {},
): Promise<Map<string, Refusal[]>> {
  const calls = new Map([
    ...(await refusedRuns(`modules/${module}/tests`)),
    ...Object.entries(further).map(([name, args]): [string, Call] => [name, { arguments: args, data: [], resources: [] }]),
  ]);
  const workspace = new Workspace();
  try {
    await writeConfiguration(workspace, module, calls);
    const init = await workspace.terraform("", "init");
    if (init.exitCode !== 0) throw new Error(init.stderr);
    const { stdout } = await workspace.terraform("", "test", "-json");
    const found = diagnostics(stdout);
    return new Map([...calls.keys()].map((name) => [name, found.filter(({ call }) => call === name)]));
  } finally {
    workspace.remove();
  }
}

/** The calls in one file of a module's tests that are refused, for another module that has the same variables. */
export async function refusedCalls(module: string, file: string): Promise<Record<string, Arguments>> {
  const runs = await refusedRuns(`modules/${module}/tests`, new RegExp(`^${file}\\.tftest\\.hcl$`));
  return Object.fromEntries(runs.map(([name, call]) => [name, call.arguments]));
}

/** The rules of a kind, of which the module must have some, that refused none of the calls: "variables.tf:8". */
export function unmet(module: string, kind: Kind, found: ReadonlyMap<string, readonly Refusal[]>): string[] {
  const met = new Set([...found.values()].flat().map(({ rule }) => rule));
  const all = rules(module, kind);
  expect(all).not.toEqual([]);
  return all.filter((rule) => !met.has(rule));
}

type Kind = "validation" | "precondition" | "postcondition";

/** Where they stand. */
export function rules(module: string, kind: Kind): string[] {
  return [...moduleFiles(module)].flatMap(([file, text]) =>
    text.split("\n").flatMap((line, index) => (line.trim() === `${kind} {` ? [`${file}:${index + 1}`] : [])),
  );
}

/** The runs that expect more to fail than a check, which only warns. */
async function refusedRuns(tests: string, pattern = /\.tftest\.hcl$/): Promise<[string, Call][]> {
  const files = readdirSync(join(repository, tests)).filter((name) => pattern.test(name));
  const runs = files.map(async (name) => {
    const file = await hcl<TestFile>(`${tests}/${name}`);
    return Object.entries(file.run)
      .filter(([, [run]]) => run.expect_failures?.some((address) => !address.startsWith("${check.")))
      .map(([name, [run]]): [string, Call] => [
        name,
        {
          arguments: { ...file.variables?.[0], ...run.variables?.[0] },
          data: (run.override_data ?? []).map(withoutMarks),
          resources: (run.override_resource ?? []).map(withoutMarks),
        },
      ]);
  });
  return (await Promise.all(runs)).flat();
}

/** Writes a configuration that makes the calls, and a test that plans it. */
async function writeConfiguration(workspace: Workspace, module: string, calls: ReadonlyMap<string, Call>): Promise<void> {
  const path = `modules/${module}`;
  const defaults = await hcl<Arguments>(`${path}/tests/terraform.tfvars`);
  const { variable } = await hcl<{ variable: object }>(`${path}/variables.tf`);
  const references = Object.keys(defaults)
    .filter((name) => name in variable)
    .map((name): [string, string] => [name, `\${var.${name}}`]);

  workspace.write("main.tf.json", {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    variable: {
      ...Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, { default: value }])),
      planned: { default: true },
    },
  });
  for (const [name, call] of calls) {
    // A copy of its own: Terraform's diagnostics tell the files that they are about, but not always the call.
    for (const file of moduleFiles(module).keys()) workspace.copy(`${path}/${file}`, `calls/${name}/${file}`);
    const values: Arguments = { ...Object.fromEntries(references), ...call.arguments };
    // Terraform validates before it plans, and would go no further. Unknown values pass.
    const unknownUntilPlan = Object.keys(values).map((key): [string, string] => [
      key,
      `\${var.planned ? local.${name}.${key} : null}`,
    ]);
    workspace.write(`${name}.tf.json`, {
      locals: { [name]: values },
      module: { [name]: { source: `./calls/${name}`, ...Object.fromEntries(unknownUntilPlan) } },
    });
  }
  workspace.copy(`${path}/tests/mocks`, "mocks");
  workspace.write("all.tftest.json", {
    mock_provider: { aws: { override_during: "plan", source: "./mocks" } },
    run: {
      all: {
        command: "plan",
        override_data: overrides(calls, ({ data }) => data),
        override_resource: overrides(calls, ({ resources }) => resources).map((one) => ({ ...one, override_during: "plan" })),
      },
    },
  });
}

function overrides(calls: ReadonlyMap<string, Call>, of: (call: Call) => readonly Override[]): Override[] {
  return [...calls].flatMap(([name, call]) =>
    of(call).map(({ target, values }) => ({ target: `module.${name}.${target}`, values })),
  );
}

/** The address, of which the parser makes an expression. */
function withoutMarks({ target, values }: Override): Override {
  return { target: target.slice(2, -1), values };
}

async function hcl<T>(path: string): Promise<T> {
  return (await parse(path, readFileSync(join(repository, path), "utf8"))) as T;
}

/** A line of `terraform test -json`. */
interface Line {
  readonly diagnostic?: {
    readonly summary: string;
    readonly detail: string;
    readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  };
}

/** What the plan says of each call. An error that is no refusal is in it too: no test expects it. */
function diagnostics(output: string): (Refusal & { call: string })[] {
  return output
    .trim()
    .split("\n")
    .flatMap((text) => {
      const { diagnostic } = JSON.parse(text) as Line;
      if (diagnostic === undefined || diagnostic.summary === "Check block assertion failed") return [];
      const { summary, detail, range } = diagnostic;
      const validation = /^(.*)\n\nThis was checked by the validation rule at calls\/(\w+)\/(.*?:\d+),/s.exec(detail);
      if (validation !== null) {
        const [, message = "", call = "", rule = ""] = validation;
        return [{ call, message, rule }];
      }
      const [, call, file] = /^calls\/(\w+)\/(.*)$/.exec(range?.filename ?? "") ?? [];
      if (range === undefined || call === undefined) throw new Error(`${summary}: ${detail}`);
      if (!/^Resource (pre|post)condition failed$/.test(summary)) return [{ call, message: `${summary}: ${detail}`, rule: "none" }];
      // The range is that of the condition, which begins on the second line of the block.
      return [{ call, message: detail, rule: `${file}:${range.start.line - 1}` }];
    });
}
