/** What others must do for an application behind CloudFront. */
import { behaviorsOf, Distribution } from "../../model/distributions";
import { NodeEntrance } from "./entrance";
import { isCovered, JudgedOrigin, SECRET_HEADER } from "./origins";
import { cutover } from "./paste";
import { CloudFrontWanted, Entry, Step, Steps } from "../composition";

export interface Facts {
  readonly distribution: Distribution;
  readonly origins: readonly JudgedOrigin[];
  readonly around: readonly Entry[];
  readonly entrance: NodeEntrance;
  /** Settings that an update by the AWS provider would remove. */
  readonly inUse: readonly string[];
  readonly isAdopted: boolean;
  readonly wanted: CloudFrontWanted;
}

export function stepsOf({ distribution, origins, around, entrance, inUse, isAdopted, wanted }: Facts): Steps {
  return {
    beforeApply: [
      secret(),
      ...(isAdopted ? [strangers(distribution), ...headers(origins, distribution), ...permissions(distribution)] : []),
    ],
    beforeCutover: [...entrance.steps, ...unknown(origins), ...paths(around)],
    atCutover: isAdopted
      ? []
      : cutover(distribution.Id, origins.filter(isCovered), {
          isInside: entrance.endpointArn !== null,
          because: wanted.adoptDistribution
            ? `The distribution has settings that updates by AWS provider 5.100 would remove: ${inUse.join(", ")}. So it is not adopted, and`
            : undefined,
        }),
  };
}

function secret(): Step {
  return {
    isYours: true,
    title: "Let the node require the secret header",
    text: `Run \`openssl rand -hex 32\` once, and set the variable \`secret_header_values\` to \`{ blue = "VALUE" }\`, for example with \`TF_VAR_secret_header_values\`. Keep the value out of files that you commit. Give the node the same value as \`secret_header\` of node-config, with the name \`${SECRET_HEADER}\`. Without it, anyone with a distribution of their own gets past yours.`,
  };
}

function strangers({ Id }: Distribution): Step {
  return {
    isYours: true,
    title: "Make sure that nothing else manages the distribution",
    text: `AWS does not tell which Terraform state or stack has \`${Id}\`. If another one has it, do not apply: two owners would revert each other. Run \`onboard\` again without \`--adopt-distribution\`.`,
  };
}

function headers(origins: readonly JudgedOrigin[], { Id }: Distribution): Step[] {
  const found = origins.filter(({ headerNames }) => headerNames.length > 0);
  if (found.length === 0) return [];
  const query =
    "{origin_header_values: [.DistributionConfig.Origins.Items[]\n  | {key: .Id, value: [(.CustomHeaders.Items // [])[] | {key: .HeaderName, value: .HeaderValue}] | from_entries}] | from_entries}";
  return [
    {
      isYours: true,
      title: "Read the headers of the origins",
      text: `CloudFront sends headers with values of its own, which may be secret and are in no file:\n\n${found.map((origin) => `- \`${origin.id}\`: ${origin.headerNames.map((name) => `\`${name}\``).join(", ")}`).join("\n")}\n\nAt 0 percent, write them to a file that you do not commit:\n\n\`\`\`sh\naws cloudfront get-distribution-config --id ${Id} | jq '${query}' > headers.auto.tfvars.json\n\`\`\``,
    },
  ];
}

function permissions({ DistributionConfig: config }: Distribution): Step[] {
  const isLambda =
    config !== null && behaviorsOf(config).some(({ functions }) => functions.some((one) => one.isLambda));
  const bucket = config?.Logging?.Bucket ?? "";
  const found = [
    ...(isLambda
      ? [
          "- `lambda:GetFunction`, `lambda:EnableReplication*`, `lambda:DisableReplication*` on its Lambda@Edge functions",
        ]
      : []),
    ...(bucket === "" ? [] : [`- \`s3:GetBucketAcl\`, \`s3:PutBucketAcl\` on the bucket of its logs, \`${bucket}\``]),
  ];
  if (found.length === 0) return [];
  return [
    {
      title: "Allow Terraform what CloudFront asks for",
      text: `AWS refuses updates of this distribution by a role without these permissions:\n\n${found.join("\n")}`,
    },
  ];
}

function unknown(origins: readonly JudgedOrigin[]): Step[] {
  const found = origins.filter(({ servedBy }) => servedBy === "application");
  if (found.length === 0) return [];
  const known = origins.filter(isCovered).map(({ id }) => id);
  return [
    {
      title: "Decide on origins",
      text: `The account does not tell what these origins lead to. At 100 percent, their requests go around the node:\n\n${found.map(({ words }) => `- ${words}`).join("\n")}\n\nRun \`onboard\` again, and name all origins that lead to the application: \`--application-origins ${known.join(" ")}\`, and those of the list that do.`,
    },
  ];
}

function paths(around: readonly Entry[]): Step[] {
  if (around.length === 0) return [];
  return [
    {
      title: "Close ways around the node",
      text: `${around.map(({ words, reason }) => `- ${words}: ${reason}`).join("\n")}\n\nRead the code of the functions: one that sets an origin (\`updateRequestOrigin\`, \`selectRequestOriginById\`, \`request.origin\`) must set the node, or must not set any. End continuous deployment: the owner takes the policy off the distribution, and disables the staging distribution.`,
    },
  ];
}
