import { BypassClass } from "../class";

export const PRIVATE_LINK: BypassClass = {
  id: "private-link",
  numbers: [19],
  title: "A VPC endpoint service leads to the application",
  guideRows: [3],
  severity: "high",
  remedy: "Remove the endpoint service, or point its load balancer at the node.",
  matches: ({ via }) => via.kind === "load balancer" && via.caller.kind === "private-link",
};
