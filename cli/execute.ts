import { Command } from "commander";

/** Runs a command and ends the process. The command sets process.exitCode. */
export function execute(command: Command): void {
  command.parseAsync().then(
    // The formatter's WebAssembly would keep the process alive for another second.
    () => process.exit(),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
}
