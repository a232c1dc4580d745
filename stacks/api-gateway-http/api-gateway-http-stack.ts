import { DataAwsApigatewayv2Api } from "@cdktf/provider-aws/lib/data-aws-apigatewayv2-api";
import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { object, string, withRules } from "../../synth/variables/schema";
import { text } from "../../synth/language/expression/text";
import { applicationSchema } from "../parts/application";
import { cutoverPercentSchema, nameSchema, tagsSchema, vpcIdSchema } from "../parts/common-variables";
import { identityFields, knownSubnetCidrs } from "../parts/node";
import { NodeToApplication } from "../parts/node-to-application";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { applicationFields, loadBalancerArnSuffix, ofArn, RoutingContract } from "../parts/routing-contract";
import { sentSecretHeaderSchema, sentSecretHeaderValuesSchema } from "../parts/secret-header";
import { ruleIds, vpcLinkAndApplicationRulesSchema } from "../parts/security-group-rules";
import { TrafficCheck } from "../parts/traffic-check";
import { apiGatewayId, VpcLink, vpcLinkSchema } from "../parts/vpc-link";
import { AdoptedIntegrations } from "./adopted-integrations";
import { ApiRoutes, noBypassingRoutes, settingsAreGiven } from "./api-routes";
import { ClientMtls, clientMtlsSchema } from "./client-mtls";
import {
  integrationsSchema,
  nodeRequestParameters,
  REQUEST_PATH,
  requestParametersSchema,
  timeoutSchema,
} from "./integration-schema";
import { listenerConditions, loadBalancerSchema, portOf } from "./load-balancer";
import { acceptedRoutesSchema, allRoutesSchema, routesSchema } from "./route-schema";
import { RoutesToNode } from "./routes";
import { DeployedStage, stageSchema } from "./stage";

