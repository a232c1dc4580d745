import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { atCutover } from "../parts/common-variables";
import { imported, NOT_IMPORTED } from "../parts/imported";
import { NodeEndpoint } from "./adopted-integrations";
import { nodeRequestParameters, REQUEST_PATH } from "./integration-schema";
import { Routes } from "./route-schema";

export interface RoutesToNodeProps {
  readonly name: string;
  readonly apiId: string;
  readonly routes: Routes;
  readonly node: NodeEndpoint;
  readonly nodeTrafficPercent: number;
  /** For each route: no setting of the application's integration gets lost. */
  readonly keepsSettings: (settings: IResolvable) => Validation;
  /** What must be in place before a request is sent to the node. */
  readonly dependsOn: ITerraformDependable[];
}

/** Routes that use an integration with the node at 100 percent, and that of the application at 0. */
export class RoutesToNode extends Construct {
  /** The integrations with the node, by route. */
  public readonly integration: Apigatewayv2Integration;
  public readonly adopted: Apigatewayv2Route;
  public readonly created: Apigatewayv2Route;

  public constructor(scope: Construct, id: string, props: RoutesToNodeProps) {
    super(scope, id);
    const { apiId, routes, node } = props;
    const settings = local(
      this,
      "integration_settings",
      hcl`{
        for key, route in ${routes} : key => {
          method               = try(route.integration.method, "ANY")
          path                 = coalesce(route.path, "${REQUEST_PATH}")
          request_parameters   = try(route.integration.request_parameters, {})
          response_parameters  = try(route.integration.response_parameters, {})
          timeout_milliseconds = try(route.integration.timeout_milliseconds, 30000)
        }
      }`,
      "By route. Without integration, the defaults of AWS.",
    );
    const kept = (name: string) => hcl`${settings}[each.key].${name}`;
    const { route_key: routeKey, application_integration_id: applicationIntegrationId, authorization } = routes.each;

    this.integration = comment(
      new Apigatewayv2Integration(this, "node", {
        forEach: forEach(routes),
        apiId,
        description: `${props.name}: to the Wallarm Node`,
        integrationType: "HTTP_PROXY",
        integrationMethod: hcl.string(kept("method")),
        connectionType: "VPC_LINK",
        connectionId: hcl.string(node.vpcLinkId),
        integrationUri: node.listenerArn,
        payloadFormatVersion: "1.0",
        requestParameters: hcl.map(
          nodeRequestParameters(kept("path"), kept("request_parameters"), node.requestParameters),
        ),
        timeoutMilliseconds: hcl.number`coalesce(${node.timeoutMilliseconds}, ${kept("timeout_milliseconds")})`,
        dependsOn: props.dependsOn,
        lifecycle: { createBeforeDestroy: true, precondition: [props.keepsSettings(settings)] },
      }),
      "One for each route, with the settings of the application's integration. It exists before the route uses it. " +
        "It depends on the security group rules, so Terraform destroys it first: if the route still uses it, AWS " +
        "refuses, and everything stays in place.",
    );
    override(this.integration, {
      tls_config: dynamic(hcl`compact([${node.serverName}])`, { server_name_to_verify: hcl`tls_config.value` }),
      response_parameters: dynamic(kept("response_parameters"), {
        status_code: hcl`response_parameters.key`,
        mappings: hcl`response_parameters.value`,
      }),
    });

    const target = atCutover(
      props.nodeTrafficPercent,
      hcl`${text`integrations/${hcl`${this.integration.fqn}[each.key].id`}`}`,
      hcl`${text`integrations/${applicationIntegrationId}`}`,
    );
    const shared = {
      apiId,
      routeKey,
      target: hcl.string(target),
      dependsOn: props.dependsOn,
    };
    this.adopted = comment(
      new Apigatewayv2Route(this, "adopted", {
        ...shared,
        forEach: forEach(hcl`{ for key, route in ${routes} : key => route if route.route_id != null }`),
        operationName: NOT_IMPORTED,
        lifecycle: {
          preventDestroy: true,
          ignoreChanges: NOT_MANAGED,
          precondition: [notTheNode(this.integration.fqn)],
          postcondition: conditions(),
        },
      }),
      "Imported by the root module: AWS refuses a second route with the same key. Only the target changes, " +
        "and the route is never deleted. The operation name only shows a missing import.",
    );
    this.created = comment(
      new Apigatewayv2Route(this, "created", {
        ...shared,
        forEach: forEach(hcl`{ for key, route in ${routes} : key => route if route.route_id == null }`),
        authorizationType: authorization.type,
        authorizerId: authorization.authorizer_id,
        authorizationScopes: hcl.list(authorization.scopes),
        lifecycle: { precondition: [notTheNode(this.integration.fqn)] },
      }),
      "Routes that the API does not have yet. API Gateway selects the most specific route (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html), so these take requests from a greedy route or $default. Give them the same authorization as that route.",
    );
  }
}

/** Arguments other than the target of a route. */
const NOT_MANAGED = [
  "api_key_required",
  "authorization_scopes",
  "authorization_type",
  "authorizer_id",
  "model_selection_expression",
  "operation_name",
  "request_models",
  "request_parameter",
  "route_key",
  "route_response_selection_expression",
];

function notTheNode(integration: string): Validation {
  return {
    condition: hcl`!contains([for integration in ${integration} : integration.id], each.value.application_integration_id)`,
    errorMessage:
      text`routes["${each.key}"]: application_integration_id ` +
      text`${hcl`each.value.application_integration_id`} is an integration with the node. Set it to that of the application.`,
  };
}

function conditions(): Validation[] {
  return [
    imported({
      subject: text`routes["${each.key}"]`,
      argument: "operation_name",
      named: hcl`self.id == each.value.route_id`,
      address: text`aws_apigatewayv2_route.adopted["${each.key}"]`,
      id: text`${hcl`self.api_id`}/${hcl`each.value.route_id`}`,
    }),
    {
      condition: hcl`self.route_key == each.value.route_key`,
      errorMessage:
        text`routes["${each.key}"]: ${hcl`each.value.route_id`} is the route "${hcl`self.route_key`}", not ` +
        text`"${hcl`each.value.route_key`}". Set route_id to the ID of that route, and import it.`,
    },
  ];
}
