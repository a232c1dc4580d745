import { existsSync } from "node:fs";
import { join } from "node:path";
import { diagnosticsIn } from "../terraform/messages";
import { describeInTestAll } from "../test-all";
import { type Arguments, defaultsOf, type TestFile, testFilesOf, testVariables } from "./test-files";
import { moduleFiles, modulesOfOldestProvider, repository, Workspace } from "./workspace";

/** What the README says must exist before: for_each of the data sources that read it. */
const DOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  // "In the same apply as a listener or target group"
  alb: ["data.aws_lb_listener.existing", "data.aws_lb_target_group.application"],
};

/** IDs, ARNs, host names, and URLs of what others manage. Not TLS versions, which look like host names. */
const OF_OTHERS =
  /^arn:|^(acl|ami|eipalloc|eni|i|igw|lt|rtb|sg|sgr|subnet|vo|vpc|vpce)[-_][0-9A-Za-z]{8,}$|^(https?:\/\/)?(?!TLS)[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/\D*)?$/i;
const UNKNOWN = "${terraform_data.created_in_the_same_apply.output}";

/**
 * Each accepted call in the tests of a module, with the values of others unknown at plan, as if the same apply created them.
 * Terraform must know at plan how many resources there are.
 */
describeInTestAll(["terraform"], "values that are unknown at plan", () => {
  test.each(modulesOfOldestProvider)(
    "%s is planned",
    async (module) => {
      const workspace = new Workspace();
      try {
        await writeCalls(workspace, module);
        expect(await workspace.terraform("", "init")).toMatchObject({ exitCode: 0 });
        const { stdout } = await workspace.terraform("", "test", "-json");
        expect(errorsIn(stdout)).toEqual(DOCUMENTED[module] ?? []);
      } finally {
        workspace.remove();
      }
    },
    300_000,
  );
});

async function writeCalls(workspace: Workspace, module: string): Promise<void> {
  const shared = await testVariables(module);
  const defaults = await defaultsOf(module);
  const files = await testFilesOf(module);
  const calls = files.flatMap((file, index) =>
    acceptedCalls(file, shared, defaults).map(([name, call]) => [name, unknownIn(call, `file_${index}`)] as const),
  );
  const scopes = files.map(({ variables }, index): [string, unknown] => [
    `file_${index}`,
    // What a file says of a variable may refer to what all share.
    { ...(unknownIn(shared, "shared") as object), ...(unknownIn(variables?.[0] ?? {}, "shared") as object) },
  ]);
  // Runs that differ in what they look at alone make the same call.
  const distinct = new Map(calls.map(([name, call]) => [JSON.stringify(call), [name, call] as const])).values();

  for (const file of moduleFiles(module).keys()) workspace.copy(`modules/${module}/${file}`, `module/${file}`);
  workspace.pretendImports(`modules/${module}`, "module");
  workspace.write("main.tf.json", {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    resource: { terraform_data: { created_in_the_same_apply: { input: "" } } },
    locals: { shared: unknownIn(shared, "shared"), ...Object.fromEntries(scopes) },
    module: Object.fromEntries(
      [...distinct].map(([name, call]) => [name, { source: "./module", ...(call as object) }]),
    ),
  });
  const mocks = `modules/${module}/tests/mocks`;
  const hasMocks = existsSync(join(repository, mocks));
  if (hasMocks) workspace.copy(mocks, "mocks");
  workspace.write("all.tftest.json", {
    mock_provider: { aws: { override_during: "plan", ...(hasMocks && { source: "./mocks" }) } },
    run: { all: { command: "plan" } },
  });
}

function acceptedCalls(
  { run: runs, variables }: TestFile,
  shared: Arguments,
  defaults: Arguments,
): [string, Arguments][] {
  // What runs share may be no variable of the module.
  const isArgument = ([name]: [string, unknown]) => name in defaults || !(name in shared);
  return Object.entries(runs)
    .filter(([, [run]]) => (run.expect_failures ?? []).every((address) => address.startsWith("${check.")))
    .map(([name, [run]]) => {
      const given = { ...variables?.[0], ...run.variables?.[0] };
      return [name, { ...defaults, ...Object.fromEntries(Object.entries(given).filter(isArgument)) }];
    });
}

/** @param scope the local value that has the variables of the run */
function unknownIn(value: unknown, scope: string): unknown {
  if (typeof value === "string") return OF_OTHERS.test(value) ? UNKNOWN : value.replace(/\bvar\./g, `local.${scope}.`);
  if (Array.isArray(value)) return value.map((item) => unknownIn(item, scope));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unknownIn(item, scope)]));
}

/**
 * What stops the plan, by the resource whose number is unknown. Checks only warn, and a condition may refuse data that a run
 * of the tests gives in another way.
 */
function errorsIn(output: string): string[] {
  const found = diagnosticsIn(output)
    .filter(
      ({ severity, summary }) =>
        severity === "error" && !/^(Check block assertion|Resource (pre|post)condition)/.test(summary),
    )
    .map(({ summary, detail, snippet }) => {
      const [, type, label] = /^(?:resource|data) "(\w+)" "(\w+)"$/.exec(snippet?.context ?? "") ?? [];
      const isNumber = /^Invalid (count|for_each) argument$/.test(summary);
      return isNumber
        ? `${snippet?.context?.startsWith("data") ? "data." : ""}${type}.${label}`
        : `${summary}: ${detail}`;
    });
  return [...new Set(found)].sort();
}
