/** IP protocols, by name or number, as security groups and network ACLs have them. */

export function isTcp(protocol: string): boolean {
  return ["tcp", "6"].includes(protocol);
}

/** Other numbers are other protocols. Of a name that this version does not know, nobody can say. */
export function mayBeTcp(protocol: string): boolean {
  return isTcp(protocol) || !/^(\d+|udp|icmp|icmpv6)$/.test(protocol);
}
