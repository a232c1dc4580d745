import { BypassClass } from "../class";

export const OTHER_LISTENER: BypassClass = {
  id: "other-listener",
  numbers: [24],
  title: "Another listener of the load balancer forwards to the application",
  guideRows: [2],
  severity: "high",
  remedy: "Add a route for the listener: routes in alb, adopted_listeners in nlb.",
  matches: ({ via }, { isEntryListener }) =>
    via.kind === "load balancer" && !isEntryListener(via.delivery.listener.ListenerArn),
};
