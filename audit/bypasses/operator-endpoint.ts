import { BypassClass } from "../class";

export const OPERATOR_ENDPOINT: BypassClass = {
  id: "operator-endpoint",
  numbers: [52],
  title: "A Client VPN or EC2 Instance Connect endpoint reaches the application",
  guideRows: [3],
  severity: "medium",
  remedy: "Admit it only to ports on which the application does not serve.",
  matches: ({ via }) => via.kind === "network" && ["client-vpn", "instance-connect"].includes(via.way.source.kind),
};
