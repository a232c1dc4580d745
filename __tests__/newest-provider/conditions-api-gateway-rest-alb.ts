import { describeConditions } from "../modules/describe-conditions";
import { useNewestProvider } from "./support/newest-provider";

const listener =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2";

useNewestProvider("modules/api-gateway-rest-alb");

describeConditions({
  module: "api-gateway-rest-alb",
  messages: {
    listener_for_udp: `load_balancer.listener_arn: ${listener} is a listener for UDP, but API Gateway needs HTTP, HTTPS, TCP, or TLS. Use a listener with one of these protocols.`,
    listener_that_speaks_something_else: `node.protocol is HTTP, and load_balancer.listener_arn, ${listener}, is a listener for HTTPS. Set node.protocol to what it understands.`,
    listener_on_another_port: `node.port is 8443, and load_balancer.listener_arn, ${listener}, is a listener on 443. Set node.port to that.`,
    method_around_the_node:
      "Methods of the API would still reach the application without the node: GET /forgotten. Add them to routes, or to accepted_routes those that may.",
  },
});
