import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Call, type Refusal, refusalsByValidations } from "../../release/validations";
import { escapeTemplate } from "../../synth/language/print/template";
import { repository } from "./workspace";

/**
 * What the validations of a module say of each call, whose arguments are plain values.
 * @param base arguments that no validation refuses
 */
export async function refusalsOf(
  module: string,
  calls: readonly Call[],
  base: Call["arguments"],
): Promise<ReadonlyMap<string, readonly Refusal[]>> {
  const variables = readFileSync(join(repository, "modules", module, "variables.tf"), "utf8");
  return refusalsByValidations(
    variables,
    calls.map((call) => ({ ...call, arguments: escaped(call.arguments) })),
    { base: escaped(base) },
  );
}

function escaped<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === "string" ? escapeTemplate(inner) : inner,
  ) as Value;
}
