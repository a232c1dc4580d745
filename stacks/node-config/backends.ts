import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { ReferenceTo } from "../../synth/variables/schema";
import { backendSchema, limitsSchema } from "./traffic-schema";

export interface BackendsProps {
  readonly backend: ReferenceTo<typeof backendSchema>;
  readonly limits: ReferenceTo<typeof limitsSchema>;
}

/** The applications behind the node, as nginx needs them. */
export class Backends extends Construct {
  /** Objects with the arguments of `backendDirectives`. */
  public readonly all: IResolvable;
  /** File name → CA certificates. */
  public readonly files: IResolvable;

  public constructor(scope: Construct, id: string, props: BackendsProps) {
    super(scope, id);
    const given = local(this, "backends_given", hcl`[${props.backend}]`);
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
          response_timeout = ${props.limits.entry_point_timeout} - 7
        }
      ]`,
    );
    this.files = hcl`{ for index, backend in ${given} : "backend-ca-\${index}.pem" => backend.tls_ca_certificates }`;
  }
}
