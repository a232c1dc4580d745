import { Command } from "commander";
import { Options } from "./options";

/** The command `snapshot`: writes down what an account says about the paths to its applications. */
export function snapshotCommand(): Command {
  return new Command("snapshot")
    .description(
      "Reads what an AWS account says about the paths to its applications, and writes it to a JSON document. Calls only operations that read. What cannot be read is listed in the document. Values that may be secret are digests.",
    )
    .option(
      "--out <path>",
      "file to write, or a folder if there are several documents: one for each account and Region",
    )
    .option("--region <names...>", "Regions (default: AWS_REGION, AWS_DEFAULT_REGION, or that of the profile)")
    .option("--profile <name>", "profile in the files of the AWS CLI")
    .option("--role-arn <arn>", "role to assume")
    .option("--accounts <ids>", 'account IDs, separated by commas, or "organization" for all of the organization')
    .option("--role-name <name>", "role to assume in each of the accounts")
    .option("--concurrency <number>", "accounts at the same time (default: 4)")
    .option("--load-balancer <arn>", "read whole only the load balancers that have the targets of this one")
    .option(
      "--salt-file <path>",
      "file with the salt of the digests; created if it does not exist (default: a new salt)",
    )
    .option("--policy", "print the IAM policy that the command needs, and read nothing")
    .addHelpText("after", AFTER_HELP)
    .allowExcessArguments(false)
    .action(async (options: Options) => {
      const { snapshot } = await import("../account");
      process.exitCode = await snapshot(options);
    });
}

const AFTER_HELP = `
Exit codes:
  0  everything was read
  1  error: nothing was written
  2  written, but a part could not be read: the list "unread" in the document says which and why

The credentials are those of the AWS SDK: environment, profile, SSO, web identity, container, or instance.`;
