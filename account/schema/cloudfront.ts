/** What a snapshot keeps of Amazon CloudFront, in the API's own names: distributions whole, with the values of headers as digests. */
import * as z from "zod";
import { DIGEST } from "./digest";

const text = z.string().optional();
const number = z.number().optional();
const items = <Item extends z.ZodType>(item: Item) =>
  z.looseObject({ Quantity: z.number().optional(), Items: z.array(item).optional() });

export const ORIGIN = z.looseObject({
  Id: z.string(),
  DomainName: z.string(),
  CustomHeaders: items(z.object({ HeaderName: z.string(), HeaderValue: DIGEST })).optional(),
  OriginPath: text,
  ConnectionAttempts: number,
  ConnectionTimeout: number,
  OriginShield: z.looseObject({ Enabled: z.boolean().optional(), OriginShieldRegion: text }).optional(),
  OriginAccessControlId: text,
  CustomOriginConfig: z
    .looseObject({
      HTTPPort: number,
      HTTPSPort: number,
      OriginProtocolPolicy: text,
      OriginSslProtocols: items(z.string()).optional(),
      OriginReadTimeout: number,
      OriginKeepaliveTimeout: number,
    })
    .optional(),
  VpcOriginConfig: z
    .looseObject({ VpcOriginId: z.string(), OriginReadTimeout: number, OriginKeepaliveTimeout: number })
    .optional(),
  S3OriginConfig: z.looseObject({ OriginAccessIdentity: text }).optional(),
});

const CACHE_BEHAVIOR = z.looseObject({
  TargetOriginId: z.string(),
  /** The default behavior has none. */
  PathPattern: text,
  FunctionAssociations: items(z.looseObject({ FunctionARN: z.string(), EventType: text })).optional(),
  LambdaFunctionAssociations: items(z.looseObject({ LambdaFunctionARN: z.string(), EventType: text })).optional(),
});

const ORIGIN_GROUP = z.looseObject({ Id: z.string(), Members: items(z.looseObject({ OriginId: z.string() })) });

/** Loose: settings that this version does not know stay, because nobody may drop them. */
export const DISTRIBUTION_CONFIG = z.looseObject({
  Enabled: z.boolean().optional(),
  Comment: text,
  Staging: z.boolean().optional(),
  ContinuousDeploymentPolicyId: text,
  Aliases: items(z.string()).optional(),
  Origins: items(ORIGIN),
  OriginGroups: items(ORIGIN_GROUP).optional(),
  DefaultCacheBehavior: CACHE_BEHAVIOR.optional(),
  CacheBehaviors: items(CACHE_BEHAVIOR).optional(),
  Logging: z.looseObject({ Bucket: text }).optional(),
});

export const DISTRIBUTION = z.object({
  Id: z.string(),
  ARN: text,
  DomainName: text,
  Status: text,
  /** Null: it could not be read. */
  DistributionConfig: DISTRIBUTION_CONFIG.nullable().default(null),
  /** Settings in the answer that the SDK does not know and drops, by path: "Origins.CustomOriginConfig.OriginHttpVersion". */
  UnknownSettings: z.array(z.string()).default([]),
});

export const CONTINUOUS_DEPLOYMENT_POLICY = z.object({
  Id: z.string(),
  ContinuousDeploymentPolicyConfig: z.object({
    Enabled: z.boolean().optional(),
    StagingDistributionDnsNames: items(z.string()).optional(),
    TrafficConfig: z
      .object({
        Type: text,
        SingleWeightConfig: z.object({ Weight: z.number().optional() }).optional(),
        SingleHeaderConfig: z.object({ Header: text, Value: DIGEST.optional() }).optional(),
      })
      .optional(),
  }),
});

export const VPC_ORIGIN = z.object({
  Id: z.string(),
  Status: text,
  VpcOriginEndpointConfig: z
    .object({
      Name: text,
      Arn: text,
      HTTPPort: z.number().optional(),
      HTTPSPort: z.number().optional(),
      OriginProtocolPolicy: text,
    })
    .optional(),
});

export const FUNCTION = z.object({
  Name: z.string(),
  Status: text,
  FunctionMetadata: z.object({ FunctionARN: text, Stage: text }).optional(),
});

export const CLOUDFRONT = z.object({
  Distributions: z.array(DISTRIBUTION),
  ContinuousDeploymentPolicies: z.array(CONTINUOUS_DEPLOYMENT_POLICY),
  VpcOrigins: z.array(VPC_ORIGIN),
  Functions: z.array(FUNCTION),
});
