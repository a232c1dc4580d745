import type { DefaultCacheBehavior, DistributionConfig } from "@aws-sdk/client-cloudfront";

const list = <T>(...Items: T[]) => ({ Quantity: Items.length, Items });
const METHODS = list<"GET" | "HEAD">("GET", "HEAD");

/** With each setting but those of the two ways to cache, which exclude each other. */
const behavior: DefaultCacheBehavior = {
  TargetOriginId: "shop",
  TrustedSigners: { Enabled: true, ...list("123456789012") },
  TrustedKeyGroups: { Enabled: true, ...list("key-group") },
  ViewerProtocolPolicy: "https-only",
  AllowedMethods: { ...METHODS, CachedMethods: METHODS },
  SmoothStreaming: false,
  Compress: true,
  LambdaFunctionAssociations: list({
    LambdaFunctionARN: "arn:aws:lambda:us-east-1:123456789012:function:edge:1",
    EventType: "viewer-request",
    IncludeBody: true,
  }),
  FunctionAssociations: list({
    FunctionARN: "arn:aws:cloudfront::123456789012:function/rewrite",
    EventType: "viewer-response",
  }),
  FieldLevelEncryptionId: "C3P0",
  RealtimeLogConfigArn: "arn:aws:cloudfront::123456789012:realtime-log-config/shop",
  GrpcConfig: { Enabled: true },
};
const policies = {
  CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  OriginRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
  ResponseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
};
const forwardedValues = {
  ForwardedValues: {
    QueryString: true,
    QueryStringCacheKeys: list("page"),
    Cookies: { Forward: "whitelist" as const, WhitelistedNames: list("session") },
    Headers: list("Host"),
  },
  MinTTL: 1,
  DefaultTTL: 2,
  MaxTTL: 3,
};

/**
 * A distribution with every setting that the API has. AWS accepts no distribution with all of them at once.
 * @param VpcOriginId of one that the account has
 */
export const fullDistribution = (VpcOriginId: string): DistributionConfig => ({
  CallerReference: "full",
  Aliases: list("www.example.com"),
  DefaultRootObject: "index.html",
  Origins: list(
    {
      Id: "shop",
      DomainName: "shop.example.com",
      OriginPath: "/shop",
      CustomHeaders: list({ HeaderName: "X-Tenant", HeaderValue: "shop" }),
      ConnectionAttempts: 2,
      ConnectionTimeout: 5,
      ResponseCompletionTimeout: 90,
      OriginShield: { Enabled: true, OriginShieldRegion: "eu-central-1" },
      CustomOriginConfig: {
        HTTPPort: 8080,
        HTTPSPort: 8443,
        OriginProtocolPolicy: "https-only",
        OriginSslProtocols: list<"TLSv1.1" | "TLSv1.2">("TLSv1.1", "TLSv1.2"),
        OriginReadTimeout: 60,
        OriginKeepaliveTimeout: 50,
        IpAddressType: "dualstack",
        OriginMtlsConfig: { ClientCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/client" },
      },
    },
    {
      Id: "internal",
      DomainName: "internal.example.com",
      VpcOriginConfig: {
        VpcOriginId,
        OwnerAccountId: "123456789012",
        OriginReadTimeout: 40,
        OriginKeepaliveTimeout: 20,
      },
    },
    {
      Id: "pictures",
      DomainName: "pictures.s3.eu-central-1.amazonaws.com",
      S3OriginConfig: {
        OriginAccessIdentity: "origin-access-identity/cloudfront/E127EXAMPLE51Z",
        OriginReadTimeout: 45,
      },
    },
    {
      Id: "files",
      DomainName: "files.s3.eu-central-1.amazonaws.com",
      S3OriginConfig: { OriginAccessIdentity: "" },
      OriginAccessControlId: "E327GJI25M56DG",
    },
  ),
  OriginGroups: list({
    Id: "group",
    FailoverCriteria: { StatusCodes: list(500, 502) },
    Members: list({ OriginId: "shop" }, { OriginId: "internal" }),
    SelectionCriteria: "media-quality-based" as const,
  }),
  DefaultCacheBehavior: { ...behavior, ...policies },
  CacheBehaviors: list(
    { PathPattern: "/policies/*", ...behavior, ...policies },
    { PathPattern: "/forwarded/*", ...behavior, ...forwardedValues },
  ),
  CustomErrorResponses: list({
    ErrorCode: 404,
    ResponsePagePath: "/404.html",
    ResponseCode: "200",
    ErrorCachingMinTTL: 30,
  }),
  Comment: "Everything",
  Logging: { Enabled: true, IncludeCookies: true, Bucket: "logs.s3.amazonaws.com", Prefix: "shop/" },
  PriceClass: "PriceClass_100",
  Enabled: true,
  ViewerCertificate: {
    ACMCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/6f0a2c1e-3f5b-4d0a-9a34-2f6a1c7b8d90",
    SSLSupportMethod: "sni-only",
    MinimumProtocolVersion: "TLSv1.2_2021",
  },
  Restrictions: { GeoRestriction: { RestrictionType: "whitelist", ...list("DE", "FR") } },
  WebACLId: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/01234567-89ab-cdef-0123-456789abcdef",
  HttpVersion: "http2and3",
  IsIPV6Enabled: true,
  ContinuousDeploymentPolicyId: "0123abcd",
  Staging: false,
  AnycastIpListId: "anycast",
  TenantConfig: {
    ParameterDefinitions: [
      { Name: "tenant", Definition: { StringSchema: { Comment: "Name", DefaultValue: "shop", Required: false } } },
    ],
  },
  ConnectionMode: "tenant-only",
  ViewerMtlsConfig: {
    Mode: "required",
    TrustStoreConfig: { TrustStoreId: "store", AdvertiseTrustStoreCaNames: true, IgnoreCertificateExpiry: true },
  },
  ConnectionFunctionAssociation: { Id: "function" },
  CacheTagConfig: { HeaderName: "Cache-Tag" },
});
