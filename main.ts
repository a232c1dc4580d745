import { AlbStack } from "./stacks/alb/alb-stack";
import { permissions } from "./stacks/permissions";
import { synthesize } from "./synth/command";

const project = { root: process.cwd(), stacks: { alb: AlbStack }, permissions };

// The formatter's WebAssembly would keep the process alive for another second, so it is ended.
synthesize(project, process.argv.slice(2)).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
