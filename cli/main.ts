#!/usr/bin/env node
/** The command line: a command is a folder. */
import { Command } from "commander";
import { execute } from "./execute";
import { version } from "./package";
import { registryCommand } from "./registry/command";
import { synthCommand } from "./synth/command";
import { vendorCommand } from "./vendor/command";
import { verifyCommand } from "./verify/command";

const program = new Command("terraform-aws-wallarm-routing")
  .description("Terraform modules that put a Wallarm Node in front of an application already running on AWS.")
  .version(version)
  // A command may have a --version of its own.
  .enablePositionalOptions()
  .showHelpAfterError()
  .addHelpText(
    "after",
    `
Exit codes:
  0  done, or nothing to find
  1  refused, failed, wrong options, or --check found a difference; of verify: a way around the node
  2  of verify: could not tell, or wrong options
`,
  );
for (const command of [vendorCommand(), registryCommand(), synthCommand(), verifyCommand()])
  program.addCommand(command.copyInheritedSettings(program));

execute(program);
