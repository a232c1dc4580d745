import { BypassClass } from "../class";

export const OTHER_LOAD_BALANCER: BypassClass = {
  id: "other-load-balancer",
  numbers: [25],
  title: "Another load balancer has the application as its target",
  guideRows: [2],
  severity: "high",
  remedy: "Remove the target group from it, or put the node in front of it: the module alb or nlb.",
  matches: ({ via }, { isEntryLoadBalancer }) =>
    via.kind === "load balancer" && !isEntryLoadBalancer(via.delivery.loadBalancer.LoadBalancerArn),
};
