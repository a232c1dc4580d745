/** The origins of a distribution, in the words of aws_cloudfront_distribution. */
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { matches, oneOf, wholeNumber } from "../../synth/variables/rules";
import { map, number, object, optional, ReferenceTo, set, string } from "../../synth/variables/schema";
import { portNumber } from "../parts/common-variables";
import { allAddedByCloudFront } from "./custom-headers";

/** Without a scheme, a port or a path. */
export const domainName = matches(
  /^[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?([.][0-9A-Za-z_]([0-9A-Za-z_-]{0,61}[0-9A-Za-z])?)+$/,
  'be a domain name such as "shop.example.com", without scheme, port and path: CloudFront takes no addresses',
);

/**
 * Ranges with the highest quotas that AWS grants.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
 */
export const timeoutFields = {
  origin_read_timeout: optional(
    number("Seconds that CloudFront waits for an answer.", wholeNumber(1, 180, "seconds")),
    30,
  ),
  origin_keepalive_timeout: optional(
    number("Seconds that CloudFront keeps an idle connection.", wholeNumber(1, 180, "seconds")),
    5,
  ),
};

/** How CloudFront reaches an origin that is no bucket. */
export const customOriginFields = {
  http_port: optional(number("Port for HTTP.", portNumber), 80),
  https_port: optional(number("Port for HTTPS.", portNumber), 443),
  origin_protocol_policy: optional(
    string("Protocol to the origin.", oneOf("http-only", "https-only", "match-viewer")),
    "https-only",
  ),
  origin_ssl_protocols: optional(
    set(
      "Versions of TLS to the origin.",
      "origin_ssl_protocol",
      string("Version.", oneOf("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2")),
    ),
    ["TLSv1.2"],
  ),
  ...timeoutFields,
};

const origin = object(
  "An origin.",
  {
    domain_name: string("Its domain name, as it is today.", domainName),
    served_by: optional(
      string(
        'Who answers at 100 percent: "node"; "application", not yet through the node, of which a check warns; "other" for what is not the application, such as a bucket.',
        oneOf("node", "application", "other"),
      ),
      "node",
    ),
    origin_path: optional(
      string(
        "What CloudFront puts in front of the path of a request. The node gets it too.",
        matches(/^(\/.*[^\/])?$/, "be empty, or start with / and not end with it"),
      ),
      "",
    ),
    connection_attempts: optional(number("Attempts to connect.", wholeNumber(1, 3)), 3),
    connection_timeout: optional(number("Seconds for each of them.", wholeNumber(1, 10, "seconds")), 10),
    custom_headers: optional(
      map(
        "Headers that CloudFront adds to requests, by name. The node gets them too, beside the secret header.",
        "value",
        string("Value."),
        allAddedByCloudFront,
      ),
      {},
    ),
    origin_shield_region: optional(
      string(
        "Region of its Origin Shield; null: none.",
        matches(/^[a-z]{2}(-[a-z]+)+-[1-9]$/, 'be a Region such as "eu-central-1"'),
      ),
    ),
    custom_origin_config: optional(
      object("For a load balancer, an instance, or any other server with a public name.", customOriginFields),
    ),
    vpc_origin_config: optional(
      object("For a VPC origin.", {
        vpc_origin_id: string(
          "ID.",
          matches(/^vo_[0-9A-Za-z]+$/, 'be the ID of a VPC origin such as "vo_0123456789abcdefABCDEF"'),
        ),
        ...timeoutFields,
      }),
    ),
    s3_origin_config: optional(
      object("For a bucket with an origin access identity.", {
        origin_access_identity: string(
          "Path of the identity.",
          matches(
            /^origin-access-identity\/cloudfront\/[0-9A-Z]+$/,
            'be a path such as "origin-access-identity/cloudfront/E127EXAMPLE51Z"',
          ),
        ),
      }),
    ),
    origin_access_control_id: optional(
      string("For a bucket, or another service, with an origin access control: its ID."),
    ),
  },
  {
    test: (one) => hcl`length([
      for config in [${one.custom_origin_config} != null, ${one.vpc_origin_config} != null, ${one.s3_origin_config} != null] : config if config
    ]) <= 1 && (${one.custom_origin_config} != null || ${one.vpc_origin_config} != null || ${one.s3_origin_config} != null || ${one.origin_access_control_id} != null)`,
    requirement:
      "have one of custom_origin_config ({} for https-only on 443), vpc_origin_config and s3_origin_config; a bucket with origin_access_control_id needs none",
    received: (one) =>
      hcl`{ custom_origin_config = ${one.custom_origin_config}, vpc_origin_config = ${one.vpc_origin_config}, s3_origin_config = ${one.s3_origin_config}, origin_access_control_id = ${one.origin_access_control_id} }`,
  },
  {
    test: ({ served_by, s3_origin_config, origin_access_control_id }) =>
      hcl`${served_by} != "node" || (${s3_origin_config} == null && ${origin_access_control_id} == null)`,
    requirement: 'have served_by = "other" where it is a bucket: the node knows nothing of its content',
    received: ({ domain_name, served_by }) => hcl`${{ domain_name, served_by }}`,
  },
);

export const originsSchema = optional(
  map(
    "The origins of the distribution as they are today, all of them, by origin ID. Of those that are served_by the node, domain name, protocol settings and secret header become the node's at 100 percent; everything else stays.",
    "origin",
    origin,
  ),
  {},
);

/** What origins requires of the secret header. */
export function originsWithSecretHeader(secretHeaderName: string): Validation {
  const doubled = hcl`[
    for id, origin in var.origins : id
    if contains([for name in keys(origin.custom_headers) : lower(name)], lower(${secretHeaderName}))
  ]`;
  return {
    condition: hcl`length(${doubled}) == 0`,
    errorMessage:
      text`origins must not have the secret header, ${secretHeaderName}, among their custom_headers: the ` +
      text`module adds it. Take it out of: ${hcl`join(", ", ${doubled})`}.`,
  };
}

export type Origins = ReferenceTo<typeof originsSchema>;
