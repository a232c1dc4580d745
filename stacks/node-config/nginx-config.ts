import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { linesFor, linesIf } from "../../synth/language/expression/directives";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { ReferenceTo } from "../../synth/variables/schema";
import { ANY_HEADER_NAME, ApplicationHeaders } from "./application-headers";
import { backendDirectives } from "./backend-directives";
import { Backends } from "./backends";
import { secretHeaderValuesSchema, SecretHeader } from "./check-schema";
import { ClientHeader } from "./client-header";
import { withoutCarriageReturns } from "./line-ends";
import { SecondPass } from "./second-pass";
import {
  backendSchema,
  backendsSchema,
  limitsSchema,
  Listener,
  resolverSchema,
  TrustedProxies,
} from "./traffic-schema";
import { snippetsSchema } from "./wallarm-schema";

export interface NginxConfigProps {
  readonly backend: ReferenceTo<typeof backendSchema>;
  readonly backends: ReferenceTo<typeof backendsSchema>;
  readonly listener: Listener;
  readonly trustedProxies: TrustedProxies;
  readonly secretHeader: SecretHeader;
  readonly secretHeaderValues: ReferenceTo<typeof secretHeaderValuesSchema>;
  /** PEM, or null. */
  readonly clientCertificate: string;
  readonly healthPath: string;
  readonly mode: string;
  readonly limits: ReferenceTo<typeof limitsSchema>;
  readonly resolver: ReferenceTo<typeof resolverSchema>;
  readonly snippets: ReferenceTo<typeof snippetsSchema>;
}

/**
 * The node's nginx configuration. Its variables begin with wallarm_routing_. Paths of files are relative to /etc/nginx.
 */
export class NginxConfig extends Construct {
  public readonly httpSnippet: IResolvable;
  public readonly serverSnippet: IResolvable;
  /** The parameters of the `listen` directive. */
  public readonly listen: IResolvable;
  /** The files in /etc/nginx/wallarm-routing: file name → text. */
  public readonly files: IResolvable;
  /** The address for the image's own configuration. */
  public readonly imageBackend: IResolvable;
  private readonly backends: Backends;
  private readonly clientHeader: ClientHeader;

  public constructor(scope: Construct, id: string, props: NginxConfigProps) {
    super(scope, id);
    const { listener, snippets } = props;
    this.backends = new Backends(scope, "backends", props);
    this.imageBackend = this.backends.first;
    this.clientHeader = new ClientHeader(scope, "client_header", props.trustedProxies);
    const shared = { ...props, clientHeader: this.clientHeader };
    const application = new ApplicationHeaders(scope, "application_headers", shared);
    const secondPass = new SecondPass(scope, "second_pass", { ...shared, backends: this.backends.all });
    this.listen = local(
      this,
      "listen",
      hcl`join(" ", compact([
        ${listener.port}, "default_server",
        ${listener.tls_certificate_secret} == null ? "" : "ssl",
        ${listener.http2} ? "http2" : "",
        ${listener.proxy_protocol} ? "proxy_protocol" : "",
      ]))`,
      "Options of nginx's listen directive. With default_server, requests for every host name are checked.",
    );
    this.httpSnippet = withoutCarriageReturns(this.http(props));
    this.serverSnippet = withoutCarriageReturns(this.server(props));
    this.files = local(
      this,
      "nginx_files",
      hcl`{
        for name, text in merge({
          "http.conf"         = ${this.httpSnippet}
          "server.conf"       = ${this.serverSnippet}
          "application.conf"  = ${application.snippet}
          "first-pass.conf"   = ${secondPass.firstPass}
          "second-pass.conf"  = ${secondPass.servers}
          "http-extra.conf"   = ${snippets.http}
          "server-extra.conf" = ${snippets.server}
          "client-ca.pem"     = ${props.clientCertificate}
        }, ${this.backends.files}) :
        name => "\${trimspace(${withoutCarriageReturns(hcl`text`)})}\\n" if text != null && text != ""
      }`,
      "The files in /etc/nginx/wallarm-routing.",
    );
  }

