import { groupArn, groupId, listenerArn, loadBalancerArn, ruleArn, VPC } from "../support/secure";

type Resources = Readonly<Record<string, { readonly schema_version?: number } & Readonly<Record<string, unknown>>>>;

const tcp = { protocol: "tcp", from_port: 80, to_port: 80 };
const ofApp = { security_group_id: groupId("app"), ip_protocol: "tcp", from_port: 80, to_port: 80 };
const forward = (...names: string[]) => [
  {
    ...{ type: "forward", order: 1, target_group_arn: null },
    forward: [{ target_group: names.map((name) => ({ arn: groupArn(name), weight: 1 })), stickiness: [] }],
  },
];
const behavior = {
  ...{ target_origin_id: "shop", viewer_protocol_policy: "redirect-to-https" },
  ...{ allowed_methods: ["GET", "HEAD"], cached_methods: ["GET", "HEAD"] },
};
const plaintext = "0123456789abcdef0123456789abcdef";

/** What the plan changes, before the change. */
const CHANGED: Resources = {
  "aws_security_group.app": {
    ...{ schema_version: 1, id: groupId("app"), name: "app", description: "Managed by Terraform", vpc_id: VPC },
    ingress: [{ ...tcp, security_groups: [groupId("node")], cidr_blocks: [], description: "", self: false }],
    egress: [],
  },
  "aws_vpc_security_group_ingress_rule.wider": { id: "sgr-wider", cidr_ipv4: "10.1.0.0/16", ...ofApp },
  "aws_lb.shop": {
    ...{ id: loadBalancerArn("shop"), arn: loadBalancerArn("shop"), name: "shop", load_balancer_type: "application" },
    ...{ security_groups: [groupId("alb")], subnets: ["subnet-load-balancer-0", "subnet-load-balancer-1"] },
    ...{ internal: false, ip_address_type: "ipv4" },
  },
  "aws_lb_listener.shop": {
    ...{ id: listenerArn("shop"), arn: listenerArn("shop"), load_balancer_arn: loadBalancerArn("shop"), port: 80 },
    ...{ protocol: "HTTP", default_action: [{ type: "fixed-response", order: 1, fixed_response: [] }] },
  },
  "aws_lb_listener_rule.canary": {
    ...{ id: ruleArn(8), arn: ruleArn(8), listener_arn: listenerArn("shop"), priority: 8, action: forward("node") },
    condition: [
      { path_pattern: [{ values: ["/*"] }] },
      { http_header: [{ http_header_name: "X-CloudFront-Secret", values: [plaintext] }] },
    ],
  },
  "aws_instance.app": {
    ...{ schema_version: 1, id: "i-app1", ami: "ami-1", instance_type: "t3.micro" },
    ...{ vpc_security_group_ids: [groupId("app")], security_groups: [], ipv6_addresses: [] },
  },
  "aws_network_interface.other": {
    ...{ id: "eni-other", subnet_id: "subnet-other-20", security_groups: [groupId("other")] },
  },
  "aws_autoscaling_group.nodes": {
    ...{ schema_version: 1, id: "nodes", name: "nodes", min_size: 1, max_size: 1, target_group_arns: [] },
    ...{ vpc_zone_identifier: ["subnet-node-2"], launch_template: [{ id: "lt-00000000000000001", version: "" }] },
  },
  "aws_cloudfront_distribution.shop": {
    ...{
      schema_version: 1,
      id: "E1",
      arn: "arn:aws:cloudfront::123456789012:distribution/E1",
      enabled: true,
      staging: false,
    },
    origin: [
      {
        ...{ origin_id: "shop", domain_name: "shop-1.us-east-1.elb.amazonaws.com" },
        custom_header: [{ name: "X-CloudFront-Secret", value: plaintext }],
      },
    ],
    default_cache_behavior: [behavior],
  },
  "aws_apigatewayv2_api.shop": {
    ...{ id: "http1", name: "shop", protocol_type: "HTTP", disable_execute_api_endpoint: true },
  },
  "aws_api_gateway_rest_api.shop": { id: "rest1", name: "shop", disable_execute_api_endpoint: true },
};

/** What the plan removes. */
const GONE: Resources = {
  "aws_vpc_security_group_ingress_rule.gone": { id: "sgr-alb", cidr_ipv4: "0.0.0.0/0", ...ofApp },
  "aws_security_group_rule.gone": {
    ...{ schema_version: 2, id: "sgrule-1", type: "ingress", security_group_id: groupId("node"), ...tcp },
    source_security_group_id: groupId("alb"),
  },
  "aws_security_group.gone": { schema_version: 1, id: groupId("extra"), name: "extra", vpc_id: VPC },
  "aws_network_acl_rule.gone": {
    ...{ id: "nacl-1", network_acl_id: "acl-main", rule_number: 100, egress: false, rule_action: "allow" },
    ...{ protocol: "-1", cidr_block: "0.0.0.0/0" },
  },
  "aws_route.gone": { id: "r-1", route_table_id: "rtb-main", destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-1" },
  "aws_lb_listener_rule.gone": {
    ...{ id: ruleArn(9), arn: ruleArn(9), listener_arn: listenerArn("shop"), priority: 9, action: forward("shop") },
    condition: [{ path_pattern: [{ values: ["/*"] }] }],
  },
  "aws_lb_target_group_attachment.gone": {
    ...{ id: "attachment-1", target_group_arn: groupArn("shop"), target_id: "i-app2" },
  },
  "aws_instance.gone": { schema_version: 1, id: "i-node1", ami: "ami-1", instance_type: "t3.micro" },
  "aws_cloudfront_distribution.gone": {
    schema_version: 1,
    id: "E1",
    enabled: true,
    default_cache_behavior: [behavior],
  },
  "aws_apigatewayv2_api.gone": { id: "http1", name: "shop", protocol_type: "HTTP" },
};

export const STATE: Resources = { ...CHANGED, ...GONE };
