/** Where the packets of a subnet go: the route with the longest prefix decides. */
import { AddressSet } from "./addresses";
import { RouteTable, Vpcs } from "./vpcs";

export type Target =
  "local" | "internet" | "peering" | "transit-gateway" | "vpn" | "outbound" | "interface" | "unknown";

export interface Road {
  readonly target: Target;
  /** The addresses that this route decides about, after those with a longer prefix. */
  readonly addresses: AddressSet;
  /** ID of the gateway, connection, or attachment. */
  readonly resource: string | null;
  readonly words: string;
}

type Route = NonNullable<RouteTable["Routes"]>[number];

export function roadsOf({ Routes = [] }: RouteTable, vpcs: Vpcs): Road[] {
  const blocks = Routes.flatMap((route) => destinationsOf(route, vpcs).map((block) => ({ route, block })));
  let decided = AddressSet.empty;
  const roads: Road[] = [];
  for (const { route, block } of blocks.sort((a, b) => lengthOf(b.block) - lengthOf(a.block))) {
    const set = AddressSet.of(block);
    const addresses = set.without(decided);
    decided = AddressSet.union([decided, set]);
    if (route.State === "blackhole" || addresses.isEmpty) continue;
    const { target, resource } = targetOf(route);
    roads.push({ target, addresses, resource, words: `${block} goes to ${resource ?? target}` });
  }
  return roads;
}

/** Whether a route has a prefix list whose entries were not read: it may decide about any address. */
export function isUnknown({ Routes = [] }: RouteTable, vpcs: Vpcs): boolean {
  return Routes.some(
    ({ DestinationPrefixListId: id }) => id !== undefined && (vpcs.prefixLists.get(id)?.Entries ?? null) === null,
  );
}

function destinationsOf(route: Route, vpcs: Vpcs): string[] {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId: list } = route;
  const entries = list === undefined ? [] : (vpcs.prefixLists.get(list)?.Entries ?? []);
  return [DestinationCidrBlock, DestinationIpv6CidrBlock, ...entries.map(({ Cidr }) => Cidr)].filter(
    (block) => block !== undefined,
  );
}

function lengthOf(block: string): number {
  return Number(block.split("/")[1]);
}

function targetOf(route: Route): { target: Target; resource: string | null } {
  const { GatewayId = "", VpcPeeringConnectionId, TransitGatewayId, CoreNetworkArn, NatGatewayId } = route;
  if (GatewayId === "local") return { target: "local", resource: null };
  if (GatewayId.startsWith("igw-")) return { target: "internet", resource: GatewayId };
  if (GatewayId.startsWith("vgw-")) return { target: "vpn", resource: GatewayId };
  // Gateway endpoints of S3 and DynamoDB: nothing comes in through them.
  if (GatewayId.startsWith("vpce-")) return { target: "outbound", resource: GatewayId };
  if (VpcPeeringConnectionId !== undefined) return { target: "peering", resource: VpcPeeringConnectionId };
  const transit = TransitGatewayId ?? CoreNetworkArn;
  if (transit !== undefined) return { target: "transit-gateway", resource: transit };
  const outbound = NatGatewayId ?? route.EgressOnlyInternetGatewayId;
  if (outbound !== undefined) return { target: "outbound", resource: outbound };
  const appliance = route.NetworkInterfaceId ?? route.InstanceId;
  if (appliance !== undefined) return { target: "interface", resource: appliance };
  return { target: "unknown", resource: route.LocalGatewayId ?? route.CarrierGatewayId ?? null };
}
