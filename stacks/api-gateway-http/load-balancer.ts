/** The load balancer in front of the node, as an HTTP API reaches it. */
import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { portNumber } from "../parts/common-variables";
import { hostName } from "../parts/identifiers";
import { loadBalancerExample, loadBalancerFields, loadBalancerRule } from "../parts/vpc-link";

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html */
export const loadBalancerSchema = loadBalancerExample(
  object(
    "The load balancer in front of the node.",
    {
      ...loadBalancerFields,
      port: optional(number("Port of the listener. Null: 443 with server_name, and 80 without it.", portNumber)),
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

type LoadBalancer = ReferenceTo<typeof loadBalancerSchema>;

export function portOf({ port, server_name }: LoadBalancer): IResolvable {
  return hcl`coalesce(${port}, ${server_name} == null ? 80 : 443)`;
}

/** API Gateway must use the port and the protocol of the listener. A TCP listener forwards both protocols. */
export function listenerConditions({ server_name: serverName }: LoadBalancer, port: IResolvable): Validation[] {
  return [
    {
      condition: hcl`self.port == ${port}`,
      errorMessage:
        text`load_balancer.port is ${port}, but load_balancer.listener_arn ${hcl`self.arn`} is a listener on port ` +
        text`${hcl`self.port`}. Set load_balancer.port to that port.`,
    },
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
