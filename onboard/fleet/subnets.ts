/** The subnets of a node that the configuration creates. */
import { Snapshot } from "../../account/snapshot";
import { Members, Subnet } from "../../model/members";
import { vpcsOf } from "../../model/network/vpcs";
import { listed, Refusal, refuseUnread } from "../refusal";

export interface Place {
  readonly vpcId: string;
  readonly application: Members;
  /** Availability Zones in which a load balancer sends requests to targets. Null: all. */
  readonly zones: ReadonlySet<string> | null;
}

/**
 * Those that are named, those of the last time, or one private subnet with a route out in each Availability Zone.
 * @throws Refusal if there are none
 */
export function fleetSubnets(
  snapshot: Snapshot,
  place: Place,
  named: readonly string[],
  lastTime: readonly string[],
): Subnet[] {
  refuseUnread(snapshot, /^ec2:Describe(RouteTables|Subnets)$/);
  const all = (snapshot.ec2?.Subnets ?? []).filter(({ VpcId }) => VpcId === place.vpcId).sort(byZone);
  if (named.length > 0) return those(named, all, place, snapshot);
  const kept = all.filter(({ SubnetId }) => lastTime.includes(SubnetId));
  if (lastTime.length > 0 && kept.length === lastTime.length) return kept;
  return chosen(all, place, snapshot);
}

function byZone(a: Subnet, b: Subnet): number {
  return a.AvailabilityZone.localeCompare(b.AvailabilityZone) || a.SubnetId.localeCompare(b.SubnetId);
}

function those(named: readonly string[], all: readonly Subnet[], { vpcId }: Place, snapshot: Snapshot): Subnet[] {
  const missing = named.filter((id) => !all.some(({ SubnetId }) => SubnetId === id));
  if (missing.length > 0)
    throw new Refusal(
      `These subnets of --node-subnets are not in ${vpcId}: ${missing.join(", ")}. Its subnets: ${inWords(all, snapshot)}.`,
    );
  const found = all.filter(({ SubnetId }) => named.includes(SubnetId));
  const closed = found.filter((subnet) => wayOut(subnet, snapshot) === "none");
  if (closed.length > 0)
    throw new Refusal(
      `These subnets of --node-subnets have no route to 0.0.0.0/0, and the node connects to Wallarm Cloud: ${inWords(closed, snapshot)}. Add a NAT gateway, or name others.`,
    );
  return found;
}

function chosen(all: readonly Subnet[], { vpcId, zones, application }: Place, snapshot: Snapshot): Subnet[] {
  const ofApplication = new Set(application.subnets.map(({ SubnetId }) => SubnetId));
  const byPreference = [...all]
    .filter(({ AvailabilityZone }) => zones === null || zones.has(AvailabilityZone))
    .filter((subnet) => wayOut(subnet, snapshot) === "private")
    // The module network-acl cannot tell the node from an application in the same subnets.
    .sort((a, b) => Number(ofApplication.has(a.SubnetId)) - Number(ofApplication.has(b.SubnetId)));
  const found = new Map<string, Subnet>();
  for (const subnet of byPreference)
    if (!found.has(subnet.AvailabilityZone)) found.set(subnet.AvailabilityZone, subnet);
  if (found.size < 2)
    throw new Refusal(
      `The node needs subnets with a route out in two Availability Zones${zones === null ? "" : ` of the load balancer (${[...zones].join(", ")})`}, and ${vpcId} has private ones in ${listed([...found.keys()])}. Add subnets with a NAT gateway, or name subnets with --node-subnets. In public ones, the node gets public addresses. The subnets: ${inWords(all, snapshot)}.`,
    );
  return [...found.values()].sort(byZone);
}

function inWords(subnets: readonly Subnet[], snapshot: Snapshot): string {
  const words = { private: "private", public: "public", none: "no route out" };
  return listed(
    subnets.map((subnet) => `${subnet.SubnetId} (${subnet.AvailabilityZone}, ${words[wayOut(subnet, snapshot)]})`),
  );
}

/** How the instances of a subnet reach Wallarm Cloud. */
export function wayOut({ SubnetId, VpcId }: Subnet, snapshot: Snapshot): "private" | "public" | "none" {
  const tables = vpcsOf(snapshot)?.routeTables;
  const table = tables?.get(SubnetId) ?? tables?.get(VpcId);
  const route = table?.Routes?.find(
    ({ DestinationCidrBlock, State }) => DestinationCidrBlock === "0.0.0.0/0" && State !== "blackhole",
  );
  if (route === undefined) return "none";
  return route.GatewayId?.startsWith("igw-") === true ? "public" : "private";
}
