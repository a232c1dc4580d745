/** Distributions of CloudFront: where they lead, and what they send. */
import * as z from "zod";
import { DISTRIBUTION_CONFIG, ORIGIN } from "../schema/cloudfront";
import { Draft } from "./draft";
import { row } from "./row";
import { blocks, COMPUTED_TEXT, OPTIONAL_FLAG, OPTIONAL_TEXT, TEXT } from "./values";

type Config = z.infer<typeof DISTRIBUTION_CONFIG>;

const BEHAVIOR = z.object({
  ...{ path_pattern: OPTIONAL_TEXT, target_origin_id: TEXT },
  function_association: blocks(z.object({ event_type: z.string(), function_arn: TEXT })),
  lambda_function_association: blocks(z.object({ event_type: z.string(), lambda_arn: z.string() })),
});
const ORIGIN_VALUES = z.object({
  ...{ origin_id: TEXT, domain_name: z.string() },
  custom_header: blocks(z.object({ name: z.string(), value: z.string() })),
  vpc_origin_config: blocks(z.object({ vpc_origin_id: TEXT })),
});
const DISTRIBUTION_VALUES = z.object({
  ...{ id: TEXT, enabled: z.boolean(), staging: OPTIONAL_FLAG, continuous_deployment_policy_id: COMPUTED_TEXT },
  origin: blocks(ORIGIN_VALUES),
  origin_group: blocks(z.object({ origin_id: TEXT, member: blocks(z.object({ origin_id: TEXT })) })),
  ...{ default_cache_behavior: blocks(BEHAVIOR), ordered_cache_behavior: blocks(BEHAVIOR) },
});
type Values = z.infer<typeof DISTRIBUTION_VALUES>;

export const DISTRIBUTION = row(DISTRIBUTION_VALUES, {
  remove: ({ id }, draft) => {
    const cloudfront = draft.part("cloudfront");
    if (cloudfront !== null) cloudfront.Distributions = cloudfront.Distributions.filter(({ Id }) => Id !== id);
  },
  put: (after, draft) => {
    const DistributionConfig = configOf(after, null, draft);
    const one = { Id: draft.planned(after.id), DistributionConfig, UnknownSettings: [] };
    draft.part("cloudfront")?.Distributions.push(one);
  },
  update: (before, after, draft) => {
    const one = draft.part("cloudfront")?.Distributions.find(({ Id }) => Id === after.id);
    const found = draft.found(one, `the distribution ${after.id}`);
    if (found === null) return;
    draft.planned(after.id);
    found.DistributionConfig = { ...found.DistributionConfig, ...configOf(after, { before, found }, draft) };
  },
});

interface Known {
  readonly before: Values;
  readonly found: { readonly DistributionConfig: Config | null };
}

function configOf(after: Values, known: Known | null, draft: Draft): Config {
  const [byDefault] = after.default_cache_behavior;
  return {
    ...{ Enabled: after.enabled, Staging: after.staging },
    ContinuousDeploymentPolicyId: after.continuous_deployment_policy_id,
    Origins: { Items: after.origin.map((one) => originOf(one, known, draft)) },
    OriginGroups: {
      Items: after.origin_group.map(({ origin_id: Id, member }) => ({
        ...{ Id, Members: { Items: member.map(({ origin_id: OriginId }) => ({ OriginId })) } },
      })),
    },
    DefaultCacheBehavior: byDefault && behaviorOf(byDefault),
    CacheBehaviors: { Items: after.ordered_cache_behavior.map(behaviorOf) },
  };
}

function originOf(one: z.infer<typeof ORIGIN_VALUES>, known: Known | null, draft: Draft): z.infer<typeof ORIGIN> {
  const { origin_id: Id, domain_name: DomainName, custom_header, vpc_origin_config } = one;
  const [vpcOrigin] = vpc_origin_config;
  const headers = (origin: typeof one | undefined) => JSON.stringify(origin?.custom_header ?? []);
  const isSame = headers(known?.before.origin.find(({ origin_id }) => origin_id === Id)) === headers(one);
  const before = known?.found.DistributionConfig?.Origins.Items?.find((origin) => origin.Id === Id)?.CustomHeaders;
  const values = isSame && before !== undefined ? [] : draft.digests(custom_header.map(({ value }) => value));
  const sent = custom_header.map(({ name: HeaderName }, index) => ({ HeaderName, HeaderValue: values?.[index] ?? "" }));
  return {
    ...{ Id, DomainName, CustomHeaders: isSame && before !== undefined ? before : { Items: sent } },
    VpcOriginConfig: vpcOrigin && { VpcOriginId: vpcOrigin.vpc_origin_id },
  };
}

function behaviorOf(one: z.infer<typeof BEHAVIOR>): NonNullable<Config["DefaultCacheBehavior"]> {
  return {
    ...{ PathPattern: one.path_pattern, TargetOriginId: one.target_origin_id },
    FunctionAssociations: {
      Items: one.function_association.map(({ event_type: EventType, function_arn: FunctionARN }) => ({
        ...{ EventType, FunctionARN },
      })),
    },
    LambdaFunctionAssociations: {
      Items: one.lambda_function_association.map(({ event_type: EventType, lambda_arn: LambdaFunctionARN }) => ({
        ...{ EventType, LambdaFunctionARN },
      })),
    },
  };
}
