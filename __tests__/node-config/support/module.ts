import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { argumentsOfEach } from "../../../release/validations";
import { Workspace } from "../../modules/workspace";
import { diagnosticsIn } from "../../terraform/messages";

/** The variables of a call of the module. */
export type Inputs = Readonly<Record<string, unknown>>;

/** A secret of the tests, of which there is none. */
export const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}-AbCdEf`;

/** A call with what has no default. */
export const call = (inputs: Inputs = {}): Inputs => ({
  backend: { url: "http://app.internal" },
  entry_points: [],
  token_secret: { arn: secretArn("token") },
  ...inputs,
});

export interface ContainerDefinition {
  readonly command: readonly [string, string, string];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
}

export interface Outputs {
  readonly user_data: string | null;
  readonly user_data_gzip: string;
  readonly ecs_container: ContainerDefinition;
  readonly docker_run: string;
  readonly nginx_http_snippet: string;
  readonly nginx_server_snippet: string;
  readonly nginx_files: Readonly<Record<string, string>>;
  readonly health_path: string;
}

/** Outputs, and the names of those that Terraform hides. */
export interface Accepted {
  readonly outputs: Outputs;
  readonly sensitive: readonly string[];
}

/** Why Terraform refuses a call. */
export interface Refused {
  readonly message: string;
  /** Where the rule stands: "variables.tf:8". */
  readonly rule: string;
  /** All that Terraform says, the values beside the message included. */
  readonly shown: string;
}

/** What Terraform makes of each call: all are in one configuration, for a run takes as long for one as for fifty. */
export async function renderAll(calls: readonly Inputs[]): Promise<(Accepted | Refused[])[]> {
  const workspace = new Workspace();
  try {
    // A copy for each call: the diagnostics tell the files that they are about, but not always the call.
    calls.forEach((_, index) => {
      workspace.copy("modules/node-config", `calls/${index}`);
    });
    workspace.write("calls.json", calls);
    const refused: Refused[][] = calls.map(() => []);
    for (let before = -1; before !== refused.flat().length;) {
      before = refused.flat().length;
      // A refused call would stop the others.
      const roots = calls.map((inputs, index) => (refused[index]?.length === 0 ? root(index, inputs) : ""));
      writeFileSync(join(workspace.folder, "main.tf"), roots.join("\n"));
      const init = await workspace.terraform("", "init");
      if (init.exitCode !== 0) throw new Error(init.stderr);
      const { stdout } = await workspace.terraform("", "apply", "-auto-approve", "-json");
      for (const { index, ...reason } of reasons(stdout)) refused[index]?.push(reason);
    }
    const { stdout } = await workspace.terraform("", "output", "-json");
    const values = JSON.parse(stdout) as Record<string, { value: Result }>;
    return calls.map((_, index) => {
      const result = values[`call_${index}`]?.value;
      if (result === undefined) return refused[index] ?? [];
      const sensitive = Object.entries(result.sensitive).flatMap(([name, is]) => (is ? [name] : []));
      return { outputs: result.outputs, sensitive };
    });
  } finally {
    workspace.remove();
  }
}

/**
 * What Terraform makes of calls that no validation refuses: in one block with `for_each`, so that it reads the module once.
 * @throws when a call is refused
 */
export async function renderAccepted(calls: readonly Inputs[]): Promise<Outputs[]> {
  const workspace = new Workspace();
  try {
    workspace.copy("modules/node-config");
    workspace.write("calls.json", calls);
    workspace.write("main.tf.json", {
      module: {
        call: {
          source: "./modules/node-config",
          for_each: '${{ for index, call in jsondecode(file("calls.json")) : index => call }}',
          ...argumentsOfEach(calls),
        },
      },
      output: {
        calls: { value: "${[for index in range(length(module.call)) : module.call[index]]}", sensitive: true },
      },
    });
    for (const args of [["init"], ["apply", "-auto-approve"]]) {
      const { exitCode, stderr } = await workspace.terraform("", ...args);
      if (exitCode !== 0) throw new Error(stderr);
    }
    return JSON.parse((await workspace.terraform("", "output", "-json", "calls")).stdout) as Outputs[];
  } finally {
    workspace.remove();
  }
}

/** What Terraform makes of a call that it accepts. */
export async function render(inputs: Inputs): Promise<Outputs> {
  const [result] = await renderAll([inputs]);
  if (result === undefined || !("outputs" in result)) throw new Error(JSON.stringify(result));
  return result.outputs;
}

interface Result {
  readonly outputs: Outputs;
  readonly sensitive: Readonly<Record<string, boolean>>;
}

function root(index: number, inputs: Inputs): string {
  const values = Object.keys(inputs).map((name) => `  ${name} = local.call_${index}.${name}`);
  return `
locals {
  call_${index} = jsondecode(file("calls.json"))[${index}]
}

module "call_${index}" {
  source = "./calls/${index}"
${values.join("\n")}
}

output "call_${index}" {
  value = {
    outputs   = module.call_${index}
    sensitive = { for name, value in module.call_${index} : name => issensitive(jsonencode(value)) }
  }
  sensitive = true
}
`;
}

function reasons(output: string): (Refused & { index: number })[] {
  return diagnosticsIn(output)
    .filter(({ severity }) => severity === "error")
    .map((diagnostic) => {
      const shown = JSON.stringify(diagnostic);
      const [message = "", validation] = diagnostic.detail.split("\n\nThis was checked by the validation rule at ");
      const place = validation ?? `${diagnostic.range?.filename}:${diagnostic.range?.start.line}`;
      const [, index, rule] = /calls\/(\d+)\/(\w+\.tf:\d+)/.exec(place) ?? [];
      if (index === undefined || rule === undefined) throw new Error(`Not the refusal of a call: ${shown}`);
      return { index: Number(index), message, rule, shown };
    });
}
