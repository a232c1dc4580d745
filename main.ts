import { AlbStack } from "./stacks/alb/alb-stack";
import { CloudFrontStack } from "./stacks/cloudfront/cloudfront-stack";
import { NlbStack } from "./stacks/nlb/nlb-stack";
import { NodeConfigStack } from "./stacks/node-config/node-config-stack";
import { permissions } from "./stacks/permissions";
import { SecurityGroupAuditStack } from "./stacks/security-group-audit/security-group-audit-stack";
import { SecurityGroupExclusiveStack } from "./stacks/security-group-exclusive/security-group-exclusive-stack";

/** The modules, and what their READMEs are made from. */
export const project = {
  stacks: {
    alb: AlbStack,
    cloudfront: CloudFrontStack,
    nlb: NlbStack,
    "node-config": NodeConfigStack,
    "security-group-audit": SecurityGroupAuditStack,
    "security-group-exclusive": SecurityGroupExclusiveStack,
  },
  permissions,
};
