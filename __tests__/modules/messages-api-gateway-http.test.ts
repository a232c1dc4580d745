import { describeRefusals } from "./describe-refusals";
import { expectLockdown } from "./messages-lockdown";
import { refusedCalls, unmet } from "./refusals";

const listener =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2";

/** By run in modules/api-gateway-http/tests that is refused, what its caller reads: what was received, and what to do. */
const apiGatewayHttp: Readonly<Record<string, string>> = {
  // validations_api.tftest.hcl
  name_with_an_underscore: 'name must be 1 to 23 letters, digits and inner hyphens. Received: "shop_wallarm".',
  name_that_aws_reserves: 'name must not start with "internal-", which AWS reserves. Received: "internal-shop".',
  vpc_id_of_a_subnet: 'vpc_id must be a VPC id such as "vpc-0123456789abcdef0". Received: "subnet-0123456789abcdef0".',
  canary: "node_traffic_percent must be 0 or 100, as HTTP APIs have no canary: a route has one integration. Received: 10.",
  node_security_group_by_name: 'node.security_group_id must be a security group id such as "sg-0123456789abcdef0". Received: "default".',
  listener_arn_of_a_load_balancer: 'load_balancer.listener_arn must be a listener ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID). Received: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/50dc6c495c0c9188".',
  load_balancer_that_nothing_reaches: 'load_balancer must have either security_group_ids or, if it was created without security groups, subnet_cidrs. Received: {"security_group_ids":{},"subnet_cidrs":[]}.',
  load_balancer_with_security_groups_and_subnets: 'load_balancer must have either security_group_ids or, if it was created without security groups, subnet_cidrs. Received: {"security_group_ids":{"node":"sg-00000000000000001"},"subnet_cidrs":["10.0.1.0/24"]}.',
  load_balancer_with_a_security_group_twice: 'load_balancer.security_group_ids must name each security group once. Received: {"a":"sg-00000000000000001","b":"sg-00000000000000001"}.',
  load_balancer_security_group_by_name: 'load_balancer.security_group_ids[*] must be a security group id such as "sg-0123456789abcdef0". Received: load_balancer.security_group_ids["node"] = "default".',
  load_balancer_subnet_twice: 'load_balancer.subnet_cidrs must name each CIDR block once. Received: ["10.0.1.0/24","10.0.1.0/24"].',
  load_balancer_subnet_by_address: 'load_balancer.subnet_cidrs[*] must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: load_balancer.subnet_cidrs[0] = "10.0.1.5".',
  server_name_with_a_scheme: 'load_balancer.server_name must be a host name such as "app.internal". Received: "https://node.internal".',
  no_link: 'vpc_link must have either subnet_ids, for a new link, or the id of an existing one. Received: {"id":null,"security_group_ids":{},"subnet_ids":[]}.',
  new_link_and_an_existing_one: 'vpc_link must have either subnet_ids, for a new link, or the id of an existing one. Received: {"id":"l0000009","security_group_ids":{},"subnet_ids":["subnet-0000000000000000a","subnet-0000000000000000b"]}.',
  new_link_with_a_security_group: 'vpc_link must have no security_group_ids with subnet_ids, as a new link gets a security group of its own. Received: {"id":null,"security_group_ids":{"a":"sg-00000000000000009"},"subnet_ids":["subnet-0000000000000000a","subnet-0000000000000000b"]}.',
  link_with_a_subnet_twice: 'vpc_link.subnet_ids must name each subnet once. Received: ["subnet-0000000000000000a","subnet-0000000000000000a"].',
  link_subnet_by_block: 'vpc_link.subnet_ids[*] must be a subnet id such as "subnet-0123456789abcdef0". Received: vpc_link.subnet_ids[0] = "10.0.1.0/24".',
  link_by_arn: 'vpc_link.id must be an id such as "a1b2c3d4e5". Received: "arn:aws:apigateway:eu-central-1::/vpclinks/l0000009".',
  link_with_a_security_group_twice: 'vpc_link.security_group_ids must name each security group once. Received: {"a":"sg-00000000000000009","b":"sg-00000000000000009"}.',
  link_security_group_by_name: 'vpc_link.security_group_ids[*] must be a security group id such as "sg-0123456789abcdef0". Received: vpc_link.security_group_ids["a"] = "default".',
  api_by_arn: 'api_id must be an id such as "a1b2c3d4e5". Received: "arn:aws:apigateway:eu-central-1::/apis/a1b2c3d4e5".',
  stage_with_a_slash: 'stage.name must be "$default", or 1 to 128 letters, digits, hyphens and underscores. Received: "live/v1".',
  stage_deployed_by_hand: 'stage.deployment must be one of automatic, adopted, owner. Received: "manual".',
  // validations_integrations.tftest.hcl
  integration_twice: 'integrations must name each integration once. Received: {"a":"i0000001","b":"i0000001"}.',
  integration_by_its_target: 'integrations[*].integration_id must be an id such as "a1b2c3d4e5". Received: integrations["shop"].integration_id = "integrations/i0000001".',
  integration_with_a_path_that_the_node_would_not_get: 'integrations[*] must have a path where application.uri has one of its own, or the node would get another: "/v1/$request.path.proxy" for "https://HOST/v1/{proxy}". Received: integrations["shop"] = {"application_uri":"https://shop.example.com/v1/{proxy}","path":null}.',
  integration_path_without_a_slash: 'integrations[*].path must begin with "$request.path", or with "/" and have the parts of the path that it needs: "/v1/$request.path.proxy". Received: integrations["shop"].path = "v1/$request.path.proxy".',
  application_by_host: 'integrations[*].application.uri must be a URL, or the ARN of a listener or of a Cloud Map service. Received: integrations["shop"].application.uri = "shop.example.com".',
  private_application_without_a_link: 'integrations[*].application must have a connection_id if its uri is an ARN, and only then. Received: integrations["shop"].application = {"connection_id":null,"uri":"arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001"}.',
  public_application_with_a_link: 'integrations[*].application must have a connection_id if its uri is an ARN, and only then. Received: integrations["shop"].application = {"connection_id":"l0000009","uri":"https://shop.example.com"}.',
  public_application_with_a_server_name: 'integrations[*].application must have no server_name without a connection_id, as AWS takes one for private integrations only. Received: integrations["shop"].application = {"connection_id":null,"server_name":"shop.example.com"}.',
  application_link_by_arn: 'integrations[*].application.connection_id must be an id such as "a1b2c3d4e5". Received: integrations["shop"].application.connection_id = "vpclinks/l0000009".',
  application_server_name_with_a_scheme: 'integrations[*].application.server_name must be a host name such as "app.internal". Received: integrations["shop"].application.server_name = "https://shop.internal".',
  application_parameter_of_513_characters: `integrations[*].application.request_parameters[*] must have at most 512 characters. Received: integrations["shop"].application.request_parameters["overwrite:header.x-long"] = "${"0".repeat(513)}".`,
  application_that_takes_31_seconds: 'integrations[*].application.timeout_milliseconds must be a whole number from 50 to 30000 milliseconds. Received: integrations["shop"].application.timeout_milliseconds = 31000.',
  parameter_of_the_path: 'request_parameters must be named "append:", "overwrite:" or "remove:" with "header.NAME" or "querystring.NAME". Received: ["overwrite:path"].',
  parameter_of_a_header_that_aws_reserves: 'request_parameters must map no header that AWS reserves, such as Authorization, Forwarded and X-Forwarded-For. Received: ["overwrite:header.X-Forwarded-For"].',
  parameter_of_513_characters: `request_parameters[*] must have at most 512 characters. Received: request_parameters["overwrite:header.x-long"] = "${"0".repeat(513)}".`,
  secret_header_without_a_value: "secret_header and secret_header_value must be given both, or none.",
  secret_header_with_an_underscore: 'secret_header.name must be 1 to 40 letters, digits and hyphens, such as "X-CloudFront-Secret". Received: "X_From_Api_Gateway".',
  secret_header_with_a_meaning: 'secret_header.name must not be a header with a meaning of its own (accept, authorization, connection, content-length, content-type, cookie, host, te, transfer-encoding, upgrade, user-agent, x-forwarded-for, x-forwarded-port, x-forwarded-proto, x-real-ip). Received: "Host".',
  secret_header_value_that_can_be_guessed: "secret_header_value.value must be 32 to 128 digits and lower-case letters.",
  timeout_above_30_seconds: "timeout_milliseconds must be a whole number from 50 to 30000 milliseconds. Received: 30001.",
  // validations_routes.tftest.hcl
  route_key_twice: 'routes must name each route key once. Received: {"a":"GET /orders/{id}","b":"GET /orders/{id}"}.',
  path_with_a_parameter_of_another_route: 'routes[*] must have a path with parameters of its route_key only. Received: routes["orders"] = {"path":"/v1/$request.path.proxy/$request.path.id","route_key":"GET /orders/{id}"}.',
  new_route_without_an_authorization: 'routes[*] must have an authorization if it is new, as that of the route which takes its requests today does not pass to it, and only then. Received: routes["orders"] = {"route_id":null,"route_key":"GET /orders/{id}"}.',
  existing_route_with_an_authorization: 'routes[*] must have an authorization if it is new, as that of the route which takes its requests today does not pass to it, and only then. Received: routes["orders"] = {"route_id":"r0000001","route_key":"GET /orders/{id}"}.',
  route_key_of_a_websocket: 'routes[*].route_key must be "$default", or a method and a path such as "GET /orders/{id}" or "ANY /{proxy+}". Received: routes["orders"].route_key = "$connect".',
  route_by_its_key: 'routes[*].route_id must be an id such as "a1b2c3d4e5". Received: routes["orders"].route_id = "GET /orders".',
  route_with_a_target: 'routes[*].application_integration_id must be an id such as "a1b2c3d4e5". Received: routes["orders"].application_integration_id = "integrations/i0000002".',
  route_path_without_a_slash: 'routes[*].path must begin with "$request.path", or with "/" and have the parts of the path that it needs: "/v1/$request.path.proxy". Received: routes["orders"].path = "orders".',
  authorization_without_an_authorizer: 'routes[*].authorization must have an authorizer_id with the type "JWT" or "CUSTOM", and only then. Received: routes["rest"].authorization = {"authorizer_id":null,"scopes":[],"type":"JWT"}.',
  authorizer_that_nobody_asks: 'routes[*].authorization must have an authorizer_id with the type "JWT" or "CUSTOM", and only then. Received: routes["rest"].authorization = {"authorizer_id":"j0000001","scopes":[],"type":"AWS_IAM"}.',
  scopes_of_a_function: 'routes[*].authorization must have no scopes but with the type "JWT". Received: routes["rest"].authorization = {"authorizer_id":"j0000001","scopes":["shop"],"type":"CUSTOM"}.',
  authorization_by_key: 'routes[*].authorization.type must be one of NONE, AWS_IAM, JWT, CUSTOM. Received: routes["rest"].authorization.type = "API_KEY".',
  authorizer_by_name: 'routes[*].authorization.authorizer_id must be an id such as "a1b2c3d4e5". Received: routes["rest"].authorization.authorizer_id = "Cognito".',
  scope_twice: 'routes[*].authorization.scopes must name each scope once. Received: routes["rest"].authorization.scopes = ["shop","shop"].',
  accepted_route_twice: 'accepted_routes must name each route key once. Received: ["GET /status","GET /status"].',
  accepted_route_without_a_method: 'accepted_routes[*] must be "$default", or a method and a path such as "GET /orders/{id}" or "ANY /{proxy+}". Received: accepted_routes[0] = "/status".',
  listed_route_with_a_target: 'all_routes[*] must be an id such as "a1b2c3d4e5". Received: all_routes["GET /orders"] = "integrations/i0000002".',
  routes_around_the_node: "all_routes has routes that would go around the node at 100: GET /forgotten (integration i0000002), GET /status (integration i0000003). Add them to routes, or their integrations to integrations; or accept them in accepted_routes.",
  domain_in_capitals: 'client_mtls.domain_name must be a domain name in lower case such as "api.example.com". Received: "API.example.com".',
  certificate_of_iam: 'client_mtls.certificate_arn must be the ARN of a certificate (arn:aws:acm:REGION:ACCOUNT:certificate/ID). Received: "arn:aws:iam::123456789012:server-certificate/shop".',
  ownership_by_domain: 'client_mtls.ownership_verification_certificate_arn must be the ARN of a certificate (arn:aws:acm:REGION:ACCOUNT:certificate/ID). Received: "api.example.com".',
  truststore_on_the_web: 'client_mtls.truststore_uri must be an S3 URL such as "s3://bucket/truststore.pem". Received: "https://shop-truststore.s3.amazonaws.com/clients.pem".',
  truststore_without_a_version: 'client_mtls.truststore_version must be the id of a version, without a space. Received: "".',
  mapping_key_with_a_slash_in_front: 'client_mtls.api_mapping_key must be parts of a path without slashes around them, such as "orders/v1". Received: "/shop".',
  default_endpoint_as_a_flag: 'client_mtls.default_endpoint must be one of owner, disabled, enabled. Received: "false".',
  application_security_group_by_name: 'application.security_group_id must be a security group id such as "sg-0123456789abcdef0". Received: "default".',
  application_without_ports: "application.ports must have at least one port. Received: [].",
  application_port_that_tcp_does_not_have: "application.ports[*] must be a whole number from 1 to 65535. Received: application.ports[1] = 65536.",

  // conditions.tftest.hcl
  api_for_websockets: "api_id: a1b2c3d4e5 is an API for WEBSOCKET. Name an HTTP API; for a REST API use the module api-gateway-rest.",
  listener_for_udp: `load_balancer.listener_arn: ${listener} is a listener for UDP, and API Gateway speaks HTTP. Name a listener for HTTP, HTTPS, TCP or TLS.`,
  listener_for_https_without_a_server_name: `load_balancer.listener_arn: ${listener} is a listener for HTTPS, and without load_balancer.server_name API Gateway would speak plain HTTP to it. Set it to a name that its certificate is for.`,
  listener_for_http_with_a_server_name: `load_balancer.listener_arn: ${listener} is a listener for HTTP, and with load_balancer.server_name API Gateway would speak TLS to it. Set that to null, or name a listener for HTTPS.`,
  integration_that_leads_to_the_node: `integrations["shop"]: its application.uri is the node's own listener, ${listener}. Set it to the application's.`,
  integration_that_was_not_imported: `integrations["shop"] was not imported, so a new integration was created: i0000000. Delete it, take it out of the state (terraform state rm), and add to the root module:
import {
  to = module.NAME.aws_apigatewayv2_integration.adopted["shop"]
  id = "a1b2c3d4e5/i0000001"
}`,
  route_that_was_not_imported: `routes["orders"] was not imported, so a new route was created: r0000000. Delete it, take it out of the state (terraform state rm), and add to the root module:
import {
  to = module.NAME.aws_apigatewayv2_route.adopted["orders"]
  id = "a1b2c3d4e5/r0000001"
}`,
  route_whose_application_is_the_node: 'routes["orders"]: its application_integration_id, i0000001, is an integration with the node. Set it to the application\'s.',
  new_route_whose_application_is_the_node: 'routes["rest"]: its application_integration_id, i0000001, is an integration with the node. Set it to the application\'s.',
  api_that_was_not_imported: `client_mtls.default_endpoint: the API was not imported, so a new one was created: z9y8x7w6v5. Delete it, take it out of the state (terraform state rm), and add to the root module:
import {
  to = module.NAME.aws_apigatewayv2_api.adopted[0]
  id = "a1b2c3d4e5"
}`,
};

// The lockdown is that of the module alb.
const further = () => refusedCalls("alb", "validations_lockdown");

describeRefusals({ module: "api-gateway-http", messages: apiGatewayHttp, further }, (found) => {
  test("are those of the module alb, where the lockdown is concerned", () => {
    expectLockdown(found(), apiGatewayHttp);
  });

  test("meet every validation", () => {
    expect(unmet("api-gateway-http", "validation", found())).toEqual([]);
  });

  test("meet every condition but those that no mock can break", () => {
    expect(unmet("api-gateway-http", "precondition", found())).toEqual([]);
    expect(unmet("api-gateway-http", "postcondition", found())).toHaveLength(4);
  });
});
