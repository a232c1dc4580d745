import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { BootScript } from "./boot-script";
import { clientCertificateSchema, secretHeaderSchema, secretHeaderValuesSchema } from "./check-schema";
import { Container } from "./container";
import { NginxConfig } from "./nginx-config";
import {
  backendSchema,
  entryPointsSchema,
  healthPathSchema,
  limitsSchema,
  listenerSchema,
  resolverSchema,
  trustedProxiesSchema,
} from "./traffic-schema";
import {
  CLOUDS,
  cloudSchema,
  groupSchema,
  imageSchema,
  modeSchema,
  snippetsSchema,
  tokenSecretSchema,
} from "./wallarm-schema";

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const USER_DATA_BYTES = 16384;

/** The module `node-config`: what the node itself must be told. */
export class NodeConfigStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary:
        "Renders what the Wallarm Node itself must be told: user data, container definition and nginx configuration, from one description of what it stands between.",
      providers: [],
    });

    const backend = this.variable("backend", backendSchema);
    this.variable("entry_points", entryPointsSchema, {
      condition: hcl`!contains([for name in var.entry_points : lower(name)], ${backendHost(backend.url)})`,
      errorMessage:
        text`entry_points must not have the backend's own name, ${backendHost(backend.url)}: the node would send ` +
        "every request back to where it came from. Set backend.url to the application itself, or to a load balancer of its own.",
    });
    const listener = this.variable("listener", listenerSchema);
    const trustedProxies = this.variable(
      "trusted_proxies",
      trustedProxiesSchema,
      {
        condition: hcl`!${listener.proxy_protocol} || length(var.trusted_proxies.cidrs) > 0`,
        errorMessage:
          "trusted_proxies.cidrs must name the load balancer's subnets where listener.proxy_protocol is true: from nobody else the protocol's client address is taken.",
      },
      {
        condition: hcl`!${listener.proxy_protocol} || length(var.trusted_proxies.cloudfront_cidrs) == 0`,
        errorMessage:
          "trusted_proxies.cloudfront_cidrs must be empty where listener.proxy_protocol is true: the protocol names CloudFront's address, not the client's. Leave the protocol off, and the client is taken from X-Forwarded-For.",
      },
    );
    const secretHeaderValues = this.variable("secret_header_values", secretHeaderValuesSchema);
    const secretHeader = this.variable("secret_header", secretHeaderSchema, {
      condition: hcl`(${hcl`var.secret_header_values`} != null) == try(length(var.secret_header.secrets) == 0, false)`,
      errorMessage:
        "secret_header must have either secrets or secret_header_values, and secret_header_values need a secret_header: without a value every request would be refused, or none.",
    });
    const clientCertificate = this.variable("client_certificate", clientCertificateSchema, {
      condition: hcl`var.client_certificate == null || ${listener.tls_certificate_secret} != null`,
      errorMessage:
        "client_certificate needs listener.tls_certificate_secret: without TLS on the node no client shows a certificate.",
    });
    const healthPath = this.variable("health_path", healthPathSchema);
    const mode = this.variable("mode", modeSchema);
    const cloud = this.variable("cloud", cloudSchema);
    const tokenSecret = this.variable("token_secret", tokenSecretSchema);
    const group = this.variable("group", groupSchema);
    const image = this.variable("image", imageSchema);
    const limits = this.variable("limits", limitsSchema);
    const resolver = this.variable("resolver", resolverSchema);
    const snippets = this.variable("snippets", snippetsSchema);

    const nginx = new NginxConfig(this, "main", {
      backend,
      listener,
      trustedProxies,
      secretHeader,
      secretHeaderValues,
      clientCertificate,
      healthPath,
      mode,
      limits,
      resolver,
      snippets,
    });
    const apiHost = local(
      this,
      "api_host",
      hcl`lookup({ EU = "${CLOUDS.EU}", US = "${CLOUDS.US}" }, ${cloud}, ${cloud})`,
    );
    const boot = new BootScript(this, "user_data", {
      nginx,
      backend,
      listener,
      secretHeader,
      tokenSecret,
      apiHost,
      group,
      mode,
    });
    const container = new Container(this, "container", {
      nginx,
      bootScript: boot,
      image,
      backend,
      listener,
      secretHeader,
      tokenSecret,
      apiHost,
      group,
      mode,
      healthPath,
    });

    const userDataFits = hcl`${base64Bytes(hcl`base64encode(${boot.userData})`)} <= ${USER_DATA_BYTES}`;
    this.output(
      "user_data",
      "User data for an instance of the Wallarm NGINX Node image, as text; null where it is longer than the 16384 bytes of EC2: use user_data_gzip.",
      hcl`${userDataFits} ? ${boot.userData} : null`,
    );
    this.output("user_data_gzip", "The same, compressed and in base64, for user_data_base64.", boot.userDataGzip, {
      condition: hcl`${base64Bytes(boot.userDataGzip)} <= ${USER_DATA_BYTES}`,
      errorMessage:
        text`The user data has more than ${USER_DATA_BYTES} bytes even when compressed, and EC2 refuses it. ` +
        "Shorten snippets, or put them into the machine image.",
    });
    this.output(
      "ecs_container",
      "The node as an ECS container definition, for jsonencode([...]). Add logConfiguration with merge().",
      container.definition,
    );
    this.output("docker_run", "Command that runs the node on port 8080 of a machine, to try it.", container.dockerRun);
    this.output("nginx_http_snippet", "nginx configuration for the http block.", nginx.httpSnippet);
    this.output("nginx_server_snippet", "nginx configuration for the server block.", nginx.serverSnippet);
    this.output("nginx_files", "Everything that belongs into /etc/nginx/wallarm-routing, by file name.", nginx.files);
    this.output("health_path", "Path for the load balancer's health check.", healthPath);
  }
}

/** The backend's host, in lower case. */
function backendHost(url: string) {
  return hcl`try(lower(regex("^https?://([^:/]+)", ${url})[0]), "")`;
}

/** How many bytes a text in base64 stands for. */
function base64Bytes(text: ReturnType<typeof hcl>) {
  return hcl`length(${text}) / 4 * 3 - length(regexall("=", ${text}))`;
}
