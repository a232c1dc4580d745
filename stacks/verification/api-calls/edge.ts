/** Calls that change where CloudFront, Global Accelerator, and API Gateway send requests, and calls that disable the checks. */
import { Construct } from "constructs";
import { hcl } from "../../../synth/language/expression/expression";
import { local } from "../../../synth/language/expression/local";
import { ApiCallPatternsProps, Calls, ifNamed, named, orAbsent } from "./calls";

export function edgeCalls(scope: Construct, props: ApiCallPatternsProps) {
  const { apiCallAlerts: alerts } = props;
  const distributions = orAbsent(
    local(scope, "monitored_distribution_ids", named(props, alerts.distribution_ids, "distribution_id")),
  );
  const restApis = orAbsent(local(scope, "monitored_rest_api_ids", named(props, alerts.rest_api_ids, "rest_api_id")));
  const httpApis = orAbsent(local(scope, "monitored_http_api_ids", named(props, alerts.http_api_ids, "http_api_id")));
  const vpcLinks = local(scope, "monitored_vpc_link_ids", named(props, alerts.vpc_link_ids, "vpc_link_id"));
  const inThisRegion = hcl`try(${alerts.distributions}, false)`;

  return {
    distributions: {
      when: inThisRegion,
      source: "aws.cloudfront",
      names: ["AssociateAlias", "UpdateDistribution", "UpdateDistributionWithStagingConfig"],
      parameters: hcl`{ id = ${distributions} }`,
    },
    other_distributions: {
      when: inThisRegion,
      source: "aws.cloudfront",
      names: [
        ...["CopyDistribution", "CreateContinuousDeploymentPolicy", "CreateDistribution", "CreateDistributionTenant"],
        ...["CreateDistributionWithTags", "CreateVpcOrigin", "UpdateContinuousDeploymentPolicy"],
        ...["UpdateDistributionTenant", "UpdateDomainAssociation", "UpdateVpcOrigin"],
      ],
    },
    // A function can choose the origin of a request.
    cloudfront_functions: {
      when: inThisRegion,
      source: "aws.cloudfront",
      names: ["PublishConnectionFunction", "PublishFunction", "UpdateConnectionFunction", "UpdateFunction"],
    },
    accelerators: {
      source: "aws.globalaccelerator",
      names: [
        ...["AddCustomRoutingEndpoints", "AddEndpoints", "AllowCustomRoutingTraffic"],
        ...["CreateCustomRoutingEndpointGroup", "CreateEndpointGroup", "UpdateEndpointGroup"],
      ],
    },
    // The calls of REST and HTTP APIs have names in common.
    rest_apis: {
      source: "aws.apigateway",
      names: [
        ...["CreateDeployment", "CreateStage", "DeleteIntegration", "DeleteMethod", "DeleteResource", "PutIntegration"],
        ...["PutMethod", "PutRestApi", "UpdateIntegration", "UpdateMethod", "UpdateResource", "UpdateRestApi"],
        "UpdateStage",
      ],
      parameters: hcl`{ restApiId = ${restApis}, apiId = [{ exists = false }] }`,
    },
    http_apis: {
      source: "aws.apigateway",
      names: [
        ...["CreateDeployment", "CreateIntegration", "CreateRoute", "CreateStage", "DeleteIntegration", "DeleteRoute"],
        ...["ReimportApi", "UpdateApi", "UpdateIntegration", "UpdateRoute", "UpdateStage"],
      ],
      parameters: hcl`{ apiId = ${httpApis}, restApiId = [{ exists = false }] }`,
    },
    new_apis: { source: "aws.apigateway", names: ["CreateApi", "CreateRestApi", "ImportApi", "ImportRestApi"] },
    vpc_links: {
      source: "aws.apigateway",
      names: ["CreateVpcLink", "DeleteVpcLink", "UpdateVpcLink"],
      parameters: ifNamed("vpcLinkId", vpcLinks),
    },
    api_domains: {
      source: "aws.apigateway",
      names: [
        ...["CreateApiMapping", "CreateBasePathMapping", "CreateRoutingRule", "DeleteApiMapping"],
        ...["DeleteBasePathMapping", "DeleteRoutingRule", "PutRoutingRule", "UpdateApiMapping"],
        ...["UpdateBasePathMapping", "UpdateDomainName"],
      ],
    },
    // Calls that disable the checks of this module.
    trails: { source: "aws.cloudtrail", names: ["DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail"] },
    flow_logs: { source: "aws.ec2", names: ["DeleteFlowLogs"] },
    config: {
      source: "aws.config",
      names: ["DeleteConfigRule", "DeleteConfigurationRecorder", "StopConfigurationRecorder"],
    },
  } satisfies Record<string, Calls>;
}
