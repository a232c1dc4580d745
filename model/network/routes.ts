/** Where the packets of a subnet go: the route with the longest prefix decides. */
import { AddressSet } from "./addresses";
import { RouteTable, Vpcs } from "./vpcs";

export type Target =
  "local" | "internet" | "peering" | "transit-gateway" | "vpn" | "nat" | "outbound" | "appliance" | "unknown";

export interface Road {
  readonly target: Target;
  /** The addresses that this route decides about, after those with a longer prefix. */
  readonly addresses: AddressSet;
  /** ID of the gateway, connection, or attachment. */
  readonly resource: string | null;
  readonly words: string;
}

type Route = NonNullable<RouteTable["Routes"]>[number];

const known = new WeakMap<RouteTable, Road[]>();

export function roadsOf(table: RouteTable, vpcs: Vpcs): Road[] {
  const found = known.get(table) ?? sorted(table, vpcs);
  known.set(table, found);
  return found;
}

/** Routes of the same prefix, such as a static and a propagated one, may all decide. */
function sorted({ Routes = [] }: RouteTable, vpcs: Vpcs): Road[] {
  const blocks = Routes.flatMap((route) => destinationsOf(route, vpcs).map((block) => ({ route, block })));
  let decided = AddressSet.empty;
  let ofLength: string[] = [];
  const roads: Road[] = [];
  for (const { route, block } of blocks.sort((a, b) => lengthOf(b.block) - lengthOf(a.block))) {
    if (ofLength[0] !== undefined && lengthOf(ofLength[0]) !== lengthOf(block)) {
      decided = AddressSet.union([decided, AddressSet.of(...ofLength)]);
      ofLength = [];
    }
    ofLength.push(block);
    const addresses = AddressSet.of(block).without(decided);
    if (route.State === "blackhole" || addresses.isEmpty) continue;
    const { target, resource } = targetOf(route);
    roads.push({ target, addresses, resource, words: `${block} goes to ${resource ?? target}` });
  }
  return roads;
}

/** Whether a route has a prefix list whose entries were not read: it may decide about any address. */
export function hasUnreadList({ Routes = [] }: RouteTable, { prefixLists }: Vpcs): boolean {
  return Routes.some(({ DestinationPrefixListId: id }) => id !== undefined && !prefixLists.has(id));
}

function destinationsOf(route: Route, vpcs: Vpcs): string[] {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId: list } = route;
  const entries = vpcs.prefixLists.get(list ?? "") ?? [];
  return [DestinationCidrBlock, DestinationIpv6CidrBlock, ...entries].filter((block) => block !== undefined);
}

function lengthOf(block: string): number {
  return Number(block.split("/")[1]);
}

function targetOf(route: Route): { target: Target; resource: string | null } {
  const { GatewayId = "", VpcPeeringConnectionId, TransitGatewayId, CoreNetworkArn, NatGatewayId } = route;
  if (GatewayId === "local") return { target: "local", resource: null };
  if (GatewayId.startsWith("igw-")) return { target: "internet", resource: GatewayId };
  if (GatewayId.startsWith("vgw-")) return { target: "vpn", resource: GatewayId };
  // Gateway endpoints of S3 and DynamoDB have a prefix list, and nothing comes in through them. Others are of Gateway Load
  // Balancers, with anything behind them. https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html
  if (GatewayId.startsWith("vpce-"))
    return { target: route.DestinationPrefixListId === undefined ? "appliance" : "outbound", resource: GatewayId };
  if (VpcPeeringConnectionId !== undefined) return { target: "peering", resource: VpcPeeringConnectionId };
  const transit = TransitGatewayId ?? CoreNetworkArn;
  if (transit !== undefined) return { target: "transit-gateway", resource: transit };
  if (NatGatewayId !== undefined) return { target: "nat", resource: NatGatewayId };
  const outbound = route.EgressOnlyInternetGatewayId;
  if (outbound !== undefined) return { target: "outbound", resource: outbound };
  const appliance = route.NetworkInterfaceId ?? route.InstanceId;
  if (appliance !== undefined) return { target: "appliance", resource: appliance };
  return { target: "unknown", resource: route.LocalGatewayId ?? route.CarrierGatewayId ?? null };
}
