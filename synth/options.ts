import { Command, Option } from "commander";
import { Format, FORMATS } from "./module-files";

/** What to synthesize, and where to. */
export interface Options {
  readonly out: string;
  readonly format: Format;
  readonly module: readonly string[];
  readonly providerVersion?: string;
  readonly check: boolean;
}

/**
 * Reads the options from the arguments and, where they say nothing, from the context. A bad option ends the process
 * with code 1 and the list of the valid ones.
 * @param context the object `modules` of the `context` in cdktf.json: the same names as the flags, without dashes
 */
export function readOptions(
  argv: readonly string[],
  context: Readonly<Record<string, unknown>>,
  modules: readonly string[],
) {
  const given = parse(argv, modules);
  const fromContext = Object.entries(context)
    .filter(
      ([name]) => given.getOptionValueSource(name.replace(/-./g, (dash) => dash.slice(1).toUpperCase())) !== "cli",
    )
    .flatMap(([name, value]) => [`--${name}`, ...[value].flat().map(String)]);
  return parse([...fromContext, ...argv], modules).opts<Options>();
}

function parse(argv: readonly string[], modules: readonly string[]): Command {
  return new Command("synth")
    .description("Writes the Terraform modules that the stacks describe. Defaults: context.modules in cdktf.json.")
    .option("--out <folder>", "folder of the modules", "modules")
    .addOption(new Option("--format <format>", "form of the modules").choices(FORMATS).default("hcl"))
    .addOption(new Option("--module <names...>", "write these only").choices(modules).default(modules, "all"))
    .option("--provider-version <constraint>", 'a narrower constraint on the AWS provider, such as "~> 6.10"')
    .option("--check", "write nothing, print what would change, and fail if something would", false)
    .allowExcessArguments(false)
    .showHelpAfterError()
    .parse(argv, { from: "user" });
}
