import { BypassClass } from "../class";

export const VPC_ORIGIN: BypassClass = {
  id: "vpc-origin",
  numbers: [39],
  title: "A CloudFront VPC origin is the application",
  guideRows: [2],
  severity: "high",
  remedy: "Make the node the VPC origin: node.vpc_origin in cloudfront.",
  matches: ({ via }) => via.kind === "edge" && via.edge.kind === "cloudfront" && via.edge.isVpcOrigin,
};
