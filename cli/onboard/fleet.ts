/** The options of a node that the configuration creates. */
import { FleetWanted, IMAGE_ID } from "../../onboard/node";

/** As the command line has them. */
export interface FleetOptions {
  readonly newFleet?: true;
  readonly nodeImage?: string;
  readonly nodeImageOwner?: string;
  readonly nodeTokenSecret?: string;
  readonly nodeCertificateSecret?: string;
  readonly nodeSubnets?: readonly string[];
  readonly wallarmCloud?: string;
  readonly backendUrl?: string;
}

/** Options that say something of a new node alone. */
const OF_FLEET: readonly (readonly [option: string, name: keyof FleetOptions])[] = [
  ["--node-image", "nodeImage"],
  ["--node-image-owner", "nodeImageOwner"],
  ["--node-token-secret", "nodeTokenSecret"],
  ["--node-certificate-secret", "nodeCertificateSecret"],
  ["--node-subnets", "nodeSubnets"],
  ["--wallarm-cloud", "wallarmCloud"],
  ["--backend-url", "backendUrl"],
];

/** @throws Error if one of them is set for a node that runs already */
export function refuseWithoutFleet(options: FleetOptions): void {
  const set = OF_FLEET.filter(([, name]) => options[name] !== undefined).map(([option]) => option);
  if (options.newFleet === undefined && set.length > 0)
    throw new Error(
      `${set.join(", ")} is for a node that the configuration creates. Add --new-fleet, or leave it out.`,
    );
}

/** @throws Error with all that is missing, or with the first value that is wrong */
export function fleetOf(options: FleetOptions): FleetWanted {
  const { nodeImage: image, nodeTokenSecret: tokenSecretArn } = options;
  const { nodeImageOwner, nodeCertificateSecret, nodeSubnets = [], wallarmCloud = "EU", backendUrl } = options;
  if (image === undefined || tokenSecretArn === undefined) {
    const missing = [
      ...(image === undefined ? ["--node-image (the AMI ID or full name of a Wallarm NGINX Node)"] : []),
      ...(tokenSecretArn === undefined ? ["--node-token-secret (the ARN of the secret with the node's token)"] : []),
    ];
    throw new Error(`--new-fleet needs what the account does not tell: ${missing.join(" and ")}.`);
  }
  const values: readonly (readonly [option: string, value: string | undefined, format: RegExp, what: string])[] = [
    ["--node-image", image, IMAGE, 'an AMI ID such as "ami-0123456789abcdef0", or a full name without wildcards'],
    ["--node-image-owner", nodeImageOwner, OWNER, 'an account ID, "self", or "aws-marketplace"'],
    ["--node-token-secret", tokenSecretArn, SECRET, SECRET_FORMAT],
    ["--node-certificate-secret", nodeCertificateSecret, SECRET, SECRET_FORMAT],
    ...nodeSubnets.map(
      (id) => ["--node-subnets", id, SUBNET, 'subnet IDs such as "subnet-0123456789abcdef0"'] as const,
    ),
    ["--wallarm-cloud", wallarmCloud, CLOUD, '"EU", "US", or the host name of Wallarm\'s API'],
    ["--backend-url", backendUrl, URL_OF_BACKEND, "http:// or https:// with a host and an optional port"],
  ];
  const wrong = values.find(([, value, format]) => value !== undefined && !format.test(value));
  if (wrong) throw new Error(`${wrong[0]} must be ${wrong[3]}. Received: "${shown(wrong[0], wrong[1])}".`);
  if (nodeImageOwner !== undefined && IMAGE_ID.test(image))
    throw new Error(`--node-image-owner is for an image by name. "${image}" is an ID, which needs no owner.`);
  return {
    ...{ image, tokenSecretArn, cloud: wallarmCloud, subnetIds: [...new Set(nodeSubnets)] },
    ...{ imageOwner: nodeImageOwner ?? null, backendUrl: backendUrl ?? null },
    certificateSecretArn: nodeCertificateSecret ?? null,
  };
}

const IMAGE = /^(ami-[0-9a-f]{8,17}|(?!ami-)[^*?]{3,128})$/;
const OWNER = /^(\d{12}|self|aws-marketplace)$/;
const SECRET = /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+$/;
const SECRET_FORMAT = "the ARN of a secret (arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX)";
const SUBNET = /^subnet-[0-9a-f]{8,17}$/;
const CLOUD = /^(EU|US|[0-9a-z-]+(\.[0-9a-z-]+)+)$/;
const URL_OF_BACKEND = /^https?:\/\/[^/:?#@\s]+(:\d{1,5})?$/;

/** A token instead of its ARN must not be in the output of a pipeline. */
function shown(option: string, value = ""): string {
  return option === "--node-token-secret" ? `${value.slice(0, 4)}…` : value;
}
