/** A distribution: its origins, who uses them, and what can choose another origin. */
import * as z from "zod";
import { DISTRIBUTION, DISTRIBUTION_CONFIG, ORIGIN } from "../account/schema/cloudfront";
import { Snapshot } from "../account/snapshot";

export type Distribution = z.infer<typeof DISTRIBUTION>;
export type DistributionConfig = z.infer<typeof DISTRIBUTION_CONFIG>;
export type Origin = z.infer<typeof ORIGIN>;

/** The pattern of the default behavior. */
export const DEFAULT = "*";

export interface Behavior {
  readonly pattern: string;
  /** An origin group has those of its members: the first one, and those for failover. */
  readonly originIds: readonly string[];
  readonly functions: readonly EdgeFunction[];
}

/** It runs at the edge for a behavior. */
export interface EdgeFunction {
  readonly arn: string;
  /** "viewer-request". */
  readonly event: string;
  readonly isLambda: boolean;
}

/** In the order in which CloudFront matches them, the default last. */
export function behaviorsOf({ CacheBehaviors, DefaultCacheBehavior, OriginGroups }: DistributionConfig): Behavior[] {
  const all = [...(CacheBehaviors?.Items ?? []), ...(DefaultCacheBehavior === undefined ? [] : [DefaultCacheBehavior])];
  return all.map(({ PathPattern = DEFAULT, TargetOriginId, ...functions }) => {
    const group = OriginGroups?.Items?.find(({ Id }) => Id === TargetOriginId);
    const members = group?.Members.Items?.map(({ OriginId }) => OriginId);
    return {
      ...{ pattern: PathPattern, originIds: members ?? [TargetOriginId] },
      functions: [
        ...(functions.FunctionAssociations?.Items ?? []).map(({ FunctionARN, EventType = "" }) => ({
          ...{ arn: FunctionARN, event: EventType, isLambda: false },
        })),
        ...(functions.LambdaFunctionAssociations?.Items ?? []).map(({ LambdaFunctionARN, EventType = "" }) => ({
          ...{ arn: LambdaFunctionARN, event: EventType, isLambda: true },
        })),
      ],
    };
  });
}

export type Unsupported = Readonly<Record<string, readonly string[]>>;

/**
 * Settings that AWS provider 5.100 does not know, so that its updates remove them, with their values or the IDs of the origins
 * and origin groups that have one. The query in the README of the module cloudfront asks AWS for the same.
 */
export function unsupportedSettings({ Id, DistributionConfig, UnknownSettings }: Distribution): Unsupported {
  const config: Readonly<Record<string, unknown>> = DistributionConfig ?? {};
  const origins = DistributionConfig?.Origins.Items ?? [];
  const groups = DistributionConfig?.OriginGroups?.Items ?? [];
  const whole = (name: string) => (isSet(config[name]) ? [JSON.stringify(config[name])] : []);
  const text = (name: string, standard?: string) =>
    typeof config[name] === "string" && isSet(config[name]) && config[name] !== standard ? [config[name]] : [];
  const at = (path: readonly [string, string?], isDefault: (value: unknown) => boolean = () => false) =>
    origins
      .filter((origin) => {
        const value = valueAt(origin, path);
        return isSet(value) && !isDefault(value);
      })
      .map((origin) => origin.Id);
  return {
    ...{ Id: [Id], AnycastIpListId: text("AnycastIpListId"), CacheTagConfig: whole("CacheTagConfig") },
    ...{ ConnectionFunctionAssociation: whole("ConnectionFunctionAssociation") },
    ...{ ConnectionMode: text("ConnectionMode", "direct"), TenantConfig: whole("TenantConfig") },
    ViewerMtlsConfig: whole("ViewerMtlsConfig"),
    "OriginGroups.SelectionCriteria": groups
      .filter(({ SelectionCriteria }) => isSet(SelectionCriteria) && SelectionCriteria !== "default")
      .map((group) => group.Id),
    "Origins.ResponseCompletionTimeout": at(["ResponseCompletionTimeout"]),
    "Origins.CustomOriginConfig.IpAddressType": at(["CustomOriginConfig", "IpAddressType"], (type) => type === "ipv4"),
    "Origins.CustomOriginConfig.OriginHttpVersion": at(["CustomOriginConfig", "OriginHttpVersion"], isFirstHttp),
    "Origins.CustomOriginConfig.OriginMtlsConfig": at(["CustomOriginConfig", "OriginMtlsConfig"]),
    "Origins.S3OriginConfig.OriginReadTimeout": at(
      ["S3OriginConfig", "OriginReadTimeout"],
      (seconds) => seconds === 30,
    ),
    "Origins.VpcOriginConfig.OriginHttpVersion": at(["VpcOriginConfig", "OriginHttpVersion"], isFirstHttp),
    "Origins.VpcOriginConfig.OwnerAccountId": at(["VpcOriginConfig", "OwnerAccountId"]),
    // AWS answers them, and the SDK of this version does not know them. No provider of this time does either.
    ...Object.fromEntries(UnknownSettings.map((path) => [path, ["set"]])),
  };
}

function valueAt(origin: Readonly<Record<string, unknown>>, [outer, inner]: readonly [string, string?]): unknown {
  const value = origin[outer];
  if (inner === undefined || typeof value !== "object" || value === null)
    return inner === undefined ? value : undefined;
  return value[inner as keyof typeof value];
}

const isFirstHttp = (version: unknown) => version === "http1.1";

/** JMESPath takes these for false, and so does the query. */
function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/** CloudFront is global: only the first document of an account has its distributions, and what of them could not be read. */
export function withDistributionsOf(global: Snapshot, regional: Snapshot): Snapshot {
  if (global === regional) return regional;
  const unread = global.unread.filter(({ action }) => action.startsWith("cloudfront:"));
  return { ...regional, cloudfront: global.cloudfront, unread: [...regional.unread, ...unread] };
}
