import { Command } from "commander";
import { Options } from "./options";

/** The command `onboard`: writes a root configuration for an application that already runs. */
export function onboardCommand(): Command {
  return new Command("onboard")
    .description(
      "Reads an application behind a load balancer, CloudFront, an HTTP API, or a REST API from the account, and writes a root configuration that puts a Wallarm Node in front of it, with what others must do in OWNERS.md.",
    )
    .argument("[scenario]", '"alb", "nlb", "cloudfront", "http-api", or "rest-api"')
    .argument("[arn]", "ARN of the load balancer, or ID of the API or the distribution")
    .option("--node-autoscaling-group <name>", "Auto Scaling group of the node")
    .option("--node-instances <ids...>", "instances of the node")
    .option("--node-addresses <addresses...>", "IP addresses of the node")
    .option("--node-ecs-service <name>", "ECS service of the node: its ARN, CLUSTER/SERVICE, or its name")
    .option("--new-fleet", "let the configuration create the node, with node-fleet and node-config")
    .option("--node-image <image>", "with --new-fleet: AMI ID or full name of the Wallarm NGINX Node")
    .option("--node-image-owner <account>", "with an image by name: its owner (default: Wallarm on AWS Marketplace)")
    .option("--node-token-secret <arn>", "with --new-fleet: secret in Secrets Manager with the token of the node")
    .option(
      "--node-certificate-secret <arn>",
      "nlb with --new-fleet: secret with certificate and key of a node that ends TLS",
    )
    .option("--node-subnets <ids...>", "with --new-fleet: its subnets (default: private ones with a route out)")
    .option("--wallarm-cloud <cloud>", "with --new-fleet: EU, US, or the host name of Wallarm's API (default: EU)")
    .option(
      "--backend-url <url>",
      "with --new-fleet: where the node reaches the application (default with alb: its only target, or a new load balancer)",
    )
    .option(
      "--node-listener <arn>",
      "http-api, rest-api, cloudfront: listener of the load balancer in front of the node",
    )
    .option("--node-domain-name <name>", "cloudfront: name by which CloudFront reaches the node")
    .option(
      "--application-target-groups <arns...>",
      "whose targets are the application: alb, if others share the load balancer; others, if the account does not tell",
    )
    .option(
      "--application-origins <ids...>",
      "cloudfront: all origins that lead to the application (default: load balancers of the account and Region)",
    )
    .option(
      "--adopt-distribution",
      "cloudfront: let the module set the origins of a distribution that is in no Terraform state",
    )
    .option("--adopt-api", "rest-api: let the module manage integrations and a stage that are in no Terraform state")
    .option("--stage <name>", "rest-api: stage that clients call (default: the only one)")
    .option(
      "--region <name>",
      "http-api, rest-api, cloudfront: Region of the API or the application (default: of the environment or the profile)",
    )
    .option("--out <folder>", "folder for the root configuration")
    .option("--print", "print the files, and write nothing")
    .option("--name <name>", "name of the resources (default: that of the load balancer, and -wallarm)")
    .option(
      "--source <words...>",
      'where the modules come from: "vendor", "registry HOST/NAMESPACE", or a Git URL (default: vendor)',
    )
    .option("--tag <tags...>", "tags of all resources: KEY=VALUE")
    .option("--mirror", "alb: let all routes follow their rules, which each plan then reads")
    .option(
      "--adopt-listeners",
      "nlb: let the module set the default action of listeners that are in no Terraform state",
    )
    .option("--listener-ports <ports...>", "nlb: only these listeners")
    .option("--snapshot <files...>", 'documents of "snapshot", instead of reading the account')
    .option("--from <file>", "a survey in JSON: write a root configuration for each of its rows to a folder in --out")
    .option("--state <states...>", 'for --from: rows that are "ready", "owner-first", or both (default: ready)')
    .option(
      "--only <words...>",
      "for --from: rows of these accounts, Regions, VPCs, or folders, for options of one node (default: all)",
    )
    .option("--check <folders...>", "write nothing, and list what has changed in the account since then")
    .option("--routing <files...>", "for --check: what terraform output -json wrote, to list what is not applied")
    .option("--imports <folder>", "after a failed apply: write import blocks for what exists and is not in the state")
    .option("--plan <file>", "for --imports: the plan in JSON, as terraform show -json writes it")
    .option("--profile <name>", "profile in the files of the AWS CLI")
    .option("--role-arn <arn>", "role to assume")
    .addHelpText("after", AFTER_HELP)
    .allowExcessArguments(false)
    .action(async (scenario: string | undefined, arn: string | undefined, options: Options) => {
      const { onboard } = await import("../account");
      process.exitCode = await onboard(scenario, arn, options);
    });
}

const AFTER_HELP = `
Exit codes:
  0  written; for --check: nothing has changed
  1  error, an edited file, or a refusal: nothing was written, and for --from: not for this row; for --check: something has
     changed
  2  for --check: the account could not be read; for --imports: a part of it`;
