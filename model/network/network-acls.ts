/** What a network ACL lets pass: the entry with the lowest number that matches decides. It keeps no connections. */
import * as z from "zod";
import { NETWORK_ACL } from "../../account/schema/ec2";
import { AddressSet } from "./addresses";
import { isTcp, mayBeTcp } from "./protocols";

export type NetworkAcl = z.infer<typeof NETWORK_ACL>;
type Entry = NonNullable<NetworkAcl["Entries"]>[number];

const ALL = "-1";
export const LAST_PORT = 65_535;

/** The addresses with which TCP to this port passes in one direction. */
export function allowed({ Entries = [] }: NetworkAcl, egress: boolean, port: number): AddressSet {
  let undecided = AddressSet.everything;
  const sets: AddressSet[] = [];
  for (const entry of inOrder(Entries, egress)) {
    if (!isAbout(entry, port)) continue;
    const block = blockOf(entry);
    if (entry.RuleAction !== "deny") sets.push(block.and(undecided));
    undecided = undecided.without(block);
  }
  return AddressSet.union(sets);
}

/** One port of each range in which the entries of these ACLs treat all ports alike. A client may take any of them for replies. */
export function replyPorts(acls: readonly NetworkAcl[]): number[] {
  const ranges = acls.flatMap(({ Entries = [] }) => Entries.map(portsOf));
  const starts = ranges.flatMap(([first, last]) => [first, last + 1]).filter((port) => port >= 1 && port <= LAST_PORT);
  return [...new Set([1, ...starts])];
}

function inOrder(entries: readonly Entry[], egress: boolean): Entry[] {
  return entries.filter(({ Egress }) => Egress === egress).sort((a, b) => a.RuleNumber - b.RuleNumber);
}

/** What may be TCP may pass, and only what is TCP is stopped. */
function isAbout(entry: Entry, port: number): boolean {
  const [first, last] = portsOf(entry);
  const matches = entry.RuleAction === "deny" ? isTcp : mayBeTcp;
  return (entry.Protocol === ALL || matches(entry.Protocol)) && port >= first && port <= last;
}

function blockOf({ CidrBlock, Ipv6CidrBlock, RuleAction }: Entry): AddressSet {
  const block = CidrBlock ?? Ipv6CidrBlock;
  if (block !== undefined) return AddressSet.of(block);
  return RuleAction === "deny" ? AddressSet.empty : AddressSet.everything;
}

function portsOf({ Protocol, PortRange }: Entry): [number, number] {
  return Protocol === ALL ? [0, LAST_PORT] : [PortRange?.From ?? 0, PortRange?.To ?? LAST_PORT];
}
