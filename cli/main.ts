#!/usr/bin/env node
/** The command line: a command is a folder. */
import { Command } from "commander";
import { auditCommand } from "./audit/command";
import { execute } from "./execute";
import { onboardCommand } from "./onboard/command";
import { version } from "./package";
import { registryCommand } from "./registry/command";
import { snapshotCommand } from "./snapshot/command";
import { surveyCommand } from "./survey/command";
import { synthCommand } from "./synth/command";
import { vendorCommand } from "./vendor/command";
import { verifyCommand } from "./verify/command";

const program = new Command("terraform-aws-wallarm-routing")
  .description("Terraform modules that put a Wallarm Node in front of an application that already runs on AWS.")
  .version(version)
  // A command may have a --version of its own.
  .enablePositionalOptions()
  .showHelpAfterError()
  .addHelpText(
    "after",
    `
Exit codes:
  0  success
  1  error, or --check found a difference; for verify: a test failed; for audit: a bypass
  2  for verify: no test failed, but one is unknown or an option is wrong; for snapshot, survey, and onboard --check: a part could not be read; for audit: undetermined
`,
  );
for (const command of [
  vendorCommand(),
  registryCommand(),
  synthCommand(),
  verifyCommand(),
  snapshotCommand(),
  surveyCommand(),
  onboardCommand(),
  auditCommand(),
])
  program.addCommand(command.copyInheritedSettings(program));

execute(program);
