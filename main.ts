import { AlbStack } from "./stacks/alb/alb-stack";
import { ApiGatewayHttpStack } from "./stacks/api-gateway-http/api-gateway-http-stack";
import { ApiGatewayRestAlbStack } from "./stacks/api-gateway-rest-alb/api-gateway-rest-alb-stack";
import { ApiGatewayRestStack } from "./stacks/api-gateway-rest/api-gateway-rest-stack";
import { NlbStack } from "./stacks/nlb/nlb-stack";
import { NodeConfigStack } from "./stacks/node-config/node-config-stack";
import { permissions } from "./stacks/permissions";
import { SecurityGroupAuditStack } from "./stacks/security-group-audit/security-group-audit-stack";
import { SecurityGroupExclusiveStack } from "./stacks/security-group-exclusive/security-group-exclusive-stack";
import { synthesize } from "./synth/command";

const project = {
  root: process.cwd(),
  stacks: {
    alb: AlbStack,
    "api-gateway-http": ApiGatewayHttpStack,
    "api-gateway-rest": ApiGatewayRestStack,
    "api-gateway-rest-alb": ApiGatewayRestAlbStack,
    nlb: NlbStack,
    "node-config": NodeConfigStack,
    "security-group-audit": SecurityGroupAuditStack,
    "security-group-exclusive": SecurityGroupExclusiveStack,
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
