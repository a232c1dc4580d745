import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { difference, summary } from "../../files/change";
import { DEFAULTS, FORMATS, Options } from "../../synth/emit/options";
import { packageFolder, peers } from "../package";

export function synthCommand(): Command {
  return new Command("synth")
    .description("Writes the Terraform modules from the stacks. Defaults come from context.modules in cdktf.json.")
    .option("--out <folder>", "output folder", DEFAULTS.out)
    .addOption(new Option("--format <format>", "format of the modules").choices(FORMATS).default(DEFAULTS.format))
    .option("--module <names...>", "modules to write (default: all)")
    .option("--provider-version <constraint>", 'narrower version constraint for the AWS provider, such as "~> 6.10"')
    .option("--tests", "write the tests of the variables' validations, too", DEFAULTS.tests)
    .option("--check", "write nothing, print the differences, and fail if there are any", DEFAULTS.check)
    .action(async (_options, command: Command) => {
      const context = programContext();
      addDefaults(command, context.modules ?? {});
      const { providerVersion, ...flags } = command.opts<Flags>();
      const options = { ...flags, "provider-version": providerVersion, sources: packageFolder };
      await (options.check ? check : write)({ ...context, modules: options });
    });
}

type Flags = Omit<Options, "provider-version" | "sources"> & { readonly providerVersion?: string };

/** The context of the CDKTF program. */
interface Context {
  readonly modules?: Readonly<Record<string, unknown>>;
}

/** The context from the CDKTF CLI if it runs this command, else from cdktf.json. */
function programContext(): Context {
  const { CDKTF_CONTEXT_JSON: handedOver } = process.env;
  if (handedOver !== undefined) return JSON.parse(handedOver) as Context;
  if (!existsSync("cdktf.json")) return {};
  const { context } = JSON.parse(readFileSync("cdktf.json", "utf8")) as { context?: Context };
  return context ?? {};
}

/**
 * Sets the options that are in the context but not in the arguments. The keys are the flags without dashes. A wrong key
 * ends the process, as a wrong flag does.
 */
function addDefaults(command: Command, defaults: Readonly<Record<string, unknown>>): void {
  const args = Object.entries(defaults)
    .filter(
      ([name]) => command.getOptionValueSource(name.replace(/-./g, (dash) => dash.slice(1).toUpperCase())) !== "cli",
    )
    .flatMap(([name, value]) => {
      if (typeof value === "boolean") return value ? [`--${name}`] : [];
      return [`--${name}`, ...[value].flat().map(String)];
    });
  const [unknown] = command.parseOptions(args).unknown;
  if (unknown !== undefined) command.error(`error: unknown option '${unknown}' in context.modules of cdktf.json`);
}

async function write(context: Context): Promise<void> {
  for (const change of await synthesize(context)) console.log(summary(change));
}

async function check(context: Context): Promise<void> {
  // CDKTF writes its own JSON at each run.
  const scratch = mkdtempSync(join(tmpdir(), "synth-check-"));
  process.env.CDKTF_OUTDIR = scratch;
  try {
    const changes = await synthesize(context);
    for (const change of changes) console.log(difference(change));
    if (changes.length === 0) return;
    console.error(`${changes.length} files are not up to date. Run "npm run synth".`);
    process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Runs main.ts with the context in the variable that the CDKTF CLI uses. */
async function synthesize(context: Context) {
  process.env.CDKTF_CONTEXT_JSON = JSON.stringify(context);
  const { app } = await loadWithCdktf();
  return app.changes;
}

/** Only this command loads CDKTF, and only users who synthesize install it. */
async function loadWithCdktf(): Promise<typeof import("../../main")> {
  try {
    return await import("../../main");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    const packages = peers.map((peer) => `"${peer}"`).join(" ");
    throw new Error(
      `synth needs CDK for Terraform. Install it next to this package: npm install --save-dev ${packages}`,
      { cause: error },
    );
  }
}
