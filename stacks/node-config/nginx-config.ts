import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { linesFor, linesIf } from "../../synth/language/expression/directives";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { ReferenceTo } from "../../synth/variables/schema";
import { secretHeaderValuesSchema, SecretHeader } from "./check-schema";
import { withoutCarriageReturns } from "./line-ends";
import { backendSchema, limitsSchema, Listener, resolverSchema, TrustedProxies } from "./traffic-schema";
import { snippetsSchema } from "./wallarm-schema";

export interface NginxConfigProps {
  readonly backend: ReferenceTo<typeof backendSchema>;
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

  public constructor(scope: Construct, id: string, props: NginxConfigProps) {
    super(scope, id);
    const { listener, snippets } = props;
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
        for name, text in {
          "http.conf"         = ${this.httpSnippet}
          "server.conf"       = ${this.serverSnippet}
          "http-extra.conf"   = ${snippets.http}
          "server-extra.conf" = ${snippets.server}
          "backend-ca.pem"    = ${props.backend.tls_ca_certificates}
          "client-ca.pem"     = ${props.clientCertificate}
        } : name => "\${trimspace(${withoutCarriageReturns(hcl`text`)})}\\n" if text != null && text != ""
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

# Whether the connection comes from a proxy that appends the client to X-Forwarded-For and sets X-Forwarded-Proto.
geo $realip_remote_addr $wallarm_routing_trusted {
  default 0;${linesFor("cidr", trusted, `  ${hcl`cidr`} 1;`)}
}

# The list from a trusted proxy already ends with the client. To any other list, nginx appends the source of the connection.
map "$wallarm_routing_trusted$http_x_forwarded_for" $wallarm_routing_forwarded_for {
  default "$http_x_forwarded_for, $remote_addr";
  "~^[01]\\z" $remote_addr;
  "~^1" $http_x_forwarded_for;
}

map "$wallarm_routing_trusted$http_x_forwarded_proto" $wallarm_routing_forwarded_proto {
  default ${hcl`coalesce(${trustedProxies.client_protocol}, "$scheme")`};${linesIf(
    hcl`${trustedProxies.client_protocol} == null`,
    `  "1http" http;
  "1https" https;`,
  )}
}

map "$wallarm_routing_trusted$http_x_forwarded_port" $wallarm_routing_forwarded_port {
  default "";
  "~^1[0-9]+\\z" $http_x_forwarded_port;
}

# $host has no port, and $http_host can differ from the host in the request line.
map $http_host $wallarm_routing_host_port {
  default "";
  "~(?<wallarm_routing_port>:[0-9]{1,5})\\z" $wallarm_routing_port;
}

# Only WebSocket. Any other protocol, such as h2c, would carry requests that the node does not inspect.
map $http_upgrade $wallarm_routing_upgrade {
  default "";
  "~*^websocket\\z" websocket;
}

map $wallarm_routing_upgrade $wallarm_routing_connection {
  default upgrade;
  "" "";
}${linesIf(
        hcl`${secretHeader} != null`,
        `
# Anchored regular expressions, because nginx compares plain strings case-insensitively.
map $http_${headerVariable(secretHeader)} $wallarm_routing_secret_missing {
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
}${linesIf(hcl`${props.snippets.http} != ""`, "\ninclude wallarm-routing/http-extra.conf;")}
`,
    );
  }

  private server({
    backend,
    listener,
    trustedProxies,
    secretHeader,
    clientCertificate,
    healthPath,
    mode,
    ...props
  }: NginxConfigProps) {
    const parts = local(
      this,
      "backend",
      hcl`regex("^(?P<scheme>https?)://(?P<host>[^][:/]+|[[][^]]+[]])(?::(?P<port>[0-9]+))?", ${backend.url})`,
      "Split, because nginx resolves the host name again while it runs.",
    );
    const hostHeader = hcl`coalesce(${backend.host_header}, "$host$wallarm_routing_host_port")`;
    const serverName = hcl`coalesce(${backend.tls_server_name}, try(split(":", ${backend.host_header})[0], null), trim(${parts}.host, "[]"))`;
    const seconds = hcl`${props.limits.entry_point_timeout} - 7`;
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
      )}

# The node's IP lists apply to the client's address, not to the load balancer's.${linesFor(
        "cidr",
        hcl`sort(setunion(${trustedProxies.cidrs}, ${trustedProxies.cloudfront_cidrs}))`,
        `set_real_ip_from ${hcl`cidr`};`,
      )}
real_ip_header ${hcl`${listener.proxy_protocol} ? "proxy_protocol" : "X-Forwarded-For"`};
real_ip_recursive on;

# As large as an ALB allows.
large_client_header_buffers 8 16k;

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
location ~ ^/(?!wallarm-apifw) {
  wallarm_mode ${mode};

  # With a variable, nginx resolves the name while it runs.
  resolver ${props.resolver.address} ipv6=${hcl`${props.resolver.ipv6} ? "on" : "off"`};
  resolver_timeout 2s;
  set $wallarm_routing_backend "${hcl`${parts}.host`}:${hcl`coalesce(${parts}.port, ${parts}.scheme == "https" ? 443 : 80)`}";
  proxy_pass ${hcl`${parts}.scheme`}://$wallarm_routing_backend;
  proxy_redirect off;${linesIf(
    hcl`${parts}.scheme == "https"`,
    `
  proxy_ssl_server_name on;
  proxy_ssl_name ${serverName};
  proxy_ssl_protocols TLSv1.2 TLSv1.3;
  proxy_ssl_verify ${hcl`${backend.tls_verify} ? "on" : "off"`};
  proxy_ssl_verify_depth 4;
  proxy_ssl_trusted_certificate ${hcl`${backend.tls_ca_certificates} == null ? "/etc/ssl/certs/ca-certificates.crt" : "wallarm-routing/backend-ca.pem"`};`,
  )}

  proxy_http_version 1.1;
  proxy_set_header Host ${hostHeader};
  proxy_set_header Connection $wallarm_routing_connection;
  proxy_set_header Upgrade $wallarm_routing_upgrade;
  proxy_set_header X-Real-IP $remote_addr;
  proxy_set_header X-Forwarded-For $wallarm_routing_forwarded_for;
  proxy_set_header X-Forwarded-Proto $wallarm_routing_forwarded_proto;
  proxy_set_header X-Forwarded-Port $wallarm_routing_forwarded_port;${linesIf(
    hcl`${secretHeader} != null`,
    `  proxy_set_header ${secretHeader.name} "";`,
  )}

  # Name resolution, two connections, and the response together take one second less than the entry point waits.
  proxy_connect_timeout 2s;
  proxy_next_upstream_timeout 2s;
  proxy_send_timeout ${seconds}s;
  proxy_read_timeout ${seconds}s;

  client_max_body_size ${hcl`${props.limits.max_body_size}`}m;
  proxy_buffer_size 32k;
  proxy_buffers 8 32k;
}${linesIf(hcl`${props.snippets.server} != ""`, "\ninclude wallarm-routing/server-extra.conf;")}
`,
    );
  }
}

/** The header's name in the form of an nginx variable. */
function headerVariable({ name }: SecretHeader): IResolvable {
  return hcl`replace(lower(${name}), "-", "_")`;
}
