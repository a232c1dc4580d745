/** Questions about CIDR blocks that Terraform has no function for. The blocks are canonical. */
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { Rule } from "../../synth/variables/schema";

/** A CIDR block, as a reference or the name of a loop's variable. */
type Cidr = IResolvable | string;

/** The form in which AWS keeps a block: another one would be changed back and forth by every apply. */
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
 * Halves and quarters of the address space are no better than the whole. What is as narrow as a subnet cannot add up to it:
 * 65536 blocks would be needed, and neither a security group nor a network ACL holds so many.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export const subnetCidrBlock: Rule<string> = {
  test: (value) => hcl`try(${prefixLength(value)} >= (strcontains(${value}, ":") ? 44 : 16), true)`,
  requirement:
    'be no wider than a subnet of AWS, /16 in IPv4 and /44 in IPv6: "0.0.0.0/0", "::/0" and parts of them admit everybody, not the node',
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

/** Only of IPv4 blocks, Terraform knows a mask. */
export function isIpv4(cidr: Cidr): IResolvable {
  return hcl`can(cidrnetmask(${cidr}))`;
}

/** Whether every address of a block is in another one too. False where the first is none, such as a security group's ID. */
export function within(inner: Cidr, outer: Cidr): IResolvable {
  const widened = hcl`cidrsubnet(join("/", [split("/", ${inner})[0], split("/", ${outer})[1]]), 0, 0)`;
  return hcl`try(${prefixLength(inner)} >= ${prefixLength(outer)} && ${widened} == ${outer}, false)`;
}

/** The blocks as lists of two, address and prefix length, with which expressions are short enough to follow. */
export function addressesAndLengths(scope: Construct, cidrs: IResolvable): IResolvable {
  return local(
    scope,
    "node_cidr_blocks",
    hcl`[for cidr in ${cidrs} : split("/", cidr)]`,
    "Address and prefix length of each CIDR block of the node's subnets.",
  );
}

/** The arguments of a security group rule, or with other names of a network ACL rule, that takes blocks of both families. */
export function byFamily(cidr: Cidr) {
  return { ipv4: hcl`${isIpv4(cidr)} ? ${cidr} : null`, ipv6: hcl`${isIpv4(cidr)} ? null : ${cidr}` };
}
