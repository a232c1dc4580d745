import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A call of a module. */
export interface Call {
  /** Different from that of every other call. */
  readonly name: string;
  /**
   * What the call is planned together with. Where a variable is refused in one call, Terraform does not look at the variables
   * whose validations refer to it, in any call of the group.
   */
  readonly group: string;
  /** In Terraform's JSON syntax: a string is a template. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface Refusal {
  readonly message: string;
  /** Where the validation stands that refuses: "variables.tf:8". */
  readonly rule: string;
}

interface Options {
  /** What the arguments refer to as `var.NAME`. */
  readonly values?: Call["arguments"];
  /**
   * Arguments that no validation refuses. The other calls then ask only the validations that refer to an argument in which a
   * call of their group differs: a validation says the same of the same values.
   */
  readonly base?: Call["arguments"];
}

/** The name of the call with the arguments of the base. */
const BASE = "base";

/**
 * What the validations of a module say of each call. The module's variables alone: nothing else can refuse the call, and no
 * provider is needed. One block with `for_each` makes all calls of a group, so that Terraform reads the variables once.
 *
 * @param variables the text of the module's variables.tf
 * @throws when a call is refused by anything else, such as a value of another type, and when the base is refused
 */
export async function refusalsByValidations(
  variables: string,
  calls: readonly Call[],
  { values = {}, base }: Options = {},
): Promise<ReadonlyMap<string, readonly Refusal[]>> {
  const folder = mkdtempSync(join(tmpdir(), "validations-"));
  try {
    const declared = Object.entries(values).map(([name, value]) => ({ variable: { [name]: { default: value } } }));
    writeFileSync(join(folder, "variables.tf.json"), JSON.stringify(declared));
    const groups = [...new Set(calls.map(({ group }) => group))];
    groups.forEach((group, number) => {
      const ofGroup = calls.filter((call) => call.group === group);
      const asked = base === undefined ? variables : withValidationsOf(variables, differences(ofGroup, base));
      writeGroup(folder, `group_${number}`, asked, ofGroup);
    });
    if (base !== undefined) writeGroup(folder, BASE, variables, [{ name: BASE, group: BASE, arguments: base }]);
    const found = refusalsIn(await plan(folder));
    const ofBase = found.filter(({ call }) => call === BASE);
    if (ofBase.length > 0) throw new Error(`The base is refused: ${ofBase.map(({ message }) => message).join(" ")}`);
    return new Map(calls.map(({ name }) => [name, found.filter(({ call }) => call === name)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Names of the arguments in which a call differs from the base. */
function differences(calls: readonly Call[], base: Call["arguments"]): ReadonlySet<string> {
  const differ = ({ arguments: own }: Call) =>
    Object.keys({ ...base, ...own }).filter((name) => JSON.stringify(own[name]) !== JSON.stringify(base[name]));
  return new Set(calls.flatMap(differ));
}

/** The same variables on the same lines, without the validations that refer to none of the names. */
function withValidationsOf(variables: string, names: ReadonlySet<string>): string {
  return variables.replace(/^  validation \{\n[^]*?^  \}\n/gm, (validation) =>
    [...validation.matchAll(/\bvar\.(\w+)/g)].some(([, name = ""]) => names.has(name))
      ? validation
      : validation.replace(/.*/g, ""),
  );
}

function writeGroup(folder: string, group: string, variables: string, calls: readonly Call[]): void {
  mkdirSync(join(folder, group));
  // Terraform's diagnostics of a failed validation are the same for every call, but for the message.
  const named = variables.replace(/^( *error_message += ")/gm, "$1${var.name_of_call}\\n");
  writeFileSync(join(folder, group, "variables.tf"), `${named}\nvariable "name_of_call" {\n  type = string\n}\n`);
  const configuration = {
    locals: { [group]: Object.fromEntries(calls.map((call) => [call.name, call.arguments])) },
    module: {
      [group]: {
        source: `./${group}`,
        for_each: `\${local.${group}}`,
        name_of_call: "${each.key}",
        ...argumentsOfEach(calls.map((call) => call.arguments)),
      },
    },
  };
  // On lines of their own: a diagnostic shows the line that it is about.
  writeFileSync(join(folder, `${group}.tf.json`), JSON.stringify(configuration, null, 1));
}

/** The arguments of a block whose `for_each` makes these calls. Of a call that lacks one, it is null, which is the default. */
export function argumentsOfEach(calls: readonly Call["arguments"][]): Readonly<Record<string, string>> {
  const names = new Set(calls.flatMap((call) => Object.keys(call)));
  return Object.fromEntries([...names].map((name) => [name, `\${try(each.value.${name}, null)}`]));
}

/** What `terraform plan -json` prints, which fails when a call is refused. */
async function plan(folder: string): Promise<string> {
  const terraform = (...args: string[]) =>
    new Promise<string>((resolve, reject) => {
      execFile("terraform", args, { cwd: folder, maxBuffer: Infinity }, (error, stdout, stderr) => {
        if (error === null || (args.includes("-json") && stdout !== "")) resolve(stdout);
        else reject(new Error(`terraform ${args.join(" ")}: ${stderr}`));
      });
    });
  await terraform("init", "-no-color");
  return terraform("plan", "-json");
}

/** A line of `terraform plan -json`. */
interface Line {
  readonly diagnostic?: { readonly summary: string; readonly detail: string };
}

function refusalsIn(output: string): (Refusal & { readonly call: string })[] {
  return output
    .trim()
    .split("\n")
    .flatMap((line) => {
      const { diagnostic } = JSON.parse(line) as Line;
      if (diagnostic === undefined) return [];
      const { summary, detail } = diagnostic;
      const [, call, message, rule] =
        /^(.*?)\n(.*)\n\nThis was checked by the validation rule at (?:group_\d+|base)\/(.*?:\d+),/s.exec(detail) ?? [];
      if (call === undefined || message === undefined || rule === undefined) throw new Error(`${summary}: ${detail}`);
      return [{ call, message, rule }];
    });
}
