/** How the node knows that a request came the intended way. */
import { hcl } from "../../synth/expression";
import { matches } from "../../synth/rules";
import { list, object, optional, ReferenceTo, Rule, sensitiveObject, string } from "../../synth/schema";
import { pem } from "./pem";
import { secretSchema } from "./secret-schema";

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

/** Nothing that has a meaning in a regular expression, and nothing short enough to be guessed. */
const secretValue: Rule<string> = matches(/^[0-9a-z]{32,128}$/, "be 32 to 128 digits and lower-case letters");

export const secretHeaderSchema = optional(
  object(
    "A header that only the intended way has: CloudFront's origin sends it, and the node answers 403 to a request without it and does not pass it on. Null: no check. Its values are in secrets, or in secret_header_values.",
    {
      name: string(
        "Name of the header.",
        // nginx drops headers with an underscore.
        matches(
          /^[A-Za-z][0-9A-Za-z-]{0,39}$/,
          'be 1 to 40 letters, digits and hyphens, such as "X-CloudFront-Secret"',
        ),
        {
          test: (name) => hcl`!contains(${JSON.stringify(RESERVED)}, lower(${name}))`,
          requirement: `not be a header with a meaning of its own (${RESERVED.join(", ")})`,
        },
      ),
      secrets: optional(
        list(
          "The secrets whose values are accepted, in Secrets Manager: the node reads them when it boots. Two while the value is being changed.",
          "secret",
          secretSchema("A secret; its value must be 32 to 128 digits and lower-case letters."),
        ),
        [],
      ),
    },
  ),
);

export type SecretHeader = ReferenceTo<typeof secretHeaderSchema>;

export const secretHeaderValuesSchema = optional(
  sensitiveObject(
    "The values of secret_header, where they are not to be read from Secrets Manager: they are then in the state and in the user data.",
    {
      current: string("Value that is accepted.", secretValue),
      previous: optional(string("Another one, while the value is being changed.", secretValue)),
    },
  ),
);

export const clientCertificateSchema = optional(
  string(
    "Certificates in PEM of which a client must show one, or one that they have signed: the backend certificate of a REST API's stage, two while it is being renewed. Null: no certificate is asked for.",
    pem,
  ),
);
