import {
  CloudFrontClient,
  GetDistributionConfigCommand,
  ListContinuousDeploymentPoliciesCommand,
  ListDistributionsCommand,
  ListFunctionsCommand,
  ListVpcOriginsCommand,
  GetVpcOriginCommand,
} from "@aws-sdk/client-cloudfront";
import * as z from "zod";
import * as schema from "../schema/cloudfront";
import { Digest } from "../schema/digest";
import { callsOf, Pages, Reader } from "./reader";
import { answerOf, unknownSettings } from "./unknown-settings";

const call = callsOf<CloudFrontClient>();
const pages: Pages = ["NextMarker", "Marker"];

const HEADERS = z.looseObject({
  Items: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })).optional(),
});
/** The values are not digests yet. */
const RAW_CONFIG = z.looseObject({
  Origins: z.looseObject({ Items: z.array(z.looseObject({ CustomHeaders: HEADERS.optional() })).optional() }),
});
const RAW_POLICY = z.object({
  ContinuousDeploymentPolicy: z.looseObject({
    ContinuousDeploymentPolicyConfig: z.looseObject({
      TrafficConfig: z
        .looseObject({ SingleHeaderConfig: z.looseObject({ Value: z.string().optional() }).optional() })
        .optional(),
    }),
  }),
});

export const CALLS = {
  distributions: call({
    action: "cloudfront:ListDistributions",
    send: async (cloudFront, input: object) =>
      (await cloudFront.send(new ListDistributionsCommand(input))).DistributionList ?? {},
    ...{ list: "Items", item: schema.DISTRIBUTION, pages },
  }),
  distributionConfig: call({
    action: "cloudfront:GetDistributionConfig",
    send: async (cloudFront, input: { Id: string }) => {
      const command = new GetDistributionConfigCommand(input);
      const answer = answerOf(command);
      const { DistributionConfig = {} } = await cloudFront.send(command);
      return { DistributionConfig, UnknownSettings: unknownSettings(answer(), DistributionConfig) };
    },
    item: z.object({ DistributionConfig: RAW_CONFIG, UnknownSettings: z.array(z.string()) }),
  }),
  continuousDeploymentPolicies: call({
    action: "cloudfront:ListContinuousDeploymentPolicies",
    send: async (cloudFront, input: object) =>
      (await cloudFront.send(new ListContinuousDeploymentPoliciesCommand(input))).ContinuousDeploymentPolicyList ?? {},
    ...{ list: "Items", item: RAW_POLICY, pages },
  }),
  vpcOrigins: call({
    action: "cloudfront:ListVpcOrigins",
    send: async (cloudFront, input: object) =>
      (await cloudFront.send(new ListVpcOriginsCommand(input))).VpcOriginList ?? {},
    ...{ list: "Items", item: z.object({ Id: z.string() }), pages },
  }),
  vpcOrigin: call({
    action: "cloudfront:GetVpcOrigin",
    send: async (cloudFront, input: { Id: string }) =>
      (await cloudFront.send(new GetVpcOriginCommand(input))).VpcOrigin ?? {},
    item: schema.VPC_ORIGIN,
  }),
  functions: call({
    action: "cloudfront:ListFunctions",
    send: async (cloudFront, input: object) =>
      (await cloudFront.send(new ListFunctionsCommand(input))).FunctionList ?? {},
    ...{ list: "Items", item: schema.FUNCTION, pages },
  }),
};

export async function readCloudFront(cloudFront: Reader<CloudFrontClient>): Promise<z.infer<typeof schema.CLOUDFRONT>> {
  const { digest } = cloudFront.reading;
  const [distributions, policies, origins, Functions] = await Promise.all([
    cloudFront.list(CALLS.distributions, {}),
    cloudFront.list(CALLS.continuousDeploymentPolicies, {}),
    cloudFront.list(CALLS.vpcOrigins, {}),
    cloudFront.list(CALLS.functions, {}),
  ]);
  const [Distributions, VpcOrigins] = await Promise.all([
    Promise.all(
      distributions.map(async (distribution) => {
        const { Id } = distribution;
        const answer = await cloudFront.get(CALLS.distributionConfig, { Id }, Id);
        const config =
          answer &&
          cloudFront.converted(CALLS.distributionConfig, Id, schema.DISTRIBUTION_CONFIG, () =>
            configWithDigests(answer.DistributionConfig, digest),
          );
        return {
          ...{ ...distribution, DistributionConfig: config ?? null },
          UnknownSettings: answer?.UnknownSettings ?? [],
        };
      }),
    ),
    Promise.all(origins.map(({ Id }) => cloudFront.get(CALLS.vpcOrigin, { Id }, Id))),
  ]);
  return {
    Distributions,
    VpcOrigins: VpcOrigins.filter((origin) => origin !== undefined),
    ContinuousDeploymentPolicies: policies
      .map((policy) =>
        cloudFront.converted(CALLS.continuousDeploymentPolicies, null, schema.CONTINUOUS_DEPLOYMENT_POLICY, () =>
          policyWithDigests(policy, digest),
        ),
      )
      .filter((policy) => policy !== undefined),
    Functions,
  };
}

function configWithDigests(config: z.infer<typeof RAW_CONFIG>, digest: Digest) {
  const { Origins, ...rest } = config;
  const Items = Origins.Items?.map(({ CustomHeaders, ...origin }) => ({
    ...origin,
    CustomHeaders: CustomHeaders && {
      ...CustomHeaders,
      Items: CustomHeaders.Items?.map((header) => ({ ...header, HeaderValue: digest(header.HeaderValue) })),
    },
  }));
  return { ...rest, Origins: { ...Origins, Items } };
}

function policyWithDigests({ ContinuousDeploymentPolicy: policy }: z.infer<typeof RAW_POLICY>, digest: Digest) {
  const { TrafficConfig, ...config } = policy.ContinuousDeploymentPolicyConfig;
  const header = TrafficConfig?.SingleHeaderConfig;
  const SingleHeaderConfig = header && { ...header, Value: header.Value && digest(header.Value) };
  return {
    ...policy,
    ContinuousDeploymentPolicyConfig: {
      ...config,
      TrafficConfig: TrafficConfig && { ...TrafficConfig, SingleHeaderConfig },
    },
  };
}
