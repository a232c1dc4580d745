import { withRules } from "../../synth/variables/schema";
import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { nameSchema, tagsSchema, trafficPercentSchema } from "../parts/common-variables";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { acceptedRoutesSchema, allRoutesSchema, ApiRoutes, openapiSchema } from "../parts/rest-api/api-routes";
import {
  adoptedIntegrationsSchema,
  adoptedResourcePolicySchema,
  adoptedStageSchema,
  restApiSchema,
  stageSchema,
} from "../parts/rest-api/api-schema";
import { canaryRule, Deployment, redeploymentTriggersSchema } from "../parts/rest-api/deployment";
import { Integrations } from "../parts/rest-api/integrations";
import { applicationSchema, nodeSchema, routesSchema } from "../parts/rest-api/route-schema";
import { ofArnIfAny, RoutingContract } from "../parts/routing-contract";
import { sentSecretHeaderSchema, sentSecretHeaderValuesSchema } from "../parts/secret-header";
import { TrafficCheck } from "../parts/traffic-check";
import { BackendCertificate, backendCertificateSchema } from "./backend-certificate";
import { ClientMtls, clientMtlsSchema } from "./client-mtls";
import { ResourcePolicy, resourcePolicySchema } from "./resource-policy";
import { RestVpcLink, restVpcLinkSchema } from "./vpc-link";

