/** Who reaches an interface over the network, and is not the node. */
import { Snapshot } from "../../account/snapshot";
import { Fact, Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { AddressSet } from "./addresses";
import { allowed, replyPorts } from "./network-acls";
import { addressesOfNode, mayConnect } from "./node";
import { placeOf } from "./place";
import { aclFact, noAcl, noRoutes, reach, withoutGroups } from "./reach";
import { isUnknown, Road, roadsOf } from "./routes";
import { factOf, Peer, peerOf, rulesFor } from "./security-groups";
import { NetworkRoles, NetworkWay } from "./ways";
import { isOurs, Vpcs } from "./vpcs";

interface Admitted {
  readonly peer: Peer;
  readonly fact: Fact;
}

export function waysTo(
  destination: NetworkInterface,
  port: number,
  roles: NetworkRoles,
  snapshot: Snapshot,
  vpcs: Vpcs,
): NetworkWay[] {
  const isNode = new Set(roles.node.map(({ NetworkInterfaceId }) => NetworkInterfaceId));
  const ofNode = addressesOfNode(roles, vpcs);
  const isOther = (one: NetworkInterface) =>
    one !== destination && !isNode.has(one.NetworkInterfaceId) && mayConnect(one, destination, vpcs);
  const others = snapshot.ec2?.NetworkInterfaces ?? [];
  return admittedTo(destination, port, vpcs).flatMap(({ peer, fact }): NetworkWay[] => {
    const way = { destination, ports: [[port, port]] } as const;
    if (peer.kind === "unknown")
      return [
        {
          ...way,
          source: { kind: "vpc", words: peer.unknown.words, addresses: [], resource: peer.unknown.resource },
          ...{ certain: false, facts: [fact], unknowns: [peer.unknown] },
        },
      ];
    const candidates =
      peer.kind === "group"
        ? peer.carriers
        : others.filter((one) => !placeOf(one, vpcs).addresses.and(peer.set).isEmpty);
    const inside = candidates.filter(isOther).flatMap((one): NetworkWay[] => {
      const passes = reach(snapshot, one, destination, port);
      if (passes.state === "closed") return [];
      const { facts, unknowns } = passes;
      return [{ ...way, source: sourceOf(one, vpcs), certain: passes.state === "open", facts, unknowns }];
    });
    const unseen = unseenPeers(peer, destination, ofNode, vpcs).map((unknown) => ({
      ...way,
      source: { kind: "vpc" as const, words: unknown.words, addresses: [], resource: unknown.resource },
      ...{ certain: false, facts: [fact], unknowns: [unknown] },
    }));
    const outside = peer.kind === "group" ? [] : fromOutside(destination, port, peer.set.without(ofNode), fact, vpcs);
    return [...inside, ...unseen, ...outside];
  });
}

/** Interfaces of other accounts that a rule may admit, and that are not in the snapshot. */
export function unseenPeers(peer: Peer, destination: NetworkInterface, ofNode: AddressSet, vpcs: Vpcs): Unknown[] {
  if (peer.kind === "unknown") return [];
  if (peer.kind === "group") {
    const owner = vpcs.securityGroups.get(peer.id)?.OwnerId;
    const isOwn = owner === undefined || owner === vpcs.accountId;
    return isOwn ? [] : [unseen(`the security group ${peer.id}`, peer.id, owner)];
  }
  const { VpcId = "" } = destination;
  if (isOurs(VpcId, vpcs)) return [];
  const owner = vpcs.vpcs.get(VpcId)?.OwnerId;
  if (owner === undefined)
    return [{ words: `${VpcId} is not in the snapshot.`, resource: VpcId, action: "ec2:DescribeVpcs" }];
  return peer.set.without(ofNode).and(insideOf(destination, vpcs)).isEmpty ? [] : [unseen(VpcId, VpcId, owner)];
}

function unseen(what: string, resource: string, owner: string): Unknown {
  return {
    words: `The interfaces of other accounts with ${what}, which belongs to ${owner}, are not in the snapshot.`,
    ...{ resource, action: "ec2:DescribeNetworkInterfaces" },
  };
}

function admittedTo(destination: NetworkInterface, port: number, vpcs: Vpcs): Admitted[] {
  if ((destination.Groups ?? []).length === 0)
    return [{ peer: { kind: "addresses", set: AddressSet.everything }, fact: withoutGroups(destination) }];
  return rulesFor(destination, "ingress", port, vpcs).map((rule) => ({ peer: peerOf(rule, vpcs), fact: factOf(rule) }));
}

function sourceOf(one: NetworkInterface, vpcs: Vpcs): NetworkWay["source"] {
  const { NetworkInterfaceId: resource, InterfaceType, Description = "" } = one;
  const kind =
    InterfaceType === "ec2_instance_connect_endpoint"
      ? "instance-connect"
      : Description.startsWith("ClientVPN Endpoint")
        ? "client-vpn"
        : "interface";
  const words = Description === "" ? resource : `${resource} (${Description})`;
  return { kind, words, addresses: placeOf(one, vpcs).addresses.blocks, resource };
}

const KINDS = {
  internet: "internet",
  peering: "peering",
  "transit-gateway": "transit-gateway",
  vpn: "vpn",
  interface: "vpc",
  unknown: "vpc",
} as const;

/** Addresses outside of the VPC, over the routes of the subnet: replies must find the way back. */
function fromOutside(
  destination: NetworkInterface,
  port: number,
  admitted: AddressSet,
  rule: Fact,
  vpcs: Vpcs,
): NetworkWay[] {
  const { acl, routes, subnetId } = placeOf(destination, vpcs);
  const missing = [
    ...(acl === null ? [noAcl(subnetId)] : []),
    ...(routes === null || isUnknown(routes, vpcs) ? [noRoutes(subnetId)] : []),
  ];
  const way = (
    road: Pick<Road, "resource" | "words">,
    kind: NetworkWay["source"]["kind"],
    set: AddressSet,
    unknowns: readonly Unknown[],
  ) => ({
    source: {
      kind,
      words: wordsOf(kind, set),
      addresses: set.blocks,
      resource: kind === "internet" ? null : road.resource,
    },
    ...{ destination, ports: [[port, port]] as const, certain: unknowns.length === 0, unknowns },
    facts: [
      ...(routes === null
        ? []
        : [
            {
              words: `${routes.RouteTableId}: ${road.words}`,
              resource: routes.RouteTableId,
              action: "ec2:DescribeRouteTables",
            },
          ]),
      ...(kind === "internet" ? [addressFact(destination, vpcs)] : []),
      ...(acl === null ? [] : [aclFact(acl)]),
      rule,
    ],
  });
  if (acl === null || routes === null || missing.length > 0) {
    const set = admitted.without(insideOf(destination, vpcs));
    return set.isEmpty ? [] : [way({ resource: subnetId, words: "not all routes are known" }, "vpc", set, missing)];
  }
  const passes = admitted
    .and(allowed(acl, false, port))
    .and(AddressSet.union(replyPorts([acl]).map((reply) => allowed(acl, true, reply))));
  const endpoint = vpcs.instanceConnect.get(destination.VpcId ?? "");
  const throughEndpoint = passes.without(insideOf(destination, vpcs));
  const connect =
    endpoint === undefined || throughEndpoint.isEmpty
      ? []
      : [
          way({ resource: endpoint, words: "local" }, "instance-connect", throughEndpoint, [
            {
              words: `Whether ${endpoint} keeps the addresses of its clients is not in the snapshot.`,
              ...{ resource: endpoint, action: "ec2:DescribeInstanceConnectEndpoints" },
            },
          ]),
        ];
  const overRoutes = roadsOf(routes, vpcs).flatMap((road): NetworkWay[] => {
    const { target, addresses, unknowns } = road;
    if (target === "local" || target === "outbound") return [];
    // The interfaces of a VPC in the snapshot are sources of their own.
    if (target === "peering" && unknowns.length === 0) return [];
    const set = passes
      .and(addresses)
      .and(target === "internet" ? publicFamilies(destination, vpcs) : AddressSet.everything);
    return set.isEmpty ? [] : [way(road, KINDS[target], set, unknowns)];
  });
  return [...connect, ...overRoutes];
}

/** The addresses from which the internet may reach an interface: it needs a public IPv4 address, or an IPv6 address. */
export function publicFamilies(one: NetworkInterface, { publicAddresses }: Vpcs): AddressSet {
  const hasIpv4 = (publicAddresses.get(one.NetworkInterfaceId) ?? []).length > 0;
  return AddressSet.of(...(hasIpv4 ? ["0.0.0.0/0"] : []), ...((one.Ipv6Addresses ?? []).length > 0 ? ["::/0"] : []));
}

function insideOf({ VpcId = "" }: NetworkInterface, { vpcs }: Vpcs): AddressSet {
  const { CidrBlock, CidrBlockAssociationSet = [], Ipv6CidrBlockAssociationSet = [] } = vpcs.get(VpcId) ?? {};
  const blocks = [
    CidrBlock,
    ...CidrBlockAssociationSet.map((one) => one.CidrBlock),
    ...Ipv6CidrBlockAssociationSet.map((one) => one.Ipv6CidrBlock),
  ];
  return AddressSet.of(...blocks.filter((block) => block !== undefined));
}

function addressFact(
  { NetworkInterfaceId: resource, Ipv6Addresses = [] }: NetworkInterface,
  { publicAddresses }: Vpcs,
): Fact {
  const addresses = [...(publicAddresses.get(resource) ?? []), ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address)];
  return { words: `${resource} has ${addresses.join(", ")}`, resource, action: "ec2:DescribeNetworkInterfaces" };
}

function wordsOf(kind: NetworkWay["source"]["kind"], set: AddressSet): string {
  const { blocks } = set;
  const shown =
    blocks.length <= 4 ? blocks.join(", ") : `${blocks.slice(0, 4).join(", ")}, and ${blocks.length - 4} more blocks`;
  return kind === "internet" ? `the internet (${shown})` : shown;
}
