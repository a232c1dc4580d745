import { BypassClass } from "../class";

export const DEFAULT_ACTION: BypassClass = {
  id: "default-action",
  numbers: [21],
  title: "The default action forwards to the application",
  guideRows: [2],
  severity: "high",
  remedy: "Add a route with catch_all = true in alb, or the listener to adopted_listeners in nlb.",
  matches: ({ via }) => via.kind === "load balancer" && (via.delivery.rule?.priority ?? null) === null,
};
