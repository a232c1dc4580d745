import { Command, ErrorOptions } from "commander";
import { Options } from "./options";

/** The command `audit`: is there a way to the application that does not pass the node? */
export function auditCommand(): Command {
  return new AuditCommand("audit")
    .description(
      "Reads the account, and tells whether there is a way to the application that does not pass the Wallarm Node: proven that there is none, a bypass with its way, or undetermined with what is unknown.",
    )
    .option("--routing <files...>", 'files of "terraform output -json", of one or many root configurations')
    .option("--node-security-group <id>", "security group of the node, if no module says it")
    .option("--node-autoscaling-group <names...>", "Auto Scaling groups of the node")
    .option("--node-instances <ids...>", "instances of the node")
    .option("--application-security-group <ids...>", "security groups of the application")
    .option("--application-target-group <arns...>", "target groups of the application")
    .option("--application-port <ports...>", "ports of the application")
    .option("--snapshot <files...>", 'documents of "snapshot", instead of reading the account')
    .option(
      "--plan <file>",
      'plan in JSON ("terraform show -json PLAN"): judge the account as it will be after the apply',
    )
    .option("--salt-file <file>", "salt of the snapshots: the plan's header values are compared with theirs")
    .option("--region <name>", "Region, if no module says it (default: that of the environment or the profile)")
    .option("--profile <name>", "profile in the files of the AWS CLI")
    .option("--role-arn <arn>", "role to assume")
    .option(
      "--require-locks <locks>",
      'what must keep others away by itself: sg, nacl, route, layer7, separated by commas, or "none" (default: sg)',
    )
    .option("--accept <file>", "YAML list of what you accept: class, resource, reason, until")
    .option("--baseline <file>", "report of a former --json: fail only on what is new")
    .option("--allow-canary", "do not fail on requests that node_traffic_percent sends to the application")
    .option("--json", "print JSON instead of a tree")
    .option("--sarif <file>", "also write SARIF, for code scanning")
    .option("--html <file>", "also write a page with the ways drawn")
    .option("--root <folders...>", "folders of the root configurations, in the order of --routing: places for SARIF")
    .addHelpText("after", AFTER_HELP)
    .allowExcessArguments(false)
    .action(async (options: Options) => {
      const { audit } = await import("../account");
      process.exitCode = await audit(options);
    });
}

const AFTER_HELP = `
Exit codes:
  0  proven: every way passes the node, and the required locks hold
  1  bypass, a required lock does not hold, or an acceptance has expired or matches nothing
  2  undetermined, an error, or a wrong option`;

/** Exit code 1 means that there is a way around the node, so a wrong option has another code. */
class AuditCommand extends Command {
  public override error(message: string, options?: ErrorOptions): never {
    super.error(message, { ...options, exitCode: 2 });
  }
}
