/** Who reaches an interface from outside of its VPC, over the routes of its subnet: replies must find the way back. */
import { Fact, Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { AddressSet } from "./addresses";
import { connectionOf, doubtsAbout } from "./beyond";
import { isConnectPort } from "./clients";
import { allowed, replyPorts } from "./network-acls";
import { placeOf } from "./place";
import { aclFact, noAcl, noRoutes } from "./reach";
import { hasUnreadList, Road, roadsOf } from "./routes";
import { NetworkWay } from "./ways";
import { Vpcs } from "./vpcs";

/** Of those who come over a route. */
export const KINDS = {
  peering: "peering",
  "transit-gateway": "transit-gateway",
  vpn: "vpn",
  appliance: "vpc",
  unknown: "vpc",
} as const;

/** @param admitted addresses, by the security groups, and not of the node */
export function fromOutside(
  destination: NetworkInterface,
  port: number,
  admitted: AddressSet,
  rule: Fact,
  vpcs: Vpcs,
): NetworkWay[] {
  const { acl, routes, subnetId } = placeOf(destination, vpcs);
  const isRead = routes !== null && !hasUnreadList(routes, vpcs);
  const way = (
    road: Pick<Road, "resource" | "words">,
    kind: NetworkWay["source"]["kind"],
    set: AddressSet,
    unknowns: readonly Unknown[],
  ): NetworkWay[] => {
    if (set.isEmpty) return [];
    const resource = kind === "internet" ? null : road.resource;
    const facts = [
      ...(routes === null ? [] : [routeFact(routes.RouteTableId, road)]),
      ...(kind === "internet" ? [addressFact(destination, vpcs)] : []),
      ...(acl === null ? [] : [aclFact(acl)]),
      rule,
    ];
    const source = { kind, words: wordsOf(kind, set), addresses: set.blocks, resource };
    return [{ source, destination, ports: [[port, port]], certain: unknowns.length === 0, facts, unknowns }];
  };
  if (acl === null || !isRead) {
    const missing = [...(acl === null ? [noAcl(subnetId)] : []), ...(isRead ? [] : [noRoutes(subnetId)])];
    const set = admitted.without(insideOf(destination, vpcs));
    return way({ resource: subnetId, words: "not all routes are known" }, "vpc", set, missing);
  }
  const passes = admitted
    .and(allowed(acl, false, port))
    .and(AddressSet.union(replyPorts([acl]).map((reply) => allowed(acl, true, reply))));
  const endpoint = vpcs.instanceConnect.get(destination.VpcId ?? "");
  const connected =
    endpoint === undefined || !isConnectPort(port)
      ? []
      : way(
          { resource: endpoint, words: "local" },
          "instance-connect",
          passes.without(insideOf(destination, vpcs)),
          clientsOf(endpoint),
        );
  return [
    ...connected,
    ...roadsOf(routes, vpcs).flatMap((road) => {
      const { target } = road;
      if (target === "local" || target === "nat" || target === "outbound") return [];
      const set = passes.and(road.addresses);
      if (target === "internet")
        return way(road, "internet", set.and(publicFamilies(destination, vpcs)), doubtsAbout(road, destination, vpcs));
      const doubts = doubtsAbout(road, destination, vpcs);
      // The interfaces of a peer VPC that is visible are in the snapshot, and nothing is behind it: peering is not transitive.
      return doubts.length === 0 && connectionOf(road, vpcs) !== null ? [] : way(road, KINDS[target], set, doubts);
    }),
  ];
}

function clientsOf(resource: string): Unknown[] {
  const words = `Whether ${resource} keeps the addresses of its clients is not in the snapshot.`;
  return [{ words, resource, action: "ec2:DescribeInstanceConnectEndpoints" }];
}

/** The addresses from which the internet may reach an interface: it needs a public IPv4 address, or an IPv6 address. */
export function publicFamilies(one: NetworkInterface, { publicAddresses }: Vpcs): AddressSet {
  const { NetworkInterfaceId, Ipv6Addresses = [], Ipv6Prefixes = [] } = one;
  const hasIpv4 = (publicAddresses.get(NetworkInterfaceId) ?? []).length > 0;
  const hasIpv6 = Ipv6Addresses.length + Ipv6Prefixes.length > 0;
  return AddressSet.of(...(hasIpv4 ? ["0.0.0.0/0"] : []), ...(hasIpv6 ? ["::/0"] : []));
}

/** The addresses of the VPC of an interface. */
export function insideOf({ VpcId = "" }: NetworkInterface, { vpcs }: Vpcs): AddressSet {
  const { CidrBlock, CidrBlockAssociationSet = [], Ipv6CidrBlockAssociationSet = [] } = vpcs.get(VpcId) ?? {};
  const isThere = (state: { State?: string | undefined } | undefined) =>
    (state?.State ?? "associated") === "associated";
  const blocks = [
    CidrBlock,
    ...CidrBlockAssociationSet.filter((one) => isThere(one.CidrBlockState)).map((one) => one.CidrBlock),
    ...Ipv6CidrBlockAssociationSet.filter((one) => isThere(one.Ipv6CidrBlockState)).map((one) => one.Ipv6CidrBlock),
  ];
  return AddressSet.of(...blocks.filter((block) => block !== undefined));
}

function routeFact(resource: string, { words }: Pick<Road, "words">): Fact {
  return { words: `${resource}: ${words}`, resource, action: "ec2:DescribeRouteTables" };
}

function addressFact(one: NetworkInterface, { publicAddresses }: Vpcs): Fact {
  const { NetworkInterfaceId: resource, Ipv6Addresses = [], Ipv6Prefixes = [] } = one;
  const addresses = [
    ...(publicAddresses.get(resource) ?? []),
    ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
    ...Ipv6Prefixes.map(({ Ipv6Prefix }) => Ipv6Prefix),
  ];
  return { words: `${resource} has ${addresses.join(", ")}`, resource, action: "ec2:DescribeNetworkInterfaces" };
}

export function wordsOf(kind: NetworkWay["source"]["kind"], { blocks }: AddressSet): string {
  const shown =
    blocks.length <= 4 ? blocks.join(", ") : `${blocks.slice(0, 4).join(", ")}, and ${blocks.length - 4} more blocks`;
  return kind === "internet" ? `the internet (${shown})` : shown;
}
