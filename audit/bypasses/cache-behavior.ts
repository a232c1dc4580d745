import { BypassClass } from "../class";

export const CACHE_BEHAVIOR: BypassClass = {
  id: "cache-behavior",
  numbers: [32],
  title: "A cache behavior leads to the application",
  guideRows: [2],
  severity: "high",
  remedy: "Add the origin to origins in cloudfront.",
  matches: ({ via }) => via.kind === "edge" && via.edge.kind === "cloudfront" && via.edge.by === "cache behavior",
};
