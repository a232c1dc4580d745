/** The formats of AWS identifiers. */
import { Format } from "./field";

/** ARNs for examples. */
const LOAD_BALANCING = "arn:aws:elasticloadbalancing:eu-central-1:123456789012";
const loadBalancer = (kind: "app" | "net") => `${LOAD_BALANCING}:loadbalancer/${kind}/shop/50dc6c495c0c9188`;
const listener = (kind: "app" | "net") => `${LOAD_BALANCING}:listener/${kind}/shop/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const targetGroup = `${LOAD_BALANCING}:targetgroup/application/73e2d6bc24d8a067`;

export const ACCOUNT_ID: Format = {
  pattern: /^[0-9]{12}$/,
  requirement: 'be an AWS account ID such as "123456789012"',
  accepts: ["123456789012"],
  refuses: ["production", "12345678901", "1234567890123"],
};

export const VPC_ID: Format = {
  pattern: /^vpc-[0-9a-f]{8,17}$/,
  requirement: 'be a VPC ID such as "vpc-0123456789abcdef0"',
  accepts: ["vpc-0123456789abcdef0", "vpc-0a1b2c3d"],
  refuses: ["shop", "vpc-0a1b2c3", "vpc-0123456789abcdef01"],
};

export const SECURITY_GROUP_ID: Format = {
  pattern: /^sg-[0-9a-f]{8,17}$/,
  requirement: 'be a security group ID such as "sg-0123456789abcdef0"',
  accepts: ["sg-0123456789abcdef0", "sg-0a1b2c3d"],
  refuses: ["shop", "sg-0a1b2c3", "sg-0123456789abcdef01"],
};

/**
 * A rule refers to a group of another account in this form, and only then does its plan settle.
 * Source: https://github.com/hashicorp/terraform-provider-aws/issues/36623
 */
export const REFERENCED_SECURITY_GROUP_ID: Format = {
  pattern: /^([0-9]{12}\/)?sg-[0-9a-f]{8,17}$/,
  requirement:
    'be a security group ID such as "sg-0123456789abcdef0" or, in another account, "111122223333/sg-0123456789abcdef0"',
  // The form of another account is accepted where the rules of that group are switched off.
  accepts: ["sg-0123456789abcdef0", "sg-0a1b2c3d"],
  refuses: ["shop", "sg-0a1b2c3", "sg-0123456789abcdef01", "production/sg-0123456789abcdef0"],
};

export const SECURITY_GROUP_RULE_ID: Format = {
  pattern: /^sgr-[0-9a-f]{8,17}$/,
  requirement: 'be a security group rule ID such as "sgr-0123456789abcdef0"',
  accepts: ["sgr-0123456789abcdef0", "sgr-0a1b2c3d"],
  refuses: ["shop", "sgr-0a1b2c3", "sgr-0123456789abcdef01"],
};

export const INSTANCE_ID: Format = {
  pattern: /^i-[0-9a-f]{8,17}$/,
  requirement: 'be an EC2 instance ID such as "i-0123456789abcdef0"',
  accepts: ["i-0123456789abcdef0", "i-0a1b2c3d"],
  refuses: ["shop", "i-0a1b2c3", "i-0123456789abcdef01"],
};

export const TARGET_GROUP_ARN: Format = {
  pattern: /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:targetgroup\/.+$/,
  requirement: "be a target group ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID)",
  accepts: [targetGroup],
  refuses: [loadBalancer("app"), listener("app"), "application"],
};

/** @param kinds "app" for an Application Load Balancer, "net" for a Network Load Balancer */
export function listenerArnFormat(...kinds: ["app" | "net", ...("app" | "net")[]]): Format {
  const [kind] = kinds;
  const pattern = kinds.length === 1 ? kind : `(${kinds.join("|")})`;
  const others = (["app", "net"] as const).filter((other) => !kinds.includes(other));
  return {
    pattern: new RegExp(`^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:listener/${pattern}/.+$`),
    requirement: `be a listener ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/${kinds.join(" or ")}/NAME/ID/ID)`,
    accepts: [listener(kind), ...kinds.slice(1).map(listener)],
    refuses: [loadBalancer(kind), ...others.map(listener), targetGroup, "shop"],
  };
}
