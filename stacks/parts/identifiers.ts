/** Rules for the identifiers that AWS gives its resources, so that a mistyped or swapped one is refused at plan. */
import { Format } from "../../contract/field";
import {
  INSTANCE_ID,
  listenerArnFormat,
  SECURITY_GROUP_ID,
  SECURITY_GROUP_RULE_ID,
  TARGET_GROUP_ARN,
  VPC_ID,
} from "../../contract/formats";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { matches } from "../../synth/variables/rules";
import { Rule } from "../../synth/variables/schema";

const ofFormat = ({ pattern, requirement }: Format) => matches(pattern, requirement);

export const securityGroupId = ofFormat(SECURITY_GROUP_ID);

export const securityGroupRuleId = ofFormat(SECURITY_GROUP_RULE_ID);

export const vpcId = ofFormat(VPC_ID);

export const subnetId = matches(/^subnet-[0-9a-f]{8,17}$/, 'be a subnet id such as "subnet-0123456789abcdef0"');

export const routeTableId = matches(/^rtb-[0-9a-f]{8,17}$/, 'be a route table id such as "rtb-0123456789abcdef0"');

export const networkInterfaceId = matches(
  /^eni-[0-9a-f]{8,17}$/,
  'be a network interface id such as "eni-0123456789abcdef0"',
);

export const bucketName = matches(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'be the name of a bucket, such as "logs"');

export const kmsKeyArn = matches(
  /^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key\/[0-9A-Za-z-]+$/,
  "be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID)",
);

export const instanceId = ofFormat(INSTANCE_ID);

/** A pattern for a host name. */
export const HOST = "[0-9A-Za-z_]([0-9A-Za-z._-]*[0-9A-Za-z])?";

export const hostName = matches(new RegExp(`^${HOST}$`), 'be a host name such as "app.internal"');

export const ipAddress: Rule<string> = {
  test: (address) => hcl`can(cidrhost(${text`${address}/32`}, 0))`,
  requirement: 'be an IP address such as "10.0.1.10"',
};

/** @param kind "app" for an Application Load Balancer, "net" for a Network Load Balancer */
export const listenerArn = (kind: "app" | "net") => ofFormat(listenerArnFormat(kind));

export const networkLoadBalancerArn = matches(
  /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:loadbalancer\/.+$/,
  "be the ARN of a Network Load Balancer (arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/net/NAME/ID)",
);

export const applicationLoadBalancerArn = matches(
  /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:loadbalancer\/app\/.+$/,
  "be the ARN of an Application Load Balancer (arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID)",
);

export const targetGroupArn = ofFormat(TARGET_GROUP_ARN);

export const secretArn = matches(
  /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[0-9A-Za-z/_+=.@-]+$/,
  "be the ARN of a secret (arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX)",
);

export const cidrBlock: Rule<string> = {
  test: (value) => hcl`can(cidrhost(${value}, 0))`,
  requirement: 'be a CIDR block such as "192.0.2.0/24"',
};
