import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { linesFor, linesIf } from "../../synth/language/expression/directives";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { ReferenceTo } from "../../synth/variables/schema";
import { backendSchema, backendsSchema, limitsSchema, OWN_PORTS } from "./traffic-schema";

export interface BackendsProps {
  readonly backend: ReferenceTo<typeof backendSchema>;
  readonly backends: ReferenceTo<typeof backendsSchema>;
  readonly limits: ReferenceTo<typeof limitsSchema>;
}

/** The applications behind the node, as nginx needs them. */
export class Backends extends Construct {
  /** Objects with the arguments of `backendDirectives`. */
  public readonly all: IResolvable;
  /** Whether the request says which of them is meant. */
  public readonly several: IResolvable;
  /** Maps of the http block. */
  public readonly maps: string;
  /** Where the requests go that Wallarm's own scripts set up, which the node takes over. */
  public readonly first: IResolvable;
  /** File name → CA certificates. */
  public readonly files: IResolvable;

  public constructor(scope: Construct, id: string, props: BackendsProps) {
    super(scope, id);
    const given = local(
      this,
      "backends_given",
      hcl`concat([for backend in ${props.backend}[*] : merge(backend, { response_timeout = null })], ${props.backends})`,
    );
    const urls = local(
      this,
      "backend_urls",
      hcl`[
        for backend in ${given} :
        regex("^(?P<scheme>https?)://(?P<host>[^][:/]+|[[][^]]+[]])(?::(?P<port>[0-9]+))?", backend.url)
      ]`,
      "Split, because nginx resolves the host name again while it runs.",
    );
    this.all = local(
      this,
      "backends",
      hcl`[
        for index, backend in ${given} : {
          scheme      = ${urls}[index].scheme
          address     = "\${${urls}[index].host}:\${coalesce(${urls}[index].port, ${urls}[index].scheme == "https" ? 443 : 80)}"
          host_header = coalesce(backend.host_header, "$host$wallarm_routing_host_port")
          tls_verify  = backend.tls_verify
          tls_server_name = backend.tls_server_name_from_request ? "$host" : coalesce(
            backend.tls_server_name, try(split(":", backend.host_header)[0], null), trim(${urls}[index].host, "[]")
          )
          tls_ca_file = (
            backend.tls_ca_certificates == null ?
            "/etc/ssl/certs/ca-certificates.crt" :
            "wallarm-routing/backend-ca-\${index}.pem"
          )
          response_timeout = min(${props.limits.entry_point_timeout} - 7, coalesce(backend.response_timeout, 3993))
        }
      ]`,
    );
    this.files = hcl`{ for index, backend in ${given} : "backend-ca-\${index}.pem" => backend.tls_ca_certificates }`;
    this.several = local(this, "has_several_backends", hcl`length(${props.backends}) > 0`);
    this.first = local(
      this,
      "backend_of_the_image",
      hcl`${this.several} ? "http://127.0.0.1:9" : trimsuffix(${props.backend}.url, "/")`,
      "The image wants one address, and the node takes over all requests to it. With several applications, nothing listens on it.",
    );
    const patterns = local(
      this,
      "backend_patterns",
      hcl`[
        for backend in ${props.backends} : {
          hosts = join("|", [
            for host in backend.hosts :
            replace(replace(replace(lower(host), ".", "[.]"), "?", "[^ ]"), "*", "[^ ]*")
          ])
          paths = join("|", [
            for path in backend.paths :
            replace(replace(replace(replace(path, "/[.$+]/", "[$0]"), "\\"", "\\\\x22"), "?", "[^?]"), "*", "[^?]*")
          ])
        }
      ]`,
      "Regular expressions. Only the wildcards have a meaning.",
    );
    this.maps = `${linesIf(
      this.several,
      `
# The first application whose patterns match. $host is in lowercase, and the path is as the client sent it.
map "$host $request_uri" $wallarm_routing_application {
  default "";${linesFor(
    "index, pattern",
    patterns,
    `  "~^(?:${hcl`pattern.hosts`}) (?:${hcl`pattern.paths`})(?:[?]|\\z)" ${hcl`index`};`,
  )}
}

map "$wallarm_routing_application $wallarm_routing_stream" $wallarm_routing_port {
  default "";${linesFor(
    "index, pattern",
    patterns,
    `  "${hcl`index`} 0" ${hcl`${OWN_PORTS.secondPass} + 2 * index`};
  "${hcl`index`} 1" ${hcl`${OWN_PORTS.secondPass} + 2 * index + 1`};`,
  )}
}`,
    )}${linesIf(
      hcl`!${this.several}`,
      `
map $wallarm_routing_stream $wallarm_routing_port {
  0 ${String(OWN_PORTS.secondPass)};
  1 ${String(OWN_PORTS.secondPass + 1)};
}`,
    )}`;
  }
}
