/**
 * The API calls that can open a path around the node, as event patterns.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { ApiCallAlerts } from "./api-call-schema";
import { SharedProps } from "./contract-schema";

export interface ApiCallPatternsProps extends SharedProps {
  readonly apiCallAlerts: ApiCallAlerts;
}

/** API calls of one kind. */
interface Calls {
  /** Whether they cause alerts. @default - always */
  readonly when?: IResolvable;
  readonly source: string;
  readonly names: readonly string[];
  /** Filters by `requestParameters`, as an HCL object. @default - none */
  readonly parameters?: IResolvable;
  /** More conditions on the `detail` of the event, as an HCL object. */
  readonly detail?: IResolvable;
}

/** The patterns, by kind of call. */
export function apiCallPatterns(scope: Construct, props: ApiCallPatternsProps): IResolvable {
  const calls = Object.entries(kinds(scope, props)).map(([kind, { when, source, names, parameters, detail }]) => {
    const fields = [
      hcl`source = "${source}"`,
      hcl`names = ${names}`,
      ...(parameters === undefined ? [] : [hcl`parameters = ${parameters}`]),
      ...(detail === undefined ? [] : [hcl`detail = ${detail}`]),
      ...(when === undefined ? [] : [hcl`enabled = ${when}`]),
    ];
    return hcl`${kind} = {\n          ${lines(fields, " ".repeat(10))}\n        }`;
  });
  return local(
    scope,
    "api_calls",
    hcl`{
      for kind, calls in {
        ${lines(calls, " ".repeat(8))}
      } : kind => jsonencode({
        source        = [calls.source]
        "detail-type" = ["AWS API Call via CloudTrail"]
        detail = merge(
          { eventName = calls.names, errorCode = [{ exists = false }] },
          { for name, filters in { requestParameters = try(calls.parameters, {}) } : name => filters if length(filters) > 0 },
          try(calls.detail, {})
        )
      }) if try(calls.enabled, true)
    }`,
    "Successful calls that can open a path around the node, as event patterns. A filter by resource also accepts calls that do not name the resource: it can cause an extra alert, but it hides no call to a monitored resource.",
  );
}

function kinds(scope: Construct, props: ApiCallPatternsProps): Record<string, Calls> {
  const { routing, application, apiCallAlerts: alerts, securityGroupIds } = props;
  const { loadBalancers, targetGroups, distributions, restApis, httpApis, vpcLinks } = monitoredResources(scope, props);
  const securityGroups = orAbsent(
    local(
      scope,
      "monitored_security_group_ids",
      hcl`concat(values(${securityGroupIds}), [${routing.node.security_group_id}])`,
    ),
  );
  const any = (...lists: IResolvable[]) =>
    lists.map((list) => hcl`length(${list}) > 0`).reduce((left, right) => hcl`${left} || ${right}`);
  const ofLoadBalancers = (type: string) =>
    orAbsent(
      hcl`[for load_balancer in ${loadBalancers} : { prefix = "\${load_balancer.arn_prefix}${type}/\${load_balancer.path}/" }]`,
    );

  return {
    security_groups: {
      source: "aws.ec2",
      names: ["AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules", "RevokeSecurityGroupIngress"],
      parameters: hcl`{ groupId = ${securityGroups}, ModifySecurityGroupRulesRequest = { GroupId = ${securityGroups} } }`,
    },
    prefix_lists: { source: "aws.ec2", names: ["ModifyManagedPrefixList", "RestoreManagedPrefixListVersion"] },
    network_interfaces: {
      source: "aws.ec2",
      names: ["ModifyNetworkInterfaceAttribute"],
      parameters: ifNamed("networkInterfaceId", hcl`values(${application.network_interface_ids})`),
    },
    instances: {
      source: "aws.ec2",
      names: ["AssociateAddress", "AttachNetworkInterface", "ModifyInstanceAttribute"],
      parameters: ifNamed("instanceId", hcl`values(${application.instance_ids})`),
    },
    network_acls: {
      source: "aws.ec2",
      names: ["CreateNetworkAclEntry", "DeleteNetworkAclEntry", "ReplaceNetworkAclEntry"],
      parameters: ifNamed("networkAclId", hcl`try(${alerts.network_acl_ids}, [])`),
    },
    // The request has the association and the new ACL, but not the subnet.
    network_acl_associations: { source: "aws.ec2", names: ["ReplaceNetworkAclAssociation"] },
    routes: {
      source: "aws.ec2",
      names: ["CreateRoute", "ReplaceRoute"],
      parameters: hcl`merge(${ifNamed("routeTableId", hcl`try(${alerts.route_table_ids}, [])`)}, { gatewayId = [{ prefix = "igw-" }] })`,
    },
    route_table_associations: {
      source: "aws.ec2",
      names: ["AssociateRouteTable", "DisassociateRouteTable", "ReplaceRouteTableAssociation"],
      parameters: ifNamed("subnetId", hcl`values(${application.subnet_ids})`),
    },
    listeners: {
      when: any(loadBalancers),
      source: "aws.elasticloadbalancing",
      names: [
        ...["CreateListener", "CreateRule", "DeleteListener", "DeleteRule", "ModifyListener"],
        ...["ModifyListenerAttributes", "ModifyRule", "SetRulePriorities", "SetSecurityGroups"],
      ],
      parameters: hcl`{
            loadBalancerArn = ${orAbsent(hcl`[for load_balancer in ${loadBalancers} : "\${load_balancer.arn_prefix}loadbalancer/\${load_balancer.path}"]`)}
            listenerArn     = ${ofLoadBalancers("listener")}
            ruleArn         = ${ofLoadBalancers("listener-rule")}
            rulePriorities  = { ruleArn = ${ofLoadBalancers("listener-rule")} }
          }`,
    },
    targets: {
      when: any(targetGroups),
      source: "aws.elasticloadbalancing",
      names: ["RegisterTargets"],
      parameters: hcl`${{ targetGroupArn: orAbsent(targetGroups) }}`,
      // Without this, every new instance or task causes an alert. The calls below show who caused them.
      detail: hcl`{ userIdentity = { invokedBy = [{ exists = false }, { "anything-but" = ["autoscaling.amazonaws.com", "ecs.amazonaws.com"] }] } }`,
    },
    autoscaling_targets: {
      when: any(targetGroups),
      source: "aws.autoscaling",
      names: ["AttachLoadBalancerTargetGroups", "AttachTrafficSources"],
      parameters: hcl`${{ targetGroupARNs: orAbsent(targetGroups) }}`,
    },
    ecs_targets: {
      when: any(targetGroups),
      source: "aws.ecs",
      names: ["CreateService", "UpdateService"],
      // Not for absent parameters: most calls are deployments of services without a target group in the request.
      parameters: hcl`{ loadBalancers = { targetGroupArn = ${targetGroups} } }`,
    },
    distributions: {
      when: hcl`try(${alerts.distributions}, false) && ${any(distributions)}`,
      source: "aws.cloudfront",
      names: ["UpdateDistribution", "UpdateDistributionWithStagingConfig"],
      parameters: hcl`${{ id: orAbsent(distributions) }}`,
    },
    // The calls of REST and HTTP APIs have names in common.
    rest_apis: {
      when: any(restApis),
      source: "aws.apigateway",
      names: [
        ...["CreateDeployment", "DeleteIntegration", "PutIntegration", "PutMethod", "PutRestApi", "UpdateIntegration"],
        ...["UpdateMethod", "UpdateRestApi", "UpdateStage"],
      ],
      parameters: hcl`{ restApiId = ${orAbsent(restApis)}, apiId = [{ exists = false }] }`,
    },
    http_apis: {
      when: any(httpApis),
      source: "aws.apigateway",
      names: [
        ...["CreateDeployment", "CreateIntegration", "CreateRoute", "DeleteIntegration", "DeleteRoute", "ReimportApi"],
        ...["UpdateApi", "UpdateIntegration", "UpdateRoute", "UpdateStage"],
      ],
      parameters: hcl`{ apiId = ${orAbsent(httpApis)}, restApiId = [{ exists = false }] }`,
    },
    vpc_links: {
      when: any(restApis, httpApis, vpcLinks),
      source: "aws.apigateway",
      names: ["CreateVpcLink", "DeleteVpcLink", "UpdateVpcLink"],
      parameters: ifNamed("vpcLinkId", vpcLinks),
    },
    api_domains: {
      when: any(restApis, httpApis),
      source: "aws.apigateway",
      names: [
        ...["CreateApiMapping", "CreateBasePathMapping", "UpdateApiMapping", "UpdateBasePathMapping"],
        ...["UpdateDomainName"],
      ],
    },
    // Calls that disable the checks of this module.
    trails: { source: "aws.cloudtrail", names: ["DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail"] },
    flow_logs: { source: "aws.ec2", names: ["DeleteFlowLogs"] },
    config: {
      source: "aws.config",
      names: ["DeleteConfigRule", "DeleteConfigurationRecorder", "StopConfigurationRecorder"],
    },
  };
}

