import { type Found, messagesOf } from "./describe-refusals";
import type { Arguments } from "./refusals";

/** Refusals of what every module with a lockdown has alike. */

/** By run in the tests of a module, what its caller reads. */
export const lockdown: Readonly<Record<string, string>> = {
  // validations_lockdown.tftest.hcl
  node_subnet_twice: 'node.subnet_cidrs must name each CIDR block once. Received: ["10.0.1.0/24","10.0.2.0/24","10.0.1.0/24"].',
  node_subnet_with_host_bits: 'node.subnet_cidrs[*] must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: node.subnet_cidrs[1] = "10.0.2.9/24, which is 10.0.2.0/24".',
  node_subnet_that_is_the_world: 'node.subnet_cidrs[*] must be no wider than a subnet of AWS, /16 in IPv4 and /44 in IPv6: "0.0.0.0/0", "::/0" and parts of them admit everybody, not the node. Received: node.subnet_cidrs[1] = "0.0.0.0/0".',
  application_that_admits_no_subnet: 'application must be given node.subnet_cidrs with the source "subnet_cidrs", as it would admit nobody without. Received: {"node_subnet_cidrs":[],"source":"subnet_cidrs"}.',
  application_port_twice: "application.ports must name each port once. Received: [80,443,80].",
  application_source_by_prefix_list: 'application.source must be one of security_group, subnet_cidrs. Received: "prefix_list".',
  application_subnet_twice: 'application.subnet_cidrs must name each CIDR block once. Received: ["10.0.11.0/24","10.0.11.0/24"].',
  application_subnet_by_address: 'application.subnet_cidrs[*] must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: application.subnet_cidrs[0] = "10.0.11.5".',
  application_subnet_that_is_half_the_world: 'application.subnet_cidrs[*] must be no wider than a subnet of AWS, /16 in IPv4 and /44 in IPv6: "0.0.0.0/0", "::/0" and parts of them admit everybody, not the node. Received: application.subnet_cidrs[0] = "128.0.0.0/1".',
  network_acl_without_subnets_of_the_node: "network_acl must be given node.subnet_cidrs: an ACL knows no security groups. Received: [].",
  network_acl_without_an_application: "network_acl must be given an application, whose ports it protects. Received: null.",
  network_acl_for_eleven_ports: "network_acl must be given at most 10 application.ports: there are ten rule numbers for each. Received: [8000,8001,8002,8003,8004,8005,8006,8007,8008,8009,8010].",
  network_acl_without_subnets: "network_acl.subnet_ids must have at least one subnet. Received: {}.",
  network_acl_with_a_subnet_twice: 'network_acl.subnet_ids must name each subnet once. Received: {"a":"subnet-0000000000000000a","b":"subnet-0000000000000000a"}.',
  network_acl_subnet_by_block: 'network_acl.subnet_ids[*] must be a subnet id such as "subnet-0123456789abcdef0". Received: network_acl.subnet_ids["a"] = "10.0.11.0/24".',
  load_balancer_subnet_twice: 'network_acl.load_balancer_subnet_cidrs must name each CIDR block once. Received: ["10.0.3.0/24","10.0.3.0/24"].',
  load_balancer_subnet_in_capitals: 'network_acl.load_balancer_subnet_cidrs[*] must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: network_acl.load_balancer_subnet_cidrs[0] = "2001:DB8::/64, which is 2001:db8::/64".',
  load_balancer_subnet_that_is_the_world_in_ipv6: 'network_acl.load_balancer_subnet_cidrs[*] must be no wider than a subnet of AWS, /16 in IPv4 and /44 in IPv6: "0.0.0.0/0", "::/0" and parts of them admit everybody, not the node. Received: network_acl.load_balancer_subnet_cidrs[0] = "::/0".',
  destination_twice: 'network_acl.outbound must name each CIDR block once, with all its ports. Received: [{"cidr":"0.0.0.0/0","ports":[443]},{"cidr":"0.0.0.0/0","ports":[80]}].',
  destination_by_name: 'network_acl.outbound[*].cidr must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: network_acl.outbound[0].cidr = "db.example.com".',
  destination_without_ports: "network_acl.outbound[*].ports must have at least one port. Received: network_acl.outbound[0].ports = [].",
  destination_with_a_port_twice: "network_acl.outbound[*].ports must name each port once. Received: network_acl.outbound[0].ports = [443,443].",
  destination_with_eleven_ports: "network_acl.outbound[*].ports must have at most 10 ports: there are ten rule numbers for each. Received: network_acl.outbound[0].ports = [8000,8001,8002,8003,8004,8005,8006,8007,8008,8009,8010].",
  destination_port_0: "network_acl.outbound[*].ports[*] must be a whole number from 1 to 65535. Received: network_acl.outbound[0].ports[0] = 0.",
  own_rules_with_one_number: 'network_acl.rules must have a rule_number of its own each, for each direction. Received: {"a":10,"b":10}.',
  own_rule_around_the_node: 'network_acl.rules must let nobody but the node in to application.ports: a rule that does so on purpose has a number from 1 to 99. Received: {"a":{"action":"allow","cidr":"10.0.0.0/8","egress":false,"from_port":79,"protocol":"tcp","rule_number":30000,"to_port":81}}.',
  own_rule_of_tcp_without_ports: 'network_acl.rules[*] must have a from_port with the protocols tcp and udp, and only then. Received: network_acl.rules["a"] = {"action":"allow","cidr":"10.0.9.0/24","egress":false,"from_port":null,"protocol":"tcp","rule_number":10,"to_port":null}.',
  own_rule_with_its_ports_reversed: 'network_acl.rules[*] must have a to_port that is not below its from_port. Received: network_acl.rules["a"] = {"action":"allow","cidr":"10.0.9.0/24","egress":false,"from_port":23,"protocol":"tcp","rule_number":10,"to_port":22}.',
  own_rule_with_a_number_of_the_module: `network_acl.rules[*].rule_number must be a whole number from 1 to 99 or 30000 to 32766; those in between are the module's. Received: network_acl.rules["a"].rule_number = 100.`,
  own_rule_for_a_group: 'network_acl.rules[*].cidr must be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64". Received: network_acl.rules["a"].cidr = "sg-00000000000000009".',
  own_rule_that_rejects: 'network_acl.rules[*].action must be one of allow, deny. Received: network_acl.rules["a"].action = "reject".',
  own_rule_of_another_protocol: 'network_acl.rules[*].protocol must be one of tcp, udp, icmp, icmpv6, -1. Received: network_acl.rules["a"].protocol = "gre".',
  own_rule_from_port_65536: 'network_acl.rules[*].from_port must be a whole number from 0 to 65535. Received: network_acl.rules["a"].from_port = 65536.',
  own_rule_to_port_65536: 'network_acl.rules[*].to_port must be a whole number from 0 to 65535. Received: network_acl.rules["a"].to_port = 65536.',
  network_acl_quota_that_aws_does_not_grant: "network_acl.rules_quota must be a whole number from 20 to 40. Received: 41.",
  // lockdown.tftest.hcl
  whole_vpc: "node.subnet_cidrs (10.0.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0 (10.0.0.0/16): everything in it could reach the application around the node. List the node's own subnets only, or set application.admit_whole_vpc = true.",
  whole_vpc_in_halves: "node.subnet_cidrs (10.0.0.0/17, 10.0.128.0/18, 10.0.192.0/18) cover a whole CIDR block of vpc-0123456789abcdef0 (10.0.0.0/16): everything in it could reach the application around the node. List the node's own subnets only, or set application.admit_whole_vpc = true.",
  more_than_the_whole_vpc: "node.subnet_cidrs (10.0.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0 (10.0.4.0/22): everything in it could reach the application around the node. List the node's own subnets only, or set application.admit_whole_vpc = true.",
  whole_vpc_by_its_second_block: "node.subnet_cidrs (10.1.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0 (10.0.0.0/16, 10.1.0.0/16): everything in it could reach the application around the node. List the node's own subnets only, or set application.admit_whole_vpc = true.",
  whole_vpc_in_ipv6: "node.subnet_cidrs (2001:db8::/56) cover a whole CIDR block of vpc-0123456789abcdef0 (10.0.0.0/16, 2001:db8::/56): everything in it could reach the application around the node. List the node's own subnets only, or set application.admit_whole_vpc = true.",
  // network_acl.tftest.hcl
  network_acl_before_the_cutover: "node_traffic_percent is 99, and network_acl would cut off the requests that do not pass the node. Set it to 100 first, or list the load balancer's subnets in network_acl.load_balancer_subnet_cidrs.",
  network_acl_of_two_vpcs: "network_acl.subnet_ids are in several VPCs (vpc-0000000000000000a, vpc-0000000000000000b), and a network ACL belongs to one. Call the module once for each.",
  network_acl_of_the_node_s_subnet: "node.subnet_cidrs overlap the subnets a of network_acl.subnet_ids: a network ACL does not see what passes inside of a subnet, and admits the rest of it. Give the node subnets of its own.",
  network_acl_of_a_subnet_around_the_node_s: "node.subnet_cidrs overlap the subnets a of network_acl.subnet_ids: a network ACL does not see what passes inside of a subnet, and admits the rest of it. Give the node subnets of its own.",
  network_acl_of_a_subnet_inside_of_the_node_s: "node.subnet_cidrs overlap the subnets a of network_acl.subnet_ids: a network ACL does not see what passes inside of a subnet, and admits the rest of it. Give the node subnets of its own.",
  too_many_rules_for_what_comes_in: "network_acl has 20, 2, 7, 1 rules (IPv4 and IPv6 in, IPv4 and IPv6 out) and there can be 19 of each, as AWS counts its own last one. Join neighbouring CIDR blocks or drop rules; if the account's quota is higher, set network_acl.rules_quota.",
  too_many_rules_for_what_goes_out_in_ipv6: "network_acl has 1, 2, 1, 20 rules (IPv4 and IPv6 in, IPv4 and IPv6 out) and there can be 19 of each, as AWS counts its own last one. Join neighbouring CIDR blocks or drop rules; if the account's quota is higher, set network_acl.rules_quota.",
};

