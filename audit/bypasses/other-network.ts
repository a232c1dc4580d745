import { BypassClass } from "../class";

export const OTHER_NETWORK: BypassClass = {
  id: "other-network",
  numbers: [18],
  title: "Another network, over peering, a transit gateway, or a VPN, reaches the application",
  guideRows: [3],
  severity: "high",
  remedy: "Remove the rule that admits it. network-acl admits only node_subnet_cidrs.",
  matches: ({ via }) => via.kind === "network" && ["peering", "transit-gateway", "vpn"].includes(via.way.source.kind),
};
