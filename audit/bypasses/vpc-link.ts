import { BypassClass } from "../class";

export const VPC_LINK: BypassClass = {
  id: "vpc-link",
  numbers: [42],
  title: "A VPC link leads to the application",
  guideRows: [2],
  severity: "high",
  remedy: "Put the node in front of this API, too: api-gateway-http or api-gateway-rest.",
  matches: ({ via }) => via.kind === "edge" && via.edge.kind === "api",
};
