import { BypassClass } from "../class";

export const PUBLIC_INGRESS: BypassClass = {
  id: "public-ingress",
  numbers: [2, 16],
  title: "Public addresses reach the application",
  guideRows: [15, 61],
  severity: "high",
  remedy: "Remove the rule for these addresses, and the public address of the application.",
  matches: ({ via }) => via.kind === "network" && via.way.source.kind === "internet",
};