/** The resources that the caller and `routing` name, as HCL lists. */
function monitoredResources(scope: Construct, { routing, apiCallAlerts: alerts }: ApiCallPatternsProps) {
  const named = (list: IResolvable, attribute: string) =>
    hcl`distinct(compact(concat(try(${list}, []), [for entry_point in ${routing.entry_points} : entry_point.${attribute}])))`;
  return {
    loadBalancers: local(
      scope,
      "monitored_load_balancers",
      hcl`distinct([
        for arn in ${named(alerts.listener_arns, "listener_arn")} :
        { arn_prefix = regex("^arn:.*:", arn), path = regex(":listener/(.*)/[^/]*$", arn)[0] }
      ])`,
      "The load balancer of each listener, because its other listeners can bypass the node: as the prefix of its ARNs, and as the path app/NAME/ID.",
    ),
    targetGroups: local(
      scope,
      "monitored_target_group_arns",
      hcl`distinct(compact(concat(try(${alerts.target_group_arns}, []), [${routing.node.target_group_arn}])))`,
    ),
    distributions: local(scope, "monitored_distribution_ids", named(alerts.distribution_ids, "distribution_id")),
    restApis: local(scope, "monitored_rest_api_ids", named(alerts.rest_api_ids, "rest_api_id")),
    httpApis: local(scope, "monitored_http_api_ids", named(alerts.http_api_ids, "http_api_id")),
    vpcLinks: local(scope, "monitored_vpc_link_ids", named(alerts.vpc_link_ids, "vpc_link_id")),
  };
}

/** Expressions on one line each. */
function lines(expressions: readonly IResolvable[], indent: string): IResolvable {
  return expressions.reduce((before, next) => hcl`${before}\n${indent}${next}`);
}

/** A filter that also accepts calls without the parameter. */
function orAbsent(values: IResolvable): IResolvable {
  return hcl`concat(${values}, [{ exists = false }])`;
}

/** A filter by one parameter, or none if the caller names no values. */
function ifNamed(parameter: string, values: IResolvable): IResolvable {
  return hcl`{ for name, values in { ${parameter} = ${values} } : name => ${orAbsent(hcl`values`)} if length(values) > 0 }`;
}
