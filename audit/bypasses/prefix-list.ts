import { BypassClass } from "../class";

export const PREFIX_LIST: BypassClass = {
  id: "prefix-list",
  numbers: [6],
  title: "A prefix list is admitted to the application",
  guideRows: [15],
  severity: "high",
  remedy: "Remove the rule, or the entries that are not the node's.",
  matches: (witness, { rules }) => rules(witness).some(({ PrefixListId }) => PrefixListId !== undefined),
};
