/** The CDKTF program: `npm run synth` and `npx cdktf synth` run it. A module is a line. */
import { AlbStack } from "./stacks/alb/alb-stack";
import { ApiGatewayHttpStack } from "./stacks/api-gateway-http/api-gateway-http-stack";
import { ApiGatewayRestAlbStack } from "./stacks/api-gateway-rest-alb/api-gateway-rest-alb-stack";
import { ApiGatewayRestStack } from "./stacks/api-gateway-rest/api-gateway-rest-stack";
import { ApplicationBackendStack } from "./stacks/application-backend/application-backend-stack";
import { CloudFrontStack } from "./stacks/cloudfront/cloudfront-stack";
import { NetworkAclStack } from "./stacks/network-acl/network-acl-stack";
import { NlbStack } from "./stacks/nlb/nlb-stack";
import { NodeConfigStack } from "./stacks/node-config/node-config-stack";
import { NodeFleetStack } from "./stacks/node-fleet/node-fleet-stack";
import { SecurityGroupAuditStack } from "./stacks/security-group-audit/security-group-audit-stack";
import { SecurityGroupExclusiveStack } from "./stacks/security-group-exclusive/security-group-exclusive-stack";
import { SecurityGroupRulesStack } from "./stacks/security-group-rules/security-group-rules-stack";
import { VerificationStack } from "./stacks/verification/verification-stack";
import { ModuleApp } from "./synth/emit/module-app";

// The address of the usage in each README stands for any registry: docs/registry.md.
export const app = new ModuleApp({ registryAddress: (module) => `registry.example.com/acme/${module}/aws` });

new AlbStack(app, "alb");
new ApiGatewayHttpStack(app, "api-gateway-http");
new ApiGatewayRestStack(app, "api-gateway-rest");
new ApiGatewayRestAlbStack(app, "api-gateway-rest-alb");
new ApplicationBackendStack(app, "application-backend");
new CloudFrontStack(app, "cloudfront");
new NetworkAclStack(app, "network-acl");
new NlbStack(app, "nlb");
new NodeConfigStack(app, "node-config");
new NodeFleetStack(app, "node-fleet");
new SecurityGroupAuditStack(app, "security-group-audit");
new SecurityGroupExclusiveStack(app, "security-group-exclusive");
new SecurityGroupRulesStack(app, "security-group-rules");
new VerificationStack(app, "verification");

app.synth();
