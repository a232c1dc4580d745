import { Command, Option } from "commander";
import { moduleNames } from "../modules";
import { check } from "./check";
import { update } from "./update";

interface Options {
  readonly module?: readonly string[];
  readonly check: boolean;
  readonly overwriteEdited: boolean;
}

export function vendorCommand(): Command {
  return new Command("vendor")
    .description("Copies modules to a folder of your repository and updates the copies.")
    .argument("<folder>", "folder for the copies, with one subfolder for each module")
    .addOption(
      new Option("--module <names...>", "modules to copy (default: the ones already in the folder, or all)").choices(
        moduleNames,
      ),
    )
    .option("--check", "write nothing, list the files that differ from this version, and fail if there are any", false)
    .option("--overwrite-edited", "also replace edited files", false)
    .addHelpText("after", HELP)
    .action((folder: string, options: Options) => {
      process.exitCode = options.check ? check(folder, options.module) : update(folder, options);
    });
}

const HELP = `
A manifest in the folder records the version of each module and the SHA-256 of each file. If you edited a file, the
command shows the difference and writes nothing.
To stop vendoring a module, remove its folder. The next run removes it from the manifest.`;
