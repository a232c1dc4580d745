import { CREATE_BEFORE_DESTROY, type Order } from "./orders";

/** Where it is seen that a module no longer keeps an order. */
export interface Try {
  /** Several, where each of them alone would do. */
  readonly orders: readonly Order[];
  /** "alb/all at once". */
  readonly step: string;
  /** Words of the names of the calls that are refused. Without them, nothing is broken. */
  readonly refused?: string;
}

/** By what a block no longer waits for, the call that makes it. */
type Calls = Readonly<Record<string, string>>;

const outboundOf = (group: string) => `ec2:AuthorizeSecurityGroupEgress GroupId=sg.${group}`;
const inboundOf = (group: string) => `ec2:AuthorizeSecurityGroupIngress GroupId=sg.${group}`;

const nodeToApplication: Calls = {
  "aws_vpc_security_group_egress_rule.node_to_application": outboundOf("node"),
  "aws_vpc_security_group_ingress_rule.application_from_node": inboundOf("application"),
};
const loadBalancerToNode = (loadBalancer: string): Calls => ({
  "aws_vpc_security_group_egress_rule.load_balancer_to_node": outboundOf(loadBalancer),
  "aws_vpc_security_group_ingress_rule.node_from_load_balancer": inboundOf("node"),
});
const vpcLinkToLoadBalancer: Calls = {
  "aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer": "ec2:AuthorizeSecurityGroupEgress GroupId=new",
  "aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link": inboundOf("node-load-balancer"),
};
const addresses: Calls = { "aws_lb_target_group_attachment.ip_address": "elasticloadbalancing:RegisterTargets" };
const instances: Calls = { "aws_lb_target_group_attachment.instance": "elasticloadbalancing:RegisterTargets" };
const fleet: Calls = { "aws_autoscaling_attachment.autoscaling_group": "autoscaling:AttachLoadBalancerTargetGroups" };
const interfaces: Calls = { "aws_network_interface_sg_attachment.node": "ec2:ModifyNetworkInterfaceAttribute" };
const fromCloudFront: Calls = {
  "aws_vpc_security_group_ingress_rule.node_from_cloudfront": "ec2:AuthorizeSecurityGroupIngress GroupId=new",
};
const routes: Calls = { "aws_lb_listener_rule.node": "elasticloadbalancing:CreateRule" };
const backendToApplication: Calls = {
  "aws_vpc_security_group_egress_rule.backend_to_application": "ec2:AuthorizeSecurityGroupEgress GroupId=new",
  "aws_vpc_security_group_ingress_rule.application_from_backend": inboundOf("application"),
};

const registrations = ["instance", "ip_address"].map((name) => `aws_lb_target_group_attachment.${name}`);
/** A target group of the node, and what makes Terraform create it first, too. */
const targetGroup = ["aws_lb_target_group.node", ...registrations, "aws_autoscaling_attachment.autoscaling_group"];
const attachmentsOfBackend = ["aws_autoscaling_attachment.application", ...registrations];
const ofLoadBalancer = [
  "aws_lb_target_group_attachment.instance",
  "aws_vpc_security_group_egress_rule.load_balancer_to_node",
  "aws_vpc_security_group_ingress_rule.node_from_load_balancer",
];
const createdFirstOfApi = [
  "aws_apigatewayv2_vpc_link.node",
  "aws_apigatewayv2_integration.node",
  "aws_apigatewayv2_deployment.node",
];
const newRoute = [
  "aws_apigatewayv2_integration.node",
  "aws_apigatewayv2_route.created",
  "aws_apigatewayv2_vpc_link.node",
];
const behindApi = [
  "aws_apigatewayv2_integration.node",
  "aws_apigatewayv2_route.adopted",
  "aws_apigatewayv2_vpc_link.node",
];

