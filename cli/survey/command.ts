import { Command } from "commander";
import { Options } from "./options";

/** The command `survey`: what it takes to put a node in front of each application of an organization. */
export function surveyCommand(): Command {
  return new Command("survey")
    .description(
      'Lists each load balancer, distribution, and API of the accounts, and tells what "onboard" would answer: ready, or what its owner does first, or why it is not possible. Of those behind the node, it tells how much of the requests, and which locks hold.',
    )
    .option("--snapshot <files...>", 'documents of "snapshot", instead of reading the account')
    .option("--routing <files...>", 'files of "terraform output -json", of the configurations that are applied')
    .option("--node-autoscaling-group <name>", "Auto Scaling group of the node, if it runs already")
    .option("--node-instances <ids...>", "instances of the node")
    .option("--node-addresses <addresses...>", "IP addresses of the node")
    .option("--node-ecs-service <name>", "ECS service of the node: its ARN, CLUSTER/SERVICE, or its name")
    .option("--node-listener <arn>", "listener of the load balancer in front of the node, for APIs and distributions")
    .option("--node-domain-name <name>", "name by which CloudFront reaches the node")
    .option("--csv", "print CSV instead of a table")
    .option("--json", 'print JSON instead of a table, for "onboard --from"')
    .option("--region <names...>", "Regions to read (default: that of the environment or the profile)")
    .option("--profile <name>", "profile in the files of the AWS CLI")
    .option("--role-arn <arn>", "role to assume")
    .option("--policy", "print the IAM policy that the command needs, and read nothing")
    .addHelpText("after", AFTER_HELP)
    .allowExcessArguments(false)
    .action(async (options: Options) => {
      const { survey } = await import("../account");
      process.exitCode = await survey(options);
    });
}

const AFTER_HELP = `
Exit codes:
  0  every entry point was read and judged
  1  error
  2  a part could not be read: some entry points are undetermined, or not in the list`;
