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

/** In Terraform's JSON syntax, keys are templates, too. */
function escaped<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) => {
    if (typeof inner === "string") return escapeTemplate(inner);
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, member]) => [escapeTemplate(key), member]));
  }) as Value;
}
