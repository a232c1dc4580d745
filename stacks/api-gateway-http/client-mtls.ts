import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { DataAwsApigatewayv2Api } from "@cdktf/provider-aws/lib/data-aws-apigatewayv2-api";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { matches, oneOf } from "../../synth/variables/rules";
import { object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { certificateInRegion, clientMtlsFields, lengthOfPath } from "../parts/client-mtls";
import { imported, NOT_IMPORTED } from "../parts/imported";
import { Stage } from "./stage";

export const clientMtlsSchema = optional(
  object(
    "A custom domain that admits only clients with a certificate. It controls who can call the API, and does not affect the connection to the node. Null: none.",
    {
      ...clientMtlsFields,
      api_mapping_key: optional(
        string(
          "Path under which the domain serves the API. Null: every path that has no other mapping.",
          matches(
            /^[0-9A-Za-z$_.+!*'()-]+(\/[0-9A-Za-z$_.+!*'()-]+)*$/,
            'be a path without a leading or trailing slash, such as "orders/v1"',
            { accepts: ["orders/v1", "orders"], refuses: ["/shop", "shop/", ""] },
          ),
          lengthOfPath,
        ),
      ),
      default_endpoint: optional(
        string(
          'The endpoint of the API under execute-api, which requires no certificate. "owner" leaves it to the owner of the API, and warns while it is enabled. "disabled" and "enabled" set it, with an import block for the API in the root module.',
          oneOf("owner", "disabled", "enabled"),
        ),
        "owner",
      ),
    },
  ),
);

export interface ClientMtlsProps {
  readonly tags: IResolvable;
  readonly api: DataAwsApigatewayv2Api;
  readonly apiId: string;
  readonly stage: Stage;
  readonly clientMtls: ReferenceTo<typeof clientMtlsSchema>;
}

/** A custom domain for clients with a certificate. Can disable the default endpoint, which requires none. */
export class ClientMtls extends Construct {
  /** The API, if the module sets its default endpoint. */
  public readonly api: TerraformResource;
  /** The values for the DNS record, or null. */
  public readonly domain: IResolvable;

  public constructor(scope: Construct, id: string, props: ClientMtlsProps) {
    super(scope, id);
    const { api, apiId, clientMtls } = props;
    const count = hcl.number`${clientMtls} == null ? 0 : 1`;
    const endpoint = hcl`try(${clientMtls.default_endpoint}, "owner")`;

    const domain = comment(
      new Apigatewayv2DomainName(this, "client_mtls", {
        count,
        domainName: clientMtls.domain_name,
        domainNameConfiguration: {
          certificateArn: clientMtls.certificate_arn,
          ownershipVerificationCertificateArn: clientMtls.ownership_verification_certificate_arn,
          endpointType: "REGIONAL",
          securityPolicy: "TLS_1_2",
        },
        mutualTlsAuthentication: {
          truststoreUri: clientMtls.truststore_uri,
          truststoreVersion: clientMtls.truststore_version,
        },
        tags: hcl.map(props.tags),
        lifecycle: { precondition: [certificateInRegion(this, count, clientMtls.certificate_arn)] },
      }),
      "Mutual TLS requires a Regional domain name and TLS 1.2 or later (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mutual-tls.html).",
    );
    const mapping = new Apigatewayv2ApiMapping(this, "stage", {
      count,
      apiId,
      apiMappingKey: clientMtls.api_mapping_key,
      domainName: hcl.string`${domain.fqn}[0].id`,
      stage: props.stage.name,
    });
    this.api = comment(
      new Apigatewayv2Api(this, "adopted", {
        count: when(hcl`${endpoint} != "owner"`),
        name: api.name,
        description: NOT_IMPORTED,
        protocolType: "HTTP",
        disableExecuteApiEndpoint: hcl`${endpoint} == "disabled"`,
        dependsOn: [mapping],
        lifecycle: {
          preventDestroy: true,
          ignoreChanges: NOT_MANAGED,
          postcondition: [
            imported({
              subject: "client_mtls.default_endpoint: the API",
              argument: "description",
              named: hcl`self.id == ${apiId}`,
              address: "aws_apigatewayv2_api.adopted[0]",
              id: apiId,
            }),
          ],
        },
      }),
      "Imported by the root module. Only the default endpoint changes, and the API is never deleted. While " +
        "that endpoint is enabled, it answers clients without a certificate. It is disabled only when the domain serves the " +
        "API. The description only shows a missing import.",
    );
    new Check(this, "clients_need_a_certificate", {
      condition: hcl`${clientMtls} == null ? true : ${clientMtls.default_endpoint} == "disabled" || (${clientMtls.default_endpoint} == "owner" && ${api.disableExecuteApiEndpoint})`,
      errorMessage:
        text`The API still answers clients without a certificate at ${api.apiEndpoint}. Set ` +
        'client_mtls.default_endpoint to "disabled", or the owner of the API must set ' +
        "disable_execute_api_endpoint.",
    });
    this.domain = hcl`one([for domain in ${domain.fqn} : {
      name               = domain.domain_name
      target_domain_name = domain.domain_name_configuration[0].target_domain_name
      hosted_zone_id     = domain.domain_name_configuration[0].hosted_zone_id
    }])`;
  }
}

/** Arguments other than the one that disables the default endpoint. */
const NOT_MANAGED = [
  "api_key_selection_expression",
  "body",
  "cors_configuration",
  "credentials_arn",
  "description",
  "fail_on_warnings",
  "ip_address_type",
  "name",
  "protocol_type",
  "route_key",
  "route_selection_expression",
  "tags",
  "tags_all",
  "target",
  "version",
];
