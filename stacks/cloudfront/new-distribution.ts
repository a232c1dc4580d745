import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { override } from "../../synth/language/expression/override";
import { characters, matches, oneOf } from "../../synth/variables/rules";
import {
  bool,
  example,
  given,
  list,
  object,
  optional,
  ReferenceTo,
  Rule,
  set,
  string,
} from "../../synth/variables/schema";
import { DistributionOrigins } from "./distribution-origins";
import { ALL_VIEWER, CACHING_DISABLED } from "./managed-policies";
import { Origins } from "./origins-schema";

const policyId = matches(
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'be the ID of a policy such as "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"',
  { accepts: ["4135ea2d-6df8-44a3-9df3-4b5a84be39ad"], refuses: ["CachingDisabled", ""] },
);

/** Sources: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html */
const methods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
const methodSets = [methods.slice(0, 2), methods.slice(0, 3), methods];

const cacheBehaviorFields = {
  target_origin_id: example(string("Key in origins of the origin that gets the requests."), "shop"),
  viewer_protocol_policy: optional(
    string("Protocols that clients can use.", oneOf("redirect-to-https", "https-only", "allow-all")),
    "redirect-to-https",
  ),
  allowed_methods: optional(
    example(
      set("HTTP methods that CloudFront forwards.", "method", example(string("Method."), "GET"), {
        test: (all) => hcl`contains(${methodSets.map((accepted) => hcl`toset(${accepted})`)}, ${all})`,
        requirement: `be ${methodSets.map((accepted) => `[${accepted.join(", ")}]`).join(" or ")}`,
        refuses: [["GET"], ["GET", "HEAD", "POST"]],
        accepts: methodSets,
      }),
      methods,
    ),
    methods,
  ),
  cached_methods: optional(
    example(
      set(
        "HTTP methods whose responses CloudFront caches, if the cache policy caches any.",
        "method",
        example(string("Method."), "GET"),
        {
          test: (all) => hcl`contains(${methodSets.slice(0, 2).map((accepted) => hcl`toset(${accepted})`)}, ${all})`,
          requirement: "be [GET, HEAD] or [GET, HEAD, OPTIONS]",
          refuses: [["GET"], ["GET", "HEAD", "POST"]],
          accepts: methodSets.slice(0, 2),
        },
      ),
      methods.slice(0, 2),
    ),
    methods.slice(0, 2),
  ),
  compress: optional(bool("Whether CloudFront compresses responses."), true),
  cache_policy_id: optional(
    string("ID of the cache policy. The default is the managed policy CachingDisabled.", policyId),
    CACHING_DISABLED,
  ),
  origin_request_policy_id: optional(
    string(
      "ID of the origin request policy. The default is the managed policy AllViewer, which forwards everything, including the Host header. For an S3 bucket, use CORS-S3Origin: 88a5eaf4-2fd4-4709-b370-b4c650ea3fcf.",
      policyId,
    ),
    ALL_VIEWER,
  ),
  response_headers_policy_id: optional(string("ID of the response headers policy.", policyId)),
};

const certificateArn = matches(
  /^arn:[^:]+:acm:us-east-1:[0-9]{12}:certificate\/.+$/,
  "be the ARN of a certificate in us-east-1 (arn:aws:acm:us-east-1:ACCOUNT:certificate/ID), the Region of CloudFront",
  {
    accepts: ["arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"],
    refuses: [
      "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      "shop.example.com",
    ],
  },
);

const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";

