import { BypassClass } from "../class";

export const WEIGHTED_FORWARD: BypassClass = {
  id: "weighted-forward",
  numbers: [23],
  title: "A part of the requests goes to the application",
  guideRows: [2],
  severity: "high",
  remedy: "Set node_traffic_percent = 100, or the weight of the application to 0.",
  matches: ({ via }) => via.kind === "load balancer" && via.delivery.share < 100,
};
