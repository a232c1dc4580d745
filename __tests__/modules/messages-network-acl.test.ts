import { describeRefusals, messagesOf } from "./describe-refusals";
import { type Arguments, unmet } from "./refusals";

/** By run in modules/network-acl/tests that is refused, what its caller reads: what was received, and what to do. */
const messages: Readonly<Record<string, string>> = {
  // validations.tftest.hcl
  name_that_ends_in_a_hyphen: 'name must be 1 to 23 letters, digits and inner hyphens. Received: "shop-".',
  name_that_aws_reserves: 'name must not start with "internal-", which AWS reserves. Received: "internal-shop".',
  routing_without_a_version: "routing.schema_version must be a whole number from 1. Received: 0.",
  routing_of_an_account_by_name: 'routing.account_id must be an account id such as "123456789012". Received: "production".',
  routing_without_a_vpc: 'routing must have a vpc_id. The module api-gateway-rest knows none: use routing of the module nlb or alb behind it. Received: {"vpc_id":null}.',
  routing_of_a_vpc_by_name: 'routing.vpc_id must be a VPC id such as "vpc-0123456789abcdef0". Received: "main".',
  routing_of_101_percent: "routing.node_traffic_percent must be a whole number from 0 to 100. Received: 101.",
  routing_without_an_application: 'routing must have application.ports, which the ACL opens to the node: set application in the scenario module. Received: {"ports":null}.',
  routing_that_does_not_know_the_application: 'routing must have application.ports, which the ACL opens to the node: set application in the scenario module. Received: {"ports":null}.',
  application_with_eleven_ports: 'routing must have at most 10 application.ports: a CIDR block has ten rule numbers for them. Received: {"ports":[8000,8001,8002,8003,8004,8005,8006,8007,8008,8009,8010]}.',
  application_port_0: "routing.application.ports[*] must be a whole number from 1 to 65535. Received: routing.application.ports[0] = 0.",
  routing_without_entry_points: 'routing must have entry_points. Where the owner of a listener or an API sends the requests to the node, the module does not know when. Received: {"entry_points":[]}.',
  routing_that_is_not_live_after_the_apply: `routing must be live when the apply ends, or the ACL cuts off requests that still go to the application: set wait_for_deployment = true in cloudfront, and have the API's module deploy the stage. Received: {"live_after_apply":false}.`,
  subnet_twice: 'subnet_ids must name each subnet once. Received: {"a":"subnet-0000000000000000a","b":"subnet-0000000000000000a"}.',
  subnet_by_block: 'subnet_ids[*] must be a subnet id such as "subnet-0123456789abcdef0". Received: subnet_ids["a"] = "10.0.11.0/24".',
  node_without_subnets: "node_subnet_cidrs must have at least one CIDR block. Received: {}.",
  node_subnets_whose_numbers_overlap: 'node_subnet_cidrs must have multiples of 100 from 100 to 9900 as keys, so that the ten numbers for the ports of each do not overlap. Received: ["100","150"].',
  node_subnet_twice: 'node_subnet_cidrs must name each CIDR block once. Received: {"100":"10.0.1.0/24","200":"10.0.1.0/24"}.',
  node_subnet_with_host_bits: 'node_subnet_cidrs[*] must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: node_subnet_cidrs["100"] = "10.0.2.9/24, which is 10.0.2.0/24".',
  node_subnet_that_is_the_world: 'node_subnet_cidrs[*] must be no wider than a subnet of AWS, /16 in IPv4 and /44 in IPv6: "0.0.0.0/0", "::/0" and parts of them admit everybody, not the node. Received: node_subnet_cidrs["100"] = "0.0.0.0/0".',
  load_balancer_subnets_by_numbers_of_the_node: 'load_balancer_subnet_cidrs must have multiples of 100 from 10000 to 19900 as keys, so that the ten numbers for the ports of each do not overlap. Received: ["100"].',
  load_balancer_subnet_twice: 'load_balancer_subnet_cidrs must name each CIDR block once. Received: {"10000":"10.0.3.0/24","10100":"10.0.3.0/24"}.',
  load_balancer_subnet_in_capitals: 'load_balancer_subnet_cidrs[*] must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: load_balancer_subnet_cidrs["10000"] = "2001:DB8::/64, which is 2001:db8::/64".',
  load_balancer_subnet_that_is_the_world_in_ipv6: 'load_balancer_subnet_cidrs[*] must be no wider than a subnet of AWS, /16 in IPv4 and /44 in IPv6: "0.0.0.0/0", "::/0" and parts of them admit everybody, not the node. Received: load_balancer_subnet_cidrs["10000"] = "::/0".',
  destination_by_name_of_its_own: 'outbound must have multiples of 100 from 21000 to 29900 as keys, so that the ten numbers for the ports of each do not overlap. Received: ["database"].',
  destination_twice: 'outbound must name each CIDR block once, with all its ports. Received: ["0.0.0.0/0","0.0.0.0/0"].',
  destination_by_host_name: 'outbound[*].cidr must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: outbound["21000"].cidr = "db.example.com".',
  destination_without_ports: 'outbound[*].ports must have at least one port. Received: outbound["21000"].ports = [].',
  destination_with_a_port_twice: 'outbound[*].ports must name each port once. Received: outbound["21000"].ports = [443,443].',
  destination_with_eleven_ports: 'outbound[*].ports must have at most 10 ports: a destination has ten rule numbers for them. Received: outbound["21000"].ports = [8000,8001,8002,8003,8004,8005,8006,8007,8008,8009,8010].',
  destination_port_0: 'outbound[*].ports[*] must be a whole number from 1 to 65535. Received: outbound["21000"].ports[0] = 0.',
  own_rules_with_one_number: 'rules must have a rule_number of its own each, for each direction. Received: {"a":10,"b":10}.',
  own_rule_around_the_node: 'rules[*] must admit only the node to routing.application.ports, or have a rule_number from 1 to 99 that shows the purpose. Received: rules["a"] = {"action":"allow","cidr":"10.0.0.0/8","egress":false,"from_port":79,"protocol":"tcp","rule_number":30000,"to_port":81}.',
  own_rule_of_tcp_without_ports: 'rules[*] must have a from_port with the protocols tcp and udp, and only then. Received: rules["a"] = {"action":"allow","cidr":"10.0.9.0/24","egress":false,"from_port":null,"protocol":"tcp","rule_number":10,"to_port":null}.',
  own_rule_with_its_ports_reversed: 'rules[*] must have a to_port that is not below its from_port. Received: rules["a"] = {"action":"allow","cidr":"10.0.9.0/24","egress":false,"from_port":23,"protocol":"tcp","rule_number":10,"to_port":22}.',
  own_rule_with_a_number_of_the_module: `rules[*].rule_number must be a whole number from 1 to 99 or 30000 to 32766; those in between are the module's. Received: rules["a"].rule_number = 100.`,
  own_rule_for_a_group: 'rules[*].cidr must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: rules["a"].cidr = "sg-00000000000000009".',
  own_rule_that_rejects: 'rules[*].action must be one of allow, deny. Received: rules["a"].action = "reject".',
  own_rule_of_another_protocol: 'rules[*].protocol must be one of tcp, udp, icmp, icmpv6, -1. Received: rules["a"].protocol = "gre".',
  own_rule_from_port_65536: 'rules[*].from_port must be a whole number from 0 to 65535. Received: rules["a"].from_port = 65536.',
  own_rule_to_port_65536: 'rules[*].to_port must be a whole number from 0 to 65535. Received: rules["a"].to_port = 65536.',
  quota_that_aws_does_not_grant: "rules_quota must be a whole number from 20 to 40. Received: 41.",
  // network_acl.tftest.hcl
  subnet_of_another_vpc: "subnet_ids names subnets of another VPC than routing, vpc-0123456789abcdef0: a. Name those of the application behind this node.",
  subnet_of_another_account: "subnet_ids names subnets that another account shares: a. Only their owner can give them a network ACL: write the output rules into one there, with subnet_ids = {} here.",
  custom_network_acl: `subnet_ids["a"] has a network ACL of its own, acl-0000000000000000c, and would have the VPC's default ACL once this module's goes. Write the output rules into that ACL and set subnet_ids = {}, or set replace_custom_network_acls = true.`,
  the_node_s_subnet: "node_subnet_cidrs overlap the subnets a: a network ACL does not see traffic inside a subnet, and admits the rest of it. Give the node subnets of its own.",
  subnet_around_the_node_s: "node_subnet_cidrs overlap the subnets a: a network ACL does not see traffic inside a subnet, and admits the rest of it. Give the node subnets of its own.",
  subnet_inside_the_node_s: "node_subnet_cidrs overlap the subnets a: a network ACL does not see traffic inside a subnet, and admits the rest of it. Give the node subnets of its own.",
  too_many_rules_for_inbound_traffic: "There are 20, 2, 7, 1 rules (IPv4 and IPv6 in, IPv4 and IPv6 out), and 19 of each fit in, as AWS counts its own last one. Join CIDR blocks, drop rules, or set rules_quota to the account's quota.",
  too_many_rules_for_outbound_traffic_in_ipv6: "There are 1, 2, 1, 20 rules (IPv4 and IPv6 in, IPv4 and IPv6 out), and 19 of each fit in, as AWS counts its own last one. Join CIDR blocks, drop rules, or set rules_quota to the account's quota.",
};

