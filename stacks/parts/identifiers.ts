/** Rules for the identifiers that AWS gives its resources, so that a mistyped or swapped one is refused at plan. */
import { matches } from "../../synth/rules";

export const securityGroupId = matches(/^sg-[0-9a-f]{8,17}$/, 'be a security group id such as "sg-0123456789abcdef0"');

export const vpcId = matches(/^vpc-[0-9a-f]{8,17}$/, 'be a VPC id such as "vpc-0123456789abcdef0"');

export const instanceId = matches(/^i-[0-9a-f]{8,17}$/, 'be an EC2 instance id such as "i-0123456789abcdef0"');

export const ipAddress = matches(
  /^([0-9]{1,3}([.][0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]+)$/,
  'be an IP address such as "10.0.1.10"',
);

export const listenerArn = matches(
  /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:listener\/.+$/,
  "be a listener ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID)",
);

export const targetGroupArn = matches(
  /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:targetgroup\/.+$/,
  "be a target group ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID)",
);
