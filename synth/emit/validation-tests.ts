/** The tests of a module's validations, which follow from its rules: every refusal, and everything next to it that is accepted. */
import { JsonObject, printBlock, printComment, printData } from "../language/print/hcl";
import { Arguments, exampleCall, RefusedCalls, refusedCalls } from "../variables/rule-cases";
import { Value } from "../variables/schema";
import { Variable } from "../variables/variable";
import { Formatter, formatHcl } from "./format";
import { Files, generatedLine } from "./module-files";
import { ModuleStack } from "./module-stack";

/** Test files of a module, by their path in it. */
export async function validationTests(stack: ModuleStack, formatter?: Formatter): Promise<Files> {
  const { inputs } = stack;
  const example = exampleCall(inputs);
  const refused = refusedCalls(inputs);
  if (refused.length === 0) return new Map();
  const file = (blocks: readonly string[]) =>
    formatHcl(`${[`# ${generatedLine(stack)}`, ...blocks].join("\n\n")}\n`, formatter);
  return new Map([
    [
      "tests/validations.tftest.hcl",
      await file([
        ...stack.providers.map(({ name }) => printBlock("mock_provider", [name], { source: "./tests/mocks" })),
        `variables {\n${argumentLines({ ...defaults(inputs), ...example })}\n}`,
        'run "example" {\ncommand = plan\n}',
        ...refused.flatMap((rule) => refusedRuns(rule, example)),
      ]),
    ],
  ]);
}

function refusedRuns({ variable, words, calls }: RefusedCalls, example: Arguments): string[] {
  const runs = [...calls].map(([name, { arguments: call, warnings }]) => {
    const variables = Object.entries(call).map(
      ([key, value]) => `${key} = ${argument(`var.${key}`, value, example[key])}`,
    );
    return [
      `run "${name}" {`,
      "command = plan",
      `variables {\n${variables.join("\n")}\n}`,
      `expect_failures = [${[`var.${variable}`, ...warnings.map((check) => `check.${check}`)].join(", ")}]`,
      "}",
    ].join("\n");
  });
  return [[printComment(words), ...runs.slice(0, 1)].join("\n"), ...runs.slice(1)];
}

/** A value, or the example with the fields that differ. */
function argument(reference: string, value: Value, example: Value | undefined): string {
  if (!isObject(value) || !isObject(example) || Object.keys(example).some((key) => !(key in value)))
    return printData(value);
  const different = Object.entries(value).filter(
    ([key, field]) => JSON.stringify(field) !== JSON.stringify(example[key]),
  );
  return `merge(${reference}, ${printData(Object.fromEntries(different))})`;
}

/** Said in full: the other tests have defaults of their own in a file that Terraform reads too. */
function defaults(variables: readonly Variable[]): Arguments {
  return Object.fromEntries(
    variables.flatMap(({ name, defaultValue }) => (defaultValue === undefined ? [] : [[name, defaultValue]])),
  );
}

function argumentLines(values: Arguments): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${printData(value)}`)
    .join("\n");
}

function isObject(value: Value | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
