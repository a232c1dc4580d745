/** What the network lets pass to the interfaces of an application. */
import { Fact, Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { Snapshot } from "../../account/snapshot";

export type LockState = "closed" | "open" | "unknown";

export interface Lock {
  readonly state: LockState;
  readonly facts: readonly Fact[];
  readonly unknowns: readonly Unknown[];
}

/** One way over the network from a source that is not the node to an interface of the application. */
export interface NetworkWay {
  readonly source: {
    readonly kind:
      | "internet"
      | "vpc"
      | "peering"
      | "transit-gateway"
      | "vpn"
      | "private-link"
      | "client-vpn"
      | "instance-connect"
      | "interface";
    readonly words: string;
    /** Exact set, as CIDR blocks. */
    readonly addresses: readonly string[];
    /** Interface ID, attachment ID, endpoint service ID, when there is one. */
    readonly resource: string | null;
  };
  readonly destination: NetworkInterface;
  /** TCP ports of the application that it reaches, as ranges. */
  readonly ports: readonly (readonly [number, number])[];
  /** False: something on it is unknown, and `unknowns` says what. */
  readonly certain: boolean;
  /** In order, source to application: route, address, entries of network ACLs, rules of security groups. */
  readonly facts: readonly Fact[];
  readonly unknowns: readonly Unknown[];
}

export interface Network {
  readonly ways: readonly NetworkWay[];
  readonly locks: { readonly security_group: Lock; readonly network_acl: Lock; readonly route: Lock };
  readonly unknowns: readonly Unknown[];
}

export interface Reach {
  readonly state: "open" | "closed" | "unknown";
  readonly facts: readonly Fact[];
  readonly unknowns: readonly Unknown[];
}

export interface NetworkRoles {
  readonly application: readonly NetworkInterface[];
  readonly ports: readonly number[];
  readonly node: readonly NetworkInterface[];
}

/** The network half of the model, as the rest of it uses it. A test gives another one. */
export interface NetworkModel {
  networkOf(snapshot: Snapshot, roles: NetworkRoles): Network;
  /** Whether traffic from one interface to another passes on a TCP port. */
  reach(snapshot: Snapshot, from: NetworkInterface, to: NetworkInterface, port: number): Reach;
}
