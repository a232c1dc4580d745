/** The header by which everything behind CloudFront tells its requests from those that come any other way. */
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

export const DEFAULT_SECRET_HEADER = "X-CloudFront-Secret";

/** Headers that nginx, the node or every client sets. */
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
 * No longer than what an ALB's rule can compare; nginx drops headers with an underscore.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HttpHeaderConditionConfig.html
 */
export const secretHeaderName = string(
  "Name of the header.",
  matches(/^[A-Za-z][0-9A-Za-z-]{0,39}$/, 'be 1 to 40 letters, digits and hyphens, such as "X-CloudFront-Secret"', {
    accepts: ["X-CloudFront-Secret", "x", "x".repeat(40)],
    refuses: ["X_CloudFront_Secret", "1", "", "x".repeat(41), "X-Secret: a", 'X"'],
  }),
  {
    test: (name) => hcl`!contains(${RESERVED}, lower(${name}))`,
    requirement: `not be a header with a meaning of its own (${RESERVED.join(", ")})`,
    refuses: ["Authorization", "accept", "X-Forwarded-For"],
  },
);

/**
 * Nothing that has a meaning in a regular expression of nginx or among the wildcards of an ALB, which does not tell upper
 * from lower case either, and nothing short enough to be guessed.
 */
export const secretHeaderValue: Rule<string> = matches(
  /^[0-9a-z]{32,128}$/,
  "be 32 to 128 digits and lower-case letters",
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

/** The value that is sent, of those that take turns. */
export const activeValueField = optional(
  string(
    'Which value is sent. Whoever demands the header must accept it before: see "Rotation" in the runbook.',
    oneOf("blue", "green"),
  ),
  "blue",
);

/** Of an API, which sends the header to the node. The values are a variable of their own, as Terraform hides whole ones only. */
export function sentSecretHeaderSchema(values: SentSecretHeaderValues) {
  return optional(
    example(
      object(
        "A header that API Gateway sends to the node, and that node-config demands by the same name: the node then refuses whoever else reaches its load balancer. Null: none.",
        { name: secretHeaderName, active: activeValueField },
        {
          test: (header) => hcl`(${header} == null) == (${values} == null)`,
          decidesOnNull: true,
          requirement: "be given with secret_header_values, and only then",
          refuses: [given({ secret_header_values: null }, {}), given({ secret_header_values: {} }, null)],
        },
        {
          // Where there are no values, or active is none of them, another rule says so.
          test: ({ active }) => hcl`try(${values}[${active}] != null, true)`,
          requirement: "have an active value: give it in secret_header_values, or let the other one be sent",
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
      "The values of secret_header. The active one is in the API's definition and in this state, in clear.",
    ),
    given({ secret_header: {} }, {}),
  ),
);

export type SentSecretHeader = ReferenceTo<ReturnType<typeof sentSecretHeaderSchema>>;
export type SentSecretHeaderValues = ReferenceTo<typeof sentSecretHeaderValuesSchema>;

/** Two values that take turns, so that the header can change without a request being refused. */
export function blueGreenValuesSchema(description: string) {
  return example(
    sensitiveObject(
      description,
      {
        blue: optional(string("One value.", secretHeaderValue)),
        green: optional(string("The other one.", secretHeaderValue)),
      },
      {
        test: ({ blue, green }) => hcl`${blue} != null || ${green} != null`,
        requirement: "have blue, green or both",
        refuses: [{ blue: null }],
      },
      {
        test: ({ blue, green }) => hcl`${blue} == null || ${blue} != ${green}`,
        requirement: "have a green that is not the blue, or the change of the header would change nothing",
        refuses: [{ blue: "0".repeat(32), green: "0".repeat(32) }],
      },
    ),
    { blue: "00000000000000000000000000000001" },
    { green: { blue: "0".repeat(32) } },
  );
}
