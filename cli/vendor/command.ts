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
    .description("Copies modules into a folder of your repository, and keeps the copies up to date.")
    .argument("<folder>", "folder of the copies, one folder a module")
    .addOption(
      new Option("--module <names...>", "these only (default: those that are there, or all if none is)").choices(
        moduleNames,
      ),
    )
    .option("--check", "write nothing, name every file that is not as in this version, and fail if there is one", false)
    .option("--overwrite-edited", "also replace files that were edited by hand", false)
    .addHelpText("after", HELP)
    .action((folder: string, options: Options) => {
      process.exitCode = options.check ? check(folder, options.module) : update(folder, options);
    });
}

const HELP = `
The folder gets a manifest with the version of each module and the SHA-256 of each file. A file that differs from both
the manifest and the new version was edited: nothing is written then, and the difference is shown.
A module whose folder you have removed is forgotten at the next run.`;