/** @param origins the origins of the distribution */
export function newDistributionSchema(origins: Origins, nodeDomainName: string) {
  const knownOrigins: Rule<{
    readonly default_cache_behavior: Targeted;
    readonly ordered_cache_behaviors: IResolvable;
  }> = {
    test: ({ default_cache_behavior, ordered_cache_behaviors }) =>
      hcl`length(setsubtract(concat([${default_cache_behavior.target_origin_id}], ${ordered_cache_behaviors}[*].target_origin_id), keys(${origins}))) == 0`,
    requirement: "have cache behaviors whose target_origin_id is a key of origins",
    refuses: [
      { default_cache_behavior: { target_origin_id: "images" } },
      { ordered_cache_behaviors: [{ path_pattern: "/static/*", target_origin_id: "images" }] },
    ],
  };
  return optional(
    example(
      object(
        "Creates a distribution with the origins in origins. Null: none. If you need more than these settings, such as functions, error pages, or geographic restrictions, write your own distribution with the output cutover_origin.",
        {
          aliases: optional(
            set(
              "Domain names for clients, in addition to the name under cloudfront.net. You create their DNS records.",
              "alias",
              string(
                "Name.",
                matches(
                  /^([*][.])?([0-9A-Za-z_]([0-9A-Za-z_-]{0,61}[0-9A-Za-z])?[.])+[A-Za-z]{2,63}$/,
                  'be a domain name, or one that starts with "*."',
                  {
                    accepts: ["shop.example.com", "*.example.com"],
                    refuses: ["https://shop.example.com", "shop.*.com", "shop"],
                  },
                ),
              ),
            ),
            [],
          ),
          acm_certificate_arn: optional(
            string(
              "ARN of the certificate for the aliases. Null: the default certificate of CloudFront, for the name under cloudfront.net.",
              certificateArn,
            ),
          ),
          minimum_protocol_version: optional(
            string(
              "Security policy that sets the oldest TLS version for clients. The policies of 2025 need an AWS provider later than 5.100. With the default certificate, AWS always uses TLSv1.",
              oneOf("TLSv1.2_2018", "TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"),
            ),
            "TLSv1.2_2021",
          ),
          enabled: optional(bool("Whether the distribution answers requests."), true),
          comment: optional(string("Comment. Null: name.", characters(0, 128))),
          default_root_object: optional(
            string(
              "Object that CloudFront returns for the path /, without a leading slash. Empty: the response of the origin.",
            ),
            "",
          ),
          http_version: optional(
            string("Newest HTTP version for clients.", oneOf("http1.1", "http2", "http2and3", "http3")),
            "http2",
          ),
          is_ipv6_enabled: optional(bool("Whether clients can use IPv6."), true),
          price_class: optional(
            string(
              "Price class, which sets the edge locations that answer.",
              oneOf("PriceClass_100", "PriceClass_200", "PriceClass_All"),
            ),
            "PriceClass_All",
          ),
          web_acl_id: optional(
            string(
              "ARN of an AWS WAF web ACL for CloudFront.",
              matches(
                /^arn:[^:]+:wafv2:us-east-1:[0-9]{12}:global\/webacl\/.+$/,
                "be the ARN of a global web ACL (arn:aws:wafv2:us-east-1:ACCOUNT:global/webacl/NAME/ID)",
                {
                  accepts: [
                    "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/01234567-89ab-cdef-0123-456789abcdef",
                  ],
                  refuses: [
                    "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/01234567-89ab-cdef-0123-456789abcdef",
                  ],
                },
              ),
            ),
          ),
          logging: optional(
            object("Access logs. Null: none.", {
              bucket: string(
                "Domain name of the bucket, which must have ACLs enabled.",
                matches(
                  /^[0-9a-z][0-9a-z.-]+[.]s3[.]([0-9a-z-]+[.])?amazonaws[.]com$/,
                  'be the domain name of a bucket such as "logs.s3.amazonaws.com"',
                  {
                    accepts: ["logs.s3.amazonaws.com", "logs.s3.eu-central-1.amazonaws.com"],
                    refuses: ["logs", "s3://logs"],
                  },
                ),
              ),
              prefix: optional(string("Prefix of the log file names."), ""),
              include_cookies: optional(bool("Whether the logs contain cookies."), false),
            }),
          ),
          default_cache_behavior: object("For requests that match no ordered cache behavior.", cacheBehaviorFields),
          ordered_cache_behaviors: optional(
            list(
              "For paths that match a pattern, in the order in which CloudFront matches them.",
              "behavior",
              object("A cache behavior.", {
                path_pattern: string(
                  'Pattern of the paths, such as "/static/*".',
                  matches(/^[0-9A-Za-z_.*$\/~"'@:+?&-]{1,255}$/, "be 1 to 255 characters that CloudFront accepts", {
                    accepts: ["/static/*", "a".repeat(255)],
                    refuses: ["/a b", "", "a".repeat(256)],
                  }),
                ),
                ...cacheBehaviorFields,
              }),
            ),
            [],
          ),
        },
        knownOrigins,
        {
          test: ({ aliases, acm_certificate_arn }) => hcl`length(${aliases}) == 0 || ${acm_certificate_arn} != null`,
          requirement: "have an acm_certificate_arn if it has aliases",
          refuses: [{ aliases: ["shop.example.com"] }],
          accepts: [{ aliases: ["shop.example.com"], acm_certificate_arn: CERTIFICATE }],
        },
        {
          test: ({ aliases }) => hcl`length(setintersection(
            [for alias in ${aliases} : lower(alias)],
            [for name in compact(concat(
              [${nodeDomainName}],
              [for origin in ${origins} : try(origin.node.domain_name, null)],
            )) : lower(name)],
          )) == 0`,
          requirement: "not have a domain name of the node as an alias: CloudFront would send requests back to itself",
          refuses: [
            given(
              {
                origins: {
                  shop: {
                    domain_name: "shop.example.com",
                    custom_origin_config: {},
                    node: { domain_name: "shop-node.example.com" },
                  },
                },
              },
              { aliases: ["shop-node.example.com"], acm_certificate_arn: CERTIFICATE },
            ),
            given(
              { node: { domain_name: "node.example.com" } },
              { aliases: ["NODE.example.com"], acm_certificate_arn: CERTIFICATE },
            ),
          ],
        },
      ),
      given(
        {
          origins: { shop: { domain_name: "shop.example.com", custom_origin_config: {} } },
          node: { domain_name: "node.example.com" },
        },
        {},
      ),
      { aliases: { acm_certificate_arn: CERTIFICATE } },
    ),
  );
}

