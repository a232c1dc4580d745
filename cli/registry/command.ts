import { Command, InvalidArgumentError } from "commander";
import { valid } from "semver";
import { version } from "../package";
import { isRegistryName } from "./layout";
import { publish, Publication } from "./publish";

export function registryCommand(): Command {
  return new Command("registry")
    .description("Writes a private module registry to a folder that any web server can serve.")
    .requiredOption("--out <folder>", "root folder of the web server, with earlier versions if there are any")
    .requiredOption("--namespace <name>", "first part of the module address, such as your company", namespace)
    .option("--version <version>", "version number to publish", publishedVersion, version)
    .addHelpText("after", HELP)
    .action(async (options: Publication) => {
      process.exitCode = await publish(options);
    });
}

const HELP = `
Earlier versions stay. A published version never changes: if you publish it again with other files, the command fails.
For Terraform, the web server must add a header (docs/registry.md). OpenTofu does not need it.`;

function namespace(name: string): string {
  if (!isRegistryName(name))
    throw new InvalidArgumentError(
      "Use 1 to 64 letters, digits, hyphens, and underscores. Start and end with a letter or digit.",
    );
  return name;
}

function publishedVersion(text: string): string {
  if (valid(text) !== text) throw new InvalidArgumentError("Use a semantic version, such as 1.2.3 or 1.2.3-rc.1.");
  return text;
}
