/** Where an interface is: its addresses, and what its subnet does with packets. */
import { NetworkInterface } from "../members";
import { AddressSet } from "./addresses";
import { NetworkAcl } from "./network-acls";
import { RouteTable, Vpcs } from "./vpcs";

export interface Place {
  readonly addresses: AddressSet;
  /** Each address, or delegated prefix, by itself. */
  readonly each: readonly AddressSet[];
  readonly subnetId: string;
  /** Null: not in the snapshot. */
  readonly acl: NetworkAcl | null;
  readonly routes: RouteTable | null;
}

const known = new WeakMap<NetworkInterface, Place>();

export function placeOf(one: NetworkInterface, vpcs: Vpcs): Place {
  const found = known.get(one) ?? located(one, vpcs);
  known.set(one, found);
  return found;
}

function located(one: NetworkInterface, { networkAcls, routeTables }: Vpcs): Place {
  const { PrivateIpAddress, PrivateIpAddresses = [], Ipv6Addresses = [], SubnetId = "", VpcId = "" } = one;
  const { Ipv4Prefixes = [], Ipv6Prefixes = [] } = one;
  const addresses = [
    ...[PrivateIpAddress, ...PrivateIpAddresses.map((address) => address.PrivateIpAddress)],
    ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
    ...Ipv4Prefixes.map(({ Ipv4Prefix }) => Ipv4Prefix),
    ...Ipv6Prefixes.map(({ Ipv6Prefix }) => Ipv6Prefix),
  ].filter((address) => address !== undefined);
  return {
    addresses: AddressSet.of(...addresses),
    each: [...new Set(addresses)].map((address) => AddressSet.of(address)),
    subnetId: SubnetId,
    acl: networkAcls.get(SubnetId) ?? null,
    routes: routeTables.get(SubnetId) ?? routeTables.get(VpcId) ?? null,
  };
}
