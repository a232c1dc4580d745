import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { linesFor, linesIf } from "../../synth/language/expression/directives";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { ReferenceTo } from "../../synth/variables/schema";
import { CLIENT_HEADER } from "./application-headers";
import { backendDirectives } from "./backend-directives";
import { ClientHeader } from "./client-header";
import { limitsSchema, OWN_PORTS, resolverSchema, TrustedProxies } from "./traffic-schema";
import { snippetsSchema } from "./wallarm-schema";

/**
 * Seconds that a connection can be idle: the maximum of an NLB, and more than those of an ALB (4000) and CloudFront (600). So
 * the entry point is the one that closes an idle connection.
 * Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
 */
const LONGEST_IDLE_TIMEOUT = 6000;

export interface SecondPassProps {
  /** The local value "backends". */
  readonly backends: IResolvable;
  readonly trustedProxies: TrustedProxies;
  readonly clientHeader: ClientHeader;
  readonly mode: string;
  readonly limits: ReferenceTo<typeof limitsSchema>;
  readonly resolver: ReferenceTo<typeof resolverSchema>;
  readonly snippets: ReferenceTo<typeof snippetsSchema>;
}

/**
 * Servers on loopback, for requests that nginx sends to itself once. nginx has one timeout for each location, and reads the
 * client's address from a header as it arrives. In the first pass, the node does not look at these requests.
 */
export class SecondPass extends Construct {
  /** Directives of a location of the first pass. */
  public readonly firstPass: IResolvable;
  public readonly servers: IResolvable;

  public constructor(scope: Construct, id: string, props: SecondPassProps) {
    super(scope, id);
    const { trustedProxies } = props;
    const { translated, forwardedFor } = props.clientHeader;
    this.firstPass = local(
      this,
      "first_pass_snippet",
      `# Requests that nginx sends to itself once. From the Terraform module node-config.

wallarm_mode off;
access_log off;
proxy_pass http://127.0.0.1:$wallarm_routing_port;
proxy_http_version 1.1;
proxy_redirect off;
proxy_set_header Host "$host$wallarm_routing_host_port";
proxy_set_header Connection $wallarm_routing_connection;
proxy_set_header Upgrade $wallarm_routing_upgrade;
proxy_set_header X-Forwarded-For ${hcl`${translated} ? "$wallarm_routing_forwarded_for" : ${forwardedFor}`};
proxy_set_header ${CLIENT_HEADER} ${hcl`${translated} ? "$wallarm_routing_client" : "$remote_addr"`};${linesIf(
        translated,
        `proxy_set_header ${trustedProxies.client_header} $wallarm_routing_client_header;`,
      )}

# The second pass has the buffers, and answers 504.
client_max_body_size ${hcl`${props.limits.max_body_size}`}m;
proxy_request_buffering off;
proxy_buffering off;
proxy_buffer_size 32k;
proxy_buffers 8 32k;
proxy_next_upstream off;
proxy_send_timeout ${LONGEST_IDLE_TIMEOUT}s;
proxy_read_timeout ${LONGEST_IDLE_TIMEOUT}s;
`,
    );
    const kinds = local(
      this,
      "second_pass_servers",
      hcl`flatten([
        for index, backend in ${props.backends} : [
          for offset, seconds in [backend.response_timeout, ${LONGEST_IDLE_TIMEOUT}] :
          { port = ${OWN_PORTS.secondPass} + 2 * index + offset, seconds = seconds, backend = backend }
        ]
      ])`,
      "One for requests, and one for WebSockets and event streams.",
    );
    const proxies = local(
      this,
      "second_pass_proxies",
      hcl`concat(["127.0.0.1"], ${translated} ? sort(setunion(${trustedProxies.cidrs}, ${trustedProxies.cloudfront_cidrs})) : [])`,
    );
    this.servers = local(
      this,
      "second_pass_snippet",
      `# The second pass of requests. From the Terraform module node-config.${linesFor(
        "server",
        kinds,
        `
server {
  listen 127.0.0.1:${hcl`server.port`};
  underscores_in_headers on;
  ignore_invalid_headers off;
  large_client_header_buffers 8 16k;

  # The first pass says who the client is.${linesFor("cidr", proxies, `  set_real_ip_from ${hcl`cidr`};`)}
  real_ip_header ${CLIENT_HEADER};
  real_ip_recursive on;

  location ~ ^/(?!wallarm-apifw) {
    wallarm_mode ${props.mode};

${backendDirectives(hcl`server.backend`, props.resolver, "    ")}
    include wallarm-routing/application.conf;${linesIf(
      translated,
      `    proxy_set_header X-Forwarded-For $wallarm_routing_named_for;`,
    )}
    proxy_send_timeout ${hcl`server.seconds`}s;
    proxy_read_timeout ${hcl`server.seconds`}s;
  }${linesIf(hcl`${props.snippets.server} != ""`, "  include wallarm-routing/server-extra.conf;")}
}`,
      )}
`,
    );
  }
}
