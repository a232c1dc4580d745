/** How the node knows that a request came the intended way. */
import { hcl } from "../../synth/language/expression/expression";
import { Listener } from "./traffic-schema";
import { example, given, list, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { secretSchema } from "../parts/secret";
import { blueGreenValuesSchema, secretHeaderName } from "../parts/secret-header";
import { pem } from "./pem";

const secret = secretSchema("A secret; its value must be 32 to 128 digits and lower-case letters.");

/** @param values secret_header_values */
export function secretHeaderSchema(values: SecretHeaderValues) {
  return optional(
    example(
      object(
        "A header that only the intended way has: CloudFront's origin sends it, and the node answers 403 to a request without it and does not pass it on. Null: no check. Its values are in secrets, or in secret_header_values.",
        {
          name: secretHeaderName,
          secrets: optional(
            list(
              "The secrets whose values are accepted, in Secrets Manager: the node reads them when it boots. Two while the value is being changed.",
              "secret",
              secret,
            ),
            [],
          ),
        },
        {
          test: ({ secrets }) => hcl`(${values} != null) == try(length(${secrets}) == 0, false)`,
          decidesOnNull: true,
          requirement:
            "have either secrets or secret_header_values: without a value, the node would refuse every request",
          refuses: [
            { secrets: [] },
            given({ secret_header_values: {} }, {}),
            given({ secret_header_values: {} }, null),
          ],
          accepts: [given({ secret_header_values: {} }, { secrets: [] })],
        },
      ),
      { secrets: [secret.example] },
    ),
  );
}

export type SecretHeader = ReferenceTo<ReturnType<typeof secretHeaderSchema>>;

export const secretHeaderValuesSchema = optional(
  example(
    blueGreenValuesSchema(
      "The values of secret_header, where they are not to be read from Secrets Manager. The node accepts both, so that the sender can change from one to the other. They are in the state and in the user data.",
    ),
    given({ secret_header: { secrets: [] } }, {}),
  ),
);

export type SecretHeaderValues = ReferenceTo<typeof secretHeaderValuesSchema>;

export function clientCertificateSchema(listener: Listener) {
  return optional(
    example(
      string(
        "Certificates in PEM of which a client must show one, or one that they have signed: the backend certificate of a REST API's stage, two while it is being renewed. Null: no certificate is asked for.",
        pem,
        {
          test: () => hcl`${listener.tls_certificate_secret} != null`,
          requirement:
            "be given with listener.tls_certificate_secret: without TLS on the node, no client shows a certificate",
          refuses: [given({ listener: { port: 8080, tls_certificate_secret: null } }, string("", pem).example)],
        },
      ),
      given({ listener: { port: 8443, tls_certificate_secret: {} } }, string("", pem).example),
    ),
  );
}
