#!/usr/bin/env node
import { program } from "./program";

// The formatter's WebAssembly would keep the process alive for another second, so it is ended. A command says with
// process.exitCode what it found.
program()
  .parseAsync()
  .then(
    () => process.exit(),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
