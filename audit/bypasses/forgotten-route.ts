import { BypassClass } from "../class";

export const FORGOTTEN_ROUTE: BypassClass = {
  id: "forgotten-route",
  numbers: [43],
  title: "A route of the API does not go to the node",
  guideRows: [2],
  severity: "high",
  remedy: "Add the route to routes, or to accepted_routes.",
  matches: ({ via }) => via.kind === "edge" && via.edge.kind === "api" && via.edge.isEntryPoint,
};
