/** What takes requests of a distribution past its origins: functions that choose another one, and a staging distribution. */
import { Snapshot } from "../../account/snapshot";
import { behaviorsOf, Distribution, DistributionConfig } from "../../model/distributions";
import { Entry } from "../composition";

export function entriesAround({ DistributionConfig: config }: Distribution, snapshot: Snapshot): Entry[] {
  if (config === null) return [];
  return [...functions(config), ...staging(config, snapshot)].map((one) => ({
    ...{ ...one, key: null, priority: null, target: null, needsOwner: true },
  }));
}

type Around = Pick<Entry, "id" | "words" | "reason">;

/**
 * A CloudFront function of viewer requests and a Lambda@Edge function of origin requests can replace the origin.
 * Sources: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/helper-functions-origin-modification.html,
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
 */
function functions(config: DistributionConfig): Around[] {
  return behaviorsOf(config).flatMap(({ pattern, functions }) =>
    functions
      .filter(({ event, isLambda }) => event === (isLambda ? "origin-request" : "viewer-request"))
      .map(({ arn, event }) => ({
        id: `${event} ${pattern} ${arn}`,
        words: `function ${arn} at the ${event} of ${pattern}`,
        reason: "It can choose another origin, and the account does not tell whether it does.",
      })),
  );
}

function staging({ ContinuousDeploymentPolicyId: id = "" }: DistributionConfig, { cloudfront }: Snapshot): Around[] {
  if (id === "") return [];
  const policy = cloudfront?.ContinuousDeploymentPolicies.find((one) => one.Id === id);
  const { Enabled, StagingDistributionDnsNames, TrafficConfig } = policy?.ContinuousDeploymentPolicyConfig ?? {};
  const names = StagingDistributionDnsNames?.Items ?? [];
  const found = (cloudfront?.Distributions ?? []).filter(({ DomainName }) => names.includes(DomainName ?? ""));
  const ids = found.map((one) => one.Id).join(", ") || names.join(", ") || "unknown";
  const weight = TrafficConfig?.SingleWeightConfig?.Weight;
  const share = weight === undefined ? "requests with a header" : `${Math.round(weight * 1000) / 10} percent`;
  return [
    {
      id: `staging ${id}`,
      words: `staging distribution ${ids} by the policy ${id} (${Enabled === false ? "off" : share})`,
      reason: "It has origins of its own, so its requests go around the node.",
    },
  ];
}
