import { describeWithTools } from "../tools";
import { type Refusal, refusals, unmet } from "./refusals";

/** By run in modules/verification/tests that is refused, what its caller reads: what was received, and what to do. */
const verification: Readonly<Record<string, string>> = {
  // validations.tftest.hcl
  name_too_long: 'name must be 1 to 23 letters, digits and inner hyphens. Received: "twenty-four-characters-x".',
  name_that_aws_reserves: 'name must not start with "internal-", which AWS reserves. Received: "internal-shop".',
  contract_of_the_future: "routing.schema_version must be 1: call the scenario module and this one in versions that go together. Received: 2.",
  vpc_by_name: 'routing.vpc_id must be a VPC id such as "vpc-0123456789abcdef0". Received: "main".',
  node_by_name: 'routing.node.security_group_id must be a security group id such as "sg-0123456789abcdef0". Received: "default".',
  target_group_by_name: 'routing.node.target_group_arn must be a target group ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID). Received: "node".',
  application_that_routing_does_not_know: 'routing must say who the application is: give it to the scenario module, or add it (merge(module.NAME.routing, { application = { security_group_id = …, ports = […] } })). Received: {"application":null}.',
  application_by_name: 'routing.application.security_group_id must be a security group id such as "sg-0123456789abcdef0". Received: "default".',
  application_without_ports: "routing.application.ports must have at least one port. Received: [].",
  port_that_tcp_does_not_have: "routing.application.ports[*] must be a whole number from 1 to 65535. Received: routing.application.ports[0] = 0.",
  listener_by_name: 'routing.entry_points[*].listener_arn must be a listener ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID). Received: routing.entry_points["shop"].listener_arn = "shop".',
  node_subnet_that_is_the_world: 'node.subnet_cidrs[*] must be no wider than a subnet of AWS, /16 in IPv4 and /44 in IPv6: "0.0.0.0/0", "::/0" and parts of them admit everybody, not the node. Received: node.subnet_cidrs[0] = "0.0.0.0/0".',
  node_subnet_with_host_bits: 'node.subnet_cidrs[*] must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: node.subnet_cidrs[0] = "10.0.1.9/24, which is 10.0.1.0/24".',
  node_subnet_twice: 'node.subnet_cidrs must name each CIDR block once. Received: ["10.0.1.0/24","10.0.1.0/24"].',
  security_group_of_the_application_by_name: 'application.security_group_ids[*] must be a security group id such as "sg-0123456789abcdef0". Received: application.security_group_ids["a"] = "web".',
  security_group_of_the_application_twice: 'application.security_group_ids must name each of them once. Received: {"a":"sg-00000000000000004","b":"sg-00000000000000004"}.',
  subnet_of_the_application_by_name: 'application.subnet_ids[*] must be a subnet id such as "subnet-0123456789abcdef0". Received: application.subnet_ids["a"] = "web".',
  subnet_of_the_application_twice: 'application.subnet_ids must name each of them once. Received: {"a":"subnet-0000000000000000a","b":"subnet-0000000000000000a"}.',
  network_interface_of_the_application_by_name: 'application.network_interface_ids[*] must be a network interface id such as "eni-0123456789abcdef0". Received: application.network_interface_ids["a"] = "web".',
  network_interface_of_the_application_twice: 'application.network_interface_ids must name each of them once. Received: {"a":"eni-0000000000000000a","b":"eni-0000000000000000a"}.',
  instance_of_the_application_by_name: 'application.instance_ids[*] must be an EC2 instance id such as "i-0123456789abcdef0". Received: application.instance_ids["a"] = "web".',
  instance_of_the_application_twice: 'application.instance_ids must name each of them once. Received: {"a":"i-0000000000000000a","b":"i-0000000000000000a"}.',
  address_of_the_application_with_host_bits: 'application.cidrs[*] must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: application.cidrs[0] = "10.0.11.17/28, which is 10.0.11.16/28".',
  address_of_the_application_twice: 'application.cidrs must name each CIDR block once. Received: ["10.0.11.16/28","10.0.11.16/28"].',
  accepted_group: 'security_group_audit.accepted_rule_ids[*] must be a security group rule id such as "sgr-0123456789abcdef0". Received: security_group_audit.accepted_rule_ids["bastion"] = "sg-00000000000000009".',
  route_table_by_name: 'private_subnets.route_table_ids[*] must be a route table id such as "rtb-0123456789abcdef0". Received: private_subnets.route_table_ids["edge"] = "main".',
  routes_of_nothing: 'private_subnets must be given application.subnet_ids or route_table_ids. Received: {"route_table_ids":{},"subnet_ids":{}}.',
  gateway_by_name: 'reachability.internet_gateway_id must be an internet gateway id such as "igw-0123456789abcdef0". Received: "main".',
  ways_to_nothing: "reachability must be given application.network_interface_ids, to which a way is looked for. Received: {}.",
  address_that_is_none: 'notifications.email_addresses[*] must be an e-mail address, such as "security@example.com". Received: notifications.email_addresses[0] = "security".',
  address_twice: 'notifications.email_addresses must name each address once. Received: ["security@example.com","security@example.com"].',
  topic_by_name: 'notifications.topic_arn must be the ARN of a standard topic (arn:aws:sns:REGION:ACCOUNT:NAME). Received: "alerts".',
  topic_with_a_key_by_alias: 'notifications.kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID). Received: "alias/aws/sns".',
  subscribers_of_somebody_else_s_topic: 'notifications must have no email_addresses with a topic_arn: that topic has subscribers of its own. Received: {"email_addresses":["security@example.com"],"topic_arn":"arn:aws:sns:eu-central-1:123456789012:alerts"}.',
  logs_of_nothing: 'flow_logs must be given what it logs: application.subnet_ids, or application.network_interface_ids. Received: {"network_interface_ids":[],"of":"network_interface_ids","subnet_ids":["a"]}.',
  logs_without_the_node_s_subnets: "flow_logs must be given node.subnet_cidrs: a flow log knows addresses, and no security groups. Received: [].",
  logs_of_the_vpc: 'flow_logs.of must be one of subnet_ids, network_interface_ids. Received: "vpc_id".',
  logs_to_a_stream: 'flow_logs.destination must be one of cloud-watch-logs, s3. Received: "kinesis-data-firehose".',
  logs_of_what_is_refused: 'flow_logs.traffic_type must be one of ACCEPT, ALL. Received: "REJECT".',
  records_of_five_minutes: "flow_logs.max_aggregation_interval must be 60 or 600 seconds. Received: 300.",
  retention_that_cloudwatch_does_not_know: "flow_logs.retention_in_days must be a number of days that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Received: 100.",
  log_group_with_a_key_by_alias: 'flow_logs.kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID). Received: "alias/logs".',
  bucket_by_name: 'flow_logs.bucket_arn must be the ARN of a bucket, such as "arn:aws:s3:::logs". Received: "logs".',
  bucket_for_a_log_group: 'flow_logs must have the destination "s3" with a bucket_arn. Received: {"bucket_arn":"arn:aws:s3:::logs","destination":"cloud-watch-logs"}.',
  key_for_somebody_else_s_bucket: 'flow_logs must have no kms_key_arn with a bucket_arn: that bucket has its own encryption. Received: {"bucket_arn":"arn:aws:s3:::logs","kms_key_arn":"arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555"}.',
  accepted_address_with_host_bits: 'flow_logs.accepted_cidrs[*] must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: flow_logs.accepted_cidrs[0] = "10.0.9.9/24, which is 10.0.9.0/24".',
  accepted_address_twice: 'flow_logs.accepted_cidrs must name each CIDR block once. Received: ["10.0.9.9/32","10.0.9.9/32"].',
  alarm_on_a_bucket: 'flow_logs must have the destination "cloud-watch-logs" with an alarm, which runs the query of Logs Insights. Received: {"alarm":{"delay":15,"interval":60},"destination":"s3"}.',
  alarm_that_nobody_hears: 'flow_logs must be given notifications with an alarm, or nobody would hear of it. Received: {"alarm":{"delay":15,"interval":60},"notifications":null}.',
  alarm_every_minute: "flow_logs.alarm.interval must be a whole number from 5 to 1440 minutes. Received: 1.",
  alarm_before_the_records: "flow_logs.alarm.delay must be a whole number from 5 to 120 minutes. Received: 0.",
  recorder_of_somebody: 'config_rules.recorder must be one of existing, create. Received: "none".',
  bucket_of_the_recorder_by_arn: 'config_rules.recorder_bucket_name must be the name of a bucket, such as "logs". Received: "arn:aws:s3:::logs".',
  recorder_that_forgets_at_once: "config_rules.recorder_retention_in_days must be a whole number from 1 to 36500 days. Received: 0.",
  calls_that_nobody_hears_of: 'api_call_alerts must be given notifications, or nobody would hear of a call. Received: {"notifications":null}.',
  watched_listener_by_name: 'api_call_alerts.listener_arns[*] must be a listener ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID). Received: api_call_alerts.listener_arns[0] = "shop".',
  watched_listener_twice: 'api_call_alerts.listener_arns must name each resource once. Received: ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2","arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"].',
  watched_target_group_by_name: 'api_call_alerts.target_group_arns[*] must be a target group ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID). Received: api_call_alerts.target_group_arns[0] = "node".',
  watched_target_group_twice: 'api_call_alerts.target_group_arns must name each resource once. Received: ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/node/6d0ecf831eec9f09","arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/node/6d0ecf831eec9f09"].',
  watched_network_acl_by_name: 'api_call_alerts.network_acl_ids[*] must be a network ACL id such as "acl-0123456789abcdef0". Received: api_call_alerts.network_acl_ids[0] = "main".',
  watched_network_acl_twice: 'api_call_alerts.network_acl_ids must name each resource once. Received: ["acl-0000000000000000a","acl-0000000000000000a"].',
  watched_route_table_by_name: 'api_call_alerts.route_table_ids[*] must be a route table id such as "rtb-0123456789abcdef0". Received: api_call_alerts.route_table_ids[0] = "main".',
  watched_route_table_twice: 'api_call_alerts.route_table_ids must name each resource once. Received: ["rtb-0000000000000000a","rtb-0000000000000000a"].',
  watched_distribution_twice: 'api_call_alerts.distribution_ids must name each resource once. Received: ["a1","a1"].',
  watched_rest_api_twice: 'api_call_alerts.rest_api_ids must name each resource once. Received: ["a1","a1"].',
  watched_http_api_twice: 'api_call_alerts.http_api_ids must name each resource once. Received: ["a1","a1"].',
  watched_vpc_link_twice: 'api_call_alerts.vpc_link_ids must name each resource once. Received: ["a1","a1"].',
  bucket_of_the_trail_by_arn: 'api_call_alerts.trail.bucket_name must be the name of a bucket, such as "logs". Received: "arn:aws:s3:::logs".',
  trail_with_a_key_by_alias: 'api_call_alerts.trail.kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID). Received: "alias/trail".',
  trail_that_forgets_at_once: "api_call_alerts.trail.retention_in_days must be a whole number from 1 to 36500 days. Received: 0.",

  // preconditions.tftest.hcl
  distribution_from_another_region: "Calls of CloudFront are seen in us-east-1 alone, and this is eu-central-1. Set api_call_alerts.distributions = false here, and call the module there too, with a provider of that Region.",
  more_resources_than_a_pattern_holds: "The pattern of the rule instances has 2888 characters, and EventBridge takes 2048: too many resources are named. Call the module a second time for some of them.",
};

describeWithTools(["terraform"], "refusals of the module verification", () => {
  let found: Map<string, Refusal[]>;

  beforeAll(async () => {
    found = await refusals("verification");
  }, 300_000);

  test("are those of the runs in tests/ that are refused, and of nothing else", () => {
    expect([...found.keys()].sort()).toEqual(Object.keys(verification).sort());
  });

  test.each(Object.entries(verification))("%s", (run, message) => {
    expect(found.get(run)?.map((refusal) => refusal.message)).toEqual([message]);
  });

  test.each(["validation", "precondition"] as const)("meet every %s", (kind) => {
    expect(unmet("verification", kind, found)).toEqual([]);
  });
});
