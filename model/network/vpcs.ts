/** What a snapshot has of networks, by the names that refer to it: built once for a snapshot, because accounts are large. */
import * as z from "zod";
import {
  PREFIX_LIST,
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
  readonly accountId: string | null;
  readonly vpcs: ReadonlyMap<string, z.infer<typeof VPC>>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly securityGroups: ReadonlyMap<string, z.infer<typeof SECURITY_GROUP>>;
  readonly rulesOfGroup: ReadonlyMap<string, readonly SecurityGroupRule[]>;
  readonly interfacesOfGroup: ReadonlyMap<string, readonly NetworkInterface[]>;
  readonly interfacesOfSubnet: ReadonlyMap<string, readonly NetworkInterface[]>;
  /** VPCs with an EC2 Instance Connect Endpoint. Whether it keeps the addresses of its clients is not in the snapshot. */
  readonly instanceConnect: ReadonlyMap<string, string>;
  /** Without those whose entries could not be read. */
  readonly prefixLists: ReadonlyMap<string, z.infer<typeof PREFIX_LIST>>;
  /** By subnet. */
  readonly networkAcls: ReadonlyMap<string, NetworkAcl>;
  /** By subnet, and by VPC for the subnets without a route table of their own. */
  readonly routeTables: ReadonlyMap<string, RouteTable>;
  /** By the internet or virtual private gateway whose incoming traffic they route. */
  readonly edgeRouteTables: ReadonlyMap<string, RouteTable>;
  readonly peeringConnections: ReadonlyMap<string, z.infer<typeof VPC_PEERING_CONNECTION>>;
  /** Virtual private gateways with a VPN connection. */
  readonly vpnGateways: ReadonlySet<string>;
  /** NAT gateways, by their interfaces. */
  readonly natGateways: ReadonlyMap<string, string>;
  /** Public IPv4 addresses, by interface. */
  readonly publicAddresses: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<object, Vpcs>();

export function vpcsOf(snapshot: Snapshot): Vpcs | null {
  const { ec2 } = snapshot;
  if (ec2 === null) return null;
  const found = known.get(ec2) ?? indexed(snapshot, ec2);
  known.set(ec2, found);
  return found;
}

function indexed(snapshot: Snapshot, ec2: NonNullable<Snapshot["ec2"]>): Vpcs {
  const addresses = ec2.NetworkInterfaces.map(({ NetworkInterfaceId, Association, PrivateIpAddresses = [] }) => {
    const associations = [Association, ...PrivateIpAddresses.map((one) => one.Association)];
    return [NetworkInterfaceId, texts(associations.map((one) => one?.PublicIp))] as const;
  });
  const elastic = ec2.Addresses.map(
    ({ NetworkInterfaceId = "", PublicIp }) => [NetworkInterfaceId, texts([PublicIp])] as const,
  );
  // Of a list whose entries were denied, the document has the entries that were read: none.
  const isRead = ({ PrefixListId }: z.infer<typeof PREFIX_LIST>) =>
    unreadOf(snapshot, "ec2:GetManagedPrefixListEntries", PrefixListId).length === 0;
  return {
    accountId: snapshot.account_id,
    vpcs: new Map(ec2.Vpcs.map((one) => [one.VpcId, one])),
    subnets: new Map(ec2.Subnets.map((one) => [one.SubnetId, one])),
    securityGroups: new Map(ec2.SecurityGroups.map((one) => [one.GroupId, one])),
    rulesOfGroup: grouped(ec2.SecurityGroupRules, ({ GroupId }) => [GroupId]),
    interfacesOfGroup: grouped(ec2.NetworkInterfaces, ({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId)),
    interfacesOfSubnet: grouped(ec2.NetworkInterfaces, ({ SubnetId }) => texts([SubnetId])),
    instanceConnect: new Map(
      ec2.InstanceConnectEndpoints.map(({ VpcId = "", InstanceConnectEndpointId: id }) => [VpcId, id]),
    ),
    prefixLists: new Map(ec2.PrefixLists.filter(isRead).map((one) => [one.PrefixListId, one])),
    networkAcls: new Map(
      ec2.NetworkAcls.flatMap((acl) =>
        texts((acl.Associations ?? []).map(({ SubnetId }) => SubnetId)).map((id) => [id, acl] as const),
      ),
    ),
    routeTables: new Map(
      ec2.RouteTables.flatMap((table) =>
        (table.Associations ?? []).flatMap(({ Main = false, SubnetId }) =>
          texts([SubnetId, Main ? table.VpcId : undefined]).map((id) => [id, table] as const),
        ),
      ),
    ),
    edgeRouteTables: new Map(
      ec2.RouteTables.flatMap((table) =>
        texts((table.Associations ?? []).map(({ GatewayId }) => GatewayId)).map((id) => [id, table] as const),
      ),
    ),
    peeringConnections: new Map(ec2.VpcPeeringConnections.map((one) => [one.VpcPeeringConnectionId, one])),
    vpnGateways: new Set(texts(ec2.VpnConnections.map(({ VpnGatewayId }) => VpnGatewayId))),
    natGateways: new Map(
      ec2.NatGateways.flatMap(({ NatGatewayId, NatGatewayAddresses = [] }) =>
        texts(NatGatewayAddresses.map((one) => one.NetworkInterfaceId)).map((id) => [id, NatGatewayId] as const),
      ),
    ),
    publicAddresses: new Map(
      [...grouped([...addresses, ...elastic], ([id]) => [id])].map(([id, some]) => [
        id,
        [...new Set(some.flatMap(([, ips]) => ips))],
      ]),
    ),
  };
}

/**
 * Whether all interfaces of a VPC are in the snapshot. Accounts with which it is shared see only their own.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html
 */
export function isOurs(vpcId: string, { vpcs, accountId }: Vpcs): boolean {
  const vpc = vpcs.get(vpcId);
  return vpc !== undefined && (vpc.OwnerId === undefined || vpc.OwnerId === accountId);
}

function texts(values: readonly (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}
