import { BypassClass } from "../class";

export const ORIGIN_FAILOVER: BypassClass = {
  id: "origin-failover",
  numbers: [33],
  title: "The failover of an origin group is the application",
  guideRows: [2],
  severity: "high",
  remedy: "Remove the application from the origin group, or add its origin to origins in cloudfront.",
  matches: ({ via }) => via.kind === "edge" && via.edge.kind === "cloudfront" && via.edge.by === "failover",
};
