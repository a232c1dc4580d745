import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { linesFor, linesIf } from "../../synth/language/expression/directives";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { ReferenceTo } from "../../synth/variables/schema";
import { SecretHeader } from "./check-schema";
import { withoutCarriageReturns } from "./line-ends";
import { NginxConfig } from "./nginx-config";
import { Listener } from "./traffic-schema";
import { END_OF_FILE, tokenSecretSchema } from "./wallarm-schema";

export interface BootScriptProps {
  readonly nginx: NginxConfig;
  readonly listener: Listener;
  readonly secretHeader: SecretHeader;
  readonly tokenSecret: ReferenceTo<typeof tokenSecretSchema>;
  readonly apiHost: IResolvable;
  /** Group of nodes, or null. */
  readonly group: string;
  readonly mode: string;
}

/** Bash that writes a file, up to a line that the text must not contain. */
export function writeFile(path: string, text: string): string {
  return `cat > ${path} <<'${END_OF_FILE}'\n${text}${END_OF_FILE}`;
}

/** Bash that prints a line of the header check. An empty value would admit every request. */
export const ACCEPT = `accept() {
  [[ $1 =~ ^[0-9a-z]{32,128}$ ]] || { echo "A value of the secret header does not have 32 to 128 digits and lowercase letters." >&2; exit 1; }
  printf '"~^%s\\\\z" "";\\n' "$1"
}`;

/** The user data of an instance of the Wallarm NGINX Node image. */
export class BootScript extends Construct {
  /** Bash that writes nginx's files. */
  public readonly writeFiles: IResolvable;
  public readonly userData: IResolvable;
  public readonly userDataGzip: IResolvable;

  public constructor(scope: Construct, id: string, props: BootScriptProps) {
    super(scope, id);
    const { nginx, listener, secretHeader, tokenSecret } = props;
    this.writeFiles = local(
      this,
      "write_files",
      `install -d -m 0700 /etc/nginx/wallarm-routing${linesFor("name, text", nginx.files, writeFile(`/etc/nginx/wallarm-routing/${hcl`name`}`, hcl.string`text`))}
`,
      "In quoted heredocs, so that the shell expands nothing in the files.",
    );
    const script = local(
      this,
      "boot_script",
      `#!/bin/bash
# Configures an instance of the Wallarm NGINX Node image as the node in front of the application. Runs once, at the first
# boot, as root.
# From the Terraform module node-config.
set -euo pipefail
export LC_ALL=C AWS_METADATA_SERVICE_NUM_ATTEMPTS=10 AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=10

# nginx must not serve requests before the node works. If anything below fails, nginx stays stopped, and the health check
# of the load balancer fails.
systemctl stop nginx.service

command -v aws > /dev/null || { apt-get update && apt-get install --yes awscli; }

# Prints the value of a secret, or of one of its keys. The instance's role needs secretsmanager:GetSecretValue.
secret() {
  local value
  value=$(aws secretsmanager get-secret-value --region "$(cut -d : -f 4 <<< "$1")" --secret-id "$1" --query SecretString --output text)
  if [ -n "$2" ]; then
    value=$(python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$2" <<< "$value")
  fi
  printf '%s\\n' "$value"
}

${hcl`trimspace(${this.writeFiles})`}${linesIf(
        fromSecrets(secretHeader),
        `
${ACCEPT}

{${linesFor("header", secretHeader.secrets, `  accept "$(secret ${secretArguments(hcl`header`)})"`)}
} > /etc/nginx/wallarm-routing/secret-header.map`,
      )}${linesIf(
        hcl`${listener.tls_certificate_secret} != null`,
        `
secret ${secretArguments(listener.tls_certificate_secret)} > /etc/nginx/wallarm-routing/tls.pem`,
      )}

token=$(secret ${secretArguments(tokenSecret)})
[ -n "$token" ] || { echo "The secret with the token is empty." >&2; exit 1; }
${hcl`${props.group} == null ? "" : ${text`env WALLARM_LABELS='group=${props.group}' `}`}/opt/wallarm/usr/share/wallarm-common/cloud-init.py \\
  -t "$token" \\
  -H ${props.apiHost} \\
  -p proxy \\
  -m ${props.mode} \\
  --proxy-pass '${nginx.imageBackend}' \\
  --http-snippet /etc/nginx/wallarm-routing/http.conf \\
  --server-snippet /etc/nginx/wallarm-routing/server.conf

nginx -t
systemctl restart nginx.service
`,
    );
    this.userData = local(this, "user_data", withoutCarriageReturns(script));
    this.userDataGzip = local(
      this,
      "user_data_gzip",
      hcl`base64gzip(${this.userData})`,
      "cloud-init decompresses it. EC2 limits user data to 16 KB " +
        "(https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html).",
    );
  }
}

/** Whether the node reads the values of the header from Secrets Manager. */
export function fromSecrets(header: SecretHeader): IResolvable {
  return hcl`try(length(${header.secrets}) > 0, false)`;
}

function secretArguments(secret: IResolvable): string {
  return `'${hcl`${secret}.arn`}' '${hcl`${secret}.json_key == null ? "" : ${secret}.json_key`}'`;
}
