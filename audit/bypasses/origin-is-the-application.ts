import { BypassClass } from "../class";

export const ORIGIN_IS_THE_APPLICATION: BypassClass = {
  id: "origin-is-the-application",
  numbers: [31],
  title: "The origin of the distribution is the application",
  guideRows: [2],
  severity: "high",
  remedy: "Set node_traffic_percent = 100 in cloudfront.",
  matches: ({ via }) => via.kind === "edge" && via.edge.kind === "cloudfront",
};
