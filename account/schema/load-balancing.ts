/** What a snapshot keeps of Elastic Load Balancing, in the API's own names. Client secrets of logins and bodies of fixed responses are dropped. */
import * as z from "zod";
import { DIGEST } from "./digest";
import { TAGS } from "./ec2";

const text = z.string().optional();
const texts = z.array(z.string()).optional();

export const ATTRIBUTE = z.object({ Key: z.string(), Value: text });

export const ACTION = z.object({
  Type: z.string(),
  Order: z.number().optional(),
  TargetGroupArn: text,
  ForwardConfig: z
    .object({
      TargetGroups: z.array(z.object({ TargetGroupArn: z.string(), Weight: z.number().optional() })).optional(),
      TargetGroupStickinessConfig: z
        .object({ Enabled: z.boolean().optional(), DurationSeconds: z.number().optional() })
        .optional(),
    })
    .optional(),
  RedirectConfig: z.object({ Protocol: text, Port: text, Host: text, StatusCode: text }).optional(),
  FixedResponseConfig: z.object({ StatusCode: text }).optional(),
});

const values = z.object({ Values: texts, RegexValues: texts }).optional();
export const CONDITION = z.object({
  Field: z.string(),
  Values: texts,
  HostHeaderConfig: values,
  PathPatternConfig: values,
  HttpRequestMethodConfig: z.object({ Values: texts }).optional(),
  SourceIpConfig: z.object({ Values: texts }).optional(),
  QueryStringConfig: z.object({ Values: z.array(z.object({ Key: text, Value: z.string() })).optional() }).optional(),
  /** A header may be the secret between CloudFront and the load balancer. */
  HttpHeaderConfig: z
    .object({
      HttpHeaderName: z.string(),
      Values: z.array(DIGEST).optional(),
      RegexValues: z.array(DIGEST).optional(),
    })
    .optional(),
});

export const RULE = z.object({
  RuleArn: z.string(),
  Priority: z.string(),
  IsDefault: z.boolean(),
  Conditions: z.array(CONDITION).default([]),
  Actions: z.array(ACTION),
  Transforms: z.array(z.object({ Type: z.string() })).default([]),
  Tags: TAGS,
});

export const LISTENER = z.object({
  ListenerArn: z.string(),
  Port: z.number().optional(),
  Protocol: text,
  SslPolicy: text,
  /** The default certificate. */
  Certificates: z.array(z.object({ CertificateArn: text })).optional(),
  AlpnPolicy: texts,
  MutualAuthentication: z.object({ Mode: text }).optional(),
  DefaultActions: z.array(ACTION),
  Rules: z.array(RULE).default([]),
  Tags: TAGS,
});

/** Listeners: null if the load balancer is not read whole, because no target group in question belongs to it. */
export const LOAD_BALANCER = z.object({
  LoadBalancerArn: z.string(),
  LoadBalancerName: z.string(),
  DNSName: text,
  Scheme: text,
  Type: z.string(),
  VpcId: text,
  IpAddressType: text,
  State: z.object({ Code: text }).optional(),
  AvailabilityZones: z.array(z.object({ SubnetId: text, ZoneName: text })).optional(),
  SecurityGroups: texts,
  EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: text,
  Attributes: z.array(ATTRIBUTE).default([]),
  Listeners: z.array(LISTENER).nullable().default(null),
  Tags: TAGS,
});

export const TARGET_HEALTH = z.object({
  Target: z.object({ Id: z.string(), Port: z.number().optional(), AvailabilityZone: text }),
  HealthCheckPort: text,
  TargetHealth: z.object({ State: text, Reason: text }).optional(),
});

/** Attributes: null if no load balancer that is read whole uses the group. */
export const TARGET_GROUP = z.object({
  TargetGroupArn: z.string(),
  TargetGroupName: z.string(),
  Protocol: text,
  ProtocolVersion: text,
  Port: z.number().optional(),
  VpcId: text,
  TargetType: text,
  IpAddressType: text,
  LoadBalancerArns: z.array(z.string()).default([]),
  HealthCheckProtocol: text,
  HealthCheckPort: text,
  HealthCheckPath: text,
  Matcher: z.object({ HttpCode: text, GrpcCode: text }).optional(),
  Attributes: z.array(ATTRIBUTE).nullable().default(null),
  Targets: z.array(TARGET_HEALTH).default([]),
  Tags: TAGS,
});

export const LOAD_BALANCING = z.object({
  LoadBalancers: z.array(LOAD_BALANCER),
  TargetGroups: z.array(TARGET_GROUP),
});
