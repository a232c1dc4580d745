/** Whether a TCP connection from one interface to another passes: security groups, network ACLs in both directions, and routes. */
import { Snapshot } from "../../account/snapshot";
import { Fact, Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { AddressSet } from "./addresses";
import { allowed, NetworkAcl, replyPorts } from "./network-acls";
import { Place, placeOf } from "./place";
import { isUnknown, peersOf, Road, roadsOf } from "./routes";
import { factOf, peerOf, rulesFor } from "./security-groups";
import { Reach } from "./ways";
import { Vpcs, vpcsOf } from "./vpcs";

export function reach(snapshot: Snapshot, from: NetworkInterface, to: NetworkInterface, port: number): Reach {
  const vpcs = vpcsOf(snapshot);
  if (vpcs === null) return unknown([{ words: "Amazon EC2 was not read.", resource: null, action: null }]);
  return every([
    () => securityGroups(from, "egress", to, port, vpcs),
    () => securityGroups(to, "ingress", from, port, vpcs),
    () => networkAcls(placeOf(from, vpcs), placeOf(to, vpcs), port),
    () => routes(from, to, vpcs),
  ]);
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
  other: NetworkInterface,
  port: number,
  vpcs: Vpcs,
): Reach {
  if ((one.Groups ?? []).length === 0) return open([withoutGroups(one)]);
  const { addresses } = placeOf(other, vpcs);
  const unknowns: Unknown[] = [];
  for (const rule of rulesFor(one, direction, port, vpcs)) {
    const peer = peerOf(rule, vpcs);
    if (peer.kind === "unknown") unknowns.push(peer.unknown);
    else if (peer.kind === "group" ? peer.carriers.includes(other) : !peer.set.and(addresses).isEmpty)
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
function routes(from: NetworkInterface, to: NetworkInterface, vpcs: Vpcs): Reach {
  if (from.VpcId === to.VpcId) return open([]);
  return every([
    () => leads(placeOf(from, vpcs), placeOf(to, vpcs), vpcs),
    () => leads(placeOf(to, vpcs), placeOf(from, vpcs), vpcs),
  ]);
}

function leads(from: Place, to: Place, vpcs: Vpcs): Reach {
  if (from.routes === null || isUnknown(from.routes, vpcs)) return unknown([noRoutes(from.subnetId)]);
  const roads = roadsOf(from.routes, vpcs).filter((road) => leadsTo(road, to, vpcs));
  const road = roads.find(({ unknowns }) => unknowns.length === 0);
  const { RouteTableId: resource } = from.routes;
  if (road !== undefined)
    return open([{ words: `${resource}: ${road.words}`, resource, action: "ec2:DescribeRouteTables" }]);
  return roads.length === 0 ? CLOSED : unknown(roads.flatMap(({ unknowns }) => unknowns));
}

function leadsTo({ target, resource, addresses }: Road, to: Place, vpcs: Vpcs): boolean {
  // What goes out through a NAT gateway has its address. The gateway is a source of its own.
  if (target === "local" || target === "outbound") return false;
  const decided = addresses.and(to.addresses);
  // Private addresses are not routed on the internet.
  if (target === "internet") return !decided.and(IPV6).isEmpty;
  if (decided.isEmpty) return false;
  const peers = target === "peering" ? peersOf(resource, vpcs) : [];
  return target !== "peering" || peers.includes(to.vpcId) || peers.includes("");
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