/** The module `api-gateway-http`: the node between an existing HTTP API and the application behind it. */
export class ApiGatewayHttpStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary: "Puts a Wallarm Node between an existing HTTP API of API Gateway and the application behind it.",
      providers: [AWS_PROVIDER],
    });

    const name = this.variable("name", nameSchema);
    const tags = this.variable("tags", tagsSchema);
    const vpcId = this.variable("vpc_id", vpcIdSchema);
    const percent = this.variable(
      "node_traffic_percent",
      cutoverPercentSchema("requests", ": HTTP APIs have no canary, because a route has one integration"),
    );
    const node = this.variable("node", object("The Wallarm Node.", identityFields));
    const loadBalancer = this.variable("load_balancer", loadBalancerSchema);
    const vpcLink = this.variable("vpc_link", vpcLinkSchema);
    const apiId = this.variable("api_id", string("ID of the HTTP API.", apiGatewayId));
    const stage = this.variable("stage", stageSchema);
    const integrations = this.variable("adopted_integrations", integrationsSchema(stage));
    const routes = this.variable("routes", routesSchema);
    const acceptedRoutes = this.variable("accepted_routes", acceptedRoutesSchema);
    const allRoutes = this.variable(
      "all_routes",
      withRules(
        allRoutesSchema,
        noBypassingRoutes({ routes, integrations, acceptedRoutes, nodeTrafficPercent: percent }),
        settingsAreGiven(routes),
      ),
    );
    const requestParameters = this.variable("request_parameters", requestParametersSchema);
    const secretHeaderValues = this.variable("secret_header_values", sentSecretHeaderValuesSchema);
    const secretHeader = this.variable("secret_header", sentSecretHeaderSchema(secretHeaderValues));
    const timeoutMilliseconds = this.variable("timeout_milliseconds", timeoutSchema);
    const clientMtls = this.variable("client_mtls", clientMtlsSchema);
    const application = this.variable("application", applicationSchema(node));
    const securityGroupRules = this.variable(
      "security_group_rules",
      vpcLinkAndApplicationRulesSchema({ node, application }),
    );

    const common = { name, tags, vpcId, node, nodeTrafficPercent: percent };
    const api = comment(
      new DataAwsApigatewayv2Api(this, "this", {
        apiId,
        lifecycle: {
          postcondition: [
            {
              condition: hcl`self.protocol_type == "HTTP"`,
              errorMessage: text`api_id: ${apiId} is a WebSocket API, which no module of this project supports. Set it to the ID of an HTTP API.`,
            },
          ],
        },
      }),
      "Read, never managed: the API belongs to its owner.",
    );
    const applicationAccess = new NodeToApplication(this, "security_groups", {
      ...common,
      application,
      enabled: securityGroupRules,
    });
    const loadBalancerPort = local(this, "load_balancer_port", portOf(loadBalancer));
    const link = new VpcLink(this, "vpc_link", {
      ...common,
      vpcLink,
      loadBalancer,
      port: loadBalancerPort,
      listenerConditions: listenerConditions(loadBalancer, loadBalancerPort),
      enabled: securityGroupRules,
      dependsOn: [applicationAccess.egress, applicationAccess.ingress],
    });
    const apiRoutes = new ApiRoutes(this, "api_routes", {
      apiId,
      routes,
      integrations,
      allRoutes,
      acceptedRoutes,
      listenerArn: loadBalancer.listener_arn,
      stage,
      nodeTrafficPercent: percent,
    });
    const pathToNode = [link.listener, link.egress, link.ingress, applicationAccess.egress, applicationAccess.ingress];
    const cutover = {
      ...common,
      apiId,
      node: {
        listenerArn: loadBalancer.listener_arn,
        vpcLinkId: link.id,
        serverName: loadBalancer.server_name,
        requestParameters: local(
          this,
          "node_request_parameters",
          hcl`merge(${requestParameters}, { for header in ${secretHeader}[*] : "overwrite:header.\${header.name}" => ${secretHeaderValues}[header.active] })`,
          "An overwrite, so a value that a client sends in the secret header never reaches the node.",
        ),
        timeoutMilliseconds,
      },
      dependsOn: [api, ...pathToNode],
    };
    const adopted = new AdoptedIntegrations(this, "adopted_integrations", { ...cutover, integrations });
    const moved = new RoutesToNode(this, "main", {
      ...cutover,
      routes,
      keepsSettings: (settings) => apiRoutes.keepsSettings(settings),
    });
    const clients = new ClientMtls(this, "client_mtls", { tags, api, apiId, stage, clientMtls });
    const deployed = new DeployedStage(this, "stage", {
      name,
      apiId,
      stage,
      deployed: hcl`{
        integrations = [
          for integration in concat(values(${adopted.integration.fqn}), values(${moved.integration.fqn})) :
          [for argument in ["connection_id", "integration_method", "integration_uri", "request_parameters", "response_parameters", "timeout_milliseconds", "tls_config"] : integration[argument]]
        ]
        targets = concat(values(${moved.adopted.fqn}), values(${moved.created.fqn}))[*].target
        default_endpoint_disabled = one(${clients.api.fqn}[*].disable_execute_api_endpoint)
      }`,
      dependsOn: [adopted.integration, moved.adopted, moved.created, clients.api],
    });
    new TrafficCheck(this, percent);
    const routing = new RoutingContract(this, "routing", {
      scenario: "api-gateway-http",
      name,
      ...ofArn(loadBalancer.listener_arn),
      vpc_id: vpcId,
      node: { security_group_id: node.security_group_id, subnet_cidrs: knownSubnetCidrs(node) },
      application: { ...applicationFields(application), accepted: { routes: acceptedRoutes } },
      load_balancer: {
        security_group_ids: hcl`values(${loadBalancer.security_group_ids})`,
        arn_suffix: loadBalancerArnSuffix(loadBalancer.listener_arn),
      },
      secret_header: hcl`one([for header in ${secretHeader}[*] : { name = header.name, enforced = null }])`,
      entry_points: hcl`merge(
        {
          for key, integration in ${adopted.integration.fqn} : "integration/\${key}" => {
            http_api_id     = integration.api_id
            integration_id  = integration.id
            vpc_link_id     = ${link.id}
            application_uri = ${percent} == 100 ? null : ${integrations}[key].application.uri
          }
        },
        {
          for key, route in merge(${moved.adopted.fqn}, ${moved.created.fqn}) : "route/\${key}" => {
            http_api_id                = route.api_id
            route_key                  = route.route_key
            vpc_link_id                = ${link.id}
            application_integration_id = ${percent} == 100 ? null : ${routes}[key].application_integration_id
          }
        }
      )`,
      node_traffic_percent: percent,
      live_after_apply: hcl`${stage.deployment} != "owner"`,
      dependsOn: [deployed.stage],
    });

    this.output("vpc_link_id", "ID of the VPC link.", link.id);
    this.output(
      "vpc_link_security_group_id",
      "ID of the security group of the VPC link. Null for an existing link.",
      link.securityGroupId,
    );
    const pasted = local(
      this,
      "cutover_integration",
      hcl`{
        integration_type       = "HTTP_PROXY"
        integration_method     = "ANY"
        connection_type        = "VPC_LINK"
        connection_id          = ${link.id}
        integration_uri        = ${loadBalancer.listener_arn}
        payload_format_version = "1.0"
        request_parameters     = ${nodeRequestParameters(hcl`"${REQUEST_PATH}"`, hcl`{}`, requestParameters)}
        timeout_milliseconds   = coalesce(${timeoutMilliseconds}, 30000)
        server_name            = ${loadBalancer.server_name}
      }`,
    );
    this.output(
      "cutover_integration",
      "For an owner who keeps routes and integrations: the arguments of a new aws_apigatewayv2_integration with the node. The owner adds the settings of the application's integration. Without the secret header. Available after the security group rules exist.",
      pasted,
      { dependsOn: pathToNode },
    );
    this.output(
      "openapi_integration",
      "For an owner who writes the API as an OpenAPI document: the value of x-amazon-apigateway-integration that leads to the node. Without the secret header.",
      hcl`merge(
        {
          type                 = "http_proxy"
          httpMethod           = ${pasted}.integration_method
          connectionType       = ${pasted}.connection_type
          connectionId         = ${pasted}.connection_id
          uri                  = ${pasted}.integration_uri
          payloadFormatVersion = ${pasted}.payload_format_version
          requestParameters    = ${pasted}.request_parameters
          timeoutInMillis      = ${pasted}.timeout_milliseconds
        },
        { for name in ${loadBalancer.server_name}[*] : "tlsConfig" => { serverNameToVerify = name } }
      )`,
      { dependsOn: pathToNode },
    );
    this.output(
      "node_integration_ids",
      "IDs of the integrations with the node that the routes use at 100 percent, by route.",
      hcl`{ for key, integration in ${moved.integration.fqn} : key => integration.id }`,
    );
    this.output(
      "deployment_id",
      "ID of the module's deployment. Null unless the module adopts the stage.",
      hcl`one(${deployed.deployment.fqn}[*].id)`,
    );
    this.output(
      "redeployment_trigger",
      "For an owner who deploys the stage: a value for triggers of aws_apigatewayv2_deployment. It changes when the API needs a new deployment.",
      deployed.trigger,
    );
    this.output(
      "routes_around_the_node",
      "Routes that bypass the node at 100 percent: route key => URI, and the path that the application gets, for overwrite:path. Empty if all_routes is set.",
      apiRoutes.bypassing,
    );
    this.output(
      "client_domain",
      "The custom domain for clients with a certificate, and the values for its DNS record. Null without client_mtls.",
      clients.domain,
    );
    this.output(
      "security_group_rule_ids",
      "IDs of the security group rules, by purpose.",
      hcl`{
        vpc_link_egress       = ${ruleIds(link.egress)}
        load_balancer_ingress = ${ruleIds(link.ingress)}
        node_egress           = ${ruleIds(applicationAccess.egress)}
        application_ingress   = ${ruleIds(applicationAccess.ingress)}
      }`,
    );
    this.output(
      "routing",
      "The routing contract, which other modules and tools take as input.",
      hcl`${routing.resource.fqn}.input`,
    );
  }
}