/** The module `api-gateway-rest`: the node between an existing REST API and the application behind it. */
export class ApiGatewayRestStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary: "Puts a Wallarm Node between an existing REST API of API Gateway and the application behind it.",
      providers: [AWS_PROVIDER],
    });

    const name = this.variable("name", nameSchema);
    const tags = this.variable("tags", tagsSchema);
    const percent = this.variable("node_traffic_percent", trafficPercentSchema);
    const restApi = this.variable("rest_api", restApiSchema);
    const adoptedIntegrations = this.variable("adopted_integrations", adoptedIntegrationsSchema);
    const adoptedStage = this.variable(
      "adopted_stage",
      adoptedStageSchema(
        adoptedIntegrations,
        "its deployment, canary, and backend certificate",
        "the outputs redeployment_trigger and client_certificate_id",
      ),
    );
    const adoptedResourcePolicy = this.variable("adopted_resource_policy", adoptedResourcePolicySchema);
    const stage = this.variable("stage", withRules(stageSchema, canaryRule(adoptedStage, percent)));
    const vpcLink = this.variable("vpc_link", restVpcLinkSchema);
    const node = this.variable("node", nodeSchema(restApi));
    const secretHeaderValues = this.variable("secret_header_values", sentSecretHeaderValuesSchema);
    const secretHeader = this.variable("secret_header", sentSecretHeaderSchema(secretHeaderValues));
    const application = this.variable("application", applicationSchema);
    const routes = this.variable("routes", routesSchema(restApi, application));
    const allRoutes = this.variable("all_routes", allRoutesSchema);
    const openapi = this.variable("openapi", openapiSchema(allRoutes));
    const acceptedRoutes = this.variable("accepted_routes", acceptedRoutesSchema);
    const redeploymentTriggers = this.variable("redeployment_triggers", redeploymentTriggersSchema);
    const resourcePolicy = this.variable("resource_policy", resourcePolicySchema(restApi));
    const backendCertificate = this.variable("backend_certificate", backendCertificateSchema(node));
    const clientMtls = this.variable("client_mtls", clientMtlsSchema(restApi));

    const common = { name, tags, restApi, stage, adoptedIntegrations, adoptedStage, node, nodeTrafficPercent: percent };
    const certificate = new BackendCertificate(this, "backend_certificate", {
      ...common,
      backendCertificate,
      currentId: stage.client_certificate_id,
    });
    const clients = new ClientMtls(this, "client_mtls", { ...common, clientMtls });
    const link = new RestVpcLink(this, "vpc_link", {
      ...common,
      vpcLink,
      dependsOn: [certificate.resource],
    });
    const apiRoutes = new ApiRoutes(this, "api_routes", { ...common, routes, allRoutes, openapi, acceptedRoutes });
    const integrations = new Integrations(this, "main", {
      ...common,
      application,
      routes,
      secretHeader,
      secretHeaderValues,
      vpcLinkId: link.id,
      preconditions: [apiRoutes.exist()],
    });
    const policy = new ResourcePolicy(this, "resource_policy", { ...common, adoptedResourcePolicy, resourcePolicy });
    const deployed = [integrations.resource, policy.resource, clients.api, clients.mapping];
    const deployment = new Deployment(this, "stage", {
      ...common,
      redeploymentTriggers,
      deployed: hcl`[${integrations.settings}, ${integrations.secretHeaderHash}, ${policy.json}, ${clients.defaultEndpointDisabled}]`,
      clientCertificateId: certificate.id,
      dependsOn: deployed,
    });
    new TrafficCheck(this, percent);
    apiRoutes.checkOwner(percent, integrations.settings);
    const loadBalancerArn = hcl`one(values(${vpcLink.load_balancer_arns}))`;
    const routing = new RoutingContract(this, "routing", {
      scenario: "api-gateway-rest",
      name,
      ...ofArnIfAny(loadBalancerArn),
      node: { port: node.port, protocol: node.protocol },
      application: { accepted: { routes: acceptedRoutes } },
      load_balancer: { arn_suffix: hcl`try(regex("loadbalancer/(.+)", ${loadBalancerArn})[0], null)` },
      secret_header: hcl`one([for header in ${secretHeader}[*] : { name = header.name, enforced = null }])`,
      entry_points: integrations.entryPoints,
      node_traffic_percent: percent,
      live_after_apply: hcl`${adoptedIntegrations} && ${adoptedStage}`,
      preconditions: [apiRoutes.noneBypass(percent), policy.lengthCondition],
      dependsOn: [deployment.stage],
    });

    this.output("vpc_link_id", "ID of the VPC link to the load balancer in front of the node.", link.id);
    this.output(
      "integrations",
      "For an owner who keeps the integrations: the arguments of aws_api_gateway_integration, by route. Without the secret header.",
      integrations.settings,
    );
    this.output(
      "openapi_integrations",
      "For an owner who writes the API as an OpenAPI document: the keys of x-amazon-apigateway-integration that the module sets, by route. The owner keeps the others. Without the secret header.",
      integrations.openApi,
    );
    this.output(
      "redeployment_trigger",
      "For an owner who keeps the stage: a value for triggers of aws_api_gateway_deployment. It changes when the API needs a new deployment. Available after the module has changed the API.",
      deployment.trigger,
      { dependsOn: deployed },
    );
    this.output("deployment_id", "ID of the module's deployment. Null if the owner keeps the stage.", deployment.id);
    this.output(
      "client_certificate_id",
      "For an owner who keeps the stage: ID of the backend certificate that the stage must present, or null.",
      certificate.id,
    );
    this.output(
      "backend_certificate_pem",
      "The backend certificates in PEM, for client_certificate of node-config, or null.",
      certificate.pem,
    );
    this.output(
      "backend_certificate_expirations",
      "Expiration date of each backend certificate, by name.",
      certificate.expirations,
    );
    this.output(
      "resource_policy_json",
      "The resource policy in JSON, or null. Read it before you apply it.",
      policy.json,
    );
    this.output(
      "client_domain",
      "The custom domain for clients with a certificate, and the values for its DNS record. Null without client_mtls.",
      clients.domain,
    );
    this.output(
      "routes_around_the_node",
      "Methods of the API that would bypass the node at 100 percent: those in neither routes nor accepted_routes, except methods that API Gateway answers itself.",
      apiRoutes.bypassing,
    );
    this.output(
      "import_ids",
      "IDs for import blocks: of the integrations, by route, of the stage, and of the API and its policy.",
      hcl`{
        integrations = ${integrations.importIds}
        stage        = ${text`${restApi.id}/${stage.name}`}
        rest_api     = ${restApi.id}
      }`,
    );
    this.output(
      "routing",
      "The routing contract, which other modules and tools take as input.",
      hcl`${routing.resource.fqn}.input`,
    );
  }
}
