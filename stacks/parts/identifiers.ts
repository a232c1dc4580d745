/** Rules for the identifiers that AWS gives its resources, so that a mistyped or swapped one is refused at plan. */
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { matches } from "../../synth/variables/rules";
import { Rule } from "../../synth/variables/schema";

export const securityGroupId = matches(/^sg-[0-9a-f]{8,17}$/, 'be a security group id such as "sg-0123456789abcdef0"');

export const securityGroupRuleId = matches(
  /^sgr-[0-9a-f]{8,17}$/,
  'be a security group rule id such as "sgr-0123456789abcdef0"',
);

export const vpcId = matches(/^vpc-[0-9a-f]{8,17}$/, 'be a VPC id such as "vpc-0123456789abcdef0"');

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

export const instanceId = matches(/^i-[0-9a-f]{8,17}$/, 'be an EC2 instance id such as "i-0123456789abcdef0"');

/** A pattern for a host name. */
export const HOST = "[0-9A-Za-z_]([0-9A-Za-z._-]*[0-9A-Za-z])?";

export const hostName = matches(new RegExp(`^${HOST}$`), 'be a host name such as "app.internal"');

export const ipAddress: Rule<string> = {
  test: (address) => hcl`can(cidrhost(${text`${address}/32`}, 0))`,
  requirement: 'be an IP address such as "10.0.1.10"',
};

/** @param kind "app" for an Application Load Balancer, "net" for a Network Load Balancer */
export function listenerArn(kind: "app" | "net") {
  return matches(
    /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:listener\/.+$/,
    `be a listener ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/${kind}/NAME/ID/ID)`,
  );
}

export const networkLoadBalancerArn = matches(
  /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:loadbalancer\/.+$/,
  "be the ARN of a Network Load Balancer (arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/net/NAME/ID)",
);

export const applicationLoadBalancerArn = matches(
  /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:loadbalancer\/app\/.+$/,
  "be the ARN of an Application Load Balancer (arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID)",
);

export const targetGroupArn = matches(
  /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:targetgroup\/.+$/,
  "be a target group ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID)",
);

export const secretArn = matches(
  /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[0-9A-Za-z/_+=.@-]+$/,
  "be the ARN of a secret (arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX)",
);

export const cidrBlock: Rule<string> = {
  test: (value) => hcl`can(cidrhost(${value}, 0))`,
  requirement: 'be a CIDR block such as "192.0.2.0/24"',
};
