import { BypassClass } from "../class";

export const INTERNET_INTEGRATION: BypassClass = {
  id: "internet-integration",
  numbers: [41],
  title: "An integration calls the application over the internet",
  guideRows: [2],
  severity: "high",
  remedy: "Put the node in front of this API, too: api-gateway-http or api-gateway-rest.",
  matches: ({ via }) => via.kind === "edge" && via.edge.kind === "api" && via.edge.by === "internet",
};
