/** What the caller of a module reads when one of its conditions fails. */

const elb = (resource: string) => `arn:aws:elasticloadbalancing:eu-central-1:123456789012:${resource}`;
const listener = (kind: "app" | "net", loadBalancer = "shop") =>
  elb(`listener/${kind}/${loadBalancer}/50dc6c495c0c9188/f2f7dc8efc522ab2`);
const targetGroup = (name: string) => elb(`targetgroup/${name}`);

/** By module, and by the run in its tests that expects the condition to fail. */
export const MESSAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  alb: {
    // load_balancer.tftest.hcl
    target_group_in_another_vpc_than_the_load_balancer:
      "routes: the load balancer is in vpc-00000000000000009 and the node's target group in vpc-0123456789abcdef0, but AWS accepts only a target group of the load balancer's VPC. Set load_balancer.vpc_id to the load balancer's VPC.",
    // existing_rules.tftest.hcl
    load_balancer_of_the_controller: `${elb("loadbalancer/app/shop/50dc6c495c0c9188")} belongs to the AWS Load Balancer Controller, which deletes the rules of others. Set routes = {}, and forward to target_group_arn in the Ingress, with the annotation alb.ingress.kubernetes.io/actions.NAME.`,
    listener_of_the_controller: `${listener("app")} belongs to the AWS Load Balancer Controller, which deletes the rules of others. Set routes = {}, and forward to target_group_arn in the Ingress, with the annotation alb.ingress.kubernetes.io/actions.NAME.`,
    // lockdown.tftest.hcl
    whole_vpc:
      "node.subnet_cidrs (10.0.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0, so everything in it could bypass the node. List only the node's own subnets, or set application.admit_whole_vpc = true.",
    whole_vpc_in_halves:
      "node.subnet_cidrs (10.0.0.0/17, 10.0.128.0/18, 10.0.192.0/18) cover a whole CIDR block of vpc-0123456789abcdef0, so everything in it could bypass the node. List only the node's own subnets, or set application.admit_whole_vpc = true.",
    more_than_the_whole_vpc:
      "node.subnet_cidrs (10.0.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0, so everything in it could bypass the node. List only the node's own subnets, or set application.admit_whole_vpc = true.",
    whole_vpc_by_its_second_block:
      "node.subnet_cidrs (10.1.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0, so everything in it could bypass the node. List only the node's own subnets, or set application.admit_whole_vpc = true.",
    whole_vpc_in_ipv6:
      "node.subnet_cidrs (2001:db8::/56) cover a whole CIDR block of vpc-0123456789abcdef0, so everything in it could bypass the node. List only the node's own subnets, or set application.admit_whole_vpc = true.",
    // preconditions.tftest.hcl
    requests_for_a_node_without_targets:
      "node_traffic_percent is 1 and the node has no targets, so the load balancer would answer 503. List targets in node.autoscaling_group_names, node.instance_ids, or node.ip_addresses, or set node.register_targets = false if the node registers itself.",
    rule_that_cannot_be_read_yet:
      'routes["shop"]: the rule with priority 10 cannot be read at plan, because its listener, or a resource in depends_on of the module, changes in the same apply. Apply that change first.',
    default_action_that_redirects:
      'routes["rest"]: the default action has the actions "redirect", and a route can only replace a single "forward". Remove the route.',
    default_action_that_answers:
      'routes["rest"]: the default action has the actions "fixed-response", and a route can only replace a single "forward". Remove the route.',
    default_action_that_authenticates: `routes["rest"]: the default action authenticates clients (authenticate-cognito, forward), and a route would take its requests without a login. Remove the route, and let the owner's rule forward to the node after the login, as the output forward_action says.`,
    default_action_that_shares_out: `routes["rest"]: the default action forwards to 2 target groups (${targetGroup("blue/0123456789abcdef")}, ${targetGroup("green/0123456789abcdef")}). Set application_target_group_arn to the one behind the node; if this is a deployment, wait until it is complete.`,
    application_that_is_the_node: `routes["api"]: application_target_group_arn is the node's own target group, ${targetGroup("node/6d0ecf831eec9f09")}. Set it to the application's target group.`,
    default_action_that_forwards_to_the_node: `routes["rest"]: application_target_group_arn is the node's own target group, ${targetGroup("node/6d0ecf831eec9f09")}. Set it to the application's target group.`,
    grpc_behind_a_listener_without_tls: `routes["rest"]: node.protocol_version is "GRPC", which needs an HTTPS listener, but ${listener("app")} is not one. Set it to "HTTP1".`,
    http2_behind_a_listener_without_tls: `routes["api"]: node.protocol_version is "HTTP2", which needs an HTTPS listener, but ${listener("app")} is not one. Set it to "HTTP1".`,
    // secret_header.tftest.hcl
    four_values_beside_the_header:
      'routes["api"]: the route has 4 values in its conditions, and AWS allows five in a rule, including the two of secret_header_values. Use several routes with conditions, with at most 3 values each.',
    condition_on_the_header_itself:
      'routes["api"]: the route already has a condition on the header in secret_header, and a request would have to match both. Set conditions without it for the route or, if all routes have one, set secret_header = null.',
  },
  "api-gateway-http": {
    // conditions.tftest.hcl
    subnet_in_a_zone_without_vpc_links:
      "vpc_link.subnet_ids: AWS has no VPC links in the Availability Zones use1-az3, usw1-az2, ape1-az1, cac1-az4, euw3-az2. Replace subnet-0000000000000000a with subnets in other Availability Zones.",
    api_for_websockets:
      "api_id: a1b2c3d4e5 is a WebSocket API, which no module of this project supports. Set it to the ID of an HTTP API.",
    listener_on_another_port: `load_balancer.port is 8080, but load_balancer.listener_arn ${listener("app", "node")} is a listener on port 80. Set load_balancer.port to that port.`,
    listener_for_udp: `load_balancer.listener_arn: ${listener("app", "node")} is a listener for UDP, but API Gateway needs HTTP, HTTPS, TCP, or TLS. Use a listener with one of these protocols.`,
    listener_for_https_without_a_server_name: `load_balancer.listener_arn: ${listener("app", "node")} is a listener for HTTPS, but without load_balancer.server_name, API Gateway uses plain HTTP. Set it to a name that the certificate of the listener is valid for.`,
    listener_for_http_with_a_server_name: `load_balancer.listener_arn: ${listener("app", "node")} is a listener for HTTP, but with load_balancer.server_name, API Gateway uses TLS. Set server_name to null, or use an HTTPS listener.`,
    integration_that_leads_to_the_node: `adopted_integrations["shop"]: application.uri is the listener of the node, ${listener("app", "node")}. Set it to the URI of the application.`,
    integration_with_tls_on_one_side:
      'adopted_integrations["shop"]: only one of application.server_name and load_balancer.server_name is set, and AWS does not say whether an update ends TLS. Set both or neither, or move its routes in routes.',
    integration_that_was_not_imported: `adopted_integrations["shop"] was not imported. Add to the root module:
import {
  to = module.NAME.aws_apigatewayv2_integration.adopted["shop"]
  id = "a1b2c3d4e5/i0000001"
}`,
    route_that_was_not_imported: `routes["orders"] was not imported. Add to the root module:
import {
  to = module.NAME.aws_apigatewayv2_route.adopted["orders"]
  id = "a1b2c3d4e5/r0000001"
}`,
    route_whose_application_is_the_node:
      'routes["orders"]: application_integration_id i0000001 is an integration with the node. Set it to that of the application.',
    new_route_whose_application_is_the_node:
      'routes["rest"]: application_integration_id i0000001 is an integration with the node. Set it to that of the application.',
    // routes_of_the_api.tftest.hcl
    settings_that_would_be_lost: `routes["orders"]: the application's integration has other settings, which would be lost: path, integration.method, integration.timeout_milliseconds, integration.request_parameters append:header.x-id, integration.response_parameters 404. Set them as aws apigatewayv2 get-integration shows them.`,
    api_that_was_not_imported: `client_mtls.default_endpoint: the API was not imported. Add to the root module:
import {
  to = module.NAME.aws_apigatewayv2_api.adopted[0]
  id = "a1b2c3d4e5"
}`,
    certificate_of_another_region:
      "client_mtls.certificate_arn: arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000 is not in eu-central-1, the Region of the API. Request or import the certificate there.",
  },
  "api-gateway-rest": {
    // preconditions.tftest.hcl
    policy_that_is_too_long:
      "The resource policy has 8639 characters, which is more than resource_policy.length_quota. Shorten its statements or combine CIDR blocks, or request a higher quota from AWS, and set it there.",
    forgotten_method:
      "These methods of the API would bypass the node: GET /orders/{id}. Add them to routes, or to accepted_routes if they may.",
    forgotten_method_in_a_canary:
      "These methods of the API would bypass the node: GET /orders, GET /orders/{id}. Add them to routes, or to accepted_routes if they may.",
    method_that_the_api_does_not_have:
      "routes has methods that the API does not have: PUT /orders. The API has GET /orders, POST /orders.",
    stage_that_cannot_be_read:
      "The methods of the API cannot be read from the export of the stage live. List them in all_routes, or set openapi to the OpenAPI document of the API.",
    link_to_an_application_load_balancer:
      'vpc_link.load_balancer_arns["node"]: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188 has the type application, but a VPC link V1 needs a Network Load Balancer. Put one in front of it (module nlb, node.target_type = "alb"), or use the module api-gateway-rest-alb.',
    load_balancer_that_applies_its_rules:
      'vpc_link.load_balancer_arns["node"]: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188 applies the inbound rules of its security groups to the VPC link, and would drop its connections. Set enforce_security_group_inbound_rules_on_private_link_traffic = "off" on the aws_lb.',
    load_balancer_that_was_never_asked:
      'vpc_link.load_balancer_arns["node"]: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188 applies the inbound rules of its security groups to the VPC link, and would drop its connections. Set enforce_security_group_inbound_rules_on_private_link_traffic = "off" on the aws_lb.',
    application_deployment_of_the_module:
      'stage.application_deployment_id is a deployment of this module, "module1", which the next one replaces. Set it to a deployment of the owner of the application, or to null.',
    api_that_was_not_imported:
      'client_mtls.default_endpoint: the API was not imported. Add to the root module:\nimport {\n  to = module.NAME.aws_api_gateway_rest_api.adopted[0]\n  id = "a1b2c3d4e5"\n}',
    certificate_of_another_region:
      "client_mtls.certificate_arn: arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000 is not in eu-central-1, the Region of the API. Request or import the certificate there.",
  },
  "application-backend": {
    // preconditions.tftest.hcl
    two_subnets_of_one_zone:
      "subnet_ids has several subnets of one Availability Zone (eu-central-1a, eu-central-1a), and AWS accepts one. List one subnet in each.",
    subnet_of_another_vpc:
      "subnet_ids has subnets outside of vpc-0123456789abcdef0: b. List subnets of the application's VPC, because AWS accepts only a target group of the load balancer's VPC.",
    target_group_of_a_function:
      'target_groups["api"].existing_arn has targets of the type lambda, which the module does not copy. Remove it, and give the node the application\'s own address in the backends of the module node-config.',
    target_group_of_a_network_load_balancer:
      'target_groups["api"].existing_arn has the protocol TCP, so it belongs to another kind of load balancer. Set existing_arn to a target group of an Application Load Balancer.',
    target_group_for_grpc:
      'target_groups["api"].existing_arn has the protocol version GRPC, which needs requests over HTTP/2, and the node sends HTTP/1.1. Remove it, and leave its requests out of the routes to the node.',
    target_group_for_http_2:
      'target_groups["api"].existing_arn has the protocol version HTTP2, which needs requests over HTTP/2, and the node sends HTTP/1.1. Remove it, and leave its requests out of the routes to the node.',
    target_group_of_another_vpc:
      'target_groups["api"].existing_arn is in vpc-00000000000000009, and this load balancer in vpc-0123456789abcdef0. Set vpc_id and subnet_ids to the VPC of the application, because AWS finds the targets only there.',
    instances_for_a_target_group_of_addresses:
      'target_groups["api"].existing_arn has targets of the type ip, and AWS accepts only IP addresses in it. Set autoscaling_group_names and instance_ids to {}, or existing_arn to the target group of the instances.',
    addresses_for_a_target_group_of_instances:
      'target_groups["api"].existing_arn has targets of the type instance, and AWS accepts no IP addresses in it. Set ip_addresses to {}, or existing_arn to the target group of the addresses.',
    port_that_is_not_open:
      'target_groups["api"].existing_arn sends requests or health checks to ports that are not in application.ports: 8080. Add them, or its targets are unhealthy, and an Auto Scaling group or ECS service replaces them.',
    port_of_a_health_check_that_is_not_open:
      'target_groups["web"].existing_arn sends requests or health checks to ports that are not in application.ports: 9090. Add them, or its targets are unhealthy, and an Auto Scaling group or ECS service replaces them.',
    service_of_codedeploy:
      "ecs_service_arns: shop has the deployment controller CODE_DEPLOY or EXTERNAL, with which ECS takes no second target group. Change it to ECS, or give the node the application's own address.",
    service_of_an_external_controller:
      "ecs_service_arns: shop has the deployment controller CODE_DEPLOY or EXTERNAL, with which ECS takes no second target group. Change it to ECS, or give the node the application's own address.",
    service_with_other_target_groups:
      "ecs_service_arns: shop has none of the target groups in target_groups. Add the target group of the service to target_groups, or remove the service.",
    service_with_five_target_groups:
      "ecs_service_arns: shop would have more than 5 target groups, the maximum of ECS. Remove one from the service first.",
    // routing.tftest.hcl
    stickiness_of_one_type_in_both:
      'Both the node\'s target group and one of this module have stickiness of the type lb_cookie, and would replace each other\'s cookie. In the module alb, set target_group.stickiness = null or to the other type, "app_cookie" or "lb_cookie".',
    routing_past_the_load_balancer:
      "routing comes from a module whose application is not this load balancer, sg-00000000000000009, so the node would send requests past it. In that module, set application = module.NAME.application, with the name of this module.",
    routing_without_an_application:
      "routing comes from a module whose application is not this load balancer, sg-00000000000000009, so the node would send requests past it. In that module, set application = module.NAME.application, with the name of this module.",
  },
  cloudfront: {
    // distribution.tftest.hcl
    adopted_without_an_import: `The distribution E2QWRUHAPOMQZL was not imported. Add to the root module:
import {
  to = module.NAME.aws_cloudfront_distribution.adopted[0]
  id = "E2QWRUHAPOMQZL"
}`,
    // secret_header.tftest.hcl
    secret_that_is_no_value:
      "secret_header.secrets.blue: the value in arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf must have 32 to 128 digits and lowercase letters. If json_key is set, it must be under that key of a JSON object.",
    secret_without_the_key:
      "secret_header.secrets.blue: the value in arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf must have 32 to 128 digits and lowercase letters. If json_key is set, it must be under that key of a JSON object.",
    // security_groups.tftest.hcl
    list_that_does_not_fit:
      "com.amazonaws.global.cloudfront.origin-facing counts as 61 rules, but security_groups.rules_quota is 60. Request a higher quota of inbound rules per security group, and set it here.",
    list_of_which_aws_does_not_tell_the_size:
      "com.amazonaws.global.cloudfront.origin-facing counts as 55 rules, but security_groups.rules_quota is 54. Request a higher quota of inbound rules per security group, and set it here.",
    whole_vpc:
      "node.subnet_cidrs (10.0.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0, so everything in it could bypass the node. List only the node's own subnets, or set application.admit_whole_vpc = true.",
    // vpc_origin.tftest.hcl
    other_kind_of_load_balancer:
      'node.vpc_origin.endpoint_type is "application", but arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef is a load balancer of another type. Set endpoint_type to its type.',
    load_balancer_of_the_internet:
      "node.vpc_origin: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef is internet-facing, but a VPC origin needs an internal load balancer. Use an internal one, or set vpc_origin to null and node.domain_name to its name.",
    network_load_balancer_without_security_groups:
      "node.vpc_origin: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/0123456789abcdef was created without security groups, so AWS does not accept it as a VPC origin. Use one with security groups, which cannot be added later.",
    dual_stack_network_load_balancer:
      "node.vpc_origin: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/0123456789abcdef is a dual-stack Network Load Balancer, which AWS does not accept as a VPC origin. Use one with the IP address type ipv4.",
    network_load_balancer_that_ends_tls:
      "node.vpc_origin: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/0123456789abcdef has a TLS listener on port 443, which AWS does not accept for a VPC origin. Use a TCP listener, and terminate TLS on the node.",
  },
  "network-acl": {
    // health_checks.tftest.hcl
    group_that_would_replace_its_instances: `Auto Scaling would replace all instances of shop, because their ELB health checks fail when the load balancer is locked out. Detach the application's target group, set health_check_type = "EC2", or add the load balancer's subnets to load_balancer_subnet_cidrs.`,
    group_that_is_attached_as_a_traffic_source: `Auto Scaling would replace all instances of shop, because their ELB health checks fail when the load balancer is locked out. Detach the application's target group, set health_check_type = "EC2", or add the load balancer's subnets to load_balancer_subnet_cidrs.`,
    group_whose_application_is_not_known: `Auto Scaling would replace all instances of shop, because their ELB health checks fail when the load balancer is locked out. Detach the application's target group, set health_check_type = "EC2", or add the load balancer's subnets to load_balancer_subnet_cidrs.`,
    instances_of_a_group_that_is_not_listed:
      "Auto Scaling groups that autoscaling_group_names does not list have 2 of the application's instances (such as i-00000000000000002). List them, so that the module can check that they do not replace these instances.",
    instances_of_two_groups_of_which_one_is_listed:
      "Auto Scaling groups that autoscaling_group_names does not list have 1 of the application's instances (such as i-00000000000000002). List them, so that the module can check that they do not replace these instances.",
    tasks:
      "The application runs on no instances that the module can see, and an ECS service replaces tasks whose load balancer is locked out. Follow the step on health checks in the runbook, then set accept_failing_health_checks = true, or add the load balancer's subnets to load_balancer_subnet_cidrs.",
    // network_acl.tftest.hcl
    subnet_of_another_vpc:
      "subnet_ids has subnets outside of vpc-0123456789abcdef0: a. List the subnets of the application behind this node, and set vpc_id if they are in a VPC that is peered with the node's.",
    subnet_of_another_account:
      "subnet_ids has subnets that another account shares: a. Only the owner can change their network ACL: set subnet_ids = {}, and add the output rules to the owner's ACL.",
    custom_network_acl: `subnet_ids["a"] has a custom network ACL, acl-0000000000000000c, and would get the VPC's default ACL when this module's is removed. Add the output rules to the custom ACL and set subnet_ids = {}, or set replace_custom_network_acls = true.`,
    the_node_s_subnet:
      "node_subnet_cidrs overlap the subnets a, but a network ACL does not filter traffic inside a subnet, and would admit everything in the overlap. Give the node subnets of its own.",
    subnet_around_the_node_s:
      "node_subnet_cidrs overlap the subnets a, but a network ACL does not filter traffic inside a subnet, and would admit everything in the overlap. Give the node subnets of its own.",
    subnet_inside_the_node_s:
      "node_subnet_cidrs overlap the subnets a, but a network ACL does not filter traffic inside a subnet, and would admit everything in the overlap. Give the node subnets of its own.",
    too_many_rules_for_inbound_traffic:
      "The ACL would have 20, 2, 7, 1 rules (inbound IPv4 and IPv6, outbound IPv4 and IPv6), and AWS allows 19 of each, because it counts its own last rule. Combine CIDR blocks, remove rules, or set rules_quota to the account's quota.",
    too_many_rules_for_outbound_traffic_in_ipv6:
      "The ACL would have 1, 2, 1, 20 rules (inbound IPv4 and IPv6, outbound IPv4 and IPv6), and AWS allows 19 of each, because it counts its own last rule. Combine CIDR blocks, remove rules, or set rules_quota to the account's quota.",
  },
  nlb: {
    // rehearsal.tftest.hcl
    port_of_an_adopted_listener:
      "rehearsal_listener.port: a listener in adopted_listeners has the port 443. Use a port that no listener of the load balancer has.",
    // preconditions.tftest.hcl
    connections_for_a_node_without_targets:
      "node_traffic_percent is 100 and the node has no targets, so connections would fail. List targets in node.autoscaling_group_names, node.instance_ids, node.ip_addresses, or node.application_load_balancer_arns, or set node.register_targets = false if the node registers itself.",
    listener_for_udp_in_front_of_tcp: `adopted_listeners["public"]: ${listener("net")} has the protocol UDP, which AWS does not forward to a target group with the protocol TCP. Set node.protocol to UDP or TCP_UDP.`,
    listener_of_an_application_load_balancer: `adopted_listeners["public"]: ${listener("net")} has the protocol HTTPS, so it belongs to an Application Load Balancer. Use the module alb.`,
    listener_for_tls_in_front_of_a_load_balancer: `adopted_listeners["public"]: ${listener("net")} has the protocol TLS, and AWS forwards only TCP to an Application Load Balancer. Set node.target_type to "instance" or "ip".`,
    application_that_is_the_node: `adopted_listeners["public"]: application_target_group_arn is the node's own target group, arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-0a1b2c3d/6d0ecf831eec9f09. Set it to the application's target group.`,
    listener_that_forwards_to_something_else: `adopted_listeners["public"]: ${listener("net")} forwards to arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/other/0123456789abcdef, not only to ${targetGroup("application/73e2d6bc24d8a067")} or the node. Correct application_target_group_arn, change the listener, or go to 0 before you change name.`,
    listener_that_shares_out: `adopted_listeners["public"]: ${listener("net")} forwards to ${targetGroup("application/73e2d6bc24d8a067")}, arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/0123456789abcdef, not only to ${targetGroup("application/73e2d6bc24d8a067")} or the node. Correct application_target_group_arn, change the listener, or go to 0 before you change name.`,
    listener_that_was_not_imported: `adopted_listeners["public"] was not imported. Add to the root module:
import {
  to = module.NAME.aws_lb_listener.adopted["public"]
  id = "${listener("net")}"
}`,
  },
  "node-fleet": {
    // node_fleet.tftest.hcl
    user_data_that_is_too_long:
      "The user data is longer than the 16384 bytes that EC2 allows. Shorten the snippets of the module node-config, or move them to the machine image.",
  },
  "security-group-rules": {
    // rules.tftest.hcl
    whole_vpc:
      "node.subnet_cidrs (10.0.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0, so everything in it could bypass the node. List only the node's own subnets, or set application.admit_whole_vpc = true.",
  },
  verification: {
    // preconditions.tftest.hcl
    distribution_from_another_region:
      "EventBridge gets calls to CloudFront only in us-east-1, and this is eu-central-1. Set api_call_alerts.distributions = false, and call the module a second time with a provider for us-east-1.",
    query_that_is_too_long:
      "The query for flow logs has 13615 characters, but CloudWatch Logs allows 10000. List fewer or larger CIDR blocks in node.subnet_cidrs, application.cidrs, and flow_logs.accepted_cidrs, or call the module once for each part of the application.",
    more_resources_than_a_pattern_holds:
      "The pattern of the rule network_interfaces has 3122 characters, but EventBridge allows 2048. List fewer resources, and call the module a second time for the others.",
  },
};
