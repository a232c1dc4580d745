import { IResolvable } from "cdktf";
import { linesIf } from "../../synth/language/expression/directives";
import { hcl } from "../../synth/language/expression/expression";
import { ReferenceTo } from "../../synth/variables/schema";
import { resolverSchema } from "./traffic-schema";

/**
 * Directives of a location that send a request to a backend.
 * @param backend an element of the local value "backends"
 * @param indent spaces before each line
 */
export function backendDirectives(
  backend: IResolvable,
  resolver: ReferenceTo<typeof resolverSchema>,
  indent: string,
): string {
  const lines = (text: string) => text.replace(/^/gm, indent);
  return `${lines(`# With a variable, nginx resolves the name while it runs.
resolver ${resolver.address} ipv6=${hcl`${resolver.ipv6} ? "on" : "off"`};
set $wallarm_routing_backend "${hcl`${backend}.address`}";
proxy_pass ${hcl`${backend}.scheme`}://$wallarm_routing_backend;
proxy_set_header Host ${hcl`${backend}.host_header`};`)}${linesIf(
    hcl`${backend}.scheme == "https"`,
    lines(`proxy_ssl_server_name on;
proxy_ssl_name ${hcl`${backend}.tls_server_name`};
proxy_ssl_protocols TLSv1.2 TLSv1.3;
proxy_ssl_verify ${hcl`${backend}.tls_verify ? "on" : "off"`};
proxy_ssl_verify_depth 4;
proxy_ssl_trusted_certificate ${hcl`${backend}.tls_ca_file`};`),
  )}`;
}
