import { isIn } from "./cidr";

/** A rule of a network ACL, as planned. */
export interface AclRule {
  readonly egress: boolean;
  readonly rule_number: number;
  readonly rule_action: "allow" | "deny";
  /** A name, or a number; -1 is all. */
  readonly protocol: string;
  readonly cidr_block: string | null;
  readonly ipv6_cidr_block: string | null;
  readonly from_port: number | null;
  readonly to_port: number | null;
}

/** One packet between a subnet and somebody outside of it. */
export interface Packet {
  readonly direction: "in" | "out";
  /** Address of the other side. */
  readonly peer: string;
  /** @default "tcp" */
  readonly protocol?: string;
  /** Port that the packet goes to, with tcp and udp. */
  readonly port?: number;
}

/**
 * What a network ACL does with a packet, and by which rule: the one with the lowest number that matches, and `*` if none
 * does. Source: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
export function firstMatch(rules: readonly AclRule[], packet: Packet): `${"allow" | "deny"} ${string}` {
  const [first] = rules
    .filter((rule) => matches(rule, packet))
    .sort((one, other) => one.rule_number - other.rule_number);
  return first === undefined ? "deny *" : `${first.rule_action} ${first.rule_number}`;
}

/** A port that clients call from, of the range that Linux uses. */
const CLIENT_PORT = 45_678;

/** Whether somebody can open a connection to a port in the subnet: the request gets in, and the reply out. */
export function canCall(rules: readonly AclRule[], client: string, port: number): boolean {
  return (
    isAllowed(rules, { direction: "in", peer: client, port }) &&
    isAllowed(rules, { direction: "out", peer: client, port: CLIENT_PORT })
  );
}

/** Whether something in the subnet can open a connection to a port of somebody. */
export function canBeCalled(rules: readonly AclRule[], server: string, port: number): boolean {
  return (
    isAllowed(rules, { direction: "out", peer: server, port }) &&
    isAllowed(rules, { direction: "in", peer: server, port: CLIENT_PORT })
  );
}

function isAllowed(rules: readonly AclRule[], packet: Packet): boolean {
  return firstMatch(rules, packet).startsWith("allow");
}

function matches(rule: AclRule, { direction, peer, protocol = "tcp", port }: Packet): boolean {
  if (rule.egress !== (direction === "out")) return false;
  if (!["-1", protocol].includes(rule.protocol)) return false;
  if (!isIn(peer, rule.cidr_block ?? rule.ipv6_cidr_block ?? "")) return false;
  if (!["tcp", "udp"].includes(rule.protocol)) return true;
  return port !== undefined && Number(rule.from_port) <= port && port <= Number(rule.to_port);
}