export const TRIES: readonly Try[] = [
  ...tries("alb", ["aws_lb_listener_rule.closing"], "alb/all at once", routes),
  ...tries("alb", ["aws_lb_listener_rule.node"], "alb/all at once", {
    ...{ ...instances, ...loadBalancerToNode("load-balancer"), ...nodeToApplication },
  }),
  ...tries("alb", ["aws_lb_listener_rule.node"], "node-fleet/all at once", fleet),
  ...destroyedFirst("alb", ofLoadBalancer, "alb/new port"),
  ...tries("alb", ["output.forward_action"], "alb-owner/all at once", {
    ...{ ...instances, ...loadBalancerToNode("load-balancer"), ...nodeToApplication },
  }),
  ...destroyedFirst("alb", ["aws_vpc_security_group_egress_rule.node_to_application"], "alb/new group"),
  ...tries("alb", ["aws_lb_listener_rule.node"], "alb/by address", addresses),
  ...destroyedFirst("alb", ["aws_lb_target_group_attachment.ip_address"], "alb/new port by address"),
  ...destroyedFirst("alb", ["aws_autoscaling_attachment.autoscaling_group"], "node-fleet/new port"),
  ...destroyedFirst("alb", ["aws_vpc_security_group_ingress_rule.application_from_node"], "alb/new application group"),
  allDestroyedFirst("alb", targetGroup, "alb/new port"),
  // Its for_each refers to var.routing, which keeps that order without depends_on, too: taken out, it was not seen.
  ...tries("network-acl", ["aws_network_acl_association.subnet"], "network-acl/all at once", {
    "aws_network_acl_rule.ingress": "ec2:CreateNetworkAclEntry Egress=false",
    "aws_network_acl_rule.egress": "ec2:CreateNetworkAclEntry Egress=true",
  }),
  ...tries("nlb", ["aws_lb_listener.adopted"], "nlb/all at once", {
    ...{ ...instances, ...loadBalancerToNode("network-load-balancer"), ...nodeToApplication },
  }),
  ...tries("nlb", ["output.cutover_target_group_arn"], "api-gateway-rest/all at once", {
    ...{ ...instances, ...loadBalancerToNode("link"), ...nodeToApplication },
  }),
  ...destroyedFirst("nlb", ofLoadBalancer, "nlb/new port"),
  ...tries("nlb", ["aws_lb_listener.adopted"], "nlb/by address", addresses),
  ...destroyedFirst("nlb", ["aws_lb_target_group_attachment.ip_address"], "nlb/new port by address"),
  ...destroyedFirst("nlb", ["aws_vpc_security_group_egress_rule.node_to_application"], "nlb/new group"),
  ...destroyedFirst("nlb", ["aws_vpc_security_group_ingress_rule.application_from_node"], "nlb/new application group"),
  allDestroyedFirst(
    "nlb",
    [...targetGroup, "aws_lb_target_group_attachment.application_load_balancer"],
    "nlb/new port",
  ),
  ...tries("api-gateway-http", behindApi, "api-gateway-http/all at once", {
    ...{ ...vpcLinkToLoadBalancer, ...nodeToApplication },
  }),
  ...tries("api-gateway-http", newRoute, "api-gateway-http/new route", {
    ...vpcLinkToLoadBalancer,
    ...nodeToApplication,
  }),
  allDestroyedFirst("api-gateway-http", createdFirstOfApi, "api-gateway-http/new subnets"),
  ...Object.entries({
    "aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer": "new load balancer",
    "aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link": "new load balancer",
    "aws_vpc_security_group_egress_rule.node_to_application": "new group",
    "aws_vpc_security_group_ingress_rule.application_from_node": "new application group",
  }).map(([rule, step]) =>
    allDestroyedFirst("api-gateway-http", [rule, ...createdFirstOfApi], `api-gateway-http/${step}`),
  ),
  ...tries("api-gateway-http", ["aws_apigatewayv2_api.adopted"], "api-gateway-http/lockdown", {
    "aws_apigatewayv2_api_mapping.stage": "apigateway:POST /v2/domainnames/clients.example.com/apimappings",
  }),
  ...tries(
    "api-gateway-http",
    ["output.cutover_integration", "aws_apigatewayv2_vpc_link.node"],
    "api-gateway-http-owner/all at once",
    { ...vpcLinkToLoadBalancer, ...nodeToApplication },
  ),
  ...tries("api-gateway-rest", ["aws_api_gateway_deployment.routing"], "api-gateway-rest/cutover", {
    "aws_api_gateway_integration.adopted":
      "apigateway:PATCH /restapis/rest-api/resources/resource./orders/methods/GET/integration",
  }),
  ...tries("api-gateway-rest", ["aws_api_gateway_rest_api.adopted"], "api-gateway-rest/lockdown", {
    "aws_api_gateway_base_path_mapping.client_mtls":
      "apigateway:POST /domainnames/clients.example.com/basepathmappings",
  }),
  ...destroyedFirst("api-gateway-rest", ["aws_api_gateway_deployment.routing"], "api-gateway-rest/back"),
  allDestroyedFirst(
    "api-gateway-rest",
    ["aws_api_gateway_vpc_link.node", "aws_api_gateway_deployment.routing"],
    "api-gateway-rest/new load balancer",
  ),
  ...Object.entries({
    "aws_cloudfront_distribution.adopted": "cloudfront/all at once",
    "aws_cloudfront_distribution.new": "cloudfront/new distribution",
    "output.cutover_origin": "cloudfront-owner/all at once",
  }).flatMap(([block, step]) => [
    ...tries("cloudfront", [block], step, { ...interfaces, ...nodeToApplication }),
    ...tries("cloudfront", [block, "aws_network_interface_sg_attachment.node"], step, fromCloudFront),
  ]),
  // What the attachment depends on is created first, too, if the attachment is.
  allDestroyedFirst(
    "cloudfront",
    [
      "aws_network_interface_sg_attachment.node",
      "aws_vpc_security_group_ingress_rule.node_from_cloudfront",
      "aws_security_group.cloudfront",
    ],
    "cloudfront/new port",
  ),
  ...destroyedFirst("cloudfront", ["aws_vpc_security_group_egress_rule.node_to_application"], "cloudfront/new group"),
  ...destroyedFirst(
    "cloudfront",
    ["aws_vpc_security_group_ingress_rule.application_from_node"],
    "cloudfront/new application group",
  ),
  ...destroyedFirst("cloudfront", ["aws_cloudfront_vpc_origin.node"], "cloudfront-vpc-origin/new name"),
  ...tries("cloudfront", ["aws_cloudfront_distribution.new"], "cloudfront-vpc-origin/admit and cutover", {
    "aws_vpc_security_group_ingress_rule.endpoint_from_vpc_origin": inboundOf("node-load-balancer"),
  }),
  ...tries("application-backend", attachmentsOfBackend, "application-backend/prepare", backendToApplication),
  ...tries(
    "application-backend",
    [...attachmentsOfBackend, "output.application"],
    "application-backend/by instance",
    backendToApplication,
  ),
  ...tries(
    "application-backend",
    ["aws_lb_listener_rule.application", "output.application"],
    "application-backend/all at once",
    { "aws_autoscaling_attachment.application": "autoscaling:AttachLoadBalancerTargetGroups" },
  ),
  ...tries(
    "application-backend",
    ["aws_lb_listener_rule.application", "output.application"],
    "application-backend/by instance",
    {
      "aws_lb_target_group_attachment.instance":
        "elasticloadbalancing:RegisterTargets Targets.member.1.Id=instance.application.*",
    },
  ),
  ...tries("application-backend", ["output.application"], "application-backend/all at once", {
    "aws_lb_listener_rule.application": "elasticloadbalancing:CreateRule ListenerArn=new",
  }),
  // The targets of a new target group come first in any case: rules of alb, which are created before the old ones are
  // deleted, wait for output.application, and make Terraform create all that it waits for first, too.
  ...Object.entries<Calls>({
    "aws_cloudtrail.api_calls": { "aws_s3_bucket_policy.logs": "s3:PUT /shop-verification-trail-new?policy" },
    "aws_config_delivery_channel.security_groups": {
      "aws_config_configuration_recorder.security_groups": "config:PutConfigurationRecorder",
    },
    "aws_config_configuration_recorder_status.security_groups": {
      "aws_config_delivery_channel.security_groups": "config:PutDeliveryChannel",
    },
    "aws_config_config_rule.restricted_ports": {
      "aws_config_configuration_recorder_status.security_groups": "config:PutConfigurationRecorder",
    },
    "aws_config_config_rule.node_ssh": {
      "aws_config_configuration_recorder_status.security_groups": "config:PutConfigurationRecorder",
    },
  }).flatMap(([block, calls]) => tries("verification", [block], "verification/prepare", calls)),
];

function tries(module: string, blocks: readonly string[], step: string, calls: Calls): Try[] {
  return Object.entries(calls).map(([without, refused]) => ({
    ...{ step, refused },
    orders: blocks.map((block) => ({ module, block, without })),
  }));
}

/** A new resource is no longer created before the old one is destroyed. */
function destroyedFirst(module: string, blocks: readonly string[], step: string): Try[] {
  return blocks.map((block) => ({ orders: [{ module, block, without: CREATE_BEFORE_DESTROY }], step }));
}

/** Several, each of which makes Terraform create the others first, too. */
function allDestroyedFirst(module: string, blocks: readonly string[], step: string): Try {
  return { orders: blocks.map((block) => ({ module, block, without: CREATE_BEFORE_DESTROY })), step };
}
