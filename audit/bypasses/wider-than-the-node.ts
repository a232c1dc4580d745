import { BypassClass } from "../class";

export const WIDER_THAN_THE_NODE: BypassClass = {
  id: "wider-than-the-node",
  numbers: [3],
  title: "The application admits more than the node: other addresses of the VPC",
  guideRows: [15],
  severity: "high",
  remedy: "Admit the node's security group (application.source), or give the node subnets of its own.",
  matches: ({ via }) => via.kind === "network",
};