  private http({ trustedProxies, listener, secretHeader, secretHeaderValues, ...props }: NginxConfigProps) {
    // A loop without iterations does not evaluate the sensitive variable, but a condition would. So without values in the
    // variable, the configuration is not sensitive, and a plan shows it.
    const acceptedValues = local(
      this,
      "accepted_values",
      hcl`flatten([
        for header in ${secretHeader}[*] :
        [for value in [${secretHeaderValues.blue}, ${secretHeaderValues.green}] : value if value != null]
        if length(header.secrets) == 0
      ])`,
      "Values from variables are written to the files. With secret_header.secrets, the node reads the values when it starts.",
    );
    const trusted = local(
      this,
      "trusted_cidrs",
      hcl`${listener.proxy_protocol} ? [] : sort(setunion(${trustedProxies.cidrs}, ${trustedProxies.cloudfront_cidrs}))`,
      "Proxies whose X-Forwarded headers are passed on. With the PROXY protocol there are none: only the client can have set such headers.",
    );
    return local(
      this,
      "http_snippet",
      `# Wallarm Node in front of an application, http block. From the Terraform module node-config.

# Whether the connection comes from a proxy that reports the client.
geo $realip_remote_addr $wallarm_routing_trusted {
  default 0;${linesFor("cidr", trusted, `  ${hcl`cidr`} 1;`)}
}

# The list from a trusted proxy already ends with the client. To any other list, nginx appends the source of the connection.
map "$wallarm_routing_trusted$http_x_forwarded_for" $wallarm_routing_forwarded_for {
  default "$http_x_forwarded_for, $remote_addr";
  "~^[01]\\z" $remote_addr;
  "~^1" $http_x_forwarded_for;
}${this.clientHeader.maps}

# $host has no port, and $http_host can differ from the host in the request line.
map $http_host $wallarm_routing_host_port {
  default "";
  "~(?<wallarm_routing_port_of_host>:[0-9]{1,5})\\z" $wallarm_routing_port_of_host;
}

# Only WebSocket. Any other protocol, such as h2c, would carry requests that the node does not inspect.
map $http_upgrade $wallarm_routing_upgrade {
  default "";
  "~*^websocket\\z" websocket;
}

map $wallarm_routing_upgrade $wallarm_routing_connection {
  default upgrade;
  "" "";
}

# WebSockets and event streams can be idle for as long as the entry point allows. All other requests get a 504 in time.
map "$wallarm_routing_upgrade $http_accept" $wallarm_routing_stream {
  default 0;
  "~*^websocket|text/event-stream" 1;
}${this.backends.maps}${linesIf(
        hcl`${secretHeader} != null`,
        `
# Anchored regular expressions, because nginx compares plain strings case-insensitively.
map $http_${variable(secretHeader.name)} $wallarm_routing_secret_missing {
  default 1;${linesFor("value", acceptedValues, `  "~^${hcl`value`}\\z" "";`)}${linesIf(
    hcl`length(${secretHeader.secrets}) > 0`,
    "  include wallarm-routing/secret-header.map;",
  )}
}`,
      )}${linesIf(
        hcl`${props.clientCertificate} != null`,
        `
map $ssl_client_verify $wallarm_routing_certificate_missing {
  default 1;
  SUCCESS "";
}`,
      )}

# Whether to refuse the request. The health check is never refused.
map $uri $wallarm_routing_refused {
  default "${hcl`${secretHeader} == null ? "" : "$wallarm_routing_secret_missing"`}${hcl`${props.clientCertificate} == null ? "" : "$wallarm_routing_certificate_missing"`}";
  "~^${hcl`replace(${props.healthPath}, ".", "[.]")`}\\z" "";
}

include wallarm-routing/second-pass.conf;${linesIf(hcl`${props.snippets.http} != ""`, "include wallarm-routing/http-extra.conf;")}
`,
    );
  }

