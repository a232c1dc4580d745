import { BypassClass } from "../class";

export const NO_SECRET_SENT: BypassClass = {
  id: "no-secret-sent",
  numbers: [35],
  title: "CloudFront sends no secret header, or a weak one",
  guideRows: [58],
  severity: "medium",
  remedy: "Set secret_header_values in cloudfront to random values of 32 characters.",
  matches: ({ via }) => via.kind === "entry" && (via.gap === "no secret sent" || via.gap === "weak secret"),
};
