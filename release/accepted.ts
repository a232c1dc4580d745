import { parse } from "@cdktf/hcl2json";
import { Call, refusalsByValidations } from "./validations";

type Arguments = Call["arguments"];

/** A file of `terraform test`, as far as the generated ones go. */
interface TestFile {
  readonly variables?: readonly [Arguments];
  readonly run: Readonly<
    Record<
      string,
      readonly [{ readonly variables?: readonly [Arguments]; readonly expect_failures?: readonly string[] }]
    >
  >;
}

/**
 * Runs of an earlier release whose calls were refused then and are accepted now.
 *
 * @param tests the text of tests/validations.tftest.hcl in the earlier release
 * @param variables the text of variables.tf today
 * @throws when a value has the wrong type today
 */
export async function acceptedNow(tests: string, variables: string): Promise<string[]> {
  const { variables: [values] = [{}], run } = (await parse("validations.tftest.hcl", tests)) as TestFile;
  const { variable } = (await parse("variables.tf", variables)) as { variable: object };
  const references = Object.fromEntries(Object.keys(values).map((name) => [name, `\${var.${name}}`]));
  const calls = Object.entries(run).flatMap(([name, [{ variables: [own] = [{}], expect_failures = [] }]]): Call[] => {
    const refused = expect_failures.find((address) => address.startsWith("${var."));
    if (refused === undefined) return [];
    const known = Object.entries({ ...references, ...own }).filter(([argument]) => argument in variable);
    return [{ name, group: refused, arguments: Object.fromEntries(known) }];
  });
  const found = await refusalsByValidations(variables, calls, { values });
  return calls.filter(({ name }) => found.get(name)?.length === 0).map(({ name }) => name);
}
