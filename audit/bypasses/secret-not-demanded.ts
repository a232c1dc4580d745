import { BypassClass } from "../class";

export const SECRET_NOT_DEMANDED: BypassClass = {
  id: "secret-not-demanded",
  numbers: [30, 36, 38],
  title: "A rule forwards to the node without the secret header",
  guideRows: [58],
  severity: "medium",
  remedy:
    "Set secret_header.enforced = true in alb. The prefix list of CloudFront alone admits the distributions of everybody.",
  matches: ({ via }) => via.kind === "entry" && via.gap === "secret not demanded",
};
