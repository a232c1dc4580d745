import { ApiGatewayClientCertificate } from "@cdktf/provider-aws/lib/api-gateway-client-certificate";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { matches, wholeNumber } from "../../synth/variables/rules";
import { example, given, number, object, optional, ReferenceTo, set, string } from "../../synth/variables/schema";

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html */
export function backendCertificateSchema(node: { readonly protocol: string }) {
  return optional(
    example(
      object(
        "The client certificate with which API Gateway authenticates to the node over HTTPS. Pass the output `backend_certificate_pem` to node-config. Null: the stage keeps the certificate that it has today.",
        {
          names: example(
            set(
              "Names of the certificates, such as the year. Use two during a renewal. AWS issues each for 365 days.",
              "name",
              string(
                "Name.",
                matches(/^[0-9A-Za-z_-]{1,64}$/, "be 1 to 64 letters, digits, hyphens, and underscores", {
                  accepts: ["first", "a".repeat(64)],
                  refuses: ["the first", "", "a".repeat(65)],
                }),
              ),
            ),
            ["second", "first"],
          ),
          active: example(string("Name of the certificate that the stage presents."), "first"),
          warn_days: optional(
            number("Days before a certificate expires when plans start to warn.", wholeNumber(1, 364, "days")),
            30,
          ),
        },
        {
          test: ({ names, active }) => hcl`contains(${names}, ${active})`,
          requirement: "have a value for active that is in names",
          refuses: [{ names: ["first"], active: "second" }],
          accepts: [{ names: ["first", "second"], active: "second" }],
        },
        {
          test: () => hcl`${node.protocol} == "HTTPS"`,
          requirement: 'be set only with node.protocol = "HTTPS": without TLS, API Gateway presents no certificate',
          refuses: [given({ node: { protocol: "HTTP" } }, {})],
        },
      ),
      given({ node: { protocol: "HTTPS" } }, {}),
    ),
  );
}

export interface BackendCertificateProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly backendCertificate: ReferenceTo<ReturnType<typeof backendCertificateSchema>>;
  /** ID of the certificate that the stage presents today, or null. */
  readonly currentId: string;
}

/** The certificate that API Gateway presents to the node. */
export class BackendCertificate extends Construct {
  public readonly resource: TerraformResource;
  /** ID of the certificate that the stage must present, or null. */
  public readonly id: IResolvable;
  /** All certificates in PEM, or null. */
  public readonly pem: IResolvable;
  /** Expiration dates in RFC 3339 format, by name. */
  public readonly expirations: IResolvable;

  public constructor(
    scope: Construct,
    id: string,
    { name, tags, backendCertificate, currentId }: BackendCertificateProps,
  ) {
    super(scope, id);
    const certificate = comment(
      new ApiGatewayClientCertificate(this, "backend", {
        forEach: forEach(hcl`toset(try(${backendCertificate.names}, []))`),
        description: text`${name}: ${each.key}`,
        tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-${each.key}` }})`,
        lifecycle: { createBeforeDestroy: true },
      }),
      "API Gateway presents the active certificate, and the node refuses clients without one. With two certificates, the node can accept the next one before API Gateway presents it.",
    );
    this.resource = certificate;
    this.expirations = local(
      this,
      "certificate_expirations",
      hcl`{ for name, certificate in ${certificate.fqn} : name => "\${replace(substr(certificate.expiration_date, 0, 19), " ", "T")}Z" }`,
      "The provider writes 2027-01-31 00:00:00 +0000 UTC, but timecmp needs RFC 3339.",
    );
    const expiring = local(
      this,
      "expiring_certificates",
      hcl`[
        for name, expiration in ${this.expirations} : "\${name} on \${expiration}"
        if timecmp(expiration, timeadd(plantimestamp(), ${text`${hcl`24 * try(${backendCertificate.warn_days}, 0)`}h`})) < 0
      ]`,
      "A certificate expires after 365 days. plantimestamp, because the result of timestamp is unknown at plan.",
    );
    this.id = hcl`${backendCertificate} == null ? ${currentId} : ${certificate.fqn}[${backendCertificate.active}].id`;
    this.pem = hcl`length(${certificate.fqn}) == 0 ? null : join("\\n", [for certificate in ${certificate.fqn} : trimspace(certificate.pem_encoded_certificate)])`;
    new Check(this, "backend_certificates_last", {
      condition: hcl`length(${expiring}) == 0`,
      errorMessage:
        "Backend certificates expire soon, and the node will then refuse every request: " +
        text`${hcl`join(", ", ${expiring})`}. Add a name to backend_certificate.names, pass the new ` +
        "backend_certificate_pem to the node, and then set active to the new name.",
    });
  }
}
