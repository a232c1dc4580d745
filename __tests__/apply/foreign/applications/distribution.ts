import type { DistributionConfig } from "@aws-sdk/client-cloudfront";
import { NO_UNSUPPORTED_SETTINGS } from "../../../../stacks/cloudfront/unsupported-settings";
import type { LocalAws } from "../../harness/local-aws";
import { createInstances, createLoadBalancer, createNetwork, createSecurityGroup } from "../../harness/network";
import type { Variables } from "../../harness/terraform";

import type { ForeignApplication, Kind, Owner } from "../application";

const APPLICATION = "shop.example.com";

/**
 * Settings of after the oldest provider that the modules support, which does not know them.
 * Source: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html
 */
const UNKNOWN = {
  ViewerMtlsConfig: { Mode: "required", TrustStoreConfig: { TrustStoreId: "ts_0123456789abcdef0" } },
} satisfies Partial<DistributionConfig>;

interface Pasted {
  readonly cutover_origin: { readonly domain_name: string } | null;
  readonly secret_header: { readonly name: string; readonly value: string };
}

/** A pipeline that writes the whole configuration of a distribution with an SDK. */
export class Pipeline implements Owner {
  private pasted: Pasted | null = null;

  constructor(
    private readonly aws: LocalAws,
    private readonly id: string,
    private readonly applicationGroup: string,
  ) {}

  async plan(): Promise<string[]> {
    const { DistributionConfig: now } = await this.read();
    const [origin] = now.Origins?.Items ?? [];
    return [
      ...(origin?.DomainName === this.domainName ? [] : [`update origin: ${origin?.DomainName}`]),
      ...(now.ViewerMtlsConfig?.Mode === UNKNOWN.ViewerMtlsConfig.Mode ? [] : ["update viewer mTLS"]),
    ];
  }

  /** @param change `pasted`, the outputs of the module; `closed`, if only the node is to reach the load balancer */
  async apply({ pasted = this.pasted, closed }: Variables = {}): Promise<void> {
    this.pasted = pasted as Pasted | null;
    const { DistributionConfig: now, ETag } = await this.read();
    await this.aws.cloudFront.updateDistribution({
      Id: this.id,
      IfMatch: ETag,
      DistributionConfig: { ...now, Origins: this.origins() },
    });
    const everybody = [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
    const input = { GroupId: this.applicationGroup, IpPermissions: everybody };
    if (closed === true) await this.aws.ec2.revokeSecurityGroupIngress(input);
    if (closed === false) await this.aws.ec2.authorizeSecurityGroupIngress(input);
  }

  private async read() {
    const { DistributionConfig, ETag } = await this.aws.cloudFront.getDistributionConfig({ Id: this.id });
    if (DistributionConfig === undefined) throw new Error(`${this.id} has no configuration.`);
    return { DistributionConfig, ETag };
  }

  get domainName(): string {
    return this.pasted?.cutover_origin?.domain_name ?? APPLICATION;
  }

  origins(): DistributionConfig["Origins"] {
    const header = this.pasted?.cutover_origin ? [this.pasted.secret_header] : [];
    return {
      Quantity: 1,
      Items: [
        {
          Id: "shop",
          DomainName: this.domainName,
          CustomHeaders: {
            Quantity: header.length,
            Items: header.map(({ name, value }) => ({ HeaderName: name, HeaderValue: value })),
          },
          CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" },
        },
      ],
    };
  }
}

export const distribution: Kind<ForeignApplication & { readonly owner: Pipeline }> = {
  name: "a distribution with settings that the provider does not know",

  async create(aws) {
    const network = await createNetwork(aws);
    const loadBalancerGroup = await createSecurityGroup(aws, network, "shop-load-balancer");
    const instancesGroup = await createSecurityGroup(aws, network, "shop-instances");
    await aws.ec2.authorizeSecurityGroupIngress({
      GroupId: instancesGroup,
      IpPermissions: [
        { IpProtocol: "tcp", FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: loadBalancerGroup }] },
      ],
    });
    const LoadBalancerArn = await createLoadBalancer(aws, network, {
      name: "shop",
      type: "application",
      securityGroupIds: [loadBalancerGroup],
    });
    const { TargetGroups: [group] = [] } = await aws.elb.createTargetGroup({
      Name: "shop",
      VpcId: network.vpcId,
      Protocol: "HTTP",
      Port: 80,
    });
    const TargetGroupArn = String(group?.TargetGroupArn);
    await aws.elb.createListener({
      LoadBalancerArn,
      Protocol: "HTTP",
      Port: 80,
      DefaultActions: [{ Type: "forward", TargetGroupArn }],
    });
    const instances = await createInstances(aws, network.subnetIds.application, instancesGroup);
    await aws.elb.registerTargets({ TargetGroupArn, Targets: Object.values(instances).map((Id) => ({ Id })) });

    const origins = new Pipeline(aws, "", "").origins();
    const { Distribution } = await aws.cloudFront.createDistribution({
      DistributionConfig: {
        CallerReference: "shop",
        Comment: "",
        Enabled: true,
        Origins: origins,
        DefaultCacheBehavior: {
          TargetOriginId: "shop",
          ViewerProtocolPolicy: "redirect-to-https",
          CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        },
        ...UNKNOWN,
      },
    });
    const id = String(Distribution?.Id);
    const owner = new Pipeline(aws, id, loadBalancerGroup);
    await owner.apply({ closed: false });
    return {
      network,
      owner,
      entryPoints: [{ type: "distribution", id }],
      // The node calls the load balancer, as the distribution did.
      securityGroupIds: { loadBalancer: loadBalancerGroup, application: loadBalancerGroup },
      targetGroupArns: [TargetGroupArn],
    };
  },

  rollout: {
    root: "cloudfront",
    variables: () => ({ application_ports: [80], origin_domain_name: APPLICATION }),
    refusals: [
      {
        what: "adoption before somebody has asked AWS for its settings",
        variables: ({ entryPoints: [entryPoint] }) => ({ adopted_distribution_id: entryPoint?.id }),
        message: "adopted_distribution_unsupported_settings must be set if adopted_distribution_id is",
      },
      {
        what: "adoption, which would remove its settings",
        variables: ({ entryPoints: [entryPoint] }) => ({
          adopted_distribution_id: entryPoint?.id,
          unsupported_settings: { ...NO_UNSUPPORTED_SETTINGS, Id: [entryPoint?.id], ViewerMtlsConfig: ["required"] },
        }),
        message: "let the owner paste the output cutover_origin into the distribution. Refused: ViewerMtlsConfig",
      },
    ],
    percentages: [0, 100],
    refused: { 0: { service: "ec2", operation: "AuthorizeSecurityGroupEgress" } },
    follow: async ({ owner }, { ours }) => owner.apply({ pasted: await ours.outputs<Pasted>() }),
    leave: ({ owner }) => owner.apply({ pasted: null }),
    shares: async (aws, { entryPoints: [entryPoint] }) => {
      const { DistributionConfig: config } = await aws.cloudFront.getDistributionConfig({ Id: entryPoint?.id });
      return (config?.Origins?.Items ?? []).map(({ DomainName }) => (DomainName === "node.example.com" ? 100 : 0));
    },
  },
};