const numbers = (variable: string, range: string) => `${variable} must have multiples of 100 from ${range} as keys`;
const ofNode = numbers("node_subnet_cidrs", "100 to 9900");
const ofLoadBalancer = numbers("load_balancer_subnet_cidrs", "10000 to 19900");
const ofOutbound = numbers("outbound", "21000 to 29900");
const ownNumbers = "rules[*].rule_number must be a whole number from 1 to 99 or 30000 to 32766";
const aroundTheNode = "rules[*] must admit only the node to routing.application.ports";
const tooWide = "node_subnet_cidrs[*] must be no wider than a subnet";
const notCanonical = "node_subnet_cidrs[*] must be a CIDR block in canonical form";

const node = (number: string, cidr = "10.0.1.0/24") => ({ node_subnet_cidrs: { [number]: cidr } });
const loadBalancer = (number: string) => ({ load_balancer_subnet_cidrs: { [number]: "10.0.3.0/24" } });
const outbound = (number: string) => ({ outbound: { [number]: { cidr: "10.0.50.0/24", ports: [443] } } });
const ownRule = (rule: object) => ({ rules: { a: { cidr: "10.0.9.0/24", ...rule } } });

/** Further values just outside of what is accepted, and the start of the message. */
const boundaries: readonly [Arguments, string][] = [
  // The same number in another spelling would be a second rule with it.
  ...["0", "99", "101", "10000", "0100", "1e2", "100.0", "-100", "first"].map((number): [Arguments, string] => [node(number), ofNode]),
  ...["9900", "9990", "10010", "20000", "21000"].map((number): [Arguments, string] => [loadBalancer(number), ofLoadBalancer]),
  ...["19900", "20000", "20900", "21010", "30000"].map((number): [Arguments, string] => [outbound(number), ofOutbound]),
  // The world in pieces, and in other spellings.
  ...["0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/15", "::/0", "2000::/3", "2001:db8::/43"].map(
    (cidr): [Arguments, string] => [node("100", cidr), tooWide],
  ),
  ...["10.0.0.1/16", "010.0.0.0/16", "10.0.0.0", "10.0.0.0/33", "2001:DB8::/64", "::ffff:0.0.0.0/96"].map(
    (cidr): [Arguments, string] => [node("100", cidr), notCanonical],
  ),
  [ownRule({ rule_number: 30000, protocol: "-1" }), aroundTheNode],
  [ownRule({ rule_number: 32766, from_port: 80 }), aroundTheNode],
  [ownRule({ rule_number: 30000, from_port: 0, to_port: 80 }), aroundTheNode],
  ...[0, 29999, 32767, 10.5].map((rule_number): [Arguments, string] => [ownRule({ rule_number, from_port: 22 }), ownNumbers]),
  [ownRule({ rule_number: 10, protocol: "icmp", from_port: 8 }), "rules[*] must have a from_port with"],
  [ownRule({ rule_number: 10, protocol: "-1", to_port: 8 }), "rules[*] must have a to_port that is not below"],
];
const further = Object.fromEntries(boundaries.map(([args], index): [string, Arguments] => [`boundary_${index}`, args]));

describeRefusals({ module: "network-acl", messages, further: () => Promise.resolve(further) }, (found) => {
  test.each(boundaries.map(([args, message], index) => [JSON.stringify(args), message, index] as const))(
    "%s: %s",
    (_, message, index) => {
      expect(messagesOf(`boundary_${index}`, found())).toEqual([expect.stringContaining(message)]);
    },
  );

  test("meet every validation of the module", () => {
    expect(unmet("network-acl", "validation", found())).toEqual([]);
  });

  // That of the association speaks when the ACL of a subnet has changed since the first apply: see the apply suite.
  test("meet every precondition of the module but one", () => {
    expect(unmet("network-acl", "precondition", found())).toHaveLength(1);
    expect(unmet("network-acl", "postcondition", found())).toEqual([]);
  });
});
