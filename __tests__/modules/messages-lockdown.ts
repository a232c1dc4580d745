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
  // lockdown.tftest.hcl
  whole_vpc: "node.subnet_cidrs (10.0.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0 (10.0.0.0/16): everything in it could reach the application around the node. List the node's own subnets only, or set application.admit_whole_vpc = true.",
  whole_vpc_in_halves: "node.subnet_cidrs (10.0.0.0/17, 10.0.128.0/18, 10.0.192.0/18) cover a whole CIDR block of vpc-0123456789abcdef0 (10.0.0.0/16): everything in it could reach the application around the node. List the node's own subnets only, or set application.admit_whole_vpc = true.",
  more_than_the_whole_vpc: "node.subnet_cidrs (10.0.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0 (10.0.4.0/22): everything in it could reach the application around the node. List the node's own subnets only, or set application.admit_whole_vpc = true.",
  whole_vpc_by_its_second_block: "node.subnet_cidrs (10.1.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0 (10.0.0.0/16, 10.1.0.0/16): everything in it could reach the application around the node. List the node's own subnets only, or set application.admit_whole_vpc = true.",
  whole_vpc_in_ipv6: "node.subnet_cidrs (2001:db8::/56) cover a whole CIDR block of vpc-0123456789abcdef0 (10.0.0.0/16, 2001:db8::/56): everything in it could reach the application around the node. List the node's own subnets only, or set application.admit_whole_vpc = true.",
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

const tooWide = "node.subnet_cidrs[*] must be no wider than a subnet";
const notCanonical = "node.subnet_cidrs[*] must be a CIDR block in canonical form";

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
];
