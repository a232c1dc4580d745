/** The addresses from which the node connects. */
import { NetworkInterface } from "../members";
import { AddressSet } from "./addresses";
import { placeOf } from "./place";
import { hasUnreadList, roadsOf } from "./routes";
import { unseenIn } from "./visibility";
import { NetworkRoles } from "./ways";
import { Vpcs } from "./vpcs";

const known = new WeakMap<NetworkRoles, AddressSet>();

/** Whatever else has an address in the node's subnets is in the snapshot, unless another account owns them. */
export function addressesOfNode(roles: NetworkRoles, vpcs: Vpcs): AddressSet {
  const found =
    known.get(roles) ?? AddressSet.union([...roles.node.map((one) => around(one, vpcs)), nats(roles, vpcs)]);
  known.set(roles, found);
  return found;
}

/** The addresses of a node, and the blocks of its subnet. */
function around(one: NetworkInterface, vpcs: Vpcs): AddressSet {
  const { NetworkInterfaceId, SubnetId = "", VpcId = "" } = one;
  const { CidrBlock, Ipv6CidrBlockAssociationSet = [] } = vpcs.subnets.get(SubnetId) ?? {};
  const subnet = [CidrBlock, ...Ipv6CidrBlockAssociationSet.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock)];
  const blocks = unseenIn(VpcId, vpcs).length > 0 ? [] : subnet.filter((block) => block !== undefined);
  const elastic = vpcs.publicAddresses.get(NetworkInterfaceId) ?? [];
  return AddressSet.union([placeOf(one, vpcs).addresses, AddressSet.of(...blocks, ...elastic)]);
}

/** The public addresses of the NAT gateways through which nobody but the node reaches a public application. */
function nats({ application, node }: NetworkRoles, vpcs: Vpcs): AddressSet {
  const { publicAddresses, natGateways } = vpcs;
  const target = AddressSet.of(...application.flatMap((one) => publicAddresses.get(one.NetworkInterfaceId) ?? []));
  if (target.isEmpty) return AddressSet.empty;
  const own = [...natGateways].filter(([gateway]) => {
    const users = usersOf(gateway, target, vpcs);
    return users !== null && users.length > 0 && users.every((one) => node.includes(one));
  });
  return AddressSet.of(...own.flatMap(([, ids]) => ids.flatMap((id) => publicAddresses.get(id) ?? [])));
}

/** The interfaces whose packets to an address go through a NAT gateway. Null: some may, and are not known. */
function usersOf(gateway: string, target: AddressSet, vpcs: Vpcs): NetworkInterface[] | null {
  const users: NetworkInterface[] = [];
  for (const { SubnetId, VpcId } of vpcs.subnets.values()) {
    const table = vpcs.routeTables.get(SubnetId) ?? vpcs.routeTables.get(VpcId);
    if (table === undefined || hasUnreadList(table, vpcs)) return null;
    const isUser = roadsOf(table, vpcs).some(
      ({ resource, addresses }) => resource === gateway && !addresses.and(target).isEmpty,
    );
    if (!isUser) continue;
    if (unseenIn(VpcId, vpcs).length > 0) return null;
    users.push(...(vpcs.interfacesOfSubnet.get(SubnetId) ?? []));
  }
  return users;
}
