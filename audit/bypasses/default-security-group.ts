import { BypassClass } from "../class";

export const DEFAULT_SECURITY_GROUP: BypassClass = {
  id: "default-security-group",
  numbers: [8],
  title: "The application has the default security group, which admits others",
  guideRows: [3],
  severity: "high",
  remedy:
    "Remove the default group from the application's interfaces. The modules admit the node to application.security_group_id.",
  matches: (witness, evidence) =>
    evidence.rules(witness).some(({ GroupId }) => evidence.groupName(GroupId) === "default"),
};
