import { BypassClass } from "../class";

export const FOREIGN_CARRIER: BypassClass = {
  id: "foreign-carrier",
  numbers: [9],
  title: "Something that is not the node has the node's security group",
  guideRows: [15, 51],
  severity: "high",
  remedy: "Take the group off the interface. node.security_group_id must be on the node alone.",
  matches: (witness, { rules, roles }) =>
    rules(witness).some(({ ReferencedGroupInfo }) =>
      roles.node.securityGroupIds.has(ReferencedGroupInfo?.GroupId ?? ""),
    ),
};
