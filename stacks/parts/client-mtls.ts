/** A custom domain that admits only clients with a certificate, for HTTP and REST APIs. */
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { matches } from "../../synth/variables/rules";
import { optional, string } from "../../synth/variables/schema";

export const certificateArn = matches(
  /^arn:[^:]+:acm:[^:]+:[0-9]{12}:certificate\/[0-9a-f-]+$/,
  "be the ARN of a certificate (arn:aws:acm:REGION:ACCOUNT:certificate/ID)",
  {
    accepts: ["arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"],
    refuses: ["api.example.com", "arn:aws:iam::123456789012:server-certificate/api"],
  },
);

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mutual-tls.html, and rest-api-mutual-tls.html */
export const clientMtlsFields = {
  domain_name: string(
    "Domain name. API Gateway must not have it yet.",
    matches(
      /^(\*\.)?([0-9a-z]([0-9a-z-]{0,61}[0-9a-z])?\.)+[0-9a-z-]{2,63}$/,
      'be a lowercase domain name such as "api.example.com"',
      { accepts: ["api.example.com", "*.example.com"], refuses: ["API.example.com", "api", "https://api.example.com"] },
    ),
  ),
  certificate_arn: string("ARN of its ACM certificate, in the Region of the API.", certificateArn),
  ownership_verification_certificate_arn: optional(
    string(
      "ARN of a public certificate that ACM issued for the domain name. Needed if certificate_arn is imported or from a private authority.",
      certificateArn,
    ),
  ),
  truststore_uri: string(
    "S3 URL of the truststore: the certificates of the authorities that issue client certificates, in PEM.",
    matches(/^s3:\/\/[0-9a-z][0-9a-z.-]{1,61}[0-9a-z]\/.+$/, 'be an S3 URL such as "s3://bucket/truststore.pem"', {
      accepts: ["s3://shop-truststore/clients.pem"],
      refuses: ["https://truststore.s3.amazonaws.com/clients.pem", "s3://shop-truststore"],
    }),
  ),
  truststore_version: string(
    "Version ID of that object. AWS reads each version once, so a new list of authorities needs a new version.",
    matches(/^[^ ]{1,64}$/, "be a version ID of 1 to 64 characters without spaces", {
      accepts: ["3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY", "v".repeat(64)],
      refuses: ["", "latest one", "v".repeat(65)],
    }),
  ),
};

/** Of the path under which the domain serves the API. Source: http-api-mappings.html, and rest-api-mappings.html */
export const lengthOfPath = matches(/^.{0,300}$/, "have at most 300 characters", {
  accepts: ["a".repeat(300)],
  refuses: ["a".repeat(301)],
});

/** Refuses a certificate of another Region, which AWS does not find. */
export function certificateInRegion(scope: Construct, count: number, certificateArn: string): Validation {
  const current = new DataAwsRegion(scope, "client_mtls_region", { count });
  current.overrideLogicalId("client_mtls");
  const region = hcl`${current.fqn}[0].id`;
  return {
    condition: hcl`split(":", ${certificateArn})[3] == ${region}`,
    errorMessage: text`client_mtls.certificate_arn: ${certificateArn} is not in ${region}, the Region of the API. Request or import the certificate there.`,
  };
}
