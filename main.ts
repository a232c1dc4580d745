import { AlbStack } from "./stacks/alb/alb-stack";
import { ApiGatewayHttpStack } from "./stacks/api-gateway-http/api-gateway-http-stack";
import { ApiGatewayRestAlbStack } from "./stacks/api-gateway-rest-alb/api-gateway-rest-alb-stack";
import { ApiGatewayRestStack } from "./stacks/api-gateway-rest/api-gateway-rest-stack";
import { CloudFrontStack } from "./stacks/cloudfront/cloudfront-stack";
import { NlbStack } from "./stacks/nlb/nlb-stack";
import { NodeConfigStack } from "./stacks/node-config/node-config-stack";
import { permissions } from "./stacks/permissions";
import { SecurityGroupAuditStack } from "./stacks/security-group-audit/security-group-audit-stack";
import { SecurityGroupExclusiveStack } from "./stacks/security-group-exclusive/security-group-exclusive-stack";
import { VerificationStack } from "./stacks/verification/verification-stack";

/** The modules, and what their READMEs are made from. */
export const project = {
  stacks: {
    alb: AlbStack,
    "api-gateway-http": ApiGatewayHttpStack,
    "api-gateway-rest": ApiGatewayRestStack,
    "api-gateway-rest-alb": ApiGatewayRestAlbStack,
    cloudfront: CloudFrontStack,
    nlb: NlbStack,
    "node-config": NodeConfigStack,
    "security-group-audit": SecurityGroupAuditStack,
    "security-group-exclusive": SecurityGroupExclusiveStack,
    verification: VerificationStack,
  },
  permissions,
};
