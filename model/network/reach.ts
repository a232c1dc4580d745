/** Whether a TCP connection from one interface to another passes: security groups, network ACLs in both directions, and routes. */
import { Snapshot } from "../../account/snapshot";
import { Fact, Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { AddressSet } from "./addresses";
import { allowed, NetworkAcl, replyPorts } from "./network-acls";
import { Place, placeOf } from "./place";
import { connectionOf, doubtsAbout } from "./beyond";
import { hasUnreadList, Road, roadsOf } from "./routes";
import { factOf, peerOf, rulesFor } from "./security-groups";
import { Reach } from "./ways";
import { unseenRules } from "./visibility";
import { Vpcs, vpcsOf } from "./vpcs";

/** An interface with all of its addresses, or with one of them. */
interface End {
  readonly one: NetworkInterface;
  readonly place: Place;
}

export function reach(snapshot: Snapshot, from: NetworkInterface, to: NetworkInterface, port: number): Reach {
  const vpcs = vpcsOf(snapshot);
  if (vpcs === null) return unknown([{ words: "Amazon EC2 was not read.", resource: null, action: null }]);
  const source = { one: from, place: placeOf(from, vpcs) };
  const target = { one: to, place: placeOf(to, vpcs) };
  const together = passes(source, target, port, vpcs);
  if (together.state === "closed") return together;
  // A rule may admit one address, and a route lead to another one. A connection has one address at each end.
  const pairs = addressesOf(source).flatMap((a) => addressesOf(target).map((b) => passes(a, b, port, vpcs)));
  return likeliest(pairs);
}

function addressesOf({ one, place }: End): End[] {
  return place.each.map((addresses) => ({ one, place: { ...place, addresses } }));
}

function passes(from: End, to: End, port: number, vpcs: Vpcs): Reach {
  if (!inOneFamily(from.place.addresses, to.place.addresses)) return CLOSED;
  return every([
    () => securityGroups(from.one, "egress", to, port, vpcs),
    () => securityGroups(to.one, "ingress", from, port, vpcs),
    () => networkAcls(from.place, to.place, port),
    () => routes(from, to, vpcs),
  ]);
}

/** One that is open, else one that is unknown. */
function likeliest(all: readonly Reach[]): Reach {
  return all.find(({ state }) => state === "open") ?? all.find(({ state }) => state === "unknown") ?? CLOSED;
}

/** Closed if one is, else unknown if one is. */
export function every(checks: readonly (() => Reach)[]): Reach {
  const all: Reach[] = [];
  for (const check of checks) {
    const one = check();
    if (one.state === "closed") return one;
    all.push(one);
  }
  const unknowns = all.flatMap((one) => one.unknowns);
  const state = all.some((one) => one.state === "unknown") ? "unknown" : "open";
  return { state, facts: all.flatMap(({ facts }) => facts), unknowns };
}

/** Whether the groups of one interface let the connection pass. An interface without groups, as of some load balancers, lets everything pass. */
function securityGroups(
  one: NetworkInterface,
  direction: "ingress" | "egress",
  other: End,
  port: number,
  vpcs: Vpcs,
): Reach {
  if ((one.Groups ?? []).length === 0) return open([withoutGroups(one)]);
  const unknowns = unseenRules(one, vpcs);
  for (const rule of rulesFor(one, direction, port, vpcs)) {
    const peer = peerOf(rule, vpcs);
    if (peer.kind === "unknown") unknowns.push(peer.unknown);
    else if (peer.kind === "group" ? peer.carriers.includes(other.one) : !peer.set.and(other.place.addresses).isEmpty)
      return open([factOf(rule)]);
  }
  return unknowns.length > 0 ? unknown(unknowns) : CLOSED;
}

export function withoutGroups({ NetworkInterfaceId: resource }: NetworkInterface): Fact {
  return { words: `${resource} has no security group`, resource, action: "ec2:DescribeNetworkInterfaces" };
}

/** An ACL does not filter inside of a subnet. */
function networkAcls(from: Place, to: Place, port: number): Reach {
  if (from.subnetId === to.subnetId) return open([]);
  if (from.acl === null || to.acl === null) return unknown([noAcl((from.acl === null ? from : to).subnetId)]);
  const [out, back] = [from.acl, to.acl];
  const passes = replyPorts([out, back]).some((reply) => {
    const sources = allowed(back, false, port)
      .and(allowed(back, true, reply))
      .and(from.addresses);
    const targets = allowed(out, true, port)
      .and(allowed(out, false, reply))
      .and(to.addresses);
    return inOneFamily(sources, targets);
  });
  return passes ? open([aclFact(out), aclFact(back)]) : CLOSED;
}

function inOneFamily(some: AddressSet, others: AddressSet): boolean {
  return [IPV4, IPV6].some((family) => !some.and(family).isEmpty && !others.and(family).isEmpty);
}

const IPV4 = AddressSet.of("0.0.0.0/0");
const IPV6 = AddressSet.of("::/0");

export function noAcl(resource: string): Unknown {
  return {
    words: `The network ACL of ${resource} is not in the snapshot.`,
    ...{ resource, action: "ec2:DescribeNetworkAcls" },
  };
}

export function aclFact({ NetworkAclId: resource }: NetworkAcl): Fact {
  return { words: `${resource} lets it pass`, resource, action: "ec2:DescribeNetworkAcls" };
}

/** Inside of a VPC there always is a route. Between two, both subnets need one. */
function routes(from: End, to: End, vpcs: Vpcs): Reach {
  if (from.one.VpcId === to.one.VpcId) return open([]);
  return every([() => leads(from, to, vpcs), () => leads(to, from, vpcs)]);
}

function leads(from: End, to: End, vpcs: Vpcs): Reach {
  const { routes: table, subnetId } = from.place;
  if (table === null || hasUnreadList(table, vpcs)) return unknown([noRoutes(subnetId)]);
  const roads = roadsOf(table, vpcs).filter((road) => !road.addresses.and(to.place.addresses).isEmpty);
  return likeliest(roads.map((road) => arrives(road, from.one, to.one, table.RouteTableId, vpcs)));
}

/** The internet does not carry private addresses. What has a public one is a part of the internet. */
function arrives(road: Road, from: NetworkInterface, to: NetworkInterface, resource: string, vpcs: Vpcs): Reach {
  if (["local", "internet", "nat", "outbound"].includes(road.target)) return CLOSED;
  const fact = { words: `${resource}: ${road.words}`, resource, action: "ec2:DescribeRouteTables" };
  const connection = connectionOf(road, vpcs);
  if (connection === null) return { ...unknown(doubtsAbout(road, from, vpcs)), facts: [fact] };
  return connection.includes(from.VpcId ?? "") && connection.includes(to.VpcId ?? "") ? open([fact]) : CLOSED;
}

export function noRoutes(resource: string): Unknown {
  return {
    words: `The routes of ${resource} are not all in the snapshot.`,
    ...{ resource, action: "ec2:DescribeRouteTables" },
  };
}

const CLOSED: Reach = { state: "closed", facts: [], unknowns: [] };

function open(facts: readonly Fact[]): Reach {
  return { state: "open", facts, unknowns: [] };
}

function unknown(unknowns: readonly Unknown[]): Reach {
  return { state: "unknown", facts: [], unknowns };
}
