import { Command, InvalidArgumentError } from "commander";
import { valid } from "semver";
import { version } from "../package";
import { isRegistryName } from "./layout";
import { publish, Publication } from "./publish";

export function registryCommand(): Command {
  return new Command("registry")
    .description("Publishes the modules into a folder that any web server can serve as a private module registry.")
    .requiredOption("--out <folder>", "root folder of the web server, with what was published before")
    .requiredOption("--namespace <name>", "first part of the address, such as your company", namespace)
    .option("--version <version>", "version to publish the modules as", publishedVersion, version)
    .addHelpText("after", HELP)
    .action(async (options: Publication) => {
      process.exitCode = await publish(options);
    });
}

const HELP = `
Earlier versions stay. A version that was published is never written again: publishing the same files is no change, and
publishing others is an error.
The web server has to add a header for Terraform; OpenTofu needs none. docs/registry.md has it for nginx and others.`;

function namespace(name: string): string {
  if (!isRegistryName(name))
    throw new InvalidArgumentError("Use 1 to 64 letters, digits, - and _, with a letter or digit first and last.");
  return name;
}

function publishedVersion(text: string): string {
  if (valid(text) !== text) throw new InvalidArgumentError("Write three numbers, such as 1.2.3 or 1.2.3-rc.1.");
  return text;
}
