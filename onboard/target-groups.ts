/** The target groups of an application, where an edge leads to it. */
import { Snapshot } from "../account/snapshot";
import { groupsBehind } from "../model/rules";
import { Wanted } from "./composition";
import { Refusal } from "./refusal";

/** What leads to the application: a route, a method, or an origin. */
export interface Lead {
  readonly words: string;
  /** Listeners of load balancers that it reaches. */
  readonly listenerArns: readonly string[];
}

/**
 * Those that are named, or those behind the listeners.
 * @param example a configuration to start from by hand
 * @throws Refusal if one of those that are named is not there, or if nothing is behind a lead
 */
export function targetGroupArnsOf(
  leads: readonly Lead[],
  snapshot: Snapshot,
  { targetGroupArns }: Wanted,
  example: string,
): ReadonlySet<string> {
  if (targetGroupArns.length > 0) {
    refuseMissing(targetGroupArns, snapshot);
    return new Set(targetGroupArns);
  }
  const found = leads.flatMap(({ words, listenerArns }) => {
    const groups = listenerArns.flatMap((arn) => groupsBehind(arn, snapshot));
    if (groups.length === 0)
      throw new Refusal(
        `Nothing tells what is behind the ${words}: it is no load balancer with targets in this account and Region. Name the application's target groups with --application-target-groups, or write the root configuration by hand (${example}).`,
      );
    return groups.map(({ TargetGroupArn }) => TargetGroupArn);
  });
  return new Set(found);
}

/**
 * Of these target groups.
 * @param example a configuration to start from by hand
 * @throws Refusal if they are not in one VPC
 */
export function vpcOf(
  targetGroupArns: ReadonlySet<string>,
  { elastic_load_balancing }: Snapshot,
  example: string,
): string {
  const groups = (elastic_load_balancing?.TargetGroups ?? []).filter((one) => targetGroupArns.has(one.TargetGroupArn));
  const [vpcId, ...others] = new Set(groups.flatMap(({ VpcId }) => VpcId ?? []));
  if (vpcId !== undefined && others.length === 0) return vpcId;
  throw new Refusal(
    `The target groups of the application are in ${vpcId === undefined ? "no VPC" : `several VPCs: ${[vpcId, ...others].join(", ")}`}. Write the root configuration by hand (${example}).`,
  );
}

/** @throws Refusal if one of those that are named is not there */
export function refuseMissing(targetGroupArns: readonly string[], { elastic_load_balancing }: Snapshot): void {
  const known = (elastic_load_balancing?.TargetGroups ?? []).map(({ TargetGroupArn }) => TargetGroupArn);
  const missing = targetGroupArns.filter((arn) => !known.includes(arn));
  if (missing.length > 0) throw new Refusal(`These target groups are not in the snapshot: ${missing.join(", ")}.`);
}
