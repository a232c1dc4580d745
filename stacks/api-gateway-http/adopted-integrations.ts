import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl, Interpolation } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { atCutover } from "../parts/common-variables";
import { imported, NOT_IMPORTED } from "../parts/imported";
import { adoptedPath, Integrations, nodeRequestParameters } from "./integration-schema";

/** The settings of an integration with the node. */
export interface NodeEndpoint {
  readonly listenerArn: string;
  readonly vpcLinkId: IResolvable;
  /** Null for plain HTTP. */
  readonly serverName: string;
  readonly requestParameters: IResolvable;
  /** Null for that of the application's integration. */
  readonly timeoutMilliseconds: number;
}

export interface AdoptedIntegrationsProps {
  readonly apiId: string;
  readonly integrations: Integrations;
  readonly node: NodeEndpoint;
  readonly nodeTrafficPercent: number;
  /** What must be in place before a request is sent to the node. */
  readonly dependsOn: ITerraformDependable[];
}

/** Existing integrations. The module changes only their target. */
export class AdoptedIntegrations extends Construct {
  public readonly integration: Apigatewayv2Integration;

  public constructor(scope: Construct, id: string, props: AdoptedIntegrationsProps) {
    super(scope, id);
    const { apiId, integrations, node } = props;
    const { application } = integrations.each;
    const choose = (atNode: Interpolation, atApplication: Interpolation) =>
      atCutover(props.nodeTrafficPercent, atNode, atApplication);

    this.integration = comment(
      new Apigatewayv2Integration(this, "adopted", {
        forEach: forEach(integrations),
        apiId,
        description: NOT_IMPORTED,
        integrationType: "HTTP_PROXY",
        connectionType: "VPC_LINK",
        connectionId: hcl.string(choose(node.vpcLinkId, application.connection_id)),
        integrationUri: hcl.string(choose(node.listenerArn, application.uri)),
        requestParameters: hcl.map(
          choose(
            nodeRequestParameters(
              adoptedPath(integrations.each),
              application.request_parameters,
              node.requestParameters,
            ),
            application.request_parameters,
          ),
        ),
        timeoutMilliseconds: hcl.number(
          choose(
            hcl`coalesce(${node.timeoutMilliseconds}, ${application.timeout_milliseconds})`,
            application.timeout_milliseconds,
          ),
        ),
        dependsOn: props.dependsOn,
        lifecycle: {
          preventDestroy: true,
          ignoreChanges: NOT_MANAGED,
          precondition: [notTheNode(integrations, node), encryptedOnBothSides(integrations, node)],
          postcondition: conditions(),
        },
      }),
      "Imported by the root module. Only the target changes, and the integration is never deleted, because routes use it. The description only shows a missing import. overwrite:path removes the name of the stage, which API Gateway puts in front of the path of a private integration.",
    );
    override(this.integration, {
      tls_config: dynamic(hcl`compact([${choose(node.serverName, application.server_name)}])`, {
        server_name_to_verify: hcl`tls_config.value`,
      }),
    });
  }
}

/** Arguments that are not part of the target of an integration. */
const NOT_MANAGED = [
  "content_handling_strategy",
  "credentials_arn",
  "description",
  "integration_method",
  "integration_subtype",
  "integration_type",
  "passthrough_behavior",
  "payload_format_version",
  "request_templates",
  "response_parameters",
  "template_selection_expression",
];

function notTheNode({ each: { application } }: Integrations, node: NodeEndpoint): Validation {
  return {
    condition: hcl`${application.uri} != ${node.listenerArn}`,
    errorMessage:
      text`adopted_integrations["${each.key}"]: application.uri is the listener of the node, ${application.uri}. ` +
      "Set it to the URI of the application.",
  };
}

/** An update without TLS sends an empty configuration, and AWS says of any that the integration then uses HTTPS. */
function encryptedOnBothSides({ each: { application } }: Integrations, { serverName }: NodeEndpoint): Validation {
  return {
    condition: hcl`(${application.server_name} == null) == (${serverName} == null)`,
    errorMessage:
      text`adopted_integrations["${each.key}"]: only one of application.server_name and load_balancer.server_name is set, ` +
      "and AWS does not say whether an update ends TLS. Set both or neither, or move its routes in routes.",
  };
}

function conditions(): Validation[] {
  return [
    imported({
      subject: text`adopted_integrations["${each.key}"]`,
      argument: "description",
      named: hcl`self.id == each.value.integration_id`,
      address: text`aws_apigatewayv2_integration.adopted["${each.key}"]`,
      id: text`${hcl`self.api_id`}/${hcl`each.value.integration_id`}`,
    }),
    {
      condition: hcl`self.integration_type == "HTTP_PROXY"`,
      errorMessage:
        text`adopted_integrations["${each.key}"]: ${hcl`each.value.integration_id`} has the type ` +
        text`${hcl`self.integration_type`}, which AWS does not support for a load balancer. Move its routes in routes instead.`,
    },
  ];
}
