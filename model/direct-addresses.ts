/** Where the application itself serves: the addresses that must refuse everybody but the node. */
import { isIP } from "node:net";
import { Snapshot } from "../account/snapshot";
import { Routing } from "../contract/routing";
import { indexOf } from "./account-index";
import { Unknown } from "./fact";
import { NetworkInterface } from "./members";
import { rolesOf } from "./roles";
import { Vantage } from "./vantage";

export interface DirectAddresses {
  /** IPv4 and IPv6 addresses of the application's interfaces, without brackets. */
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
  /** Interfaces or ports that may be missing. */
  readonly unknowns: readonly Unknown[];
}

/** @param routings of one root configuration */
export function directAddresses(routings: readonly Routing[], snapshot: Snapshot, vantage: Vantage): DirectAddresses {
  const index = indexOf(snapshot);
  const { application, unknowns } = rolesOf(routings, snapshot, index);
  const { interfaces, ports, targetGroupArns } = application;
  const targets = [...targetGroupArns].flatMap((arn) => index.targetGroups.get(arn)?.Targets ?? []);
  const inside = [
    ...interfaces.flatMap(privateOf),
    // Pods have addresses of their own.
    ...targets.map(({ Target }) => Target.Id).filter((id) => isIP(id) !== 0),
  ];
  const addresses = [...(vantage === "vpc" ? inside : []), ...interfaces.flatMap(publicOf)];
  return { addresses: [...new Set(addresses)], ports, unknowns };
}

function privateOf({ PrivateIpAddress, PrivateIpAddresses = [] }: NetworkInterface): string[] {
  const addresses = [PrivateIpAddress, ...PrivateIpAddresses.map((one) => one.PrivateIpAddress)];
  return addresses.filter((address) => address !== undefined);
}

/** IPv6 addresses of interfaces are globally unique, whether or not a route leads to them. */
function publicOf({ Association, PrivateIpAddresses = [], Ipv6Addresses = [] }: NetworkInterface): string[] {
  const addresses = [
    ...[Association, ...PrivateIpAddresses.map((one) => one.Association)].map((one) => one?.PublicIp),
    ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
  ];
  return addresses.filter((address) => address !== undefined);
}
