/** Rules for the identifiers of AWS resources, so that the plan refuses a mistyped or swapped one. */
import { Format } from "../../contract/field";
import {
  INSTANCE_ID,
  listenerArnFormat,
  REFERENCED_SECURITY_GROUP_ID,
  SECURITY_GROUP_ID,
  SECURITY_GROUP_RULE_ID,
  TARGET_GROUP_ARN,
  VPC_ID,
} from "../../contract/formats";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { characters, matches } from "../../synth/variables/rules";
import { Rule } from "../../synth/variables/schema";

export const ofFormat = ({ pattern, requirement, ...texts }: Format) => matches(pattern, requirement, texts);

export const securityGroupId = ofFormat(SECURITY_GROUP_ID);

/** Of a group that a rule refers to, which can belong to another account. */
export const referencedSecurityGroupId = ofFormat(REFERENCED_SECURITY_GROUP_ID);

export const securityGroupRuleId = ofFormat(SECURITY_GROUP_RULE_ID);

export const vpcId = ofFormat(VPC_ID);

export const subnetId = matches(/^subnet-[0-9a-f]{8,17}$/, 'be a subnet ID such as "subnet-0123456789abcdef0"', {
  accepts: ["subnet-0123456789abcdef0", "subnet-0a1b2c3d"],
  refuses: ["10.0.11.0/24", "subnet-0a1b2c3", "subnet-0123456789abcdef01"],
});

export const routeTableId = matches(/^rtb-[0-9a-f]{8,17}$/, 'be a route table ID such as "rtb-0123456789abcdef0"', {
  accepts: ["rtb-0123456789abcdef0", "rtb-0a1b2c3d"],
  refuses: ["shop", "rtb-0a1b2c3", "rtb-0123456789abcdef01"],
});

export const networkInterfaceId = matches(
  /^eni-[0-9a-f]{8,17}$/,
  'be a network interface ID such as "eni-0123456789abcdef0"',
  { accepts: ["eni-0123456789abcdef0", "eni-0a1b2c3d"], refuses: ["shop", "eni-0a1b2c3", "eni-0123456789abcdef01"] },
);

export const bucketName = matches(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'be the name of a bucket, such as "logs"', {
  accepts: ["logs-of-shop", "abc", "b".repeat(63)],
  refuses: ["Logs", "ab", "b".repeat(64), "s3://logs"],
});

export const kmsKeyArn = matches(
  /^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key\/[0-9A-Za-z-]+$/,
  "be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID)",
  {
    accepts: ["arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"],
    refuses: ["alias/logs", "arn:aws:kms:eu-central-1:123456789012:alias/logs"],
  },
);

export const instanceId = ofFormat(INSTANCE_ID);

export const autoscalingGroupName = characters(1, 255);

/** ARNs for examples. */
const loadBalancer = (kind: "app" | "net") =>
  `arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/${kind}/shop/50dc6c495c0c9188`;

/** A pattern for a host name. */
export const HOST = "[0-9A-Za-z_]([0-9A-Za-z._-]*[0-9A-Za-z])?";

export const hostName = matches(new RegExp(`^${HOST}$`), 'be a host name such as "app.example.com"', {
  accepts: ["app.example.com", "10.0.1.10"],
  refuses: ["https://app.example.com", "app.example.com:8080", "app.example.com/", ""],
});

export const ipAddress: Rule<string> = {
  test: (address) => hcl`can(cidrhost(${text`${address}/32`}, 0))`,
  requirement: 'be an IP address such as "10.0.1.10"',
  accepts: ["10.0.1.10"],
  refuses: ["node.example.com", "10.0.1", "10.0.1.10/32"],
};

/** @param kinds "app" for an Application Load Balancer, "net" for a Network Load Balancer */
export const listenerArn = (...kinds: Parameters<typeof listenerArnFormat>) => ofFormat(listenerArnFormat(...kinds));

export const listenerRuleArn = matches(
  /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:listener-rule\/app\/[^\/]+\/[0-9a-f]+\/[0-9a-f]+\/[0-9a-f]+$/,
  "be a listener rule ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener-rule/app/NAME/ID/ID/ID)",
  {
    accepts: [
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee",
    ],
    refuses: [
      "10",
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2",
    ],
  },
);

export const networkLoadBalancerArn = matches(
  /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:loadbalancer\/net\/.+$/,
  "be the ARN of a Network Load Balancer (arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/net/NAME/ID)",
  { accepts: [loadBalancer("net")], refuses: [loadBalancer("app"), "node"] },
);

export const applicationLoadBalancerArn = matches(
  /^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:loadbalancer\/app\/.+$/,
  "be the ARN of an Application Load Balancer (arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID)",
  { accepts: [loadBalancer("app")], refuses: [loadBalancer("net"), "node"] },
);

export const targetGroupArn = ofFormat(TARGET_GROUP_ARN);

export const secretArn = matches(
  /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[0-9A-Za-z/_+=.@-]+$/,
  "be the ARN of a secret (arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX)",
  {
    accepts: ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:wallarm/token-AbCdEf"],
    refuses: ["wallarm/token", "arn:aws:ssm:eu-central-1:123456789012:parameter/wallarm/token"],
  },
);

export const cidrBlock: Rule<string> = {
  test: (value) => hcl`can(cidrhost(${value}, 0))`,
  requirement: 'be a CIDR block such as "192.0.2.0/24"',
  accepts: ["192.0.2.0/24", "2001:db8::/32"],
  refuses: ["192.0.2.1", "192.0.2.0/33"],
};
