import { Command } from "commander";
import { version } from "./package";
import { registryCommand } from "./registry/command";
import { synthCommand } from "./synth/command";
import { vendorCommand } from "./vendor/command";
import { verifyCommand } from "./verify/command";

/** The command line: a command a folder. */
export function program(): Command {
  const program = new Command("terraform-aws-wallarm-routing")
    .description("Terraform modules that put a Wallarm Node in front of an application already running on AWS.")
    .version(version)
    // A command may have a --version of its own.
    .enablePositionalOptions()
    .showHelpAfterError()
    .addHelpText("after", EXIT_CODES);
  const commands = [vendorCommand(), registryCommand(), synthCommand(), verifyCommand()];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  return program;
}

const EXIT_CODES = `
Exit codes:
  0  done, or nothing to find
  1  refused, failed, wrong options, or --check found a difference; of verify: a way around the node
  2  of verify: could not tell, or wrong options
`;
