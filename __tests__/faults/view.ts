import { settings } from "../../account/read/access";
import { readAccount, type Service } from "../../account/read/read";
import { digestWith } from "../../account/schema/digest";
import type { Snapshot } from "../../account/snapshot";
import { region } from "../apply/harness/environment";
import { connection } from "../apply/harness/local-server";
import { withNames } from "./call";
import { type Canaries, canariesOf } from "./canaries";

/** What the API says of the account, and what AWS does not tell. */
export interface View extends Snapshot {
  readonly canaries: Canaries;
}

/** The account that moto and LocalStack invent. */
export const ACCOUNT = "123456789012";

/** Header values in a view are digests: equal values have equal ones. */
export const digest = digestWith("faults");

/** @throws if a part of it cannot be read */
export async function viewOf(endpoint: string, services: readonly Service[]): Promise<View> {
  const { credentials, ...others } = connection(endpoint);
  const keys = { ...credentials, sessionToken: "", expiration: new Date(8.64e15) };
  const access = { ...settings(region, {}), ...others, credentials: () => Promise.resolve(keys) };
  const snapshot = await readAccount(ACCOUNT, access, {
    ...{ services, digest, focus: null, progress: () => undefined },
  });
  if (snapshot.unread.length > 0) throw new Error(`Not read: ${JSON.stringify(snapshot.unread)}`);
  return { ...snapshot, canaries: await canariesOf(snapshot, endpoint) };
}

/** The view in lines that are the same after every run of the same apply: names instead of IDs, and no order. */
export function linesOf(view: View, names: ReadonlyMap<string, string>): string[] {
  const { ec2, elastic_load_balancing, auto_scaling, ecs, cloudfront, api_gateway_http, api_gateway_rest } = view;
  const known = new Map([...madeNames(view), ...names]);
  const parts = {
    ...{ ...ec2, ...elastic_load_balancing, ...auto_scaling, ...ecs, ...cloudfront, ...api_gateway_http },
    ...{ ...api_gateway_rest, canaries: [...view.canaries.values()] },
  };
  return Object.entries(parts)
    .flatMap(([kind, items]) => (items as unknown[]).map((item) => `${kind} ${JSON.stringify(ordered(item, known))}`))
    .sort();
}

/** Names of what Terraform makes, which is new in every run. */
function madeNames(view: Snapshot): [string, string][] {
  const { ec2, elastic_load_balancing, cloudfront, api_gateway_http, api_gateway_rest } = view;
  const made = (kind: string, name: string) => `${kind}.${name.replace(/-?\d{20,}\w*$/, "")}`;
  return [
    ...(ec2?.SecurityGroups ?? []).map(({ GroupId, GroupName }) => [GroupId, made("sg", GroupName)]),
    ...(elastic_load_balancing?.TargetGroups ?? []).map((group) => [
      group.TargetGroupArn,
      made("target-group", group.TargetGroupName),
    ]),
    ...(elastic_load_balancing?.LoadBalancers ?? []).map((one) => [
      one.LoadBalancerArn,
      made("load-balancer", one.LoadBalancerName),
    ]),
    ...(cloudfront?.VpcOrigins ?? []).map(({ Id }) => [Id, "vpc-origin"]),
    ...(cloudfront?.Distributions ?? []).flatMap(({ Id, DomainName, DistributionConfig }) => [
      [Id, made("distribution", DistributionConfig?.Comment ?? "")],
      [DomainName, "its name"],
    ]),
    ...(api_gateway_http?.VpcLinks ?? []).map(({ VpcLinkId }) => [VpcLinkId, "vpc-link"]),
    ...(api_gateway_http?.Apis ?? []).flatMap(({ Integrations }) =>
      Integrations.map(({ IntegrationId, IntegrationUri = "" }) => [IntegrationId, `integration to ${IntegrationUri}`]),
    ),
    ...(api_gateway_rest?.vpcLinks ?? []).map(({ id }) => [id, "vpc-link"]),
    ...(api_gateway_rest?.restApis ?? [])
      .flatMap(({ stages }) => stages)
      .flatMap(({ deploymentId, canarySettings, clientCertificateId }) => [
        ...[deploymentId, canarySettings?.deploymentId].map((id) => [id, "deployment"]),
        [clientCertificateId, "certificate"],
      ])
      .filter(([id]) => id !== undefined),
  ] as [string, string][];
}

/** What AWS makes up for each of them, and the order of actions, which is of no account for one. */
const VOLATILE =
  /^(CallerReference|Order|RouteId|SecurityGroupRuleId|ApiMappingId|NetworkAclAssociationId|DNSName|DeploymentId|Version|PrivateIpAddress(es)?)$/;

function ordered(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return withNames(value, names);
  if (Array.isArray(value)) return value.map((item) => ordered(item, names)).sort(byText);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([key]) => !VOLATILE.test(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item, names)] as const).sort(byText));
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

/** What one of two views has and the other has not, or has more often: two objects may be the same but for their IDs. */
export function differences(now: readonly string[], expected: readonly string[]): string[] {
  return [...without(now, expected).map((line) => `+ ${line}`), ...without(expected, now).map((line) => `- ${line}`)];
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}
