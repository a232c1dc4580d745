import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { example, object, withRules } from "../../synth/variables/schema";
import { nameSchema, tagsSchema, trafficPercentSchema, vpcIdSchema } from "../parts/common-variables";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { acceptedRoutesSchema, allRoutesSchema, ApiRoutes, openapiSchema } from "../parts/rest-api/api-routes";
import {
  adoptedIntegrationsSchema,
  adoptedStageSchema,
  restApiSchema,
  stageSchema,
} from "../parts/rest-api/api-schema";
import { canaryRule, Deployment, redeploymentTriggersSchema } from "../parts/rest-api/deployment";
import { Integrations } from "../parts/rest-api/integrations";
import { applicationSchema, Node, nodeSchema, routesSchema } from "../parts/rest-api/route-schema";
import { loadBalancerArnSuffix, ofArn, RoutingContract } from "../parts/routing-contract";
import { sentSecretHeaderSchema, sentSecretHeaderValuesSchema } from "../parts/secret-header";
import { ruleIds, vpcLinkRulesSchema } from "../parts/security-group-rules";
import { TrafficCheck } from "../parts/traffic-check";
import { loadBalancerExample, loadBalancerFields, loadBalancerRule, VpcLink, vpcLinkSchema } from "../parts/vpc-link";

