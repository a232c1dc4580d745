/** How the node recognizes requests from the entry point. */
import { hcl } from "../../synth/language/expression/expression";
import { fewHyphens, Listener } from "./traffic-schema";
import { example, given, list, object, optional, ReferenceTo, string, withRules } from "../../synth/variables/schema";
import { secretSchema } from "../parts/secret";
import { blueGreenValuesSchema, secretHeaderName } from "../parts/secret-header";
import { pem } from "./pem";

const secret = secretSchema(
  "A secret with an accepted value. The value must have 32 to 128 digits and lowercase letters.",
);

/** @param values secret_header_values */
export function secretHeaderSchema(values: SecretHeaderValues) {
  return optional(
    example(
      object(
        "A header that the node requires, and that only the entry point sends, such as CloudFront. The node answers 403 to requests without it, and removes it before it forwards a request. The values are in secrets or in secret_header_values. Null: no header is required.",
        {
          name: withRules(secretHeaderName, fewHyphens),
          secrets: optional(
            list(
              "Secrets in Secrets Manager with the accepted values, which the node reads at boot. Set two during a rotation.",
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
            "have either secrets or secret_header_values, because without a value the node would refuse every request",
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
      "The accepted values of secret_header, if the node does not read them from Secrets Manager. Set both during a rotation. They are in the Terraform state and in the user data.",
    ),
    given({ secret_header: { secrets: [] } }, {}),
  ),
);

export type SecretHeaderValues = ReferenceTo<typeof secretHeaderValuesSchema>;

export function clientCertificateSchema(listener: Listener) {
  return optional(
    example(
      string(
        "Client certificates in PEM, such as the backend certificate of a REST API's stage, or two during a renewal. A client must present one of them, or one that they signed. Null: no client certificate is required.",
        pem,
        {
          test: () => hcl`${listener.tls_certificate_secret} != null`,
          requirement:
            "be set together with listener.tls_certificate_secret, because clients present certificates only over TLS",
          refuses: [given({ listener: { port: 8080, tls_certificate_secret: null } }, string("", pem).example)],
        },
      ),
      given({ listener: { port: 8443, tls_certificate_secret: {} } }, string("", pem).example),
    ),
  );
}
