import type { CreateDistributionCommandInput, DistributionConfig, Origin } from "@aws-sdk/client-cloudfront";
import type { Row } from "./row";
import { count, type World } from "./world";

export const origin: Origin = {
  Id: "application",
  DomainName: "application.example.com",
  CustomOriginConfig: {
    HTTPPort: 80,
    HTTPSPort: 443,
    OriginProtocolPolicy: "https-only",
    OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] },
  },
};

const behavior = {
  TargetOriginId: "application",
  ViewerProtocolPolicy: "redirect-to-https" as const,
  CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
};

function config(world: World, changes: Partial<DistributionConfig> = {}): DistributionConfig {
  return {
    CallerReference: world.name(),
    Comment: "",
    Enabled: true,
    Origins: { Quantity: 1, Items: [origin] },
    DefaultCacheBehavior: behavior,
    ...changes,
  };
}

export function create(world: World, changes: Partial<DistributionConfig> = {}) {
  const input: CreateDistributionCommandInput = { DistributionConfig: config(world, changes) };
  return world.aws.cloudFront.createDistribution(input);
}

function createWithOrigin(world: World, changes: Partial<Origin>, custom: Partial<Origin["CustomOriginConfig"]> = {}) {
  const CustomOriginConfig = { ...origin.CustomOriginConfig, ...custom } as Origin["CustomOriginConfig"];
  return create(world, { Origins: { Quantity: 1, Items: [{ ...origin, CustomOriginConfig, ...changes }] } });
}

async function update(world: World, changes: Partial<DistributionConfig>, etag?: string) {
  const { Distribution, ETag } = await create(world);
  return world.aws.cloudFront.updateDistribution({
    Id: Distribution?.Id,
    IfMatch: etag ?? ETag,
    DistributionConfig: { ...config(world), ...Distribution?.DistributionConfig, ...changes },
  });
}

async function remove(world: World, changes: Partial<DistributionConfig>, etag?: string) {
  const { Distribution, ETag } = await create(world, changes);
  return world.aws.cloudFront.deleteDistribution({ Id: Distribution?.Id, IfMatch: etag ?? ETag });
}

function headers(...names: string[]): Partial<Origin> {
  const Items = names.map((HeaderName) => ({ HeaderName, HeaderValue: "value" }));
  return { CustomHeaders: { Quantity: Items.length, Items } };
}

const aliases = (...Items: string[]) => ({ Aliases: { Quantity: Items.length, Items } });

const certificate: Partial<DistributionConfig> = {
  ViewerCertificate: {
    ACMCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
    SSLSupportMethod: "sni-only",
    MinimumProtocolVersion: "TLSv1.2_2021",
  },
};

