import { Command, ErrorOptions } from "commander";
import { EXIT_CODES } from "./check";
import { Flags } from "./run";

/** The command `verify`: sends the requests of the routing guide's checklist. */
export function verifyCommand(): Command {
  return new VerifyCommand("verify")
    .description(
      "Tries to get around the Wallarm Node: asks the application directly, the node without its secret header, and the entry point for an attack. The result is true of where this runs: try it from the internet and from the VPC.",
    )
    .option("--file <path>", "YAML file with the settings below, by the same names with _ for -; flags win")
    .option(
      "--direct <addresses...>",
      'where the application listens: "10.0.1.10", "app.internal:8443", "http://[2001:db8::1]"',
    )
    .option("--ports <ports...>", "of the addresses in --direct that have none (default: 80 443)")
    .option("--node <addresses...>", "URLs of nodes that demand the secret header")
    .option("--secret-header-name <name>", "the header")
    .option("--secret-header-env <name>", "environment variable that has its value")
    .option("--secret-header-file <path>", "file that has its value, instead")
    .option("--entry-points <addresses...>", "URLs where clients come in; a test attack is sent there")
    .option("--host <name>", "header Host of every request, and what TLS asks for (default: the host of each address)")
    .option("--mode <mode>", "of the node: block, safe_blocking, monitoring or off (default: block)")
    .option("--cloud <cloud>", "of the node: EU or US, for the link to Wallarm Console (default: both links)")
    .option("--timeout <seconds>", "for a connection, and then for the answer (default: 10)")
    .option("--deadline <seconds>", "for everything (default: 300)")
    .option("--concurrency <number>", "requests at a time (default: 32)")
    .option("--json", "print JSON instead of a table")
    .option("--junit <path>", "write JUnit XML, too")
    .addHelpText("after", AFTER_HELP)
    .allowExcessArguments(false)
    .action(async (flags: Flags, command: Command) => {
      // Not before somebody asks: the other commands do without HTTP, YAML and schemas.
      const { run } = await import("./run");
      await run(flags, command);
    });
}

const AFTER_HELP = `
Exit codes:
  ${EXIT_CODES.pass}  every test passed
  ${EXIT_CODES.fail}  a test failed: there is a way around the node, or it does not work as it should
  ${EXIT_CODES.unknown}  none failed, but one could not be made or shows nothing; or wrong options

Node.js reads further certificate authorities from the file in NODE_EXTRA_CA_CERTS.
`;

/** Wrong options are no failed test: 1 would say that there is a way around the node. */
class VerifyCommand extends Command {
  public override error(message: string, options?: ErrorOptions): never {
    super.error(message, { ...options, exitCode: EXIT_CODES.unknown });
  }
}
