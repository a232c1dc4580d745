/** Configurations that are applied, and which entry points they are in front of. */
import { Routing } from "../../contract/routing";
import { Snapshot } from "../../account/snapshot";
import { NetworkModel } from "../../model/network/ways";
import { groupsBehind } from "../../model/rules";
import { judge, Judgement, LOCKS } from "../../model/verdict";
import { Row } from "./document";
import { EntryPoint } from "./entry-points";

/** The outputs `routing` of a root configuration, and its account. */
export interface AppliedRoot {
  readonly routings: readonly Routing[];
  readonly snapshot: Snapshot;
}

/** A configuration that moves requests to the node. */
export interface Applied {
  readonly routing: Routing;
  readonly accountId: string | null;
  readonly region: string;
  readonly behind: Row["behind"][number];
}

export function appliedOf(roots: readonly AppliedRoot[], network: NetworkModel): Applied[] {
  return roots.flatMap(({ routings, snapshot }) => {
    const { verdict, locks } = judge(snapshot, routings, network);
    // The load balancer between the node and the application is no entry point.
    return routings
      .filter(({ scenario }) => scenario !== "application-backend")
      .map((routing) => ({
        ...{ routing, accountId: snapshot.account_id, region: snapshot.region },
        behind: { name: routing.name, percent: routing.node_traffic_percent, verdict, locks: statesOf(locks) },
      }));
  });
}

function statesOf(locks: Judgement["locks"]): Row["behind"][number]["locks"] {
  return Object.fromEntries(LOCKS.map((lock) => [lock, locks[lock].state])) as Row["behind"][number]["locks"];
}

export function isInFrontOf({ routing, accountId }: Applied, entryPoint: EntryPoint): boolean {
  const { scenario, id } = entryPoint;
  if (accountId !== entryPoint.accountId) return false;
  const fields = Object.values(routing.entry_points);
  if (scenario === "http-api") return fields.some(({ http_api_id }) => http_api_id === id);
  if (scenario === "rest-api") return fields.some(({ rest_api_id }) => rest_api_id === id);
  if (scenario === "cloudfront") return isOfDistribution(routing, entryPoint);
  const listeners = `${id.replace(":loadbalancer/", ":listener/")}/`;
  return fields.some(({ listener_arn }) => listener_arn?.startsWith(listeners)) || forwardsTo(routing, entryPoint);
}

/** The owner of the distribution may keep it. The output then has its origins alone. */
function isOfDistribution({ scenario, entry_points }: Routing, { id, snapshots: [snapshot] }: EntryPoint): boolean {
  const points = Object.entries(entry_points);
  const known = points.map(([, { distribution_id }]) => distribution_id).filter((one) => one !== null);
  if (known.length > 0 || scenario !== "cloudfront") return known.includes(id);
  const found = snapshot.cloudfront?.Distributions.find(({ Id }) => Id === id);
  const origins = found?.DistributionConfig?.Origins.Items ?? [];
  return (
    points.length > 0 &&
    points.every(([name, { domain_name }]) =>
      origins.some(({ Id, DomainName }) => Id === name && DomainName === domain_name),
    )
  );
}

/** The owner of a listener may keep it. The output then has the target group of the node alone. */
function forwardsTo({ node: { target_group_arn } }: Routing, { id, snapshots: [snapshot] }: EntryPoint): boolean {
  const found = snapshot.elastic_load_balancing?.LoadBalancers.find((one) => one.LoadBalancerArn === id);
  const groups = (found?.Listeners ?? []).flatMap(({ ListenerArn }) => groupsBehind(ListenerArn, snapshot));
  return groups.some(({ TargetGroupArn }) => TargetGroupArn === target_group_arn);
}