/**
 * The module `api-gateway-rest-alb`: the node between an existing REST API and the application behind it, with a VPC link
 * V2, which supports Application Load Balancers.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export class ApiGatewayRestAlbStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary:
        "Puts a Wallarm Node behind an Application Load Balancer between an existing REST API of API Gateway and the application.",
      // The first version with the argument integration_target.
      providers: [{ ...AWS_PROVIDER, version: ">= 6.25.0, < 7.0.0" }],
    });

    const name = this.variable("name", nameSchema);
    const tags = this.variable("tags", tagsSchema);
    const vpcId = this.variable("vpc_id", vpcIdSchema);
    const percent = this.variable("node_traffic_percent", trafficPercentSchema);
    const restApi = this.variable("rest_api", restApiSchema);
    const adoptedIntegrations = this.variable("adopted_integrations", adoptedIntegrationsSchema);
    const adoptedStage = this.variable(
      "adopted_stage",
      adoptedStageSchema(adoptedIntegrations, "its deployment and canary", "the output redeployment_trigger"),
    );
    const stage = this.variable("stage", withRules(stageSchema, canaryRule(adoptedStage, percent)));
    const vpcLink = this.variable("vpc_link", vpcLinkSchema);
    const loadBalancer = this.variable(
      "load_balancer",
      loadBalancerExample(object("The load balancer in front of the node.", loadBalancerFields, loadBalancerRule)),
    );
    const node = this.variable("node", example(nodeSchema(restApi), { protocol: "HTTPS" }));
    const secretHeaderValues = this.variable("secret_header_values", sentSecretHeaderValuesSchema);
    const secretHeader = this.variable("secret_header", sentSecretHeaderSchema(secretHeaderValues));
    const application = this.variable("application", applicationSchema);
    const routes = this.variable("routes", routesSchema(restApi, application));
    const allRoutes = this.variable("all_routes", allRoutesSchema);
    const openapi = this.variable("openapi", openapiSchema(allRoutes));
    const acceptedRoutes = this.variable("accepted_routes", acceptedRoutesSchema);
    const redeploymentTriggers = this.variable("redeployment_triggers", redeploymentTriggersSchema);
    const securityGroupRules = this.variable("security_group_rules", vpcLinkRulesSchema);

    const common = {
      name,
      tags,
      vpcId,
      restApi,
      stage,
      adoptedIntegrations,
      adoptedStage,
      node,
      nodeTrafficPercent: percent,
    };
    const nodePort = local(this, "node_port", hcl`coalesce(${node.port}, ${node.protocol} == "HTTPS" ? 443 : 80)`);
    const link = new VpcLink(this, "vpc_link", {
      ...common,
      vpcLink,
      loadBalancer,
      port: nodePort,
      listenerConditions: listenerConditions(node, nodePort),
      enabled: securityGroupRules,
    });
    const apiRoutes = new ApiRoutes(this, "api_routes", { ...common, routes, allRoutes, openapi, acceptedRoutes });
    const pathToNode = [link.egress, link.ingress];
    const integrations = new Integrations(this, "main", {
      ...common,
      application,
      routes,
      secretHeader,
      secretHeaderValues,
      vpcLinkId: link.id,
      preconditions: [apiRoutes.exist()],
      dependsOn: pathToNode,
    });
    const target = hcl`${percent} == 0 ? null : ${link.listener.fqn}.load_balancer_arn`;
    integrations.resource.integrationTarget = hcl.string(target);
    const deployed = [integrations.resource];
    const deployment = new Deployment(this, "stage", {
      ...common,
      redeploymentTriggers,
      deployed: hcl`[${integrations.settings}, ${integrations.secretHeaderHash}, ${target}]`,
      clientCertificateId: hcl`${stage.client_certificate_id}`,
      dependsOn: deployed,
    });
    new TrafficCheck(this, percent);
    apiRoutes.checkOwner(percent, integrations.settings);
    const routing = new RoutingContract(this, "routing", {
      scenario: "api-gateway-rest-alb",
      name,
      ...ofArn(loadBalancer.listener_arn),
      vpc_id: vpcId,
      node: { port: node.port, protocol: node.protocol },
      application: { accepted: { routes: acceptedRoutes } },
      load_balancer: {
        security_group_ids: hcl`values(${loadBalancer.security_group_ids})`,
        arn_suffix: loadBalancerArnSuffix(loadBalancer.listener_arn),
      },
      secret_header: hcl`one([for header in ${secretHeader}[*] : { name = header.name, enforced = null }])`,
      entry_points: integrations.entryPoints,
      node_traffic_percent: percent,
      live_after_apply: hcl`${adoptedIntegrations} && ${adoptedStage}`,
      preconditions: [apiRoutes.noneBypass(percent)],
      dependsOn: [deployment.stage],
    });

    this.output("vpc_link_id", "ID of the VPC link.", link.id);
    this.output(
      "vpc_link_security_group_id",
      "ID of the security group of the VPC link. Null for an existing link.",
      link.securityGroupId,
    );
    this.output(
      "integrations",
      "For an owner who keeps the integrations: the arguments of aws_api_gateway_integration, by route. Without the secret header. Available after the security group rules exist.",
      hcl`{ for name, integration in ${integrations.settings} : name => merge(integration, { integration_target = ${target} }) }`,
      { dependsOn: pathToNode },
    );
    this.output(
      "redeployment_trigger",
      "For an owner who keeps the stage: a value for triggers of aws_api_gateway_deployment. It changes when the API needs a new deployment. Available after the module has changed the API.",
      deployment.trigger,
      { dependsOn: deployed },
    );
    this.output("deployment_id", "ID of the module's deployment. Null if the owner keeps the stage.", deployment.id);
    this.output(
      "routes_around_the_node",
      "Methods of the API that would bypass the node at 100 percent: those in neither routes nor accepted_routes, except methods that API Gateway answers itself.",
      apiRoutes.bypassing,
    );
    this.output(
      "import_ids",
      "IDs for import blocks: of the integrations, by route, and of the stage.",
      hcl`{
        integrations = ${integrations.importIds}
        stage        = ${text`${restApi.id}/${stage.name}`}
      }`,
    );
    this.output(
      "security_group_rule_ids",
      "IDs of the security group rules, by purpose.",
      hcl`{
        vpc_link_egress       = ${ruleIds(link.egress)}
        load_balancer_ingress = ${ruleIds(link.ingress)}
      }`,
    );
    this.output(
      "routing",
      "The routing contract, which other modules and tools take as input.",
      hcl`${routing.resource.fqn}.input`,
    );
  }
}

/** The URL of an integration selects the port and protocol of the load balancer. */
function listenerConditions({ protocol }: Node, nodePort: IResolvable): Validation[] {
  return [
    {
      condition: hcl`self.protocol == "TCP" || contains(["HTTPS", "TLS"], self.protocol) == (${protocol} == "HTTPS")`,
      errorMessage:
        text`node.protocol is ${protocol}, but load_balancer.listener_arn ${hcl`self.arn`} is a listener for ` +
        text`${hcl`self.protocol`}. Set node.protocol to the protocol of the listener.`,
    },
    {
      condition: hcl`self.port == ${nodePort}`,
      errorMessage:
        text`node.port is ${nodePort}, but load_balancer.listener_arn ${hcl`self.arn`} is a listener on port ` +
        text`${hcl`self.port`}. Set node.port to that port.`,
    },
  ];
}
