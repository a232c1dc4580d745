import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { linesFor, linesIf } from "../../synth/language/expression/directives";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { ReferenceTo } from "../../synth/variables/schema";
import { ACCEPT, BootScript, fromSecrets, writeFile } from "./boot-script";
import { SecretHeader } from "./check-schema";
import { withoutCarriageReturns } from "./line-ends";
import { NginxConfig } from "./nginx-config";
import { OWN_PORTS, Listener } from "./traffic-schema";
import { tokenSecretSchema } from "./wallarm-schema";

export interface ContainerProps {
  readonly nginx: NginxConfig;
  readonly bootScript: BootScript;
  readonly image: string;
  readonly listener: Listener;
  readonly secretHeader: SecretHeader;
  readonly tokenSecret: ReferenceTo<typeof tokenSecretSchema>;
  readonly apiHost: IResolvable;
  /** Group of nodes, or null. */
  readonly group: string;
  readonly mode: string;
  readonly healthPath: string;
}

/** The node as a container of Wallarm's image: a container definition for ECS, and a command to try it. */
export class Container extends Construct {
  public readonly definition: IResolvable;
  public readonly dockerRun: IResolvable;

  public constructor(scope: Construct, id: string, props: ContainerProps) {
    super(scope, id);
    const { listener, secretHeader, tokenSecret } = props;
    const certificate = listener.tls_certificate_secret;
    const script = local(
      this,
      "container_script",
      `# Adds a server. The image's own server listens on port ${OWN_PORTS.image} instead.
set -euo pipefail
export LC_ALL=C

${hcl`trimspace(${props.bootScript.writeFiles})`}
${writeFile(
  "/etc/nginx/http.d/wallarm-routing.conf",
  `include /etc/nginx/wallarm-routing/http.conf;

server {${linesIf(hcl`${listener.port} == 80`, `  listen ${props.nginx.listen};`)}
  listen 127.0.0.1:${OWN_PORTS.health};
  include /etc/nginx/wallarm-routing/server.conf;
}
`,
)}${linesIf(
        fromSecrets(secretHeader),
        `
${ACCEPT}

{${linesFor("index, header", secretHeader.secrets, `  accept "$WALLARM_ROUTING_SECRET_${hcl`index`}"`)}
} > /etc/nginx/wallarm-routing/secret-header.map`,
      )}${linesIf(
        hcl`${certificate} != null`,
        `
printf '%s\\n' "$WALLARM_ROUTING_TLS" > /etc/nginx/wallarm-routing/tls.pem`,
      )}

# The image copies its environment into a file.
unset "$\${!WALLARM_ROUTING_@}"
exec /usr/local/bin/init
`,
      "Replaces the command of the image, so its last line starts the program that the image would start.",
    );
    const command = withoutCarriageReturns(script);
    const environment = local(
      this,
      "container_environment",
      hcl`merge(
        {
          NGINX_BACKEND    = ${props.nginx.imageBackend}
          NGINX_PORT       = "${OWN_PORTS.image}"
          WALLARM_API_HOST = ${props.apiHost}
          WALLARM_MODE     = ${props.mode}
        },
        ${props.group} == null ? {} : { WALLARM_LABELS = ${text`group=${props.group}`} }
      )`,
      "NGINX_PORT moves the image's own server away from the port of the requests.",
    );
    const secrets = local(
      this,
      "container_secrets",
      hcl`merge(
        { WALLARM_API_TOKEN = ${valueFrom(tokenSecret)} },
        { for index, header in try(${secretHeader.secrets}, []) : "WALLARM_ROUTING_SECRET_\${index}" => ${valueFrom("header")} },
        { for certificate in ${certificate}[*] : "WALLARM_ROUTING_TLS" => ${valueFrom("certificate")} }
      )`,
      "ECS injects these when a container starts, so no value is in the task definition. ARN:KEY:: selects a key of a JSON object (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html).",
    );
    this.definition = hcl`{
      name         = "wallarm-node"
      image        = ${props.image}
      cpu          = 1024
      memory       = 2048
      essential    = true
      command      = ["/bin/bash", "-c", ${command}]
      environment  = [for name, value in ${environment} : { name = name, value = value }]
      secrets      = [for name, value in ${secrets} : { name = name, valueFrom = value }]
      portMappings = [{ containerPort = ${listener.port}, protocol = "tcp" }]
      healthCheck = {
        command     = ["CMD-SHELL", ${text`wget -q -O /dev/null http://127.0.0.1:${OWN_PORTS.health}${props.healthPath} || exit 1`}]
        interval    = 10
        timeout     = 5
        retries     = 3
        startPeriod = 120
      }
    }`;
    this.dockerRun = hcl`join(" ", concat(
      [${text`docker run --rm -p 8080:${listener.port}`}],
      [for name, value in ${environment} : "-e \${name}='\${value}'"],
      [for name in keys(${secrets}) : "-e \${name}"],
      [${props.image}, ${text`/bin/bash -c '${hcl`replace(${command}, "'", "'\\\\''")`}'`}]
    ))`;
  }
}

/**
 * The secret in the form of a container definition.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 * @param secret HCL of an object with arn and json_key
 */
function valueFrom(secret: IResolvable | string): IResolvable {
  return hcl`${secret}.json_key == null ? ${secret}.arn : ${text`${hcl`${secret}.arn`}:${hcl`${secret}.json_key`}::`}`;
}
