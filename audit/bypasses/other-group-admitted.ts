import { BypassClass } from "../class";

export const OTHER_GROUP_ADMITTED: BypassClass = {
  id: "other-group-admitted",
  numbers: [4],
  title: "A security group of something else, such as an old load balancer, is admitted",
  guideRows: [15, 51],
  severity: "high",
  remedy: "Remove the rule. The module alb or nlb admits the node with application.security_group_id.",
  matches: (witness, { rules }) => rules(witness).some(({ ReferencedGroupInfo }) => ReferencedGroupInfo !== undefined),
};
