import { AlbStack } from "./stacks/alb/alb-stack";
import { NlbStack } from "./stacks/nlb/nlb-stack";
import { NodeConfigStack } from "./stacks/node-config/node-config-stack";
import { permissions } from "./stacks/permissions";
import { SecurityGroupAuditStack } from "./stacks/security-group-audit/security-group-audit-stack";
import { SecurityGroupExclusiveStack } from "./stacks/security-group-exclusive/security-group-exclusive-stack";
import { VerificationStack } from "./stacks/verification/verification-stack";
import { synthesize } from "./synth/command";

const project = {
  root: process.cwd(),
  stacks: {
    alb: AlbStack,
    nlb: NlbStack,
    "node-config": NodeConfigStack,
    "security-group-audit": SecurityGroupAuditStack,
    "security-group-exclusive": SecurityGroupExclusiveStack,
    verification: VerificationStack,
  },
  permissions,
};

// The formatter's WebAssembly would keep the process alive for another second, so it is ended.
synthesize(project, process.argv.slice(2)).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
