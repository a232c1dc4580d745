import { BypassClass } from "../class";

export const NODE_OPEN_TO_THE_INTERNET: BypassClass = {
  id: "node-open-to-the-internet",
  numbers: [37],
  title: "The node behind CloudFront is open to the internet",
  guideRows: [58],
  severity: "medium",
  remedy: "Admit the prefix list of CloudFront alone: security_groups in cloudfront.",
  matches: ({ via }) => via.kind === "entry" && via.gap === "node open to the internet",
};
