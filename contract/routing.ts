/**
 * The contract between the modules and their consumers: the output `routing`. It describes the node, the application, the
 * entry points, and the share of requests that goes through the node.
 *
 * Version 1 may change until the first release. After that, a version only adds fields, which can be null, so a reader of
 * any version can read a document of any other version.
 */
import { nullable, since, ValueOf } from "./field";
import {
  ACCOUNT_ID,
  INSTANCE_ID,
  listenerArnFormat,
  REFERENCED_SECURITY_GROUP_ID,
  SECURITY_GROUP_RULE_ID,
  TARGET_GROUP_ARN,
  VPC_ID,
} from "./formats";

/** The version that the modules write. */
export const VERSION = 1;

const { string, number, bool, list, map, object } = since(1);

const LISTENER_ARN = listenerArnFormat("app", "net");
const port = number("Port.", 1, 65_535);

const members = object("The targets that run the node.", {
  autoscaling_group_names: nullable(
    list("Names of its Auto Scaling groups.", "autoscaling_group_name", string("Name.")),
  ),
  instance_ids: nullable(list("IDs of its instances.", "instance_id", string("ID.", INSTANCE_ID))),
  ip_addresses: nullable(list("Its IP addresses.", "ip_address", string("Address."))),
  application_load_balancer_arns: nullable(
    list(
      "ARNs of Application Load Balancers that are registered as targets in its place.",
      "load_balancer_arn",
      string("ARN."),
    ),
  ),
  self_registered: nullable(bool("Whether the node registers its targets itself. The lists above are then empty.")),
});

const node = object("The Wallarm Node.", {
  security_group_id: nullable(string("ID of its security group.", REFERENCED_SECURITY_GROUP_ID)),
  subnet_cidrs: nullable(list("CIDR blocks of its subnets.", "cidr", string("CIDR block."))),
  target_group_arn: nullable(string("ARN of its target group.", TARGET_GROUP_ARN)),
  port: nullable(number("Port on which it receives requests.", 1, 65_535)),
  protocol: nullable(string("Protocol of the requests that it receives.")),
  members: nullable(members),
});

const accepted = object("Paths around the node that its owner accepts.", {
  security_group_rule_ids: nullable(
    list("IDs of ingress rules.", "security_group_rule_id", string("ID.", SECURITY_GROUP_RULE_ID)),
  ),
  routes: nullable(list("Routes of the API, such as `GET /health`.", "route", string("Route."))),
});

const application = object("The application behind the node.", {
  security_group_id: nullable(string("ID of its security group.", REFERENCED_SECURITY_GROUP_ID)),
  ports: nullable(list("TCP ports on which it serves the node.", "port", port)),
  target_group_arns: nullable(
    list("ARNs of its target groups behind the entry points.", "target_group_arn", string("ARN.", TARGET_GROUP_ARN)),
  ),
  accepted: nullable(accepted),
});

const loadBalancer = object("The load balancer that sends requests to the node.", {
  security_group_ids: nullable(
    list("IDs of its security groups.", "security_group_id", string("ID.", REFERENCED_SECURITY_GROUP_ID)),
  ),
  arn_suffix: nullable(string("The last part of its ARN, as in the dimensions of CloudWatch metrics.")),
});

const secretHeader = object("The header that identifies the requests of the entry points. Never its value.", {
  name: string("Name of the header."),
  enforced: nullable(bool("Whether requests without it are refused.")),
});

const entryPoint = object("An entry point. It has only the fields of its kind.", {
  listener_arn: nullable(string("ARN of the load balancer's listener.", LISTENER_ARN)),
  listener_rule_arn: nullable(string("ARN of the listener's rule.")),
  priority: nullable(number("Priority of that rule.", 1, 50_000)),
  application_target_group_arn: nullable(
    string("ARN of the application's target group, while it gets requests.", TARGET_GROUP_ARN),
  ),
  distribution_id: nullable(string("ID of the CloudFront distribution.")),
  domain_name: nullable(string("Domain name of the distribution's origin.")),
  served_by: nullable(string('Who answers for that origin: "node", "application", or "other".')),
  secret_header_name: nullable(string("Name of the secret header that CloudFront sends to the origin.")),
  active_secret: nullable(string('Which value CloudFront sends: "blue" or "green".')),
  rest_api_id: nullable(string("ID of the REST API.")),
  stage_name: nullable(string("Name of its stage.")),
  resource_id: nullable(string("ID of its resource.")),
  http_method: nullable(string("HTTP method.")),
  http_api_id: nullable(string("ID of the HTTP API.")),
  route_key: nullable(string("Key of its route.")),
  integration_id: nullable(string("ID of its integration.")),
  vpc_link_id: nullable(string("ID of the API's VPC link.")),
  application_uri: nullable(string("URI of the application, while it gets requests.")),
  application_integration_id: nullable(string("ID of the application's integration, while it gets requests.")),
});

export const ROUTING = object("The output routing of a module.", {
  schema_version: number("Version of the contract.", 1),
  scenario: string("Name of the module."),
  name: string("Value of the variable name, which is also part of the names of the resources."),
  account_id: nullable(string("ID of the AWS account.", ACCOUNT_ID)),
  region: nullable(string("Region.")),
  vpc_id: nullable(string("ID of the VPC.", VPC_ID)),
  node,
  application: nullable(application),
  load_balancer: nullable(loadBalancer),
  secret_header: nullable(secretHeader),
  entry_points: map("Entry points, where requests come in, by name.", "entry_point", entryPoint),
  node_traffic_percent: number("Percentage of the requests that go through the node.", 0, 100),
  live_after_apply: bool(
    "Whether requests use the new path when the apply ends. False if CloudFront or the owner of a stage deploys the change later.",
  ),
});

export type Routing = ValueOf<typeof ROUTING>;
