import { BypassClass } from "../class";

export const SHARED_SECURITY_GROUP: BypassClass = {
  id: "shared-security-group",
  numbers: [5],
  title: "A rule admits the application's own security group, which others have too",
  guideRows: [3],
  severity: "high",
  remedy:
    "Give the other interface a group of its own, and remove the rule that refers to the application's own group.",
  matches: (witness, { rules }) =>
    rules(witness).some(({ GroupId, ReferencedGroupInfo }) => ReferencedGroupInfo?.GroupId === GroupId),
};
