/** Who reaches an interface over the network, and is not the node. */
import { Snapshot } from "../../account/snapshot";
import { Fact, Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { AddressSet } from "./addresses";
import { opensConnections } from "./clients";
import { addressesOfNode } from "./node";
import { fromOutside, insideOf, KINDS, wordsOf } from "./outside";
import { placeOf } from "./place";
import { reach, withoutGroups } from "./reach";
import { Road, roadsOf } from "./routes";
import { factOf, Peer, peerOf, rulesFor } from "./security-groups";
import { unseenIn, unseenRules } from "./visibility";
import { NetworkRoles, NetworkWay } from "./ways";
import { Vpcs } from "./vpcs";

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
  const others = (snapshot.ec2?.NetworkInterfaces ?? []).filter(
    (one) =>
      one !== destination && !isNode.has(one.NetworkInterfaceId) && opensConnections(one, destination, port, vpcs),
  );
  const isOther = new Set(others);
  const { VpcId: vpcId = "" } = destination;
  const undecided = (facts: readonly Fact[], unknowns: readonly Unknown[], set = AddressSet.empty): NetworkWay[] =>
    unknowns.map((unknown) => ({
      source: {
        ...{ kind: "vpc", words: set.isEmpty ? unknown.words : wordsOf("vpc", set) },
        ...{ addresses: set.blocks, resource: unknown.resource },
      },
      ...{ destination, ports: [[port, port]], certain: false, facts, unknowns: [unknown] },
    }));
  const admitted = admittedTo(destination, port, vpcs).flatMap(({ peer, fact }): NetworkWay[] => {
    if (peer.kind === "unknown") return undecided([fact], [peer.unknown]);
    const candidates =
      peer.kind === "group"
        ? peer.carriers.filter((one) => isOther.has(one))
        : others.filter((one) => !placeOf(one, vpcs).addresses.and(peer.set).isEmpty);
    const inside = candidates.flatMap((one): NetworkWay[] => {
      const { state, facts, unknowns } = reach(snapshot, one, destination, port);
      if (state === "closed") return [];
      const source = sourceOf(one, destination, vpcs);
      return [{ source, destination, ports: [[port, port]], certain: state === "open", facts, unknowns }];
    });
    if (peer.kind === "group") return [...inside, ...undecided([fact], peer.unseen)];
    const set = peer.set.without(ofNode);
    // The addresses of a VPC that is not in the snapshot are not known, either.
    const unseen = vpcs.vpcs.has(vpcId) ? set.and(insideOf(destination, vpcs)) : set;
    return [
      ...inside,
      ...(unseen.isEmpty ? [] : undecided([fact], unseenIn(vpcId, vpcs), unseen)),
      ...fromOutside(destination, port, set, fact, vpcs),
    ];
  });
  return [...admitted, ...undecided([], unseenRules(destination, vpcs))];
}

function admittedTo(destination: NetworkInterface, port: number, vpcs: Vpcs): Admitted[] {
  if ((destination.Groups ?? []).length === 0)
    return [{ peer: { kind: "addresses", set: AddressSet.everything }, fact: withoutGroups(destination) }];
  return rulesFor(destination, "ingress", port, vpcs).map((rule) => ({ peer: peerOf(rule, vpcs), fact: factOf(rule) }));
}

function sourceOf(one: NetworkInterface, destination: NetworkInterface, vpcs: Vpcs): NetworkWay["source"] {
  const { NetworkInterfaceId: resource, Description = "" } = one;
  const words = Description === "" ? resource : `${resource} (${Description})`;
  return { kind: kindOf(one, destination, vpcs), words, addresses: placeOf(one, vpcs).addresses.blocks, resource };
}

function kindOf(one: NetworkInterface, destination: NetworkInterface, vpcs: Vpcs): NetworkWay["source"]["kind"] {
  const { InterfaceType, VpcId, Description = "" } = one;
  if (InterfaceType === "ec2_instance_connect_endpoint") return "instance-connect";
  if (Description.startsWith("ClientVPN Endpoint")) return "client-vpn";
  const { routes } = placeOf(destination, vpcs);
  if (VpcId === destination.VpcId || routes === null) return "interface";
  const { addresses } = placeOf(one, vpcs);
  const kinds: Readonly<Partial<Record<Road["target"], NetworkWay["source"]["kind"]>>> = KINDS;
  const roads = roadsOf(routes, vpcs).filter((road) => !road.addresses.and(addresses).isEmpty);
  return roads.map(({ target }) => kinds[target]).find((kind) => kind !== undefined) ?? "interface";
}
