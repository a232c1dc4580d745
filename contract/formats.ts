/** The identifiers that AWS gives its resources. */
import { Format } from "./field";

export const ACCOUNT_ID: Format = {
  pattern: /^[0-9]{12}$/,
  requirement: 'be an account id such as "123456789012"',
};

export const VPC_ID: Format = {
  pattern: /^vpc-[0-9a-f]{8,17}$/,
  requirement: 'be a VPC id such as "vpc-0123456789abcdef0"',
};

export const SECURITY_GROUP_ID: Format = {
  pattern: /^sg-[0-9a-f]{8,17}$/,
  requirement: 'be a security group id such as "sg-0123456789abcdef0"',
};

export const SECURITY_GROUP_RULE_ID: Format = {
  pattern: /^sgr-[0-9a-f]{8,17}$/,
  requirement: 'be a security group rule id such as "sgr-0123456789abcdef0"',
};

export const INSTANCE_ID: Format = {
  pattern: /^i-[0-9a-f]{8,17}$/,
  requirement: 'be an EC2 instance id such as "i-0123456789abcdef0"',
};

export const TARGET_GROUP_ARN: Format = {
  pattern: /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:targetgroup\/.+$/,
  requirement: "be a target group ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID)",
};

/** @param kind "app" for an Application Load Balancer, "net" for a Network Load Balancer */
export function listenerArnFormat(kind: "app" | "net"): Format {
  return {
    pattern: /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:listener\/.+$/,
    requirement: `be a listener ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/${kind}/NAME/ID/ID)`,
  };
}
