/** How the node knows that a request came the intended way. */
import { list, object, optional, ReferenceTo, sensitiveObject, string } from "../../synth/variables/schema";
import { secretSchema } from "../parts/secret";
import { secretHeaderName, secretHeaderValue } from "../parts/secret-header";
import { pem } from "./pem";

export const secretHeaderSchema = optional(
  object(
    "A header that only the intended way has: CloudFront's origin sends it, and the node answers 403 to a request without it and does not pass it on. Null: no check. Its values are in secrets, or in secret_header_values.",
    {
      name: secretHeaderName,
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
      current: string("Value that is accepted.", secretHeaderValue),
      previous: optional(string("Another one, while the value is being changed.", secretHeaderValue)),
    },
  ),
);

export const clientCertificateSchema = optional(
  string(
    "Certificates in PEM of which a client must show one, or one that they have signed: the backend certificate of a REST API's stage, two while it is being renewed. Null: no certificate is asked for.",
    pem,
  ),
);
