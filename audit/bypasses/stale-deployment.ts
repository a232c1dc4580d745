import { BypassClass } from "../class";

export const STALE_DEPLOYMENT: BypassClass = {
  id: "stale-deployment",
  numbers: [45],
  title: "The stage serves an older deployment",
  guideRows: [2],
  severity: "high",
  remedy: "Deploy the API: adopted_stage in api-gateway-rest.",
  matches: ({ via }) => via.kind === "edge" && via.edge.kind === "api" && via.edge.by === "stale deployment",
};