interface Targeted {
  readonly target_origin_id: string;
}

export interface NewDistributionProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly distribution: ReferenceTo<ReturnType<typeof newDistributionSchema>>;
  readonly originBlocks: DistributionOrigins;
  readonly waitForDeployment: IResolvable;
  /** What must be in place before a request is sent to the node. */
  readonly dependsOn: ITerraformDependable[];
}

/** A new distribution. */
export class NewDistribution extends Construct {
  public readonly resource: CloudfrontDistribution;

  public constructor(scope: Construct, id: string, props: NewDistributionProps) {
    super(scope, id);
    const { distribution } = props;
    const hasCertificate = hcl`${distribution.acm_certificate_arn} != null`;

    this.resource = comment(
      new CloudfrontDistribution(this, "new", {
        count: hcl.number`${distribution} == null ? 0 : 1`,
        aliases: hcl.list(distribution.aliases),
        comment: hcl.string`coalesce(${distribution.comment}, ${props.name})`,
        defaultRootObject: distribution.default_root_object,
        enabled: distribution.enabled,
        httpVersion: distribution.http_version,
        isIpv6Enabled: distribution.is_ipv6_enabled,
        priceClass: distribution.price_class,
        webAclId: distribution.web_acl_id,
        waitForDeployment: props.waitForDeployment,
        tags: hcl.map(props.tags),
        origin: [],
        defaultCacheBehavior: {
          targetOriginId: distribution.default_cache_behavior.target_origin_id,
          viewerProtocolPolicy: distribution.default_cache_behavior.viewer_protocol_policy,
          allowedMethods: hcl.list(distribution.default_cache_behavior.allowed_methods),
          cachedMethods: hcl.list(distribution.default_cache_behavior.cached_methods),
          compress: distribution.default_cache_behavior.compress,
          cachePolicyId: distribution.default_cache_behavior.cache_policy_id,
          originRequestPolicyId: distribution.default_cache_behavior.origin_request_policy_id,
          responseHeadersPolicyId: distribution.default_cache_behavior.response_headers_policy_id,
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: {
          acmCertificateArn: distribution.acm_certificate_arn,
          cloudfrontDefaultCertificate: hcl`${distribution.acm_certificate_arn} == null`,
          minimumProtocolVersion: hcl.string`${hasCertificate} ? ${distribution.minimum_protocol_version} : "TLSv1"`,
          sslSupportMethod: hcl.string`${hasCertificate} ? "sni-only" : null`,
        },
        dependsOn: props.dependsOn,
      }),
      "CloudFront sends requests only after the rules that let it reach the node exist.",
    );
    const ofBehavior = (name: string) => [name, hcl`ordered_cache_behavior.value.${name}`] as const;
    override(this.resource, {
      origin: props.originBlocks.blocks(),
      ordered_cache_behavior: dynamic(
        distribution.ordered_cache_behaviors,
        Object.fromEntries(["path_pattern", ...Object.keys(cacheBehaviorFields)].map(ofBehavior)),
      ),
      logging_config: dynamic(hcl`${distribution.logging}[*]`, {
        bucket: hcl`logging_config.value.bucket`,
        prefix: hcl`logging_config.value.prefix`,
        include_cookies: hcl`logging_config.value.include_cookies`,
      }),
    });
  }
}
