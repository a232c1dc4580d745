import { BypassClass } from "../class";

export const EXTRA_SECURITY_GROUP: BypassClass = {
  id: "extra-security-group",
  numbers: [7],
  title: "Another security group on the application's interface admits others",
  guideRows: [3],
  severity: "high",
  remedy:
    "Remove the group from the interface, or its rule: all groups on an interface admit together. security-group-audit lists the rules of one group.",
  matches: (witness, { rules, roles }) =>
    rules(witness).some(({ GroupId }) => !roles.application.securityGroupIds.has(GroupId)) &&
    roles.application.securityGroupIds.size > 0,
};
