import { BypassClass } from "../class";

export const STAGE_VARIABLE: BypassClass = {
  id: "stage-variable",
  numbers: [44],
  title: "A stage variable decides where a route goes",
  guideRows: [2],
  severity: "medium",
  remedy: "Write the address into the integration, or add the route to accepted_routes.",
  matches: ({ via }) => via.kind === "edge" && via.edge.kind === "api" && via.edge.by === "stage variable",
};
