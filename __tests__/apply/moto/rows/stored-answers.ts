import type { LocalAws } from "../../harness/local-aws";

/** An operation that answers what a test fills in. */
export interface StoredRow {
  readonly rule: string;
  readonly ask: (aws: LocalAws) => Promise<unknown>;
  /** What is asked for, until a test fills in the answer. */
  readonly empty: unknown;
  readonly answer: object;
  /** What is asked for afterwards. */
  readonly filled: unknown;
}

const list = (item: object) => ({ Quantity: 1, MaxItems: 100, Items: [item] });

const functionSummary = {
  Name: "rewrite",
  FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
  FunctionMetadata: { FunctionARN: "arn:aws:cloudfront::123456789012:function/rewrite" },
};

const policy = {
  ContinuousDeploymentPolicy: {
    Id: "policy",
    ContinuousDeploymentPolicyConfig: { Enabled: true, StagingDistributionDnsNames: { Quantity: 0 } },
  },
};

export const storedAnswers: StoredRow[] = [
  {
    rule: "cloudfront:ListFunctions",
    ask: async ({ cloudFront }) => (await cloudFront.listFunctions({})).FunctionList?.Items?.map(({ Name }) => Name),
    empty: undefined,
    answer: { FunctionList: list(functionSummary) },
    filled: ["rewrite"],
  },
  {
    rule: "cloudfront:DescribeFunction",
    ask: async ({ cloudFront }) => (await cloudFront.describeFunction({ Name: "rewrite" })).FunctionSummary?.Name,
    empty: { refused: "NoSuchFunctionExists" },
    answer: { FunctionSummary: functionSummary },
    filled: "rewrite",
  },
  {
    rule: "cloudfront:GetFunction",
    ask: async ({ cloudFront }) => (await cloudFront.getFunction({ Name: "rewrite" })).FunctionCode?.length,
    empty: { refused: "NoSuchFunctionExists" },
    answer: { FunctionCode: "function handler(event) { return event.request; }" },
    filled: 49,
  },
  {
    rule: "cloudfront:ListContinuousDeploymentPolicies",
    ask: async ({ cloudFront }) =>
      (await cloudFront.listContinuousDeploymentPolicies({})).ContinuousDeploymentPolicyList?.Quantity,
    empty: 0,
    answer: { ContinuousDeploymentPolicyList: list(policy) },
    filled: 1,
  },
  {
    rule: "cloudfront:GetContinuousDeploymentPolicy",
    ask: async ({ cloudFront }) =>
      (await cloudFront.getContinuousDeploymentPolicy({ Id: "policy" })).ContinuousDeploymentPolicy?.Id,
    empty: { refused: "NoSuchContinuousDeploymentPolicy" },
    answer: policy,
    filled: "policy",
  },
  {
    rule: "ec2:DescribeClientVpnEndpoints",
    ask: async ({ ec2 }) =>
      (await ec2.describeClientVpnEndpoints({})).ClientVpnEndpoints?.map(
        ({ ClientVpnEndpointId }) => ClientVpnEndpointId,
      ),
    empty: [],
    answer: { ClientVpnEndpoints: [{ ClientVpnEndpointId: "cvpn-endpoint-1" }] },
    filled: ["cvpn-endpoint-1"],
  },
  {
    rule: "ec2:DescribeClientVpnTargetNetworks",
    ask: async ({ ec2 }) =>
      (
        await ec2.describeClientVpnTargetNetworks({ ClientVpnEndpointId: "cvpn-endpoint-1" })
      ).ClientVpnTargetNetworks?.map(({ TargetNetworkId }) => TargetNetworkId),
    empty: [],
    answer: { ClientVpnTargetNetworks: [{ TargetNetworkId: "subnet-1" }] },
    filled: ["subnet-1"],
  },
  {
    rule: "ec2:DescribeInstanceConnectEndpoints",
    ask: async ({ ec2 }) =>
      (await ec2.describeInstanceConnectEndpoints({})).InstanceConnectEndpoints?.map(({ SubnetId }) => SubnetId),
    empty: [],
    answer: { InstanceConnectEndpoints: [{ SubnetId: "subnet-1" }] },
    filled: ["subnet-1"],
  },
];
