import type { Refusal } from "../../release/validations";
import { diagnosticsIn } from "../terraform/messages";
import { type Arguments, defaultsOf, type Override, testFilesOf, testVariables } from "./test-files";
import { moduleFiles, Workspace } from "./workspace";

/** A run in a module's tests. */
interface Call {
  readonly arguments: Arguments;
  /** Values for data sources of the module, by their address. */
  readonly data: readonly Override[];
  /** Values that AWS gives to resources of the module, by their address. */
  readonly resources: readonly Override[];
}

/**
 * What the conditions of resources and outputs say, by run in a module's tests that expects one of them to fail:
 * `expect_failures` does not look at the message.
 *
 * Terraform stops a test at the first run that fails unexpectedly, and a plan takes seconds. So there is one plan only, of a
 * configuration that makes all the calls: a plan goes on with the others when one is refused.
 */
export async function refusals(module: string): Promise<Map<string, Refusal[]>> {
  const calls = new Map(await refusedRuns(module));
  const workspace = new Workspace();
  try {
    await writeConfiguration(workspace, module, calls);
    const init = await workspace.terraform("", "init");
    if (init.exitCode !== 0) throw new Error(init.stderr);
    const { stdout } = await workspace.terraform("", "test", "-json");
    const found = refusalsIn(stdout);
    return new Map([...calls.keys()].map((name) => [name, found.filter(({ call }) => call === name)]));
  } finally {
    workspace.remove();
  }
}

export type Kind = "validation" | "precondition" | "postcondition";

/** Where the rules of a kind stand in a module: "variables.tf:8". */
export function rules(module: string, kind: Kind): string[] {
  return [...moduleFiles(module)].flatMap(([file, text]) =>
    text.split("\n").flatMap((line, index) => (line.trim() === `${kind} {` ? [`${file}:${index + 1}`] : [])),
  );
}

/** The runs that expect more to fail than a variable, or a check, which only warns. */
async function refusedRuns(module: string): Promise<[string, Call][]> {
  const files = await testFilesOf(module);
  return files.flatMap((file) =>
    Object.entries(file.run)
      .filter(([, [run]]) => run.expect_failures?.some((address) => !/^\$\{(check|var)\./.test(address)))
      .map(([name, [run]]): [string, Call] => [
        name,
        {
          arguments: { ...file.variables?.[0], ...run.variables?.[0] },
          data: lastOfEach([...(file.override_data ?? []), ...(run.override_data ?? [])].map(withoutMarks)),
          resources: (run.override_resource ?? []).map(withoutMarks),
        },
      ]),
  );
}

/** Writes a configuration that makes the calls, and a test that plans it. */
async function writeConfiguration(
  workspace: Workspace,
  module: string,
  calls: ReadonlyMap<string, Call>,
): Promise<void> {
  const path = `modules/${module}`;
  const defaults = await testVariables(module);
  const references = Object.keys(await defaultsOf(module)).map((name): [string, string] => [name, `\${var.${name}}`]);

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
    workspace.pretendImports(path, `calls/${name}`);
    const values: Arguments = { ...Object.fromEntries(references), ...call.arguments };
    workspace.write(`${name}.tf.json`, {
      locals: { [name]: values },
      module: { [name]: { source: `./calls/${name}`, ...unknownUntilPlan(name, values) } },
    });
  }
  workspace.copy(`${path}/tests/mocks`, "mocks");
  workspace.write("all.tftest.json", {
    mock_provider: { aws: { override_during: "plan", source: "./mocks" } },
    run: {
      all: {
        command: "plan",
        override_data: overrides(calls, ({ data }) => data),
        override_resource: overrides(calls, ({ resources }) => resources).map((one) => ({
          ...one,
          override_during: "plan",
        })),
      },
    },
  });
}

/**
 * The arguments of a call, in a local value of its name. Terraform validates before it plans, and would go no further: what
 * is unknown then, its type too, passes.
 */
function unknownUntilPlan(name: string, values: Arguments): Arguments {
  return Object.fromEntries(
    Object.keys(values).map((key) => [key, `\${jsondecode(var.planned ? jsonencode(local.${name}.${key}) : null)}`]),
  );
}

function overrides(calls: ReadonlyMap<string, Call>, of: (call: Call) => readonly Override[]): Override[] {
  return [...calls].flatMap(([name, call]) =>
    of(call).map(({ target, values }) => ({ target: `module.${name}.${target}`, values })),
  );
}

/** A run's values for a data source come in place of those of its file. */
function lastOfEach(overrides: readonly Override[]): Override[] {
  return [...new Map(overrides.map((override) => [override.target, override])).values()];
}

/** The address, of which the parser makes an expression. */
function withoutMarks({ target, values }: Override): Override {
  return { target: target.slice(2, -1), values };
}

/** What the plan says of each call. An error that is no refusal is in it too: no test expects it. */
function refusalsIn(output: string): (Refusal & { call: string })[] {
  return diagnosticsIn(output).flatMap(({ summary, detail, range }) => {
    if (summary === "Check block assertion failed") return [];
    const [, call, file] = /^calls\/(\w+)\/(.*)$/.exec(range?.filename ?? "") ?? [];
    if (range === undefined || call === undefined) throw new Error(`${summary}: ${detail}`);
    if (!/^Resource (pre|post)condition failed$/.test(summary))
      return [{ call, message: `${summary}: ${detail}`, rule: "none" }];
    // The range is that of the condition, which begins on the second line of the block.
    return [{ call, message: detail, rule: `${file}:${range.start.line - 1}` }];
  });
}
