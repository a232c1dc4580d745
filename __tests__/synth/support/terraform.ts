import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, diagnosticsIn } from "../../terraform/messages";

/** What Terraform says to a plan of a configuration without providers. */
export interface Plan {
  readonly succeeded: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Plans a configuration, and reads Terraform's messages and the values of the outputs. */
export function plan(folder: string, variables: Readonly<Record<string, unknown>> = {}): Plan {
  writeFileSync(join(folder, "terraform.tfvars.json"), JSON.stringify(variables, null, 2));
  const { status, stdout } = terraform(folder, "plan", "-json", "-input=false", "-out=plan.tfplan");
  return {
    succeeded: status === 0,
    diagnostics: diagnosticsIn(stdout),
    outputs: status === 0 ? plannedOutputs(folder) : {},
  };
}

function plannedOutputs(folder: string): Record<string, unknown> {
  const { planned_values } = JSON.parse(terraform(folder, "show", "-json", "plan.tfplan").stdout) as {
    planned_values: { outputs?: Record<string, { value?: unknown }> };
  };
  return Object.fromEntries(
    Object.entries(planned_values.outputs ?? {}).map(([name, { value }]) => [name, value ?? null]),
  );
}

function terraform(folder: string, ...args: string[]) {
  return spawnSync("terraform", args, {
    cwd: folder,
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
}
