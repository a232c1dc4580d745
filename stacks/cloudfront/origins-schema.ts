/** The origins of a distribution, in the words of aws_cloudfront_distribution. */
import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { matches, oneOf, wholeNumber } from "../../synth/variables/rules";
import {
  example,
  like,
  map,
  number,
  object,
  optional,
  ReferenceTo,
  Rule,
  set,
  string,
} from "../../synth/variables/schema";
import { allAddedByCloudFront } from "./custom-headers";

/** Without a scheme, a port or a path. */
export const domainName = matches(
  /^[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?([.][0-9A-Za-z_]([0-9A-Za-z_-]{0,61}[0-9A-Za-z])?)+$/,
  'be a domain name such as "shop.example.com", without a scheme, port, or path: CloudFront accepts no IP addresses',
  {
    accepts: ["shop.example.com"],
    refuses: ["https://shop.example.com", "shop.example.com:8080", "shop.example.com/v1", "shop", "example.com."],
  },
);

/** For the examples of variables that need an origin. */
export const EXAMPLE_ORIGINS = { shop: { domain_name: "shop.example.com", custom_origin_config: {} } };

/** Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesHTTPPort */
const originPort: Rule<number> = {
  test: (port) =>
    hcl`contains([80, 443], ${port}) || (${port} >= 1024 && ${port} <= 65535 && floor(${port}) == ${port})`,
  requirement: "be 80, 443, or a whole number from 1024 to 65535, as CloudFront connects to no other port",
  refuses: [0, 81, 1023, 65536, 8080.5],
  accepts: [80, 443, 1024, 65535],
};

/**
 * How CloudFront reaches an origin other than an S3 bucket. Ranges with the highest quotas that AWS grants.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
 */
const settings = {
  http_port: number("Port for HTTP.", originPort),
  https_port: number("Port for HTTPS.", originPort),
  origin_protocol_policy: string(
    "Protocol that CloudFront uses to the origin.",
    oneOf("https-only", "http-only", "match-viewer"),
  ),
  origin_ssl_protocols: set(
    "TLS versions that CloudFront uses to the origin.",
    "origin_ssl_protocol",
    string("Version.", oneOf("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2")),
  ),
  origin_read_timeout: number("Seconds that CloudFront waits for a response.", wholeNumber(1, 180, "seconds")),
  origin_keepalive_timeout: number(
    "Seconds that CloudFront keeps an idle connection open.",
    wholeNumber(1, 180, "seconds"),
  ),
};

/** What AWS takes for those that are not given, but for the protocol. */
export const DEFAULTS = {
  http_port: 80,
  https_port: 443,
  origin_protocol_policy: "https-only",
  origin_ssl_protocols: ["TLSv1.2"],
  origin_read_timeout: 30,
  origin_keepalive_timeout: 5,
};

const timeoutFields = {
  origin_read_timeout: optional(settings.origin_read_timeout, DEFAULTS.origin_read_timeout),
  origin_keepalive_timeout: optional(settings.origin_keepalive_timeout, DEFAULTS.origin_keepalive_timeout),
};

const customOriginFields = {
  http_port: optional(settings.http_port, DEFAULTS.http_port),
  https_port: optional(settings.https_port, DEFAULTS.https_port),
  origin_protocol_policy: optional(settings.origin_protocol_policy, DEFAULTS.origin_protocol_policy),
  origin_ssl_protocols: optional(settings.origin_ssl_protocols, DEFAULTS.origin_ssl_protocols),
  ...timeoutFields,
};

/** Settings of the node. One that is not given stays as the origin has it today. */
export const nodeSettingFields = {
  http_port: optional(settings.http_port),
  https_port: optional(settings.https_port),
  origin_protocol_policy: optional(settings.origin_protocol_policy),
  origin_ssl_protocols: optional(settings.origin_ssl_protocols),
  origin_read_timeout: optional(settings.origin_read_timeout),
  origin_keepalive_timeout: optional(settings.origin_keepalive_timeout),
};

const origin = example(
  object(
    "An origin.",
    {
      domain_name: string("Its domain name, as it is today.", domainName),
      served_by: optional(
        string(
          'Who answers at 100 percent: "node"; "application" if the origin still bypasses the node, which a check warns about; "other" if it does not serve the application, such as an S3 bucket.',
          oneOf("node", "application", "other"),
        ),
        "node",
      ),
      node: optional(
        object(
          "What is different about the node in place of this origin, such as its name if two origins have nodes of their own. Null: as in the variable node.",
          {
            domain_name: optional(
              string("Domain name of the node, or of the load balancer in front of it.", domainName),
            ),
            ...nodeSettingFields,
          },
        ),
      ),
      origin_path: optional(
        string(
          "Path that CloudFront adds in front of the path of a request. The node gets it too.",
          matches(/^(\/.*[^\/])?$/, "be empty, or start with / and not end with /", {
            accepts: ["", "/v1"],
            refuses: ["v1", "/v1/", "/"],
          }),
        ),
        "",
      ),
      connection_attempts: optional(number("Number of attempts to connect.", wholeNumber(1, 3)), 3),
      connection_timeout: optional(number("Timeout of each attempt, in seconds.", wholeNumber(1, 10, "seconds")), 10),
      custom_headers: optional(
        example(
          map(
            "Headers that CloudFront adds to requests, by name. The node gets them in addition to the secret header.",
            "value",
            string("Value."),
            allAddedByCloudFront,
          ),
          { "X-From": "cloudfront" },
        ),
        {},
      ),
      origin_shield_region: optional(
        string(
          "Region of its Origin Shield. Null: none.",
          matches(/^[a-z]{2}(-[a-z]+)+-[1-9]$/, 'be a Region such as "eu-central-1"', {
            accepts: ["eu-central-1"],
            refuses: ["Frankfurt", "eu-central-1a", ""],
          }),
        ),
      ),
      custom_origin_config: optional(
        object("For a load balancer, an instance, or another server with a public name.", customOriginFields),
      ),
      vpc_origin_config: optional(
        object("For a VPC origin.", {
          vpc_origin_id: string(
            "ID.",
            matches(/^vo_[0-9A-Za-z]+$/, 'be the ID of a VPC origin such as "vo_0123456789abcdefABCDEF"', {
              accepts: ["vo_0123456789abcdefABCDEF"],
              refuses: ["shop", "vo_"],
            }),
          ),
          ...timeoutFields,
        }),
      ),
      s3_origin_config: optional(
        object("For an S3 bucket without an origin access control.", {
          origin_access_identity: optional(
            string(
              "Path of its origin access identity. Null: none, for a bucket that answers everyone.",
              matches(
                /^origin-access-identity\/cloudfront\/[0-9A-Z]+$/,
                'be a path such as "origin-access-identity/cloudfront/E127EXAMPLE51Z"',
                {
                  accepts: ["origin-access-identity/cloudfront/E127EXAMPLE51Z"],
                  refuses: ["E127EXAMPLE51Z", "origin-access-identity/cloudfront/"],
                },
              ),
            ),
          ),
        }),
      ),
      origin_access_control_id: optional(
        string("ID of the origin access control, for an S3 bucket or another service."),
      ),
    },
    {
      test: (origin) => hcl`contains(
      ${origin.origin_access_control_id} == null ? [1] : [0, 1],
      length(${origin.custom_origin_config}[*]) + length(${origin.vpc_origin_config}[*]) + length(${origin.s3_origin_config}[*])
    )`,
      requirement:
        "have exactly one of custom_origin_config ({} for https-only on port 443), vpc_origin_config, and s3_origin_config; an S3 bucket with origin_access_control_id needs none",
      refuses: [
        { custom_origin_config: null },
        { vpc_origin_config: { vpc_origin_id: "vo_0123456789abcdefABCDEF" } },
        {
          served_by: "other",
          s3_origin_config: { origin_access_identity: "origin-access-identity/cloudfront/E127EXAMPLE51Z" },
        },
      ],
      accepts: [{ served_by: "other", custom_origin_config: null, origin_access_control_id: "E2QWRUHAPOMQZL" }],
    },
    {
      test: ({ served_by, s3_origin_config, origin_access_control_id }) =>
        hcl`${served_by} != "node" || (${s3_origin_config} == null && ${origin_access_control_id} == null)`,
      requirement: 'have served_by = "other" if it is an S3 bucket: the node cannot serve its content',
      refuses: [
        { custom_origin_config: null, origin_access_control_id: "E2QWRUHAPOMQZL" },
        {
          custom_origin_config: null,
          s3_origin_config: { origin_access_identity: "origin-access-identity/cloudfront/E127EXAMPLE51Z" },
        },
      ],
    },
    {
      test: ({ served_by, node }) => hcl`${served_by} != "other" || ${node} == null`,
      requirement: 'have no node with served_by = "other": the node does not serve this origin',
      refuses: [{ served_by: "other", node: { domain_name: "node.example.com" } }],
    },
  ),
  { custom_origin_config: {} },
  {
    vpc_origin_config: { custom_origin_config: null },
    s3_origin_config: { custom_origin_config: null, served_by: "other" },
    origin_access_control_id: { served_by: "other" },
  },
);

export const originsSchema = optional(
  map(
    'All origins of the distribution as they are today, by origin ID. At 100 percent, those with served_by = "node" get the domain name of the node, the settings that node and origins[*].node change, and the secret header. Everything else stays the same.',
    "origin",
    origin,
  ),
  {},
);

/** What origins requires of the secret header. */
export function originsWithSecretHeader(secretHeaderName: string): Rule<IResolvable> {
  const doubled = (origins: IResolvable) => hcl`[
    for id, origin in ${origins} : id
    if contains([for name in keys(origin.custom_headers) : lower(name)], lower(${secretHeaderName}))
  ]`;
  return {
    test: (origins) => hcl`length(${doubled(origins)}) == 0`,
    requirement: "not have the secret header in custom_headers: the module adds it",
    refuses: [{ shop: like(origin, { custom_headers: { "x-cloudfront-secret": "guessed" } }) }],
    offending: doubled,
  };
}

export type Origins = ReferenceTo<typeof originsSchema>;
