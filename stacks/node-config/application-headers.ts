import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { linesFor, linesIf } from "../../synth/language/expression/directives";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { ReferenceTo } from "../../synth/variables/schema";
import { SecretHeader } from "./check-schema";
import { ClientHeader } from "./client-header";
import { limitsSchema, TrustedProxies } from "./traffic-schema";

export interface ApplicationHeadersProps {
  readonly trustedProxies: TrustedProxies;
  readonly clientHeader: ClientHeader;
  readonly secretHeader: SecretHeader;
  readonly limits: ReferenceTo<typeof limitsSchema>;
}

/** Header with the client for the second pass. */
export const CLIENT_HEADER = "X-Wallarm-Routing-Client";

/** Headers that tell the application about the client. */
const FORWARDED_HEADERS = ["X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Real-IP"];

/** nginx drops other names. A node must not change what the application gets. */
export const ANY_HEADER_NAME = `underscores_in_headers on;
ignore_invalid_headers off;`;

/** What all requests to the application have in common: headers and sizes. */
export class ApplicationHeaders extends Construct {
  public readonly snippet: IResolvable;

  public constructor(scope: Construct, id: string, props: ApplicationHeadersProps) {
    super(scope, id);
    const { trustedProxies, clientHeader, secretHeader } = props;
    const ownClientHeader = hcl`${clientHeader.own} ? [${trustedProxies.client_header}] : []`;
    const protectedHeaders = local(
      this,
      "protected_headers",
      hcl`concat(${FORWARDED_HEADERS}, ${secretHeader}[*].name, ${ownClientHeader})`,
      "Headers that the application believes, because the node or the load balancer sets them, and the secret header.",
    );
    const forms = local(
      this,
      "other_forms",
      hcl`sort(setsubtract(
        flatten([
          for name in ${protectedHeaders} : [
            for separators in setproduct(concat(
              [[""], [""]],
              [for separator in regexall("-", name) : ["-", "_", "."]]
            )...) :
            join("", [for index, word in split("-", name) : "\${index == 0 ? "" : separators[index + 1]}\${word}"])
          ]
        ]),
        ${protectedHeaders}
      ))`,
      "With CGI, WSGI, and PHP, X_Forwarded_For and X.Forwarded.For are the same variable as X-Forwarded-For.",
    );
    this.snippet = local(
      this,
      "application_snippet",
      `# Requests to the application. From the Terraform module node-config.

proxy_http_version 1.1;
proxy_redirect off;
proxy_set_header Connection $wallarm_routing_connection;
proxy_set_header Upgrade $wallarm_routing_upgrade;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header ${CLIENT_HEADER} "";${linesIf(
        clientHeader.own,
        `proxy_set_header ${trustedProxies.client_header} $remote_addr;`,
      )}${linesIf(hcl`${secretHeader} != null`, `proxy_set_header ${secretHeader.name} "";`)}${linesFor(
        "name",
        forms,
        `proxy_set_header ${hcl`name`} "";`,
      )}

# One bucket: nginx leaves dots out of the hash of a name that it received, and would look in another bucket.
proxy_headers_hash_max_size 1;
proxy_headers_hash_bucket_size 32768;

client_max_body_size ${hcl`${props.limits.max_body_size}`}m;
proxy_buffer_size 32k;
proxy_buffers 8 32k;

# Name resolution, two connections, and the response together take one second less than the entry point waits.
resolver_timeout 2s;
proxy_connect_timeout 2s;
proxy_next_upstream_timeout 2s;
`,
    );
  }
}
