/** Route tables, their routes in both forms, and the subnets that have them. */
import * as z from "zod";
import { ROUTE_TABLE as SCHEMA } from "../schema/ec2";
import { Draft } from "./draft";
import { row } from "./row";
import { blocks, COMPUTED_TEXT, OPTIONAL_TEXT, orLater, TEXT } from "./values";

type Table = z.infer<typeof SCHEMA>;
type Route = NonNullable<Table["Routes"]>[number];

const TARGETS = {
  ...{ carrier_gateway_id: OPTIONAL_TEXT, core_network_arn: OPTIONAL_TEXT, gateway_id: OPTIONAL_TEXT },
  ...{ egress_only_gateway_id: OPTIONAL_TEXT, local_gateway_id: OPTIONAL_TEXT, nat_gateway_id: OPTIONAL_TEXT },
  ...{ transit_gateway_id: OPTIONAL_TEXT, vpc_endpoint_id: OPTIONAL_TEXT, vpc_peering_connection_id: OPTIONAL_TEXT },
  // AWS says whose interface an instance's is.
  network_interface_id: COMPUTED_TEXT,
};
type Targets = z.infer<z.ZodObject<typeof TARGETS>>;

const INLINE = z.object({
  ...{ cidr_block: OPTIONAL_TEXT, ipv6_cidr_block: OPTIONAL_TEXT, destination_prefix_list_id: OPTIONAL_TEXT },
  ...TARGETS,
});
const TABLE = z.object({ id: TEXT, vpc_id: TEXT, route: orLater(blocks(INLINE)) });

export const ROUTE_TABLE = row(TABLE, {
  remove: ({ id }, draft) => {
    const ec2 = draft.part("ec2");
    if (ec2 !== null) ec2.RouteTables = ec2.RouteTables.filter(({ RouteTableId }) => RouteTableId !== id);
  },
  put: ({ id, vpc_id: VpcId, route }, draft) => {
    if (route === null && !draft.isExtended(id)) draft.unknown("its routes are known only after the apply.");
    const Routes = [...insideOf(VpcId, draft), ...(route ?? []).map(inlineRoute)];
    draft.part("ec2")?.RouteTables.push({ RouteTableId: draft.planned(id), VpcId, Associations: [], Routes });
  },
  update: (before, { id, route }, draft) => {
    const table = tableOf(id, draft);
    if (table === null) return;
    draft.planned(id);
    if (route === null) draft.unknown("its routes are known only after the apply.");
    const old = (before.route ?? []).map(inlineRoute);
    const kept = (table.Routes ?? []).filter((one) => !old.some((other) => isSame(one, other)));
    table.Routes = [...kept, ...(route ?? []).map(inlineRoute)];
  },
});

const ROUTE_SCHEMA = z.object({
  ...{ route_table_id: TEXT, destination_cidr_block: OPTIONAL_TEXT, destination_ipv6_cidr_block: OPTIONAL_TEXT },
  ...{ destination_prefix_list_id: OPTIONAL_TEXT, ...TARGETS },
});

export const ROUTE = row(ROUTE_SCHEMA, {
  remove: ({ route_table_id: id, ...before }, draft) => {
    const table = tableOf(id, draft);
    if (table === null) return;
    draft.planned(id);
    table.Routes = (table.Routes ?? []).filter((one) => !isSame(one, separateRoute(before)));
  },
  put: ({ route_table_id: id, ...after }, draft) => {
    const table = tableOf(id, draft);
    if (table === null) return;
    draft.planned(id);
    table.Routes = [...(table.Routes ?? []), separateRoute(after)];
  },
});

const ASSOCIATION = z.object({ route_table_id: TEXT, subnet_id: OPTIONAL_TEXT, gateway_id: OPTIONAL_TEXT });

export const ROUTE_TABLE_ASSOCIATION = row(ASSOCIATION, {
  remove: ({ route_table_id, subnet_id, gateway_id }, draft) => {
    const table = draft.part("ec2")?.RouteTables.find(({ RouteTableId }) => RouteTableId === route_table_id);
    if (table === undefined) return;
    table.Associations = (table.Associations ?? []).filter(
      ({ Main, SubnetId, GatewayId }) => Main === true || SubnetId !== subnet_id || GatewayId !== gateway_id,
    );
  },
  put: ({ route_table_id, subnet_id: SubnetId, gateway_id: GatewayId }, draft) => {
    const table = tableOf(route_table_id, draft);
    if (table === null) return;
    draft.planned(route_table_id);
    table.Associations = [...(table.Associations ?? []), { SubnetId, GatewayId }];
  },
});

function tableOf(id: string, draft: Draft): Table | null {
  const table = draft.part("ec2")?.RouteTables.find(({ RouteTableId }) => RouteTableId === id);
  return draft.found(table, `the route table ${id}`);
}

/** AWS's own routes. */
function insideOf(vpcId: string, draft: Draft): Route[] {
  const vpc = draft.part("ec2")?.Vpcs.find(({ VpcId }) => VpcId === vpcId);
  const { CidrBlock, CidrBlockAssociationSet = [], Ipv6CidrBlockAssociationSet = [] } = vpc ?? {};
  const blocks = [CidrBlock, ...CidrBlockAssociationSet.map((one) => one.CidrBlock)].filter((one) => one !== undefined);
  const local = { GatewayId: "local", State: "active" };
  return [
    ...[...new Set(blocks)].map((DestinationCidrBlock) => ({ DestinationCidrBlock, ...local })),
    ...Ipv6CidrBlockAssociationSet.map((one) => ({ DestinationIpv6CidrBlock: one.Ipv6CidrBlock, ...local })),
  ];
}

function inlineRoute({ cidr_block, ipv6_cidr_block, ...rest }: z.infer<typeof INLINE>): Route {
  return separateRoute({ ...rest, destination_cidr_block: cidr_block, destination_ipv6_cidr_block: ipv6_cidr_block });
}

function separateRoute(route: Omit<z.infer<typeof ROUTE_SCHEMA>, "route_table_id">): Route {
  return {
    DestinationCidrBlock: route.destination_cidr_block,
    DestinationIpv6CidrBlock: route.destination_ipv6_cidr_block,
    DestinationPrefixListId: route.destination_prefix_list_id,
    ...targetsOf(route),
    State: "active",
  };
}

/** AWS answers a Gateway Load Balancer endpoint as a gateway. */
function targetsOf(route: Targets): Route {
  return {
    CarrierGatewayId: route.carrier_gateway_id,
    CoreNetworkArn: route.core_network_arn,
    EgressOnlyInternetGatewayId: route.egress_only_gateway_id,
    GatewayId: route.gateway_id ?? route.vpc_endpoint_id,
    LocalGatewayId: route.local_gateway_id,
    NatGatewayId: route.nat_gateway_id,
    NetworkInterfaceId: route.network_interface_id,
    TransitGatewayId: route.transit_gateway_id,
    VpcPeeringConnectionId: route.vpc_peering_connection_id,
  };
}

/** A table has one route for each destination. */
function isSame(one: Route, other: Route): boolean {
  return (
    one.DestinationCidrBlock === other.DestinationCidrBlock &&
    one.DestinationIpv6CidrBlock === other.DestinationIpv6CidrBlock &&
    one.DestinationPrefixListId === other.DestinationPrefixListId
  );
}
