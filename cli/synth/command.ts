import { existsSync, readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { FORMATS, Options } from "../../synth/options";
import { peers } from "../package";

export function synthCommand(): Command {
  return new Command("synth")
    .description("Writes the Terraform modules that the stacks describe. Defaults: context.modules in cdktf.json.")
    .option("--out <folder>", "folder of the modules", "modules")
    .addOption(new Option("--format <format>", "form of the modules").choices(FORMATS).default("hcl"))
    .option("--module <names...>", "write these only (default: all)")
    .option("--provider-version <constraint>", 'a narrower constraint on the AWS provider, such as "~> 6.10"')
    .option("--check", "write nothing, print what would change, and fail if something would", false)
    .action(async (_options, command: Command) => {
      addContext(command);
      const { run } = await loadWithCdktf();
      process.exitCode = await run(command.opts<Options>());
    });
}

/** Takes from cdktf.json what the arguments do not say. A bad option there ends the process as one of theirs does. */
function addContext(command: Command): void {
  const args = Object.entries(context())
    .filter(
      ([name]) => command.getOptionValueSource(name.replace(/-./g, (dash) => dash.slice(1).toUpperCase())) !== "cli",
    )
    .flatMap(([name, value]) => [`--${name}`, ...[value].flat().map(String)]);
  const [unknown] = command.parseOptions(args).unknown;
  if (unknown !== undefined) command.error(`error: unknown option '${unknown}' in context.modules of cdktf.json`);
}

/**
 * The object `modules` of the context in cdktf.json: the same names as the flags, without dashes. The CDKTF command
 * hands it over, and we read it ourselves without that.
 */
function context(): Record<string, unknown> {
  if (!existsSync("cdktf.json")) return {};
  const { context } = JSON.parse(readFileSync("cdktf.json", "utf8")) as {
    context?: { modules?: Record<string, unknown> };
  };
  return context?.modules ?? {};
}

/** CDKTF is loaded by this command only, and only those who synthesize install it. */
async function loadWithCdktf(): Promise<typeof import("./run")> {
  try {
    return await import("./run");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    const packages = peers.map((peer) => `"${peer}"`).join(" ");
    throw new Error(
      `synth needs CDK for Terraform, which is not installed beside this package: npm install --save-dev ${packages}`,
      { cause: error },
    );
  }
}