/** Expects of a module's calls, but those of these runs of its own, that they are refused as the module alb refuses them. */
export function expectLockdown(found: Found, own: Readonly<Record<string, string>>): void {
  const calls = [...found.keys()].filter((call) => !(call in own));
  expect(calls).not.toEqual([]);
  expect(calls.map((call) => [call, messagesOf(call, found)])).toEqual(calls.map((call) => [call, [lockdown[call]]]));
}

const subnetOfTheNode = (cidr: string) => ({
  node: { security_group_id: "sg-00000000000000002", register_targets: false, subnet_cidrs: [cidr] },
});
const ownRule = (rule: object) => ({
  ...subnetOfTheNode("10.0.1.0/24"),
  application: { security_group_id: "sg-00000000000000003", ports: [80] },
  network_acl: { subnet_ids: { a: "subnet-0000000000000000a" }, rules: { a: { cidr: "10.0.9.0/24", ...rule } } },
});

const tooWide = "node.subnet_cidrs[*] must be no wider than a subnet";
const notCanonical = "node.subnet_cidrs[*] must be a CIDR block in canonical form";
const aroundTheNode = "network_acl.rules must let nobody but the node in";
const numbers = "network_acl.rules[*].rule_number must be a whole number from 1 to 99 or 30000 to 32766";

