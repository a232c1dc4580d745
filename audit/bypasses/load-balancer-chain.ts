import { BypassClass } from "../class";

export const LOAD_BALANCER_CHAIN: BypassClass = {
  id: "load-balancer-chain",
  numbers: [26],
  title: "A load balancer sends to another one that forwards to the application",
  guideRows: [2],
  severity: "high",
  remedy: "Let the second load balancer forward to the node: the module alb, with its rules as routes.",
  matches: ({ via }) => via.kind === "load balancer" && via.delivery.next !== null,
};
