import { describeRefusals, messagesOf } from "./describe-refusals";
import { lockdown, lockdownBoundaries } from "./messages-lockdown";
import { type Arguments, unmet } from "./refusals";

const listener =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2";
const loadBalancer = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188";
const targetGroup = (name: string) => `arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/${name}`;

/** By run in modules/alb/tests that is refused, what its caller reads: what was received, and what to do. */
const alb: Readonly<Record<string, string>> = {
  // validations_node.tftest.hcl
  name_that_ends_in_a_hyphen: 'name must be 1 to 23 letters, digits and inner hyphens. Received: "shop-".',
  name_that_aws_reserves: 'name must not start with "internal-", which AWS reserves. Received: "internal-shop".',
  vpc_id_of_a_subnet:
    'vpc_id must be a VPC id such as "vpc-0123456789abcdef0". Received: "subnet-0123456789abcdef0".',
  more_than_all_requests: "node_traffic_percent must be a whole number from 0 to 100. Received: 101.",
  node_instances_as_addresses:
    'node must name targets of its target_type: autoscaling_group_names and instance_ids with "instance", ip_addresses with "ip". Received: {"autoscaling_group_names":["main"],"instance_ids":[],"ip_addresses":[],"target_type":"ip"}.',
  node_instances_by_ipv6:
    'node must have target_type "ip" where ip_address_type is "ipv6". Received: {"ip_address_type":"ipv6","target_type":"instance"}.',
  node_targets_twice_registered:
    'node must name no targets where register_targets is false. Received: {"autoscaling_group_names":["main"],"instance_ids":[],"ip_addresses":[],"target_type":"instance"}.',
  node_security_group_by_name:
    'node.security_group_id must be a security group id such as "sg-0123456789abcdef0". Received: "default".',
  node_port_0: "node.port must be a whole number from 1 to 65535. Received: 0.",
  node_protocol_of_a_network_load_balancer: 'node.protocol must be one of HTTP, HTTPS. Received: "TCP".',
  node_protocol_version_of_the_future: 'node.protocol_version must be one of HTTP1, HTTP2, GRPC. Received: "HTTP3".',
  node_target_type_of_a_function: 'node.target_type must be one of instance, ip. Received: "lambda".',
  node_address_family_of_a_load_balancer: 'node.ip_address_type must be one of ipv4, ipv6. Received: "dualstack".',
  node_instance_by_host_name:
    'node.instance_ids[*] must be an EC2 instance id such as "i-0123456789abcdef0". Received: node.instance_ids["a"] = "ip-10-0-1-10".',
  node_group_without_a_name:
    'node.autoscaling_group_names[*] must be 1 to 255 characters. Received: node.autoscaling_group_names["a"] = "".',
  stickiness_by_a_cookie_of_the_load_balancer:
    'target_group.stickiness.cookie_name must not start with "AWSALB", which AWS reserves. Received: "AWSALBTG".',
  node_address_by_host_name:
    'node.ip_addresses[*].address must be an IP address such as "10.0.1.10". Received: node.ip_addresses["a"].address = "node.example.com".',

  // validations_target_group.tftest.hcl
  slow_start_with_another_algorithm:
    'target_group must have slow_start = 0 unless load_balancing_algorithm_type is "round_robin". Received: {"deregistration_delay":300,"load_balancing_algorithm_type":"least_outstanding_requests","load_balancing_anomaly_mitigation":"off","load_balancing_cross_zone_enabled":"use_load_balancer_configuration","slow_start":30,"stickiness":null}.',
  anomaly_mitigation_with_another_algorithm:
    'target_group must have load_balancing_anomaly_mitigation = "off" unless load_balancing_algorithm_type is "weighted_random". Received: {"deregistration_delay":300,"load_balancing_algorithm_type":"round_robin","load_balancing_anomaly_mitigation":"on","load_balancing_cross_zone_enabled":"use_load_balancer_configuration","slow_start":0,"stickiness":null}.',
  deregistration_delay_above_an_hour:
    "target_group.deregistration_delay must be a whole number from 0 to 3600 seconds. Received: 3601.",
  slow_start_below_30_seconds: "target_group.slow_start must be 0 or a whole number from 30 to 900. Received: 29.",
  algorithm_that_aws_does_not_know:
    'target_group.load_balancing_algorithm_type must be one of round_robin, least_outstanding_requests, weighted_random. Received: "random".',
  anomaly_mitigation_neither_on_nor_off:
    'target_group.load_balancing_anomaly_mitigation must be one of on, off. Received: "true".',
  cross_zone_neither_true_nor_false:
    'target_group.load_balancing_cross_zone_enabled must be one of true, false, use_load_balancer_configuration. Received: "on".',
  stickiness_by_a_cookie_without_a_name:
    'target_group.stickiness must have a cookie_name with the type "app_cookie", and only then. Received: {"cookie_duration":86400,"cookie_name":null,"type":"app_cookie"}.',
  stickiness_by_address: 'target_group.stickiness.type must be one of lb_cookie, app_cookie. Received: "source_ip".',
  stickiness_beyond_a_week:
    "target_group.stickiness.cookie_duration must be a whole number from 1 to 604800 seconds. Received: 604801.",
  health_check_timeout_as_long_as_the_interval:
    'health_check must have a timeout shorter than the interval. Received: {"interval":30,"timeout":30}.',
  health_check_path_without_a_slash: 'health_check.path must be a path that starts with /. Received: "health".',
  health_check_path_of_1025_characters: `health_check.path must have at most 1024 characters. Received: "/${"0".repeat(1024)}".`,
  health_check_port_by_name: 'health_check.port must be "traffic-port" or a port from 1 to 65535. Received: "http".',
  health_check_protocol_of_a_network_load_balancer:
    'health_check.protocol must be one of HTTP, HTTPS. Received: "TCP".',
  health_check_matcher_in_words:
    'health_check.matcher must be codes and ranges such as "200-299,302". Received: "2xx".',
  health_check_interval_above_300_seconds:
    "health_check.interval must be a whole number from 5 to 300 seconds. Received: 301.",
  health_check_timeout_below_2_seconds:
    "health_check.timeout must be a whole number from 2 to 120 seconds. Received: 1.",
  health_check_threshold_of_one_success:
    "health_check.healthy_threshold must be a whole number from 2 to 10. Received: 1.",
  health_check_threshold_of_eleven_failures:
    "health_check.unhealthy_threshold must be a whole number from 2 to 10. Received: 11.",
  canary_stickiness_of_no_time:
    "target_group_stickiness.duration must be a whole number from 1 to 604800 seconds. Received: 0.",

  // validations_security_groups.tftest.hcl
  load_balancer_without_security_groups:
    "load_balancer.security_group_ids must have at least one security group. Received: {}.",
  load_balancer_with_a_security_group_twice:
    'load_balancer.security_group_ids must name each security group once. Received: {"a":"sg-00000000000000001","b":"sg-00000000000000001"}.',
  load_balancer_security_group_by_name:
    'load_balancer.security_group_ids[*] must be a security group id such as "sg-0123456789abcdef0". Received: load_balancer.security_group_ids["public"] = "default".',
  application_security_group_by_name:
    'application.security_group_id must be a security group id such as "sg-0123456789abcdef0". Received: "default".',
  application_without_ports: "application.ports must have at least one port. Received: [].",
  application_port_that_tcp_does_not_have:
    "application.ports[*] must be a whole number from 1 to 65535. Received: application.ports[1] = 65536.",

  // validations_routes.tftest.hcl
  two_routes_with_one_priority:
    'routes must have different priorities on one listener, with those of their closing rules. Received: {"a":[1],"b":[1]}.',
  mirror_of_a_route:
    'routes must mirror rules of the application, not other routes of this module. Received: {"a":{"closing_priority":null,"mirrors_priority":10,"priority":5},"b":{"closing_priority":null,"mirrors_priority":null,"priority":10}}.',
  catch_all_before_a_route:
    'routes must keep a catch_all at the highest priority number of its listener, since no request gets past it. Received: {"a":[1],"b":[2]}.',
  listeners_of_two_load_balancers: `routes must be on listeners of one load balancer, as a target group serves only one: call the module once for each. Received: {"a":"${listener}","b":"arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/other/0123456789abcdef/0123456789abcdef"}.`,
  route_without_conditions:
    'routes[*] must have exactly one of mirrors_priority, catch_all = true and conditions. Received: routes["a"] = {"catch_all":false,"conditions":[],"mirrors_priority":null}.',
  mirror_of_an_earlier_rule:
    'routes[*] must be evaluated before the rule that it mirrors: set priority below mirrors_priority. Received: routes["a"] = {"mirrors_priority":10,"priority":20}.',
  two_conditions_of_a_kind:
    'routes[*] must have host_header, path_pattern, http_request_method and source_ip at most once: put all values into one. Received: routes["a"] = [{"host_header":null,"http_header":null,"http_request_method":null,"path_pattern":{"values":["/a"]},"query_string":null,"source_ip":null},{"host_header":null,"http_header":null,"http_request_method":null,"path_pattern":{"values":["/b"]},"query_string":null,"source_ip":null}].',
  six_values:
    'routes[*] must have at most five values in all its conditions, a query parameter being one: use several routes. Received: routes["a"] = ["/1","/2","/3","/4",{"key":"a","value":"5"},{"key":null,"value":"6"}].',
  seven_wildcards:
    'routes[*] must have at most six wildcards (* and ?) in all its conditions: use several routes. Received: routes["a"] = ["/*/*","/?/?",{"key":"*","value":"*?"}].',
  listener_arn_of_a_load_balancer: `routes[*].listener_arn must be a listener ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID). Received: routes["a"].listener_arn = "${loadBalancer}".`,
  priority_0: 'routes[*].priority must be a whole number from 1 to 50000. Received: routes["a"].priority = 0.',
  mirror_of_a_priority_that_aws_does_not_have:
    'routes[*].mirrors_priority must be a whole number from 1 to 50000. Received: routes["a"].mirrors_priority = 50001.',
  condition_of_two_kinds:
    'routes[*].conditions[*] must be of exactly one kind; several conditions in the list must all be met. Received: routes["a"].conditions[0] = {"host_header":{"values":["a.example.com"]},"http_header":null,"http_request_method":null,"path_pattern":{"values":["/a"]},"query_string":null,"source_ip":null}.',
  no_host:
    'routes[*].conditions[*].host_header.values must have at least one value. Received: routes["a"].conditions[0].host_header.values = [].',
  host_not_in_ascii:
    'routes[*].conditions[*].host_header.values[*] must be 1 to 128 printable ASCII characters, of which * and ? are wildcards. Received: routes["a"].conditions[0].host_header.values[1] = "münchen.example".',
  header_name_with_a_space:
    'routes[*].conditions[*].http_header.http_header_name must be 1 to 40 characters of a header name. Received: routes["a"].conditions[0].http_header.http_header_name = "X Api".',
  header_that_has_a_kind_of_its_own:
    'routes[*].conditions[*].http_header.http_header_name must not be Host, which is host_header. Received: routes["a"].conditions[0].http_header.http_header_name = "HOST".',
  no_header_value:
    'routes[*].conditions[*].http_header.values must have at least one value. Received: routes["a"].conditions[0].http_header.values = [].',
  header_value_that_is_empty:
    'routes[*].conditions[*].http_header.values[*] must be 1 to 128 printable ASCII characters, of which * and ? are wildcards. Received: routes["a"].conditions[0].http_header.values[1] = "".',
  no_method:
    'routes[*].conditions[*].http_request_method.values must have at least one value. Received: routes["a"].conditions[0].http_request_method.values = [].',
  method_in_lower_case:
    'routes[*].conditions[*].http_request_method.values[*] must be a method in upper case, such as GET. Received: routes["a"].conditions[0].http_request_method.values[1] = "post".',
  no_path:
    'routes[*].conditions[*].path_pattern.values must have at least one value. Received: routes["a"].conditions[0].path_pattern.values = [].',
  path_of_129_characters: `routes[*].conditions[*].path_pattern.values[*] must be 1 to 128 printable ASCII characters, of which * and ? are wildcards. Received: routes["b"].conditions[0].path_pattern.values[0] = "/${"0".repeat(128)}".`,
  no_parameter:
    'routes[*].conditions[*].query_string.values must have at least one value. Received: routes["a"].conditions[0].query_string.values = [].',
  parameter_with_an_empty_name:
    'routes[*].conditions[*].query_string.values[*].key must be 1 to 128 printable ASCII characters, of which * and ? are wildcards. Received: routes["a"].conditions[0].query_string.values[1].key = "".',
  parameter_with_an_empty_value:
    'routes[*].conditions[*].query_string.values[*].value must be 1 to 128 printable ASCII characters, of which * and ? are wildcards. Received: routes["a"].conditions[0].query_string.values[0].value = "".',
  no_address:
    'routes[*].conditions[*].source_ip.values must have at least one value. Received: routes["a"].conditions[0].source_ip.values = [].',
  address_without_a_prefix_length:
    'routes[*].conditions[*].source_ip.values[*] must be a CIDR block such as "192.0.2.0/24". Received: routes["a"].conditions[0].source_ip.values[0] = "192.0.2.1".',
  target_group_arn_of_a_load_balancer: `routes[*].application_target_group_arn must be a target group ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID). Received: routes["a"].application_target_group_arn = "${loadBalancer}".`,
  conditions_without_an_application_in_a_canary:
    "routes with conditions of their own need application_target_group_arn while node_traffic_percent is below 100 (it is 99). Missing: a.",

  // validations_secret_header.tftest.hcl
  secret_header_without_values:
    "secret_header needs secret_header_values: the routes would accept no request without.",
  secret_header_values_of_no_colour: "secret_header_values must have blue, green or both.",
  secret_header_values_that_are_the_same:
    "secret_header_values must have a green that is not the blue, or the change of the header would change nothing.",
  secret_header_value_that_is_a_wildcard: "secret_header_values.blue must be 32 to 128 digits and lower-case letters.",
  secret_header_value_with_a_wildcard: "secret_header_values.green must be 32 to 128 digits and lower-case letters.",
  secret_header_that_nginx_would_drop:
    'secret_header.name must be 1 to 40 letters, digits and hyphens, such as "X-CloudFront-Secret". Received: "X_CloudFront_Secret".',
  secret_header_that_clients_send:
    'secret_header.name must not be a header with a meaning of its own (accept, authorization, connection, content-length, content-type, cookie, host, te, transfer-encoding, upgrade, user-agent, x-forwarded-for, x-forwarded-port, x-forwarded-proto, x-real-ip). Received: "Authorization".',
  secret_header_that_nobody_demands:
    "routes must not be empty with secret_header, which they demand. An owner who edits the listener with the output forward_action adds a condition to the rules himself.",
  route_that_nothing_closes:
    "routes need a closing_priority with secret_header: the rule or default action behind them would answer the requests without it. A route that mirrors a rule needs none where a catch_all of its listener has one before that rule. Missing: mirror, own.",
  closing_rule_before_its_route:
    'routes[*] must have its closing_priority between its priority and the rule that it mirrors: before the route it would refuse every request, behind that rule none. Received: routes["rest"] = {"closing_priority":49999,"mirrors_priority":null,"priority":50000}.',
  closing_rule_behind_the_rule_that_its_route_mirrors:
    'routes[*] must have its closing_priority between its priority and the rule that it mirrors: before the route it would refuse every request, behind that rule none. Received: routes["shop"] = {"closing_priority":11,"mirrors_priority":10,"priority":9}.',
  closing_rule_with_the_priority_of_a_route:
    'routes must have different priorities on one listener, with those of their closing rules. Received: {"a":[9,10],"rest":[10,11]}.',
  mirror_of_a_closing_rule:
    'routes must mirror rules of the application, not other routes of this module. Received: {"a":{"closing_priority":20,"mirrors_priority":null,"priority":9},"b":{"closing_priority":19,"mirrors_priority":20,"priority":18}}.',
  closing_priority_that_aws_does_not_have:
    'routes[*].closing_priority must be a whole number from 1 to 50000. Received: routes["rest"].closing_priority = 50001.',
  four_values_beside_the_header:
    'routes["api"]: it has 4 values in its conditions, and with the two of secret_header_values a rule would have more than the five that AWS allows. Use several routes, with conditions of their own and at most 3 values each.',
  condition_on_the_header_itself:
    'routes["api"]: it has a condition on secret_header itself, and a request would have to meet both. Give the route conditions of its own without it; or, if all routes have one, set secret_header = null.',

  // preconditions.tftest.hcl
  requests_for_a_node_without_targets:
    "node_traffic_percent is 1 and the node has no targets: requests would be answered with 503. Name some in node.autoscaling_group_names, node.instance_ids or node.ip_addresses, or set node.register_targets = false if the node registers itself.",
  rule_that_cannot_be_read_yet:
    'routes["shop"]: the rule with priority 10 cannot be read before the apply, because its listener, or something that the module depends_on, changes in the same apply. Apply that first, or give the route conditions of its own.',
  default_action_that_redirects:
    'routes["rest"]: the default action has the actions "redirect", and only a single "forward" can be put behind the node. Remove the route, or give it conditions of its own.',
  default_action_that_answers:
    'routes["rest"]: the default action has the actions "fixed-response", and only a single "forward" can be put behind the node. Remove the route, or give it conditions of its own.',
  default_action_that_authenticates:
    'routes["rest"]: the default action has the actions "authenticate-cognito, forward", and only a single "forward" can be put behind the node. Remove the route, or give it conditions of its own.',
  default_action_that_shares_out: `routes["rest"]: the default action shares its requests out between 2 target groups (${targetGroup("blue/0123456789abcdef")}, ${targetGroup("green/0123456789abcdef")}). Set application_target_group_arn to the one that the node stands in front of.`,
  application_that_is_the_node: `routes["api"]: its application_target_group_arn is the node's own target group, ${targetGroup("node/6d0ecf831eec9f09")}. Set it to the application's.`,
  default_action_that_forwards_to_the_node: `routes["rest"]: its application_target_group_arn is the node's own target group, ${targetGroup("node/6d0ecf831eec9f09")}. Set it to the application's.`,
  grpc_behind_a_listener_without_tls: `routes["rest"]: node.protocol_version is "GRPC", which AWS allows behind HTTPS listeners only, and ${listener} is HTTP. Set it to "HTTP1".`,
  http2_behind_a_listener_without_tls: `routes["api"]: node.protocol_version is "HTTP2", which AWS allows behind HTTPS listeners only, and ${listener} is HTTP. Set it to "HTTP1".`,
  ...lockdown,
};