  private server({ listener, trustedProxies, clientCertificate, healthPath, mode, ...props }: NginxConfigProps) {
    const { translated, forwardedFor } = this.clientHeader;
    const backend = hcl`${this.backends.all}[0]`;
    const passesProtocol = local(
      this,
      "passes_protocol",
      hcl`length(local.trusted_cidrs) > 0 && ${trustedProxies.client_protocol} == null`,
      "nginx passes on X-Forwarded-Proto and -Port of a trusted proxy as they are. It cannot read them: to its variables, X_Forwarded_Proto is the same header.",
    );
    const { several } = this.backends;
    const passTwice = local(this, "all_requests_pass_twice", hcl`${translated} || ${several}`);
    const setProtocol = `  proxy_set_header X-Forwarded-Proto ${hcl`coalesce(${trustedProxies.client_protocol}, "$scheme")`};
  proxy_set_header X-Forwarded-Port "";`;
    return local(
      this,
      "server_snippet",
      `# Wallarm Node in front of an application, server block. From the Terraform module node-config.${linesIf(
        hcl`${listener.port} != 80`,
        `
listen ${this.listen};`,
      )}${linesIf(
        hcl`${listener.tls_certificate_secret} != null`,
        `ssl_certificate wallarm-routing/tls.pem;
ssl_certificate_key wallarm-routing/tls.pem;
ssl_protocols TLSv1.2 TLSv1.3;`,
      )}${linesIf(
        hcl`${clientCertificate} != null`,
        `ssl_client_certificate wallarm-routing/client-ca.pem;
ssl_verify_client optional;`,
      )}${linesIf(
        hcl`!${translated}`,
        `
# The node's IP lists apply to the client's address, not to the load balancer's.${linesFor(
          "cidr",
          hcl`sort(setunion(${trustedProxies.cidrs}, ${trustedProxies.cloudfront_cidrs}))`,
          `set_real_ip_from ${hcl`cidr`};`,
        )}
real_ip_header ${hcl`${listener.proxy_protocol} ? "proxy_protocol" : ${trustedProxies.client_header}`};
real_ip_recursive on;`,
      )}

# As large as an ALB allows.
large_client_header_buffers 8 16k;${linesIf(
        hcl`lower(${trustedProxies.client_header}) != "cloudfront-viewer-address"`,
        `
# By default, nginx drops other names. CloudFront_Viewer_Address, which a client can send, must be dropped.
${ANY_HEADER_NAME}`,
      )}

if ($wallarm_routing_refused) {
  return 403;
}

location = ${healthPath} {
  wallarm_mode off;
  access_log off;
  default_type text/plain;
  return 200 "ok\\n";
}

# All other requests. Takes precedence over the image's own location /. The node itself uses /wallarm-apifw.
location ~ ^/(?!wallarm-apifw) {${linesIf(
        several,
        `  if ($wallarm_routing_application = "") {
    return 421;
  }`,
      )}${linesIf(
        passesProtocol,
        `  if ($wallarm_routing_trusted = 0) {
    return 419;
  }`,
      )}${linesIf(
        passTwice,
        `  include wallarm-routing/first-pass.conf;${linesIf(hcl`!${passesProtocol}`, setProtocol)}`,
      )}${linesIf(
        hcl`!${passTwice}`,
        `  if ($wallarm_routing_stream) {
    return 418;
  }

  wallarm_mode ${mode};
${backendDirectives(backend, props.resolver, "  ")}
  include wallarm-routing/application.conf;
  proxy_set_header X-Forwarded-For ${forwardedFor};${linesIf(hcl`!${passesProtocol}`, setProtocol)}
  proxy_send_timeout ${hcl`${backend}.response_timeout`}s;
  proxy_read_timeout ${hcl`${backend}.response_timeout`}s;`,
      )}
}${linesIf(
        hcl`!${passTwice}`,
        `
error_page 418 = @wallarm_routing_second_pass;
location @wallarm_routing_second_pass {
  include wallarm-routing/first-pass.conf;${linesIf(hcl`!${passesProtocol}`, setProtocol)}
}`,
      )}${linesIf(
        passesProtocol,
        `
error_page 419 = @wallarm_routing_untrusted;
location @wallarm_routing_untrusted {
  include wallarm-routing/first-pass.conf;
${setProtocol}
}`,
      )}${linesIf(hcl`${props.snippets.server} != ""`, "\ninclude wallarm-routing/server-extra.conf;")}
`,
    );
  }
}

/** The name of a header in the form of an nginx variable. */
function variable(name: string): IResolvable {
  return hcl`replace(lower(${name}), "-", "_")`;
}
