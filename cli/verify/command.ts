import { Command, ErrorOptions } from "commander";
import { EXIT_CODES } from "./check";
import { Flags } from "./run";

/** The command `verify`: sends the requests from the checklist of the routing guide. */
export function verifyCommand(): Command {
  return new VerifyCommand("verify")
    .description(
      "Tries to get around the Wallarm Node: connects to the application directly, calls the node without its secret header, and sends a test attack to the entry point. Results are valid only for the place where you run it. Run it from the internet and from inside the VPC.",
    )
    .option("--file <path>", "YAML file with the settings below (- is _ in their names); flags take precedence")
    .option(
      "--direct <addresses...>",
      'addresses of the application: "10.0.1.10", "app.internal:8443", "http://[2001:db8::1]"',
    )
    .option("--ports <ports...>", "ports for the addresses in --direct without a port (default: 80 443)")
    .option(
      "--routing <files...>",
      'outputs of the modules ("terraform output -json"): with --snapshot, the addresses of the application',
    )
    .option("--snapshot <files...>", 'documents of the command "snapshot", of the accounts and Regions in --routing')
    .option(
      "--from <place>",
      "where this command runs: internet (tests the public addresses of the application) or vpc (tests all)",
    )
    .option("--node <addresses...>", "URLs of nodes that require the secret header")
    .option("--secret-header-name <name>", "name of the header")
    .option("--secret-header-env <name>", "environment variable with the value of the header")
    .option("--secret-header-file <path>", "file with the value of the header")
    .option("--entry-points <addresses...>", "URLs where clients connect; verify sends a test attack to each")
    .option("--client-certificate <path>", "PEM file with the certificate for servers that ask for one, and its chain")
    .option("--client-key <path>", "PEM file with its key, without a passphrase")
    .option("--host <name>", "Host header of every request, and server name in TLS (default: the host of each address)")
    .option("--mode <mode>", "filtration mode of the node: block, safe_blocking, monitoring, or off (default: block)")
    .option(
      "--cloud <cloud>",
      "Wallarm Cloud of the node, EU or US, for the link to Wallarm Console (default: both links)",
    )
    .option("--timeout <seconds>", "time to connect, and then to get an answer (default: 10)")
    .option(
      "--deadline <seconds>",
      "time for the whole run (default: enough for the number of addresses, at least 300)",
    )
    .option("--concurrency <number>", "requests at the same time (default: 32)")
    .option("--json", "print JSON instead of a table")
    .option("--junit <path>", "also write JUnit XML")
    .addHelpText("after", AFTER_HELP)
    .allowExcessArguments(false)
    .action(async (flags: Flags, command: Command) => {
      // Loaded here, because the other commands need no HTTP, YAML, or schemas.
      const { run } = await import("./run");
      await run(flags, command);
    });
}

const AFTER_HELP = `
Exit codes:
  ${EXIT_CODES.pass}  every test passed
  ${EXIT_CODES.fail}  a test failed: a path around the node is open, or the node does not work as it should
  ${EXIT_CODES.unknown}  no test failed, but at least one is unknown, or an option is wrong

To trust other certificate authorities, set NODE_EXTRA_CA_CERTS to a PEM file.
`;

/** Exit code 1 means that a path around the node is open, so a wrong option has another code. */
class VerifyCommand extends Command {
  public override error(message: string, options?: ErrorOptions): never {
    super.error(message, { ...options, exitCode: EXIT_CODES.unknown });
  }
}
