/** The load balancer in front of the node, as an HTTP API reaches it. */
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { object, optional, string } from "../../synth/variables/schema";
import { hostName } from "../parts/identifiers";
import { loadBalancerExample, loadBalancerFields, loadBalancerRule } from "../parts/vpc-link";

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html */
export const loadBalancerSchema = loadBalancerExample(
  object(
    "The load balancer in front of the node.",
    {
      ...loadBalancerFields,
      server_name: optional(
        string(
          "With TLS, the server name that the certificate must be valid for. The certificate must be from an authority that API Gateway trusts. Null: plain HTTP.",
          hostName,
        ),
      ),
    },
    loadBalancerRule,
  ),
);

/** API Gateway must use the protocol of the listener. A TCP listener forwards both. */
export function listenerConditions(serverName: string): Validation[] {
  return [
    {
      condition: hcl`!contains(["HTTPS", "TLS"], self.protocol) || ${serverName} != null`,
      errorMessage:
        text`load_balancer.listener_arn: ${hcl`self.arn`} is a listener for ${hcl`self.protocol`}, but without ` +
        "load_balancer.server_name, API Gateway uses plain HTTP. Set it to a name that the certificate of the listener is valid for.",
    },
    {
      condition: hcl`self.protocol != "HTTP" || ${serverName} == null`,
      errorMessage:
        text`load_balancer.listener_arn: ${hcl`self.arn`} is a listener for HTTP, but with ` +
        "load_balancer.server_name, API Gateway uses TLS. Set server_name to null, or use an HTTPS listener.",
    },
  ];
}
