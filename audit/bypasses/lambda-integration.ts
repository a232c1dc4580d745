import { BypassClass } from "../class";

export const LAMBDA_INTEGRATION: BypassClass = {
  id: "lambda-integration",
  numbers: [46],
  title: "A route goes to a Lambda function",
  guideRows: [2],
  severity: "medium",
  remedy: "If the function is not the application, and calls nothing of it, add the route to accepted_routes.",
  matches: ({ via }) => via.kind === "edge" && via.edge.kind === "api" && via.edge.by === "lambda",
};