export const distributions: Row[] = [
  {
    rule: "configuration_is_replaced_as_a_whole",
    ask: async (world) => {
      const { Distribution, ETag } = await create(world, {
        AnycastIpListId: "list",
        Origins: { Quantity: 1, Items: [{ ...origin, ResponseCompletionTimeout: 60 }] },
      });
      const { DistributionConfig: before } = Distribution ?? {};
      await world.aws.cloudFront.updateDistribution({
        Id: Distribution?.Id,
        IfMatch: ETag,
        DistributionConfig: { ...config(world), CallerReference: before?.CallerReference },
      });
      const { DistributionConfig: after } = await world.aws.cloudFront.getDistributionConfig({ Id: Distribution?.Id });
      return [before, after].map((each) => [
        each?.AnycastIpListId,
        each?.Origins?.Items?.[0]?.ResponseCompletionTimeout,
        each?.Origins?.Items?.[0]?.CustomOriginConfig?.OriginReadTimeout,
        each?.DefaultCacheBehavior?.Compress,
      ]);
    },
    strict: [
      ["list", 60, 30, false],
      [undefined, undefined, 30, false],
    ],
    plain: [
      ["list", undefined, 30, true],
      [undefined, undefined, 30, true],
    ],
  },
  {
    rule: "default_behavior_has_an_origin_group",
    ask: async (world) => {
      const Items = [
        {
          Id: "group",
          FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [500] } },
          Members: { Quantity: 2, Items: [{ OriginId: "application" }, { OriginId: "other" }] },
        },
      ];
      const answer = create(world, {
        Origins: { Quantity: 2, Items: [origin, { ...origin, Id: "other" }] },
        OriginGroups: { Quantity: 1, Items },
        DefaultCacheBehavior: { ...behavior, TargetOriginId: "group" },
      });
      return answer.then(
        ({ Distribution }) => Distribution?.DistributionConfig?.DefaultCacheBehavior?.TargetOriginId,
        (error: unknown) => (error as Error).name,
      );
    },
    strict: "group",
    plain: "NoSuchOrigin",
  },
  {
    rule: "arn_has_no_region",
    ask: async (world) => (await create(world)).Distribution?.ARN?.split(":distribution/")[0],
    strict: "arn:aws:cloudfront::123456789012",
    plain: "arn:aws:cloudfront:123456789012",
  },
  {
    rule: "update_changes_the_etag",
    ask: async (world) => {
      const { Distribution, ETag } = await create(world);
      const answer = await world.aws.cloudFront.updateDistribution({
        Id: Distribution?.Id,
        IfMatch: ETag,
        DistributionConfig: { ...config(world), CallerReference: Distribution?.DistributionConfig?.CallerReference },
      });
      return answer.ETag === ETag;
    },
    strict: false,
    plain: true,
  },
  {
    rule: "update_of_an_old_version",
    lawful: (world) => update(world, { Comment: "new" }),
    refused: (world) => update(world, { Comment: "new" }, "E0"),
    code: "PreconditionFailed",
  },
  {
    rule: "delete_of_an_old_version",
    lawful: (world) => remove(world, { Enabled: false }),
    refused: (world) => remove(world, { Enabled: false }, "E0"),
    code: "PreconditionFailed",
  },
  {
    rule: "caller_reference_does_not_change",
    lawful: (world) => update(world, {}),
    refused: (world) => update(world, { CallerReference: world.name() }),
    code: "IllegalUpdate",
  },
  {
    rule: "enabled_distribution_is_not_deleted",
    lawful: (world) => remove(world, { Enabled: false }),
    refused: (world) => remove(world, { Enabled: true }),
    code: "DistributionNotDisabled",
  },
  {
    rule: "ports_of_origins",
    lawful: (world) => createWithOrigin(world, {}, { HTTPPort: 1024 }),
    refused: (world) => createWithOrigin(world, {}, { HTTPPort: 81 }),
    code: "InvalidArgument",
  },
  {
    rule: "timeouts_of_origins",
    lawful: (world) => createWithOrigin(world, {}, { OriginReadTimeout: 120, OriginKeepaliveTimeout: 120 }),
    refused: (world) => createWithOrigin(world, {}, { OriginReadTimeout: 121 }),
    code: "InvalidOriginReadTimeout",
  },
  {
    rule: "timeouts_of_origins",
    lawful: (world) => createWithOrigin(world, {}, { OriginKeepaliveTimeout: 1 }),
    refused: (world) => createWithOrigin(world, {}, { OriginKeepaliveTimeout: 121 }),
    code: "InvalidOriginKeepaliveTimeout",
  },
  {
    rule: "custom_headers_of_origins",
    lawful: (world) => createWithOrigin(world, headers("X-Secret")),
    refused: (world) => createWithOrigin(world, headers("X-Amz-Secret")),
    code: "InvalidArgument",
  },
  {
    rule: "custom_headers_of_origins",
    lawful: (world) => createWithOrigin(world, headers(...count(30).map((index) => `X-${index}`))),
    refused: (world) => createWithOrigin(world, headers(...count(31).map((index) => `X-${index}`))),
    code: "TooManyOriginCustomHeaders",
  },
  {
    rule: "path_of_an_origin",
    lawful: (world) => createWithOrigin(world, { OriginPath: "/shop" }),
    refused: (world) => createWithOrigin(world, { OriginPath: "/shop/" }),
    code: "InvalidRelativePath",
  },
  {
    rule: "origins_of_behaviors_exist",
    lawful: (world) => createWithBehavior(world, "application"),
    refused: (world) => createWithBehavior(world, "other"),
    code: "NoSuchOrigin",
  },
  {
    rule: "quantities_match_items",
    lawful: (world) => create(world, { Origins: { Quantity: 1, Items: [origin] } }),
    refused: (world) => create(world, { Origins: { Quantity: 2, Items: [origin] } }),
    code: "InconsistentQuantities",
  },
  {
    rule: "quotas_of_a_distribution",
    lawful: (world) => createWithOrigins(world, 100),
    refused: (world) => createWithOrigins(world, 101),
    code: "TooManyOrigins",
  },
  {
    rule: "behavior_has_one_kind_of_cache_settings",
    lawful: (world) => create(world, { DefaultCacheBehavior: behavior }),
    refused: (world) => create(world, { DefaultCacheBehavior: { ...behavior, CachePolicyId: undefined } }),
    code: "InvalidArgument",
  },
  {
    rule: "behavior_has_one_kind_of_cache_settings",
    lawful: (world) => create(world, { DefaultCacheBehavior: { ...behavior, ...forwarded, CachePolicyId: undefined } }),
    refused: (world) => create(world, { DefaultCacheBehavior: { ...behavior, ...forwarded } }),
    code: "InvalidArgument",
  },
  {
    rule: "alias_belongs_to_one_distribution",
    lawful: async (world) => {
      await create(world, { ...aliases("a.example.com"), ...certificate });
      await create(world, { ...aliases("b.example.com"), ...certificate });
    },
    refused: async (world) => {
      await create(world, { ...aliases("c.example.com"), ...certificate });
      await create(world, { ...aliases("c.example.com"), ...certificate });
    },
    code: "CNAMEAlreadyExists",
  },
  {
    rule: "aliases_need_a_certificate",
    lawful: (world) => create(world, { ...aliases("d.example.com"), ...certificate }),
    refused: (world) => create(world, aliases("e.example.com")),
    code: "InvalidViewerCertificate",
  },
  {
    rule: "origin_access_control_in_use_is_not_deleted",
    lawful: async (world) => removeControl(world, await originAccessControl(world)),
    refused: async (world) => {
      const control = await originAccessControl(world);
      await createWithOrigin(world, { OriginAccessControlId: control.Id });
      await removeControl(world, control);
    },
    code: "OriginAccessControlInUse",
  },
];

const forwarded = { ForwardedValues: { QueryString: true, Cookies: { Forward: "all" as const } } };

function createWithBehavior(world: World, TargetOriginId: string) {
  const Items = [{ ...behavior, PathPattern: "/x", TargetOriginId }];
  return create(world, { CacheBehaviors: { Quantity: 1, Items } });
}

function createWithOrigins(world: World, number: number) {
  const others = count(number - 1).map((index) => ({ ...origin, Id: `other-${index}` }));
  return create(world, { Origins: { Quantity: number, Items: [origin, ...others] } });
}

interface Control {
  readonly Id?: string;
  readonly ETag?: string;
}

async function originAccessControl(world: World): Promise<Control> {
  const { OriginAccessControl, ETag } = await world.aws.cloudFront.createOriginAccessControl({
    OriginAccessControlConfig: {
      Name: world.name(),
      SigningProtocol: "sigv4",
      SigningBehavior: "always",
      OriginAccessControlOriginType: "s3",
    },
  });
  return { Id: OriginAccessControl?.Id, ETag };
}

function removeControl(world: World, { Id, ETag }: Control): Promise<unknown> {
  return world.aws.cloudFront.deleteOriginAccessControl({ Id, IfMatch: ETag });
}
