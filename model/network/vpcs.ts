/** What a snapshot has of networks, by the names that refer to it: built once for a snapshot, because accounts are large. */
import * as z from "zod";
import { PREFIX_LIST, ROUTE_TABLE, SECURITY_GROUP_RULE, VPC } from "../../account/schema/ec2";
import { Snapshot } from "../../account/snapshot";
import { NetworkInterface, Subnet } from "../members";
import { grouped } from "../grouped";
import { NetworkAcl } from "./network-acls";

export type RouteTable = z.infer<typeof ROUTE_TABLE>;
export type SecurityGroupRule = z.infer<typeof SECURITY_GROUP_RULE>;

export interface Vpcs {
  readonly vpcs: ReadonlyMap<string, z.infer<typeof VPC>>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly securityGroups: ReadonlySet<string>;
  readonly rulesOfGroup: ReadonlyMap<string, readonly SecurityGroupRule[]>;
  readonly interfacesOfGroup: ReadonlyMap<string, readonly NetworkInterface[]>;
  readonly interfacesOfSubnet: ReadonlyMap<string, readonly NetworkInterface[]>;
  /** VPCs with an EC2 Instance Connect Endpoint. Whether it keeps the addresses of its clients is not in the snapshot. */
  readonly instanceConnect: ReadonlyMap<string, string>;
  readonly prefixLists: ReadonlyMap<string, z.infer<typeof PREFIX_LIST>>;
  /** By subnet. */
  readonly networkAcls: ReadonlyMap<string, NetworkAcl>;
  /** By subnet, and by VPC for the subnets without a route table of their own. */
  readonly routeTables: ReadonlyMap<string, RouteTable>;
  /** Public IPv4 addresses, by interface. */
  readonly publicAddresses: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<object, Vpcs>();

export function vpcsOf({ ec2 }: Snapshot): Vpcs | null {
  if (ec2 === null) return null;
  const found = known.get(ec2) ?? indexed(ec2);
  known.set(ec2, found);
  return found;
}

function indexed(ec2: NonNullable<Snapshot["ec2"]>): Vpcs {
  const addresses = ec2.NetworkInterfaces.map(({ NetworkInterfaceId, Association, PrivateIpAddresses = [] }) => {
    const associations = [Association, ...PrivateIpAddresses.map((one) => one.Association)];
    return [NetworkInterfaceId, texts(associations.map((one) => one?.PublicIp))] as const;
  });
  const elastic = ec2.Addresses.map(
    ({ NetworkInterfaceId = "", PublicIp }) => [NetworkInterfaceId, texts([PublicIp])] as const,
  );
  return {
    vpcs: new Map(ec2.Vpcs.map((one) => [one.VpcId, one])),
    subnets: new Map(ec2.Subnets.map((one) => [one.SubnetId, one])),
    securityGroups: new Set(ec2.SecurityGroups.map(({ GroupId }) => GroupId)),
    rulesOfGroup: grouped(ec2.SecurityGroupRules, ({ GroupId }) => [GroupId]),
    interfacesOfGroup: grouped(ec2.NetworkInterfaces, ({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId)),
    interfacesOfSubnet: grouped(ec2.NetworkInterfaces, ({ SubnetId }) => texts([SubnetId])),
    instanceConnect: new Map(
      ec2.InstanceConnectEndpoints.map(({ VpcId = "", InstanceConnectEndpointId: id }) => [VpcId, id]),
    ),
    prefixLists: new Map(ec2.PrefixLists.map((one) => [one.PrefixListId, one])),
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
