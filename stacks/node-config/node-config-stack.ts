import { withRules } from "../../synth/variables/schema";
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
  backendsSchema,
  entryPointsSchema,
  healthPathSchema,
  insteadOf,
  limitsSchema,
  listenerSchema,
  notTheBackend,
  resolverSchema,
  trustedProxiesSchema,
  trustedProxiesWithProxyProtocol,
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

/** The module `node-config`: the configuration of the node. */
export class NodeConfigStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary:
        "Renders the user data, ECS container definition, and nginx configuration of a Wallarm Node, from one set of variables.",
      providers: [],
    });

    const backend = this.variable("backend", backendSchema);
    const backends = this.variable("backends", withRules(backendsSchema, ...insteadOf(backend)));
    this.variable("entry_points", withRules(entryPointsSchema, notTheBackend(backend, backends)));
    const listener = this.variable("listener", listenerSchema);
    const trustedProxies = this.variable(
      "trusted_proxies",
      withRules(trustedProxiesSchema, ...trustedProxiesWithProxyProtocol(listener)),
    );
    const secretHeaderValues = this.variable("secret_header_values", secretHeaderValuesSchema);
    const secretHeader = this.variable("secret_header", secretHeaderSchema(secretHeaderValues));
    const clientCertificate = this.variable("client_certificate", clientCertificateSchema(listener));
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
      backends,
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
      "User data for an instance of the Wallarm NGINX Node image, as text. Null if it is longer than the 16384 bytes that EC2 allows: use user_data_gzip.",
      hcl`${userDataFits} ? ${boot.userData} : null`,
    );
    this.output("user_data_gzip", "The user data, compressed and in base64, for user_data_base64.", boot.userDataGzip, {
      precondition: {
        condition: hcl`${base64Bytes(boot.userDataGzip)} <= ${USER_DATA_BYTES}`,
        errorMessage:
          text`The compressed user data has more than ${USER_DATA_BYTES} bytes, the maximum of EC2. ` +
          "Shorten snippets, or move them to the machine image.",
      },
    });
    this.output(
      "secret_arns",
      "ARNs of the secrets that the instances or tasks read, for the variable secret_arns of the module node-fleet, or the policy of your own role.",
      hcl`distinct(concat(
        [${tokenSecret.arn}],
        ${listener.tls_certificate_secret}[*].arn,
        try(${secretHeader.secrets}[*].arn, []),
      ))`,
    );
    this.output(
      "ecs_container",
      "The node as an ECS container definition, for jsonencode([...]). Add logConfiguration with merge().",
      container.definition,
    );
    this.output(
      "docker_run",
      "Command that runs the node on port 8080 of your machine, to try it.",
      container.dockerRun,
    );
    this.output("nginx_http_snippet", "nginx configuration for the http block.", nginx.httpSnippet);
    this.output("nginx_server_snippet", "nginx configuration for the server block.", nginx.serverSnippet);
    this.output("nginx_files", "The files in /etc/nginx/wallarm-routing, by file name.", nginx.files);
    this.output("health_path", "Path for the load balancer's health check.", healthPath);
  }
}

/** The number of bytes in a base64 text. */
function base64Bytes(text: ReturnType<typeof hcl>) {
  return hcl`length(${text}) / 4 * 3 - length(regexall("=", ${text}))`;
}
