/** Where the packets of a subnet go: the route with the longest prefix decides. */
import { Unknown } from "../fact";
import { AddressSet } from "./addresses";
import { isOurs, RouteTable, Vpcs } from "./vpcs";

export type Target =
  "local" | "internet" | "peering" | "transit-gateway" | "vpn" | "outbound" | "interface" | "unknown";

export interface Road {
  readonly target: Target;
  /** The addresses that this route decides about, after those with a longer prefix. */
  readonly addresses: AddressSet;
  /** ID of the gateway, connection, or attachment. */
  readonly resource: string | null;
  readonly words: string;
  /** Why packets may not arrive at the other end, or may come from others than its addresses say. */
  readonly unknowns: readonly Unknown[];
}

type Route = NonNullable<RouteTable["Routes"]>[number];

const known = new WeakMap<RouteTable, readonly Road[]>();

export function roadsOf(table: RouteTable, vpcs: Vpcs): readonly Road[] {
  const found = known.get(table) ?? roads(table, vpcs);
  known.set(table, found);
  return found;
}

function roads({ Routes = [] }: RouteTable, vpcs: Vpcs): Road[] {
  const blocks = Routes.flatMap((route) => destinationsOf(route, vpcs).map((block) => ({ route, block })));
  let decided = AddressSet.empty;
  const result: Road[] = [];
  for (const { route, block } of blocks.sort((a, b) => lengthOf(b.block) - lengthOf(a.block))) {
    const set = AddressSet.of(block);
    const addresses = set.without(decided);
    decided = AddressSet.union([decided, set]);
    if (route.State === "blackhole" || addresses.isEmpty) continue;
    const { target, resource } = targetOf(route);
    const unknowns = unknownsOf(target, resource, vpcs).map((words) => ({ words, resource, action: ACTION }));
    result.push({ target, addresses, resource, words: `${block} goes to ${resource ?? target}`, unknowns });
  }
  return result;
}

const ACTION = "ec2:DescribeRouteTables";

function unknownsOf(target: Target, resource: string | null, vpcs: Vpcs): string[] {
  switch (target) {
    case "local":
    case "outbound":
      return [];
    case "internet":
      return behindEdge(resource, vpcs);
    case "vpn":
      return [
        ...behindEdge(resource, vpcs),
        ...(vpcs.vpnGateways.has(resource ?? "")
          ? []
          : [`${resource} has no VPN connection in the snapshot. AWS Direct Connect is not read.`]),
      ];
    case "peering":
      return peersOf(resource, vpcs).every((id) => isOurs(id, vpcs))
        ? []
        : [`The VPC behind ${resource} is not in the snapshot, or belongs to another account.`];
    case "transit-gateway":
      return [`The route tables of ${resource} are not in the snapshot.`];
    case "interface":
    case "unknown":
      return [`What is behind ${resource ?? "a route"} is not known.`];
  }
}

/** Traffic that comes in through a gateway with a route table of its own goes through an appliance first. */
function behindEdge(gateway: string | null, { edgeRouteTables }: Vpcs): string[] {
  const table = edgeRouteTables.get(gateway ?? "");
  return table === undefined ? [] : [`${table.RouteTableId} routes what comes in through ${gateway}.`];
}

/** Both VPCs of a peering connection. "": one that is not known. */
export function peersOf(connection: string | null, { peeringConnections }: Vpcs): string[] {
  const { AccepterVpcInfo, RequesterVpcInfo } = peeringConnections.get(connection ?? "") ?? {};
  return [AccepterVpcInfo, RequesterVpcInfo].map((one) => one?.VpcId ?? "");
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

function targetOf(route: Route): { readonly target: Target; readonly resource: string | null } {
  const { GatewayId = "", VpcPeeringConnectionId, TransitGatewayId, CoreNetworkArn, NatGatewayId } = route;
  if (GatewayId === "local") return { target: "local", resource: null };
  if (GatewayId.startsWith("igw-")) return { target: "internet", resource: GatewayId };
  if (GatewayId.startsWith("vgw-")) return { target: "vpn", resource: GatewayId };
  // Gateway endpoints of S3 and DynamoDB are routes by prefix list, and nothing comes in through them. The others are Gateway
  // Load Balancer endpoints, behind which is whatever their appliances let pass.
  // Source: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
  if (GatewayId.startsWith("vpce-"))
    return { target: route.DestinationPrefixListId === undefined ? "unknown" : "outbound", resource: GatewayId };
  if (VpcPeeringConnectionId !== undefined) return { target: "peering", resource: VpcPeeringConnectionId };
  const transit = TransitGatewayId ?? CoreNetworkArn;
  if (transit !== undefined) return { target: "transit-gateway", resource: transit };
  const outbound = NatGatewayId ?? route.EgressOnlyInternetGatewayId;
  if (outbound !== undefined) return { target: "outbound", resource: outbound };
  const appliance = route.NetworkInterfaceId ?? route.InstanceId;
  if (appliance !== undefined) return { target: "interface", resource: appliance };
  return { target: "unknown", resource: route.LocalGatewayId ?? route.CarrierGatewayId ?? null };
}
