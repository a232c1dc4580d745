import { BypassClass } from "../class";

export const OTHER_DISTRIBUTION: BypassClass = {
  id: "other-distribution",
  numbers: [34],
  title: "Another or a staging distribution has the application as its origin",
  guideRows: [2],
  severity: "high",
  remedy: "Disable it, or put the node in front of it, too: the module cloudfront, once for each distribution.",
  matches: ({ via }) =>
    via.kind === "edge" && via.edge.kind === "cloudfront" && (!via.edge.isEntryPoint || via.edge.isStaging),
};
