import { BlockList, isIPv6 } from "node:net";

/** Whether an address is in a CIDR block. */
export function isIn(address: string, cidr: string): boolean {
  const [network = "", length] = cidr.split("/");
  if (isIPv6(network) !== isIPv6(address)) return false;
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  const block = new BlockList();
  block.addSubnet(network, Number(length), family);
  return block.check(address, family);
}
