/** The header that identifies requests from CloudFront or API Gateway. */
import { hcl } from "../../synth/language/expression/expression";
import { matches, oneOf } from "../../synth/variables/rules";
import {
  example,
  given,
  object,
  optional,
  ReferenceTo,
  Rule,
  sensitiveObject,
  string,
} from "../../synth/variables/schema";
import { reservedByApiGateway } from "./api-gateway-headers";

export const DEFAULT_SECRET_HEADER = "X-CloudFront-Secret";

/** Headers that clients, nginx, or the node set. */
const RESERVED = [
  "accept",
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "cookie",
  "host",
  "te",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * At most as long as a condition of an ALB rule allows. nginx drops headers with an underscore.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HttpHeaderConditionConfig.html
 */
export const secretHeaderName = string(
  "Name of the header.",
  matches(
    /^[A-Za-z][0-9A-Za-z-]{0,39}$/,
    'have 1 to 40 letters, digits, and hyphens, and start with a letter, such as "X-CloudFront-Secret"',
    {
      accepts: ["X-CloudFront-Secret", "x", "x".repeat(40)],
      refuses: ["X_CloudFront_Secret", "1", "", "x".repeat(41), "X-Secret: a", 'X"'],
    },
  ),
  {
    test: (name) => hcl`!contains(${RESERVED}, lower(${name}))`,
    requirement: `not be a header that clients, nginx, or the node set (${RESERVED.join(", ")})`,
    refuses: ["User-Agent", "accept", "X-Forwarded-Port"],
  },
);

/**
 * No character with a meaning in a regular expression of nginx or as a wildcard of an ALB. No uppercase letters, because an
 * ALB compares case-insensitively. Too long to be guessed.
 */
export const secretHeaderValue: Rule<string> = matches(
  /^[0-9a-z]{32,128}$/,
  "have 32 to 128 digits and lowercase letters",
  {
    accepts: ["00000000000000000000000000000001", "0".repeat(128)],
    refuses: [
      "*",
      `${"0".repeat(32)}*`,
      "0".repeat(31),
      "0".repeat(129),
      "A".repeat(32),
      "",
      `${"0".repeat(32)} ${"0".repeat(32)}`,
    ],
  },
);

/** Other rules of the name refuse some of them, too. */
const mappedByApiGateway: Rule<string> = {
  test: (name) => hcl`!(${reservedByApiGateway(name)})`,
  requirement:
    "not be a header that API Gateway reserves, such as Forwarded, Origin, Via, X-Amz-, or Access-Control- ones",
  refuses: ["Apigw-Secret", "x-amz-secret", "X-Amzn-Secret", "Access-Control-Secret", "Via", "origin", "Forwarded"],
  accepts: ["X-Via", "X-Amazon-Secret"],
};

/** Which of the two values is sent. */
export const activeValueField = optional(
  string(
    'The value to send. Everything that requires the header must accept this value first: see "Rotation" in the runbook.',
    oneOf("blue", "green"),
  ),
  "blue",
);

/** For an API that sends the header to the node. The values are a separate variable, because only a whole variable is sensitive. */
export function sentSecretHeaderSchema(values: SentSecretHeaderValues) {
  return optional(
    example(
      object(
        "A header that API Gateway sends to the node. If node-config requires a header with the same name and value, the node refuses all other requests that reach its load balancer. Null: no header.",
        {
          name: { ...secretHeaderName, rules: [...secretHeaderName.rules, mappedByApiGateway] },
          active: activeValueField,
        },
        {
          test: (header) => hcl`(${header} == null) == (${values} == null)`,
          decidesOnNull: true,
          requirement: "be set if and only if secret_header_values is set",
          refuses: [given({ secret_header_values: null }, {}), given({ secret_header_values: {} }, null)],
        },
        {
          // Other rules refuse missing values, and an `active` other than blue and green.
          test: ({ active }) => hcl`try(${values}[${active}] != null, true)`,
          requirement: "have an active value that is in secret_header_values: add the value, or change active",
          refuses: [{ active: "green" }],
          accepts: [given({ secret_header_values: { blue: null, green: "0".repeat(32) } }, { active: "green" })],
        },
      ),
      given({ secret_header_values: {} }, {}),
    ),
  );
}

export const sentSecretHeaderValuesSchema = optional(
  example(
    blueGreenValuesSchema(
      "The values of secret_header. The active value is in the API's definition and in the Terraform state, in clear text.",
    ),
    given({ secret_header: {} }, {}),
  ),
);

export type SentSecretHeader = ReferenceTo<ReturnType<typeof sentSecretHeaderSchema>>;
export type SentSecretHeaderValues = ReferenceTo<typeof sentSecretHeaderValuesSchema>;

/** Two values, so that a rotation refuses no request. */
export function blueGreenValuesSchema(description: string) {
  return example(
    sensitiveObject(
      description,
      {
        blue: optional(string("First value.", secretHeaderValue)),
        green: optional(string("Second value.", secretHeaderValue)),
      },
      {
        test: ({ blue, green }) => hcl`${blue} != null || ${green} != null`,
        requirement: "have blue, green, or both",
        refuses: [{ blue: null }],
      },
      {
        test: ({ blue, green }) => hcl`${blue} == null || ${blue} != ${green}`,
        requirement: "have different values for blue and green, or a rotation would change nothing",
        refuses: [{ blue: "0".repeat(32), green: "0".repeat(32) }],
      },
    ),
    { blue: "00000000000000000000000000000001" },
    { green: { blue: "0".repeat(32) } },
  );
}
