/** The listeners of a Network Load Balancer, in words and by what they do. */
import * as z from "zod";
import { LISTENER } from "../account/schema/load-balancing";
import { Snapshot } from "../account/snapshot";
import { forwarded, LoadBalancer, Tags, tagsOf, TargetGroup } from "./rules";

export interface NetworkListener {
  readonly arn: string;
  readonly port: number;
  readonly protocol: string;
  readonly tags: Tags;
  /** The target groups that it forwards to, with a weight above 0. */
  readonly targetGroups: readonly TargetGroup[];
}

export function networkListenersOf(
  { Listeners }: LoadBalancer,
  { elastic_load_balancing }: Snapshot,
): NetworkListener[] {
  const groups = elastic_load_balancing?.TargetGroups ?? [];
  return (Listeners ?? [])
    .map((listener) => listenerOf(listener, groups))
    .sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol));
}

function listenerOf(
  { ListenerArn, Port = 0, Protocol = "", DefaultActions, Tags }: z.infer<typeof LISTENER>,
  groups: readonly TargetGroup[],
): NetworkListener {
  const arns = DefaultActions.flatMap(forwarded);
  return {
    ...{ arn: ListenerArn, port: Port, protocol: Protocol, tags: tagsOf(Tags) },
    targetGroups: groups.filter(({ TargetGroupArn }) => arns.includes(TargetGroupArn)),
  };
}
