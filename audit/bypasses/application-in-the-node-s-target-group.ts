import { BypassClass } from "../class";
import { chainOf } from "../../model/layer7/balancers";

export const APPLICATION_IN_THE_NODE_S_TARGET_GROUP: BypassClass = {
  id: "application-in-the-node-s-target-group",
  numbers: [27],
  title: "The application is a target in the node's target group",
  guideRows: [2],
  severity: "high",
  remedy: "Deregister the target. node.members of the output routing says who belongs there.",
  matches: ({ via }, { roles }) =>
    via.kind === "load balancer" &&
    chainOf(via.delivery).some(({ targetGroup }) => roles.node.targetGroupArns.has(targetGroup.TargetGroupArn)),
};