/** Further values just outside of what is accepted, and the start of the message. */
export const lockdownBoundaries: readonly [Arguments, string][] = [
  // The world in pieces, and in other spellings.
  ...["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "192.0.0.0/2", "10.0.0.0/8", "10.0.0.0/15"].map(
    (cidr): [Arguments, string] => [subnetOfTheNode(cidr), tooWide],
  ),
  ...["::/0", "::/1", "8000::/1", "2000::/3", "2001:db8::/32", "2001:db8::/43"].map((cidr): [Arguments, string] => [
    subnetOfTheNode(cidr),
    tooWide,
  ]),
  ...["10.0.0.1/16", "010.0.0.0/16", "10.0.0.0", "10.0.0.0/33", "10.0/16", "2001:DB8::/64", "2001:db8:0::/64"].map(
    (cidr): [Arguments, string] => [subnetOfTheNode(cidr), notCanonical],
  ),
  // IPv4 as IPv6: all of it.
  [subnetOfTheNode("::ffff:0.0.0.0/96"), notCanonical],
  [ownRule({ rule_number: 30000, protocol: "-1" }), aroundTheNode],
  [ownRule({ rule_number: 32766, from_port: 80 }), aroundTheNode],
  [ownRule({ rule_number: 30000, from_port: 0, to_port: 80 }), aroundTheNode],
  [ownRule({ rule_number: 0, from_port: 22 }), numbers],
  [ownRule({ rule_number: 29999, from_port: 22 }), numbers],
  [ownRule({ rule_number: 32767, from_port: 22 }), numbers],
  [ownRule({ rule_number: 10.5, from_port: 22 }), numbers],
  [ownRule({ rule_number: 10, protocol: "icmp", from_port: 8 }), "network_acl.rules[*] must have a from_port with"],
  [ownRule({ rule_number: 10, protocol: "-1", to_port: 8 }), "network_acl.rules[*] must have a to_port that is not below"],
];
