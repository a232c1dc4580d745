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
          "With TLS, the name that API Gateway asks for and that the certificate must be for, issued by an authority that API Gateway knows. Null: plain HTTP.",
          hostName,
        ),
      ),
    },
    loadBalancerRule,
  ),
);

/** What API Gateway speaks is what the listener understands. A listener for TCP passes on either. */
export function listenerConditions(serverName: string): Validation[] {
  return [
    {
      condition: hcl`!contains(["HTTPS", "TLS"], self.protocol) || ${serverName} != null`,
      errorMessage:
        text`load_balancer.listener_arn: ${hcl`self.arn`} is a listener for ${hcl`self.protocol`}, and without ` +
        "load_balancer.server_name API Gateway would speak plain HTTP to it. Set it to a name that its certificate is for.",
    },
    {
      condition: hcl`self.protocol != "HTTP" || ${serverName} == null`,
      errorMessage:
        text`load_balancer.listener_arn: ${hcl`self.arn`} is a listener for HTTP, and with ` +
        "load_balancer.server_name API Gateway would speak TLS to it. Set that to null, or name a listener for HTTPS.",
    },
  ];
}
