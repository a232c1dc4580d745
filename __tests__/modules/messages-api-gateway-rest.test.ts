import { describeWithTools } from "../tools";
import { type Refusal, refusals, unmet } from "./refusals";

/** By run in modules/api-gateway-rest/tests that is refused, what its caller reads: what was received, and what to do. */
const messages: Readonly<Record<string, string>> = {
  // validations_api.tftest.hcl
  name_that_ends_in_a_hyphen: "name must be 1 to 23 letters, digits and inner hyphens. Received: \"shop-\".",
  name_that_aws_reserves: "name must not start with \"internal-\", which AWS reserves. Received: \"internal-shop\".",
  percent_above_100: "node_traffic_percent must be a whole number from 0 to 100. Received: 101.",
  api_by_name: "rest_api.id must be an id such as \"a1b2c3d4e5\". Received: \"Shop API\".",
  endpoint_in_lower_case: "rest_api.endpoint_type must be one of REGIONAL, EDGE, PRIVATE. Received: \"regional\".",
  stage_without_its_integrations: "adopt must not adopt the stage without the integrations: the module would deploy before their owner has changed them. Received: {\"integrations\":false,\"stage\":true}.",
  stage_name_with_a_slash: "stage.name must be 1 to 128 letters, digits and the characters _-. Received: \"shop/live\".",
  deployment_by_arn: "stage.application_deployment_id must be an id such as \"a1b2c3d4e5\". Received: \"arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/deployments/d1\".",
  certificate_by_arn: "stage.client_certificate_id must be an id such as \"a1b2c3d4e5\". Received: \"arn:aws:apigateway:eu-central-1::/clientcertificates/c1\".",
  canary_without_the_application_s_deployment: "node_traffic_percent is 10, and a canary needs adopt.stage and stage.application_deployment_id, the deployment that the other requests get. Set them, or go from 0 to 100.",
  canary_without_the_stage: "node_traffic_percent is 10, and a canary needs adopt.stage and stage.application_deployment_id, the deployment that the other requests get. Set them, or go from 0 to 100.",
  // validations_node.tftest.hcl
  link_of_which_nothing_is_known: "vpc_link must have either load_balancer_arns, for a new link, or the id of an existing one. Received: {\"id\":null,\"load_balancer_arns\":[]}.",
  link_both_new_and_existing: "vpc_link must have either load_balancer_arns, for a new link, or the id of an existing one. Received: {\"id\":\"link01\",\"load_balancer_arns\":[\"node\"]}.",
  link_to_two_load_balancers: "vpc_link.load_balancer_arns must name at most one, as AWS takes no second one into a link. Received: [\"a\",\"b\"].",
  link_to_a_load_balancer_by_name: "vpc_link.load_balancer_arns[*] must be the ARN of a Network Load Balancer (arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/net/NAME/ID). Received: vpc_link.load_balancer_arns[\"node\"] = \"node\".",
  link_by_name: "vpc_link.id must be an id such as \"a1b2c3d4e5\". Received: \"Node Link\".",
  node_by_url: "node.host must be a host name such as \"app.internal\". Received: \"https://node.internal\".",
  node_protocol_of_a_connection: "node.protocol must be one of HTTP, HTTPS. Received: \"TCP\".",
  node_port_0: "node.port must be a whole number from 1 to 65535. Received: 0.",
  node_timeout_in_seconds: "node.timeout_milliseconds must be a whole number from 50 to 300000 milliseconds. Received: 29.",
  node_timeout_of_an_edge_optimized_api: "node.timeout_milliseconds must be at most 29000 for an API of the endpoint type EDGE. Received: 29001.",
  node_parameter_by_its_header: "node.request_parameters must be named as API Gateway does, such as \"integration.request.header.X-Name\". Received: [\"X-From\"].",
  secret_header_without_a_value: "secret_header and secret_header_value must be given both, or none.",
  secret_header_value_without_a_name: "secret_header and secret_header_value must be given both, or none.",
  secret_header_with_an_underscore: "secret_header.name must be 1 to 40 letters, digits and hyphens, such as \"X-CloudFront-Secret\". Received: \"X_Gateway\".",
  secret_header_with_a_meaning: "secret_header.name must not be a header with a meaning of its own (accept, authorization, connection, content-length, content-type, cookie, host, te, transfer-encoding, upgrade, user-agent, x-forwarded-for, x-forwarded-port, x-forwarded-proto, x-real-ip). Received: \"Authorization\".",
  secret_header_value_that_can_be_guessed: "secret_header_value.value must be 32 to 128 digits and lower-case letters.",
  // validations_routes.tftest.hcl
  application_without_a_protocol: "application.url must be a URL such as \"https://shop.example.com/v1\". Received: \"shop.example.com\".",
  route_without_a_method: "routes must be called by method and resource path, such as \"GET /orders/{id}\" or \"ANY /{proxy+}\". Received: [\"/orders\"].",
  route_without_a_url: "routes must have a uri where there is no application.url. Received: [\"GET /orders\",\"GET /orders/{id}\"].",
  route_uri_of_a_function: "routes[*].uri must be a URL such as \"https://shop.example.com/orders/{id}\". Received: routes[\"GET /orders\"].uri = \"arn:aws:apigateway:eu-central-1:lambda:path/functions/f/invocations\".",
  route_of_a_function: "routes[*].type must be one of HTTP_PROXY, HTTP. Received: routes[\"GET /orders\"].type = \"AWS_PROXY\".",
  route_method_in_lower_case: "routes[*].integration_http_method must be one of ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT. Received: routes[\"GET /orders\"].integration_http_method = \"get\".",
  route_link_by_name: "routes[*].vpc_link_id must be an id such as \"a1b2c3d4e5\". Received: routes[\"GET /orders\"].vpc_link_id = \"Shop Link\".",
  route_parameter_of_the_method: "routes[*].request_parameters must be named as API Gateway does, such as \"integration.request.header.X-Name\". Received: routes[\"GET /orders\"].request_parameters = [\"method.request.path.id\"].",
  route_passthrough_by_chance: "routes[*].passthrough_behavior must be one of WHEN_NO_MATCH, WHEN_NO_TEMPLATES, NEVER. Received: routes[\"GET /orders\"].passthrough_behavior = \"SOMETIMES\".",
  route_content_to_json: "routes[*].content_handling must be one of CONVERT_TO_BINARY, CONVERT_TO_TEXT. Received: routes[\"GET /orders\"].content_handling = \"JSON\".",
  route_timeout_above_5_minutes: "routes[*].timeout_milliseconds must be a whole number from 50 to 300000 milliseconds. Received: routes[\"GET /orders\"].timeout_milliseconds = 300001.",
  route_timeout_of_an_edge_optimized_api: "routes[*].timeout_milliseconds must be at most 29000 for an API of the endpoint type EDGE. Received: routes[\"GET /orders\"].timeout_milliseconds = 29001.",
  all_routes_without_methods: "all_routes[*] must be called by method and resource path, such as \"GET /orders/{id}\" or \"ANY /{proxy+}\". Received: all_routes = \"/orders\".",
  openapi_by_file_name: "openapi must be an OpenAPI document in JSON or YAML, with paths. Received: \"shop.openapi.json\".",
  openapi_and_all_routes: "all_routes and openapi both say which methods the API has. Leave one of them out.",
  accepted_routes_in_lower_case: "accepted_routes[*] must be called by method and resource path, such as \"GET /orders/{id}\" or \"ANY /{proxy+}\". Received: accepted_routes = \"get /status\".",
  // validations_clients.tftest.hcl
  policy_for_nobody: "resource_policy must have a source, or an Allow in policy_documents: without one, everybody is locked out. Received: [].",
  policy_by_vpc_for_the_internet: "resource_policy must have source_vpc_ids and source_vpc_endpoint_ids for the endpoint type PRIVATE, source_cidrs for the others: requests to another one have none of these. Received: {\"endpoint_type\":\"REGIONAL\",\"source_cidrs\":[],\"source_vpc_endpoint_ids\":[],\"source_vpc_ids\":[\"vpc-0123456789abcdef0\"]}.",
  policy_by_endpoint_for_the_edge: "resource_policy must have source_vpc_ids and source_vpc_endpoint_ids for the endpoint type PRIVATE, source_cidrs for the others: requests to another one have none of these. Received: {\"endpoint_type\":\"EDGE\",\"source_cidrs\":[],\"source_vpc_endpoint_ids\":[\"vpce-0123456789abcdef0\"],\"source_vpc_ids\":[]}.",
  policy_by_address_for_a_private_api: "resource_policy must have source_vpc_ids and source_vpc_endpoint_ids for the endpoint type PRIVATE, source_cidrs for the others: requests to another one have none of these. Received: {\"endpoint_type\":\"PRIVATE\",\"source_cidrs\":[\"203.0.113.0/24\"],\"source_vpc_endpoint_ids\":[],\"source_vpc_ids\":[]}.",
  policy_that_looks_at_what_the_internet_has_not: "resource_policy must have policy_documents that look at aws:SourceVpc, aws:SourceVpce and aws:VpcSourceIp for the endpoint type PRIVATE alone, at aws:SourceIp for the others alone: requests to another one have none of these. Received: {\"endpoint_type\":\"REGIONAL\",\"keys\":[\"aws:sourcevpce\"]}.",
  policy_that_looks_at_what_a_private_api_has_not: "resource_policy must have policy_documents that look at aws:SourceVpc, aws:SourceVpce and aws:VpcSourceIp for the endpoint type PRIVATE alone, at aws:SourceIp for the others alone: requests to another one have none of these. Received: {\"endpoint_type\":\"PRIVATE\",\"keys\":[\"aws:sourceip\"]}.",
  policy_without_an_allow: "resource_policy must have a source, or an Allow in policy_documents: without one, everybody is locked out. Received: [\"{\\\"Statement\\\":[{\\\"Action\\\":\\\"execute-api:Invoke\\\",\\\"Effect\\\":\\\"Deny\\\",\\\"Principal\\\":\\\"*\\\",\\\"Resource\\\":\\\"execute-api:/live/DELETE/*\\\"}]}\"].",
  policy_that_denies_everybody: "resource_policy.policy_documents[*] must not deny everybody everything: a Deny for every principal and resource needs a Condition. Received: resource_policy.policy_documents[0] = \"{\\\"Statement\\\":[{\\\"Action\\\":\\\"execute-api:*\\\",\\\"Effect\\\":\\\"Deny\\\",\\\"Principal\\\":{\\\"AWS\\\":\\\"*\\\"},\\\"Resource\\\":[\\\"execute-api:/*\\\"]}]}\".",
  policy_document_by_file_name: "resource_policy.policy_documents[*] must be a policy document in JSON with a Statement. Received: resource_policy.policy_documents[0] = \"policy.json\".",
  policy_by_vpc_name: "resource_policy.source_vpc_ids[*] must be a VPC id such as \"vpc-0123456789abcdef0\". Received: resource_policy.source_vpc_ids = \"shop\".",
  policy_by_vpc_as_endpoint: "resource_policy.source_vpc_endpoint_ids[*] must be a VPC endpoint id such as \"vpce-0123456789abcdef0\". Received: resource_policy.source_vpc_endpoint_ids = \"vpc-0123456789abcdef0\".",
  policy_by_address_without_a_length: "resource_policy.source_cidrs[*] must be a CIDR block in canonical form, such as \"10.0.1.0/24\" or \"2001:db8::/64\". Received: resource_policy.source_cidrs = \"203.0.113.7\".",
  policy_by_private_address: "resource_policy.source_cidrs[*] must be a part of the internet: API Gateway sees the public address of a client, so that a private block admits nobody, and a whole one everybody. Received: resource_policy.source_cidrs = \"10.1.0.0/16\".",
  policy_by_any_address: "resource_policy.source_cidrs[*] must be a part of the internet: API Gateway sees the public address of a client, so that a private block admits nobody, and a whole one everybody. Received: resource_policy.source_cidrs = \"::/0\".",
  certificate_without_tls: "backend_certificate needs node.protocol = \"HTTPS\": without TLS API Gateway shows no certificate. It is \"HTTP\".",
  certificate_that_is_not_there: "backend_certificate must have an active name that is among the names. Received: {\"active\":\"second\",\"names\":[\"first\"]}.",
  certificate_name_with_a_space: "backend_certificate.names[*] must be 1 to 64 letters, digits and the characters _-. Received: backend_certificate.names = \"the first\".",
  certificate_warning_from_the_first_day: "backend_certificate.warn_days must be a whole number from 1 to 364 days. Received: 365.",
  mtls_of_a_private_api: "client_mtls must be for an API of the endpoint type REGIONAL, as AWS demands certificates nowhere else. Received: \"PRIVATE\".",
  mtls_domain_in_upper_case: "client_mtls.domain_name must be a domain name in lower case such as \"api.example.com\". Received: \"API.example.com\".",
  mtls_certificate_of_iam: "client_mtls.certificate_arn must be the ARN of a certificate (arn:aws:acm:REGION:ACCOUNT:certificate/ID). Received: \"arn:aws:iam::123456789012:server-certificate/api\".",
  mtls_ownership_by_name: "client_mtls.ownership_verification_certificate_arn must be the ARN of a certificate (arn:aws:acm:REGION:ACCOUNT:certificate/ID). Received: \"api.example.com\".",
  mtls_truststore_by_https: "client_mtls.truststore_uri must be an S3 URL such as \"s3://bucket/truststore.pem\". Received: \"https://truststore.s3.amazonaws.com/clients.pem\".",
  mtls_truststore_without_a_version: "client_mtls.truststore_version must be the id of a version, without a space. Received: \"\".",
  mtls_base_path_with_a_slash: "client_mtls.base_path must be one part of a path, without slashes. Received: \"shop/v1\".",
  mtls_endpoint_closed: "client_mtls.default_endpoint must be one of owner, disabled, enabled. Received: \"closed\".",

  // preconditions.tftest.hcl
  forgotten_method: "Methods of the API would still reach the application without the node: GET /orders/{id}. Add them to routes, or to accepted_routes those that may.",
  forgotten_method_in_a_canary: "Methods of the API would still reach the application without the node: GET /orders, GET /orders/{id}. Add them to routes, or to accepted_routes those that may.",
  method_that_the_api_does_not_have: "routes has methods that the API does not have: PUT /orders. It has GET /orders, POST /orders.",
  stage_that_cannot_be_read: "The methods of the API cannot be read from the export of the stage live. Name them in all_routes, or give the API's OpenAPI document in openapi.",
  link_to_an_application_load_balancer: "vpc_link.load_balancer_arns[\"node\"]: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188 is of the type application, and this kind of VPC link leads to a Network Load Balancer. Put one in front of it, with the module nlb and node.target_type = \"alb\", or use the module api-gateway-rest-alb.",
  load_balancer_that_applies_its_rules: "vpc_link.load_balancer_arns[\"node\"]: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188 applies the inbound rules of its security groups to the VPC link, and would drop its connections. Set enforce_security_group_inbound_rules_on_private_link_traffic = \"off\" on the aws_lb.",
  application_deployment_of_the_module: "stage.application_deployment_id is a deployment of this module, \"module1\", which goes with the next one. Set it to one of the application's owner, or to null.",
  api_that_was_not_imported: "client_mtls.default_endpoint: the API was not imported, so a new one was created: f0f0f0f0f0. Delete it, take it out of the state (terraform state rm), and add to the root module:\nimport {\n  to = module.NAME.aws_api_gateway_rest_api.adopted[0]\n  id = \"a1b2c3d4e5\"\n}",
};

describeWithTools(["terraform"], "refusals of the module api-gateway-rest", () => {
  let found: Map<string, Refusal[]>;

  beforeAll(async () => {
    found = await refusals("api-gateway-rest");
  }, 300_000);

  test("are those of the runs in tests/ that are refused, and of nothing else", () => {
    expect([...found.keys()].sort()).toEqual(Object.keys(messages).sort());
  });

  test.each(Object.entries(messages))("%s", (run, message) => {
    expect(found.get(run)?.map((refusal) => refusal.message.trim())).toEqual([message]);
  });

  test.each(["validation", "precondition", "postcondition"] as const)("meet every %s", (kind) => {
    expect(unmet("api-gateway-rest", kind, found)).toEqual([]);
  });
});
