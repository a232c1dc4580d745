/** Where requests come into the accounts: load balancers, distributions, and APIs. */
import { Snapshot } from "../../account/snapshot";
import { withDistributionsOf } from "../../model/distributions";
import { LoadBalancer } from "../../model/rules";
import { Scenario } from "../composition";
import { Survey } from "./document";

export interface EntryPoint {
  /** Null: `onboard` knows nothing of the kind. */
  readonly scenario: Scenario | null;
  /** ARN of the load balancer, or ID of the API or the distribution. */
  readonly id: string;
  readonly application: string;
  /** What its resources are named after. */
  readonly base: string;
  readonly accountId: string;
  /** That of its Region. Of a distribution: those of the account, because the application may be in any Region. */
  readonly snapshots: readonly [Snapshot, ...Snapshot[]];
}

export function entryPointsOf(snapshots: readonly Snapshot[]): EntryPoint[] {
  return snapshots.flatMap((snapshot) => {
    const { account_id: accountId, elastic_load_balancing, api_gateway_http, api_gateway_rest, cloudfront } = snapshot;
    if (accountId === null) return [];
    const here = { accountId, snapshots: [snapshot] as const };
    const api = (scenario: Scenario, id: string, name = id) => ({
      ...{ scenario, id, application: name, base: id, ...here },
    });
    const regional = snapshots
      .filter((one) => one.account_id === accountId && one !== snapshot)
      .map((one) => withDistributionsOf(snapshot, one));
    return [
      ...(elastic_load_balancing?.LoadBalancers ?? []).map((one) => ({ ...ofLoadBalancer(one), ...here })),
      ...(api_gateway_http?.Apis ?? []).map(({ ApiId, Name }) => api("http-api", ApiId, Name)),
      ...(api_gateway_rest?.restApis ?? []).map(({ id, name }) => api("rest-api", id, name)),
      ...(cloudfront?.Distributions ?? []).map(({ Id, DistributionConfig }) => ({
        ...{ scenario: "cloudfront" as const, id: Id, base: Id.toLowerCase(), accountId },
        application: DistributionConfig?.Aliases?.Items?.[0] ?? Id,
        snapshots: [snapshot, ...regional] as const,
      })),
    ];
  });
}

const SCENARIO_OF: Readonly<Record<string, Scenario>> = { application: "alb", network: "nlb" };

function ofLoadBalancer({ LoadBalancerArn, LoadBalancerName, Type }: LoadBalancer) {
  const name = { application: LoadBalancerName, base: LoadBalancerName };
  return { scenario: SCENARIO_OF[Type] ?? null, id: LoadBalancerArn, ...name };
}

/** The lists of entry points, and the calls that read them. */
const LISTS = [
  ["elastic_load_balancing", "load balancers", "elasticloadbalancing:DescribeLoadBalancers"],
  ["api_gateway_http", "HTTP APIs", "apigateway:GetApis"],
  ["api_gateway_rest", "REST APIs", "apigateway:GetRestApis"],
  ["cloudfront", "distributions", "cloudfront:ListDistributions"],
] as const;

/** A list that is not whole may lack any application. */
export function unlistedIn(snapshots: readonly Snapshot[]): Survey["unlisted"] {
  return snapshots.flatMap((snapshot) => {
    const { account_id, region, unread } = snapshot;
    return LISTS.flatMap(([service, what, action]) => {
      const isElsewhere =
        service === "cloudfront" &&
        snapshots.some((one) => one.account_id === account_id && one.cloudfront !== null && one !== snapshot);
      const [failed] = unread.filter((one) => one.action === action || one.action === "sts:AssumeRole");
      const isAnonymous = account_id === null && snapshot[service] !== null;
      if (snapshot[service] === null ? isElsewhere : failed === undefined && !isAnonymous) return [];
      const missing = isAnonymous ? "The document does not say whose they are." : "The document does not have them.";
      return [{ account_id, region, what, error: failed?.error ?? missing }];
    });
  });
}
