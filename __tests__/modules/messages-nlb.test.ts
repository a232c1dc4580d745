import { describeRefusals } from "./describe-refusals";
import { expectLockdown } from "./messages-lockdown";
import { refusedCalls, unmet } from "./refusals";

const listener =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/shop/50dc6c495c0c9188/f2f7dc8efc522ab2";
const application = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067";

/** By run in modules/nlb/tests that is refused, what its caller reads: what was received, and what to do. */
const nlb: Readonly<Record<string, string>> = {
  // validations_node.tftest.hcl
  name_that_ends_in_a_hyphen: 'name must be 1 to 23 letters, digits and inner hyphens. Received: "shop-".',
  name_that_aws_reserves: 'name must not start with "internal-", which AWS reserves. Received: "internal-shop".',
  vpc_id_of_a_subnet: 'vpc_id must be a VPC id such as "vpc-0123456789abcdef0". Received: "subnet-0123456789abcdef0".',
  canary: "node_traffic_percent must be 0 or 100, as this module does not share connections out. Received: 10.",
  node_instances_as_addresses: 'node must name targets of its target_type: autoscaling_group_names and instance_ids with "instance", ip_addresses with "ip", application_load_balancer_arns with "alb". Received: {"application_load_balancer_arns":[],"autoscaling_group_names":["main"],"instance_ids":[],"ip_addresses":[],"target_type":"ip"}.',
  node_instances_by_ipv6: 'node must have target_type "ip" where ip_address_type is "ipv6". Received: {"ip_address_type":"ipv6","target_type":"instance"}.',
  node_targets_twice_registered: 'node must name no targets where register_targets is false. Received: {"application_load_balancer_arns":[],"autoscaling_group_names":["main"],"instance_ids":[],"ip_addresses":[],"target_type":"instance"}.',
  node_security_group_by_name: 'node.security_group_id must be a security group id such as "sg-0123456789abcdef0". Received: "default".',
  node_port_0: "node.port must be a whole number from 1 to 65535. Received: 0.",
  node_protocol_of_an_application_load_balancer: 'node.protocol must be one of TCP, TLS, UDP, TCP_UDP. Received: "HTTP".',
  node_target_type_of_a_function: 'node.target_type must be one of instance, ip, alb. Received: "lambda".',
  node_address_family_of_a_load_balancer: 'node.ip_address_type must be one of ipv4, ipv6. Received: "dualstack".',
  node_instance_by_host_name: 'node.instance_ids[*] must be an EC2 instance id such as "i-0123456789abcdef0". Received: node.instance_ids["a"] = "ip-10-0-1-10".',
  node_group_without_a_name:
    'node.autoscaling_group_names[*] must be 1 to 255 characters. Received: node.autoscaling_group_names["a"] = "".',
  node_address_by_host_name: 'node.ip_addresses[*].address must be an IP address such as "10.0.1.10". Received: node.ip_addresses["a"].address = "node.example.com".',
  node_behind_tls_in_front_of_a_load_balancer: 'node must have the protocol "TCP" with target_type "alb". Received: {"protocol":"TLS","target_type":"alb"}.',
  node_load_balancer_by_name: 'node.application_load_balancer_arns[*] must be the ARN of an Application Load Balancer (arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID). Received: node.application_load_balancer_arns["main"] = "node".',
  node_behind_two_load_balancers: 'node.application_load_balancer_arns must name at most one, as AWS takes no second one into a target group. Received: ["a","b"].',

  // validations_target_group.tftest.hcl
  udp_without_the_clients_addresses: 'target_group must have preserve_client_ip = true with the node.protocol "UDP" or "TCP_UDP" and with the node.target_type "alb", as AWS preserves the address there in any case. Received: {"node_protocol":"UDP","node_target_type":"instance","preserve_client_ip":false}.',
  tcp_and_udp_without_the_clients_addresses: 'target_group must have preserve_client_ip = true with the node.protocol "UDP" or "TCP_UDP" and with the node.target_type "alb", as AWS preserves the address there in any case. Received: {"node_protocol":"TCP_UDP","node_target_type":"instance","preserve_client_ip":false}.',
  load_balancer_as_target_without_the_clients_addresses: 'target_group must have preserve_client_ip = true with the node.protocol "UDP" or "TCP_UDP" and with the node.target_type "alb", as AWS preserves the address there in any case. Received: {"node_protocol":"TCP","node_target_type":"alb","preserve_client_ip":false}.',
  load_balancer_as_target_with_proxy_protocol: 'target_group must have neither proxy_protocol_v2 nor connection_termination with the node.target_type "alb", for which AWS has neither. Received: {"connection_termination":false,"proxy_protocol_v2":true}.',
  load_balancer_as_target_with_connection_termination: 'target_group must have neither proxy_protocol_v2 nor connection_termination with the node.target_type "alb", for which AWS has neither. Received: {"connection_termination":true,"proxy_protocol_v2":false}.',
  deregistration_delay_above_an_hour: "target_group.deregistration_delay must be a whole number from 0 to 3600 seconds. Received: 3601.",
  cross_zone_neither_true_nor_false: 'target_group.load_balancing_cross_zone_enabled must be one of true, false, use_load_balancer_configuration. Received: "on".',
  health_check_path_of_a_connection: 'health_check must have the protocol "HTTP" or "HTTPS" with a path or a matcher. Received: {"matcher":null,"path":"/health","protocol":"TCP"}.',
  health_check_codes_of_a_connection: 'health_check must have the protocol "HTTP" or "HTTPS" with a path or a matcher. Received: {"matcher":"200","path":null,"protocol":"TCP"}.',
  health_check_by_connection_of_a_load_balancer: 'health_check must have the protocol "HTTP" or "HTTPS" with the node.target_type "alb". Received: {"node_target_type":"alb","protocol":"TCP"}.',
  health_check_timeout_as_long_as_the_interval: 'health_check must have a timeout shorter than the interval. Received: {"interval":10,"timeout":10}.',
  health_check_protocol_of_the_traffic: 'health_check.protocol must be one of TCP, HTTP, HTTPS. Received: "TLS".',
  health_check_path_without_a_slash: 'health_check.path must be a path that starts with /. Received: "health".',
  health_check_path_of_1025_characters: `health_check.path must have at most 1024 characters. Received: "/${"0".repeat(1024)}".`,
  health_check_port_by_name: 'health_check.port must be "traffic-port" or a port from 1 to 65535. Received: "http".',
  health_check_matcher_in_words: 'health_check.matcher must be codes and ranges such as "200-299,302". Received: "2xx".',
  health_check_interval_above_300_seconds: "health_check.interval must be a whole number from 5 to 300 seconds. Received: 301.",
  health_check_timeout_below_2_seconds: "health_check.timeout must be a whole number from 2 to 120 seconds. Received: 1.",
  health_check_threshold_of_one_success: "health_check.healthy_threshold must be a whole number from 2 to 10. Received: 1.",
  health_check_threshold_of_eleven_failures: "health_check.unhealthy_threshold must be a whole number from 2 to 10. Received: 11.",

  // validations_load_balancer.tftest.hcl
  load_balancer_of_which_nothing_is_known: 'load_balancer must have either security_group_ids or, if it was created without security groups, subnet_cidrs. Received: {"client_cidrs":[],"security_group_ids":{},"subnet_cidrs":[]}.',
  load_balancer_with_security_groups_and_subnets: 'load_balancer must have either security_group_ids or, if it was created without security groups, subnet_cidrs. Received: {"client_cidrs":[],"security_group_ids":{"public":"sg-00000000000000001"},"subnet_cidrs":["10.0.0.0/24"]}.',
  load_balancer_with_security_groups_and_clients: 'load_balancer must have either security_group_ids or, if it was created without security groups, subnet_cidrs. Received: {"client_cidrs":["0.0.0.0/0"],"security_group_ids":{"public":"sg-00000000000000001"},"subnet_cidrs":[]}.',
  clients_without_the_subnets_of_the_health_checks: 'load_balancer must have either security_group_ids or, if it was created without security groups, subnet_cidrs. Received: {"client_cidrs":["0.0.0.0/0"],"security_group_ids":{},"subnet_cidrs":[]}.',
  preserved_addresses_without_clients: 'load_balancer must have client_cidrs if it was created without security groups and target_group.preserve_client_ip is true, and only then. Received: {"client_cidrs":[],"preserve_client_ip":true}.',
  clients_whose_addresses_nobody_sees: 'load_balancer must have client_cidrs if it was created without security groups and target_group.preserve_client_ip is true, and only then. Received: {"client_cidrs":["0.0.0.0/0"],"preserve_client_ip":false}.',
  load_balancer_with_a_security_group_twice: 'load_balancer.security_group_ids must name each security group once. Received: {"a":"sg-00000000000000001","b":"sg-00000000000000001"}.',
  load_balancer_security_group_by_name: 'load_balancer.security_group_ids[*] must be a security group id such as "sg-0123456789abcdef0". Received: load_balancer.security_group_ids["public"] = "default".',
  subnet_of_the_load_balancer_with_host_bits: 'load_balancer.subnet_cidrs[*] must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: load_balancer.subnet_cidrs[0] = "10.0.0.1/24, which is 10.0.0.0/24".',
  subnet_of_the_load_balancer_twice: 'load_balancer.subnet_cidrs must name each CIDR block once. Received: ["10.0.0.0/24","10.0.0.0/24"].',
  client_without_a_prefix_length: 'load_balancer.client_cidrs[*] must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: load_balancer.client_cidrs[0] = "198.51.100.7".',
  client_twice: 'load_balancer.client_cidrs must name each CIDR block once. Received: ["0.0.0.0/0","0.0.0.0/0"].',
  listener_twice: `listeners must name each listener once. Received: {"a":"${listener}","b":"${listener}"}.`,
  listeners_of_two_load_balancers: `listeners must be of one load balancer, as a target group serves only one: call the module once for each. Received: {"a":"${listener}","b":"arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/other/0123456789abcdef/0123456789abcdef"}.`,
  listener_arn_of_a_load_balancer: 'listeners[*].listener_arn must be a listener ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/net/NAME/ID/ID). Received: listeners["a"].listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/shop/50dc6c495c0c9188".',
  target_group_arn_of_a_listener: `listeners[*].application_target_group_arn must be a target group ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID). Received: listeners["a"].application_target_group_arn = "${listener}".`,
  application_security_group_by_name: 'application.security_group_id must be a security group id such as "sg-0123456789abcdef0". Received: "default".',
  application_without_ports: "application.ports must have at least one port. Received: [].",
  application_port_that_tcp_does_not_have: "application.ports[*] must be a whole number from 1 to 65535. Received: application.ports[1] = 65536.",

  // preconditions.tftest.hcl
  connections_for_a_node_without_targets: "node_traffic_percent is 100 and the node has no targets: connections would fail. Name some in node.autoscaling_group_names, node.instance_ids, node.ip_addresses or node.application_load_balancer_arns, or set node.register_targets = false if the node registers itself.",
  listener_for_udp_in_front_of_tcp: `listeners["public"]: ${listener} is a listener for UDP, which AWS does not forward to a target group for TCP. Set node.protocol to UDP or TCP_UDP.`,
  listener_of_an_application_load_balancer: `listeners["public"]: ${listener} is a listener for HTTPS, of an Application Load Balancer. Use the module alb.`,
  listener_for_tls_in_front_of_a_load_balancer: `listeners["public"]: ${listener} is a listener for TLS, and AWS forwards only TCP to an Application Load Balancer. Set node.target_type to "instance" or "ip".`,
  application_that_is_the_node: `listeners["public"]: its application_target_group_arn is the node's own target group, arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-0a1b2c3d/6d0ecf831eec9f09. Set it to the application's.`,
  listener_that_forwards_to_something_else: `listeners["public"]: ${listener} forwards to arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/other/0123456789abcdef today, not to its application_target_group_arn, ${application}, alone. Set that to what the listener forwards to, or have the listener forward to it alone.`,
  listener_that_shares_out: `listeners["public"]: ${listener} forwards to ${application}, arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/0123456789abcdef today, not to its application_target_group_arn, ${application}, alone. Set that to what the listener forwards to, or have the listener forward to it alone.`,
  listener_that_was_not_imported: `listeners["public"] was not imported, so a new listener was created: arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/shop/50dc6c495c0c9188/0000000000000000. Delete it, take it out of the state (terraform state rm), and add to the root module:
import {
  to = module.NAME.aws_lb_listener.adopted["public"]
  id = "${listener}"
}`,
};

describeRefusals(
  // The lockdown is that of the module alb.
  { module: "nlb", messages: nlb, further: () => refusedCalls("alb", "validations_lockdown") },
  (found) => {
    test("are those of the module alb, where the lockdown is concerned", () => {
      expectLockdown(found(), nlb);
    });

    test("meet every validation", () => {
      expect(unmet("nlb", "validation", found())).toEqual([]);
    });

    test("meet every condition but those of the lockdown that the tests of the module alb meet", () => {
      expect(unmet("nlb", "precondition", found())).toEqual([]);
      expect(unmet("nlb", "postcondition", found())).toHaveLength(1);
    });
  },
);
