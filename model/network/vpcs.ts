/** What a snapshot has of networks, by the names that refer to it: built once for a snapshot, because accounts are large. */
import * as z from "zod";
import {
  ROUTE_TABLE,
  SECURITY_GROUP,
  SECURITY_GROUP_RULE,
  VPC,
  VPC_PEERING_CONNECTION,
} from "../../account/schema/ec2";
import { Snapshot } from "../../account/snapshot";
import { NetworkInterface, Subnet } from "../members";
import { grouped } from "../grouped";
import { unreadOf } from "../unread";
import { NetworkAcl } from "./network-acls";

export type RouteTable = z.infer<typeof ROUTE_TABLE>;
export type SecurityGroupRule = z.infer<typeof SECURITY_GROUP_RULE>;

export interface Vpcs {
  /** Null: not known. */
  readonly accountId: string | null;
  readonly vpcs: ReadonlyMap<string, z.infer<typeof VPC>>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  /** VPCs of other accounts, which share subnets with this one, with their owner. */
  readonly owners: ReadonlyMap<string, string>;
  readonly securityGroups: ReadonlyMap<string, z.infer<typeof SECURITY_GROUP>>;
  readonly rulesOfGroup: ReadonlyMap<string, readonly SecurityGroupRule[]>;
  readonly interfacesOfGroup: ReadonlyMap<string, readonly NetworkInterface[]>;
  readonly interfacesOfSubnet: ReadonlyMap<string, readonly NetworkInterface[]>;
  /** VPCs with an EC2 Instance Connect Endpoint. Whether it keeps the addresses of its clients is not in the snapshot. */
  readonly instanceConnect: ReadonlyMap<string, string>;
  /** CIDR blocks of the prefix lists whose entries were all read. */
  readonly prefixLists: ReadonlyMap<string, readonly string[]>;
  readonly peerings: ReadonlyMap<string, z.infer<typeof VPC_PEERING_CONNECTION>>;
  /** Virtual private gateways with a VPN connection. */
  readonly vpnGateways: ReadonlySet<string>;
  /** By subnet. */
  readonly networkAcls: ReadonlyMap<string, NetworkAcl>;
  /** By subnet, and by VPC for the subnets without a route table of their own. */
  readonly routeTables: ReadonlyMap<string, RouteTable>;
  /** By VPC, all of them. */
  readonly routeTablesOfVpc: ReadonlyMap<string, readonly RouteTable[]>;
  /** By the internet gateway or virtual private gateway that receives packets. */
  readonly edgeRouteTables: ReadonlyMap<string, RouteTable>;
  /** Interfaces of NAT gateways, by their IDs. */
  readonly natGateways: ReadonlyMap<string, readonly string[]>;
  /** Public IPv4 addresses, by interface. */
  readonly publicAddresses: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<object, Vpcs>();

export function vpcsOf(snapshot: Snapshot): Vpcs | null {
  const { ec2 } = snapshot;
  if (ec2 === null) return null;
  const found = known.get(ec2) ?? indexed(ec2, snapshot);
  known.set(ec2, found);
  return found;
}

function indexed(ec2: NonNullable<Snapshot["ec2"]>, snapshot: Snapshot): Vpcs {
  const addresses = ec2.NetworkInterfaces.map(({ NetworkInterfaceId, Association, PrivateIpAddresses = [] }) => {
    const associations = [Association, ...PrivateIpAddresses.map((one) => one.Association)];
    return [NetworkInterfaceId, texts(associations.map((one) => one?.PublicIp))] as const;
  });
  const elastic = ec2.Addresses.map(
    ({ NetworkInterfaceId = "", PublicIp }) => [NetworkInterfaceId, texts([PublicIp])] as const,
  );
  const hasAllEntries = (id: string) => unreadOf(snapshot, "ec2:GetManagedPrefixListEntries", id).length === 0;
  const tables = ec2.RouteTables.filter(({ Routes }) => Routes !== undefined);
  return {
    accountId: snapshot.account_id,
    owners: new Map(
      [...ec2.Vpcs, ...ec2.Subnets].flatMap(({ VpcId, OwnerId }) =>
        OwnerId === undefined || OwnerId === snapshot.account_id ? [] : [[VpcId, OwnerId] as const],
      ),
    ),
    vpcs: new Map(ec2.Vpcs.map((one) => [one.VpcId, one])),
    subnets: new Map(ec2.Subnets.map((one) => [one.SubnetId, one])),
    securityGroups: new Map(ec2.SecurityGroups.map((one) => [one.GroupId, one])),
    rulesOfGroup: grouped(ec2.SecurityGroupRules, ({ GroupId }) => [GroupId]),
    interfacesOfGroup: grouped(ec2.NetworkInterfaces, ({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId)),
    interfacesOfSubnet: grouped(ec2.NetworkInterfaces, ({ SubnetId }) => texts([SubnetId])),
    instanceConnect: new Map(
      ec2.InstanceConnectEndpoints.map(({ VpcId = "", InstanceConnectEndpointId: id }) => [VpcId, id]),
    ),
    prefixLists: new Map(
      ec2.PrefixLists.flatMap(({ PrefixListId: id, Entries }) =>
        Entries === null || !hasAllEntries(id) ? [] : [[id, Entries.map(({ Cidr }) => Cidr)] as const],
      ),
    ),
    peerings: new Map(ec2.VpcPeeringConnections.map((one) => [one.VpcPeeringConnectionId, one])),
    vpnGateways: new Set(
      texts(ec2.VpnConnections.filter(({ State }) => State === "available").map((one) => one.VpnGatewayId)),
    ),
    networkAcls: new Map(
      ec2.NetworkAcls.filter(({ Entries }) => Entries !== undefined).flatMap((acl) =>
        texts((acl.Associations ?? []).map(({ SubnetId }) => SubnetId)).map((id) => [id, acl] as const),
      ),
    ),
    routeTables: new Map(
      tables.flatMap((table) =>
        (table.Associations ?? []).flatMap(({ Main = false, SubnetId }) =>
          texts([SubnetId, Main ? table.VpcId : undefined]).map((id) => [id, table] as const),
        ),
      ),
    ),
    routeTablesOfVpc: grouped(tables, ({ VpcId }) => [VpcId]),
    edgeRouteTables: new Map(
      tables.flatMap((table) =>
        texts((table.Associations ?? []).map(({ GatewayId }) => GatewayId)).map((id) => [id, table] as const),
      ),
    ),
    natGateways: new Map(
      ec2.NatGateways.map(({ NatGatewayId, NatGatewayAddresses = [] }) => [
        NatGatewayId,
        texts(NatGatewayAddresses.map((one) => one.NetworkInterfaceId)),
      ]),
    ),
    publicAddresses: new Map(
      [...grouped([...addresses, ...elastic], ([id]) => [id])].map(([id, some]) => [
        id,
        [...new Set(some.flatMap(([, ips]) => ips))],
      ]),
    ),
  };
}

function texts(values: readonly (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}
