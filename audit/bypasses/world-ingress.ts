import { BypassClass } from "../class";

export const WORLD_INGRESS: BypassClass = {
  id: "world-ingress",
  numbers: [1],
  title: "The application is open to the world",
  guideRows: [15, 61],
  severity: "high",
  remedy:
    "Remove the rule. The modules admit the node with application.security_group_id, and security-group-audit finds such rules at every plan.",
  matches: ({ via }) =>
    via.kind === "network" &&
    via.way.source.kind === "internet" &&
    via.way.source.addresses.some((one) => Number(one.split("/")[1]) <= 7),
};
