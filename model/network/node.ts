/** The addresses from which the node connects, and who has them besides the node. */
import { NetworkInterface } from "../members";
import { AddressSet } from "./addresses";
import { placeOf } from "./place";
import { isUnknown, roadsOf } from "./routes";
import { isOurs, Vpcs } from "./vpcs";
import { NetworkRoles } from "./ways";

/**
 * The node's own addresses, those of NAT gateways that only the node uses, and the blocks of its subnets: who else is in
 * these is a source of its own. In a VPC of another account, nobody knows who else is in them.
 */
export function addressesOfNode(roles: NetworkRoles, vpcs: Vpcs): AddressSet {
  const found = known.get(roles) ?? collected(roles, vpcs);
  known.set(roles, found);
  return found;
}

const known = new WeakMap<NetworkRoles, AddressSet>();

function collected(roles: NetworkRoles, vpcs: Vpcs): AddressSet {
  const { node } = roles;
  const blocks = node.flatMap(({ NetworkInterfaceId, SubnetId = "", VpcId = "" }) => {
    const { CidrBlock, Ipv6CidrBlockAssociationSet = [] } = vpcs.subnets.get(SubnetId) ?? {};
    const subnet = [CidrBlock, ...Ipv6CidrBlockAssociationSet.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock)];
    return [...(isOurs(VpcId, vpcs) ? subnet : []), ...(vpcs.publicAddresses.get(NetworkInterfaceId) ?? [])];
  });
  const own = node.map((one) => placeOf(one, vpcs).addresses);
  const inside = AddressSet.of(...blocks.filter((block) => block !== undefined));
  return AddressSet.union([inside, natAddressesOfNode(roles, vpcs), ...own]);
}

/** The public addresses of the NAT gateways through which nobody but the node reaches a public application. */
function natAddressesOfNode({ application, node }: NetworkRoles, vpcs: Vpcs): AddressSet {
  const addresses = application.flatMap((one) => vpcs.publicAddresses.get(one.NetworkInterfaceId) ?? []);
  const target = AddressSet.of(...addresses);
  if (target.isEmpty) return AddressSet.empty;
  const own = [...vpcs.natGateways].filter(([, gateway]) => {
    const users = usersOf(gateway, target, vpcs);
    return users !== null && users.length > 0 && users.every((one) => node.includes(one));
  });
  return AddressSet.of(...own.flatMap(([id]) => vpcs.publicAddresses.get(id) ?? []));
}

/**
 * Whether an interface may be the source of a connection. Interface endpoints only answer. A NAT gateway connects for those
 * whose routes to the destination lead through it.
 * Sources: https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html,
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
 */
export function mayConnect(one: NetworkInterface, destination: NetworkInterface, vpcs: Vpcs): boolean {
  if (one.InterfaceType === "vpc_endpoint") return false;
  const gateway = vpcs.natGateways.get(one.NetworkInterfaceId);
  return gateway === undefined || usersOf(gateway, placeOf(destination, vpcs).addresses, vpcs)?.length !== 0;
}

/** The interfaces whose packets to an address go through a NAT gateway. Null: some may, and are not known. */
function usersOf(gateway: string, target: AddressSet, vpcs: Vpcs): NetworkInterface[] | null {
  const users: NetworkInterface[] = [];
  for (const { SubnetId, VpcId } of vpcs.subnets.values()) {
    const table = vpcs.routeTables.get(SubnetId) ?? vpcs.routeTables.get(VpcId);
    if (table === undefined || isUnknown(table, vpcs)) return null;
    const roads = roadsOf(table, vpcs).filter(({ resource }) => resource === gateway);
    if (roads.every(({ addresses }) => addresses.and(target).isEmpty)) continue;
    if (!isOurs(VpcId, vpcs)) return null;
    users.push(...(vpcs.interfacesOfSubnet.get(SubnetId) ?? []));
  }
  return users.filter(({ InterfaceType, NetworkInterfaceId: id }) => {
    return InterfaceType !== "vpc_endpoint" && vpcs.natGateways.get(id) !== gateway;
  });
}
