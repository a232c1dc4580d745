import { BypassClass } from "../class";

export const LISTENER_RULE: BypassClass = {
  id: "listener-rule",
  numbers: [22],
  title: "A listener rule forwards to the application",
  guideRows: [2],
  severity: "high",
  remedy: "Add a route in front of the rule: routes in alb, with mirrors_priority. onboard --check lists such rules.",
  matches: ({ via }) => via.kind === "load balancer",
};
