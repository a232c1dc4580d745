/** CIDR arithmetic for which Terraform has no function. The blocks are canonical. */
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { Rule } from "../../synth/variables/schema";

/** A CIDR block, as a reference or the name of a loop's variable. */
type Cidr = IResolvable | string;

/** The form in which AWS stores a block. Any other form would show a change at every plan. */
export const canonicalCidrBlock: Rule<string> = {
  test: (value) => hcl`try(cidrsubnet(${value}, 0, 0) == ${value}, false)`,
  requirement: 'be a CIDR block in canonical form, such as "10.0.1.0/24" or "2001:db8::/64"',
  accepts: ["10.0.1.0/24", "2001:db8::/64"],
  refuses: [
    "10.0.1.9/24",
    ...["010.0.0.0/16", "10.0.0.0", "10.0.0.0/33", "10.0/16", "db.example.com", "2001:DB8::/64", "2001:db8:0::/64"],
    // IPv4 as IPv6: all of it.
    "::ffff:0.0.0.0/96",
  ],
};

/**
 * Halves and quarters of the address space are as open as all of it. Blocks of a subnet's size cannot add up to it: it would
 * take 65536 of them, more than a security group or a network ACL can hold.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export const subnetCidrBlock: Rule<string> = {
  test: (value) => hcl`try(${prefixLength(value)} >= (strcontains(${value}, ":") ? 44 : 16), true)`,
  requirement:
    'be no larger than an AWS subnet (/16 in IPv4, /44 in IPv6), because larger blocks, such as "0.0.0.0/0" or "::/0", admit more than the node',
  accepts: ["10.0.1.0/24", "10.0.0.0/16", "2001:db8::/44"],
  refuses: [
    "0.0.0.0/0",
    ...["0.0.0.0/1", "128.0.0.0/1", "192.0.0.0/2", "10.0.0.0/8", "10.0.0.0/15"],
    ...["::/0", "::/1", "8000::/1", "2000::/3", "2001:db8::/32", "2001:db8::/43"],
  ],
};

export function prefixLength(cidr: Cidr): IResolvable {
  return hcl`tonumber(split("/", ${cidr})[1])`;
}

/** Terraform computes a netmask only for IPv4 blocks. */
export function isIpv4(cidr: Cidr): IResolvable {
  return hcl`can(cidrnetmask(${cidr}))`;
}

/** Whether a block is within another block. False if the first is not a block, such as the ID of a security group. */
export function within(inner: Cidr, outer: Cidr): IResolvable {
  const widened = hcl`cidrsubnet(join("/", [split("/", ${inner})[0], split("/", ${outer})[1]]), 0, 0)`;
  return hcl`try(${prefixLength(inner)} >= ${prefixLength(outer)} && ${widened} == ${outer}, false)`;
}

/** The blocks as pairs of address and prefix length, which keep expressions short. */
export function addressesAndLengths(scope: Construct, cidrs: IResolvable): IResolvable {
  return local(
    scope,
    "node_cidr_blocks",
    hcl`[for cidr in ${cidrs} : split("/", cidr)]`,
    "Address and prefix length of each CIDR block of the node's subnets.",
  );
}

/** A block as the IPv4 or the IPv6 argument of a rule. The other argument is null. */
export function byFamily(cidr: Cidr) {
  return { ipv4: hcl`${isIpv4(cidr)} ? ${cidr} : null`, ipv6: hcl`${isIpv4(cidr)} ? null : ${cidr}` };
}
