import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { matches, oneOf } from "../../synth/variables/rules";
import { given, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { certificateInRegion, clientMtlsFields, lengthOfPath } from "../parts/client-mtls";
import { imported, NOT_IMPORTED } from "../parts/imported";
import { RestApi, Stage } from "../parts/rest-api/api-schema";

export function clientMtlsSchema(restApi: RestApi) {
  return optional(
    object(
      "A custom domain that admits only clients with a certificate. It controls who can call the API, and does not affect the connection to the node. Null: none.",
      {
        ...clientMtlsFields,
        base_path: optional(
          string(
            "First part of the path under which the domain serves the API. Null: every path that has no other mapping.",
            matches(/^[0-9A-Za-z$_.+!*'()-]+$/, "be one part of a path without slashes", {
              accepts: ["shop"],
              refuses: ["shop/v1", "/shop", ""],
            }),
            lengthOfPath,
            {
              test: (value) => hcl`${value} != "(none)"`,
              requirement: 'be null instead of "(none)", which every plan would change',
              accepts: ["shop"],
              refuses: ["(none)"],
            },
          ),
        ),
        default_endpoint: optional(
          string(
            'The endpoint of the API under execute-api, which requires no certificate. "owner" leaves it to the owner of the API. "disabled" and "enabled" set it, with an import block for the API in the root module.',
            oneOf("owner", "disabled", "enabled"),
          ),
          "owner",
        ),
      },
      {
        test: () => hcl`${restApi.endpoint_type} == "REGIONAL"`,
        requirement:
          "be null for an API whose endpoint type is not REGIONAL: AWS supports client certificates only there",
        refuses: [
          given({ rest_api: { endpoint_type: "PRIVATE" } }, {}),
          given({ rest_api: { endpoint_type: "EDGE" } }, {}),
        ],
      },
    ),
  );
}

export interface ClientMtlsProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly restApi: RestApi;
  readonly stage: Stage;
  readonly clientMtls: ReferenceTo<ReturnType<typeof clientMtlsSchema>>;
}

/** A custom domain for clients with a certificate. Can disable the default endpoint, which requires none. */
export class ClientMtls extends Construct {
  public readonly mapping: TerraformResource;
  /** The API, if the module sets its default endpoint. */
  public readonly api: TerraformResource;
  /** Whether the default endpoint is disabled. Null: the owner decides. A change needs a deployment to take effect. */
  public readonly defaultEndpointDisabled: IResolvable;
  /** The values for the DNS record, or null. */
  public readonly domain: IResolvable;

  public constructor(scope: Construct, id: string, { name, tags, restApi, stage, clientMtls }: ClientMtlsProps) {
    super(scope, id);
    const count = hcl.number`${clientMtls} == null ? 0 : 1`;
    const endpoint = hcl`try(${clientMtls.default_endpoint}, "owner")`;
    this.defaultEndpointDisabled = hcl`${endpoint} == "owner" ? null : ${endpoint} == "disabled"`;

    const domain = comment(
      new ApiGatewayDomainName(this, "client_mtls", {
        count,
        domainName: clientMtls.domain_name,
        regionalCertificateArn: clientMtls.certificate_arn,
        ownershipVerificationCertificateArn: clientMtls.ownership_verification_certificate_arn,
        securityPolicy: "TLS_1_2",
        endpointConfiguration: { types: ["REGIONAL"] },
        mutualTlsAuthentication: {
          truststoreUri: clientMtls.truststore_uri,
          truststoreVersion: clientMtls.truststore_version,
        },
        tags: hcl.map(tags),
        lifecycle: { precondition: [certificateInRegion(this, count, clientMtls.certificate_arn)] },
      }),
      "Mutual TLS requires a Regional domain name and TLS 1.2 or later (https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html).",
    );
    this.mapping = new ApiGatewayBasePathMapping(this, "client_mtls_mapping", {
      count,
      apiId: restApi.id,
      stageName: stage.name,
      basePath: clientMtls.base_path,
      domainName: hcl.string`${domain.fqn}[0].domain_name`,
    });
    this.mapping.overrideLogicalId("client_mtls");
    this.api = comment(
      new ApiGatewayRestApi(this, "adopted_api", {
        count: hcl.number`${endpoint} == "owner" ? 0 : 1`,
        name: text`${name}-not-imported`,
        description: NOT_IMPORTED,
        disableExecuteApiEndpoint: hcl`${endpoint} == "disabled"`,
        dependsOn: [this.mapping],
        lifecycle: {
          preventDestroy: true,
          ignoreChanges: NOT_MANAGED,
          postcondition: [
            imported({
              subject: "client_mtls.default_endpoint: the API",
              argument: "description",
              named: hcl`self.id == ${restApi.id}`,
              address: "aws_api_gateway_rest_api.adopted[0]",
              id: restApi.id,
            }),
          ],
        },
      }),
      "Imported by the root module. Only the default endpoint changes, and the API is never deleted. While " +
        "that endpoint is enabled, it answers clients without a certificate. It is disabled only when the domain " +
        "leads to the API, because any deployment would put that into effect, also one of the owner. The name is " +
        "used only if the import is missing, and the description shows that.",
    );
    this.api.overrideLogicalId("adopted");
    new Check(this, "clients_need_a_certificate", {
      condition: hcl`${clientMtls} == null || ${endpoint} != "enabled"`,
      errorMessage:
        'The API still answers clients without a certificate at its execute-api endpoint. Set client_mtls.default_endpoint to "disabled" when all clients use the domain.',
    });
    this.domain = hcl`one([for domain in ${domain.fqn} : {
      name               = domain.domain_name
      target_domain_name = domain.regional_domain_name
      hosted_zone_id     = domain.regional_zone_id
    }])`;
  }
}

/** The other arguments of an API that provider 5.100 has. */
const NOT_MANAGED = [
  "api_key_source",
  "binary_media_types",
  "body",
  "description",
  "endpoint_configuration",
  "fail_on_warnings",
  "minimum_compression_size",
  "name",
  "parameters",
  "policy",
  "put_rest_api_mode",
  "tags",
  "tags_all",
];
