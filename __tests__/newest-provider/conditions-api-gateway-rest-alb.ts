import { describeConditions } from "../modules/describe-conditions";
import { useNewestProvider } from "./support/newest-provider";

const listener =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2";

useNewestProvider("modules/api-gateway-rest-alb");

describeConditions({
  module: "api-gateway-rest-alb",
  // Those that api-gateway-rest has too.
  unmet: { precondition: 2, postcondition: 3 },
  messages: {
    subnet_in_a_zone_without_vpc_links:
      "vpc_link.subnet_ids: AWS has no VPC links in the Availability Zones use1-az3, usw1-az2, ape1-az1, cac1-az4, euw3-az2. Replace subnet-0000000000000000a with subnets in other Availability Zones.",
    listener_for_udp: `load_balancer.listener_arn: ${listener} is a listener for UDP, but API Gateway needs HTTP, HTTPS, TCP, or TLS. Use a listener with one of these protocols.`,
    listener_that_speaks_something_else: `node.protocol is HTTP, but load_balancer.listener_arn ${listener} is a listener for HTTPS. Set node.protocol to the protocol of the listener.`,
    listener_on_another_port: `node.port is 8443, but load_balancer.listener_arn ${listener} is a listener on port 443. Set node.port to that port.`,
    method_around_the_node:
      "These methods of the API would bypass the node: GET /forgotten. Add them to routes, or to accepted_routes if they may.",
  },
});