const node = (fields: string) => ({ node: `\${merge(var.node, { ${fields} })}` });
const route = (fields: Arguments) => ({ routes: { a: { listener_arn: listener, ...fields } } });
const condition = (kind: Arguments) => route({ priority: 1, conditions: [kind] });
const address = (text: string) => ({
  node: { security_group_id: "sg-00000000000000002", target_type: "ip", ip_addresses: { a: { address: text } } },
});

/** Further values just outside of what is accepted, and the start of the message. What is just inside: modules/alb/tests. */
const albBoundaries: readonly [Arguments, string][] = [
  [{ name: "" }, "name must be 1 to 23 letters"],
  [{ name: "a".repeat(24) }, "name must be 1 to 23 letters"],
  [{ name: "-shop" }, "name must be 1 to 23 letters"],
  [{ name: "my_shop" }, "name must be 1 to 23 letters"],
  [{ node_traffic_percent: -1 }, "node_traffic_percent must be a whole number"],
  [{ node_traffic_percent: 99.5 }, "node_traffic_percent must be a whole number"],
  [node("port = 65536"), "node.port must be a whole number"],
  [node("port = 80.5"), "node.port must be a whole number"],
  [node('ip_addresses = { a = { address = "10.0.1.10" } }'), "node must name targets of its target_type"],
  [address("10.0.1"), "node.ip_addresses[*].address must be an IP address"],
  [address("300.0.1.10"), "node.ip_addresses[*].address must be an IP address"],
  [address("10.0.1.10/32"), "node.ip_addresses[*].address must be an IP address"],
  [{ target_group: { deregistration_delay: -1 } }, "target_group.deregistration_delay must be a whole number"],
  [{ target_group: { slow_start: 901 } }, "target_group.slow_start must be 0 or a whole number"],
  [
    { target_group: { slow_start: 30, load_balancing_algorithm_type: "weighted_random" } },
    "target_group must have slow_start = 0",
  ],
  [
    { target_group: { load_balancing_algorithm_type: "least_outstanding_requests", load_balancing_anomaly_mitigation: "on" } },
    "target_group must have load_balancing_anomaly_mitigation",
  ],
  [
    { target_group: { stickiness: { cookie_name: "SESSION" } } },
    'target_group.stickiness must have a cookie_name with the type "app_cookie", and only then',
  ],
  [{ target_group: { stickiness: { cookie_duration: 0 } } }, "target_group.stickiness.cookie_duration must be"],
  [{ health_check: { interval: 4, timeout: 2 } }, "health_check.interval must be a whole number"],
  [{ health_check: { interval: 300, timeout: 121 } }, "health_check.timeout must be a whole number"],
  [{ health_check: { healthy_threshold: 11 } }, "health_check.healthy_threshold must be a whole number"],
  [{ health_check: { unhealthy_threshold: 1 } }, "health_check.unhealthy_threshold must be a whole number"],
  [{ health_check: { port: "0" } }, 'health_check.port must be "traffic-port" or'],
  [{ health_check: { port: "65536" } }, 'health_check.port must be "traffic-port" or'],
  [{ health_check: { path: "/a b" } }, "health_check.path must be a path"],
  [{ health_check: { path: "" } }, "health_check.path must be a path"],
  [{ health_check: { matcher: "200," } }, "health_check.matcher must be codes"],
  [{ health_check: { matcher: "200-500" } }, "health_check.matcher must be codes"],
  [{ target_group_stickiness: { duration: 604801 } }, "target_group_stickiness.duration must be a whole number"],
  [{ application: { security_group_id: "sg-00000000000000003", ports: [0] } }, "application.ports[*] must be"],
  [{ application: { security_group_id: "sg-00000000000000003", ports: [8080.5] } }, "application.ports[*] must be"],
  [route({ priority: 50001, catch_all: true }), "routes[*].priority must be a whole number"],
  [route({ priority: 1.5, catch_all: true }), "routes[*].priority must be a whole number"],
  [route({ priority: 1, catch_all: true, mirrors_priority: 10 }), "routes[*] must have exactly one of"],
  [
    route({ priority: 1, catch_all: true, conditions: [{ path_pattern: { values: ["/a"] } }] }),
    "routes[*] must have exactly one of",
  ],
  [route({ priority: 1, closing_priority: 1.5, catch_all: true }), "routes[*].closing_priority must be a whole number"],
  ...["0".repeat(31), "0".repeat(129), `${"0".repeat(31)}A`, `${"0".repeat(32)} `].map((blue): [Arguments, string] => [
    { secret_header_values: { blue } },
    "secret_header_values.blue must be 32 to 128 digits and lower-case letters.",
  ]),
  [condition({}), "routes[*].conditions[*] must be of exactly one kind"],
  [
    condition({ http_header: { http_header_name: "X".repeat(41), values: ["1"] } }),
    "routes[*].conditions[*].http_header.http_header_name must be 1 to 40 characters",
  ],
  [
    condition({ http_request_method: { values: ["A".repeat(41)] } }),
    "routes[*].conditions[*].http_request_method.values[*] must be a method",
  ],
  [
    condition({ path_pattern: { values: ["1", "2", "3", "4", "5", "6"].map((name) => `/${name}`) } }),
    "routes[*] must have at most five values",
  ],
  [
    {
      routes: {
        a: { listener_arn: listener, priority: 1, catch_all: true },
        b: { listener_arn: listener, priority: 2, catch_all: true },
      },
    },
    "routes must keep a catch_all at the highest priority number",
  ],
  ...lockdownBoundaries,
];

const boundaries = albBoundaries.map(([call, start], index) => ({ name: `boundary_${index}`, call, start }));

describeRefusals(
  {
    module: "alb",
    messages: alb,
    further: () => Promise.resolve(Object.fromEntries(boundaries.map(({ name, call }) => [name, call]))),
  },
  (found) => {
    test.each(
      boundaries.map(({ name, call, start }) => ({ call: JSON.stringify(call).replace(listener, "…"), name, start })),
    )("$call", ({ name, start }) => {
      expect(messagesOf(name, found())?.map((message) => message.slice(0, start.length))).toEqual([start]);
    });

    test("meet every validation", () => {
      expect(unmet("alb", "validation", found())).toEqual([]);
    });

    test("meet every precondition but that on conditions that the provider does not show", () => {
      // That one: mirrored-rules.test.ts.
      expect(unmet("alb", "precondition", found())).toHaveLength(1);
    });
  },
);
