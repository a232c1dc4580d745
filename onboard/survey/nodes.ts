/** The nodes: those that are named, those of applied configurations, and one that is planned. */
import { Routing } from "../../contract/routing";
import { Snapshot } from "../../account/snapshot";
import { AccountIndex } from "../../model/account-index";
import { membersOf } from "../../model/members";
import { rolesOf } from "../../model/roles";
import { groupsBehind } from "../../model/rules";
import { Scenario } from "../composition";
import { NodeWanted } from "../node";
import { PLANNED_LISTENER, PLANNED_TARGETS } from "./planned-node";

/** Where the nodes run, as the options say. */
export interface NamedNodes {
  readonly targets: NodeWanted | null;
  /** Of a load balancer in front of the node. */
  readonly listener: NodeWanted | null;
  /** By which CloudFront reaches the node. */
  readonly domainName: string | null;
}

export function nodeFor(scenario: Scenario, { targets, listener }: NamedNodes): NodeWanted {
  if (scenario === "alb" || scenario === "nlb") return targets ?? PLANNED_TARGETS;
  if (scenario === "cloudfront") return listener ?? targets ?? PLANNED_TARGETS;
  return listener ?? PLANNED_LISTENER;
}

export interface Nodes {
  readonly interfaceIds: ReadonlySet<string>;
  /** Of configurations: they may have no targets yet. */
  readonly targetGroupArns: ReadonlySet<string>;
  readonly listenerArns: readonly string[];
}

/** @param routings of configurations in the account and Region */
export function nodesIn(
  snapshot: Snapshot,
  index: AccountIndex,
  { targets, listener }: NamedNodes,
  routings: readonly Routing[],
): Nodes {
  const named = [targets, listener].filter((one) => one !== null);
  const { node } = rolesOf(routings, snapshot, index);
  const behind = membersOf(
    named.flatMap((one) => targetGroupsOf(one, snapshot)),
    snapshot,
  ).interfaces;
  const found = named
    .flatMap((one) => targetsOf(one, snapshot))
    .flatMap((id) => index.interfacesOfTarget.get(id) ?? []);
  return {
    interfaceIds: new Set([...node.interfaces, ...behind, ...found].map((one) => one.NetworkInterfaceId)),
    targetGroupArns: node.targetGroupArns,
    listenerArns: named.flatMap((one) => ("listenerArn" in one ? [one.listenerArn] : [])),
  };
}

/** Instances and addresses. */
function targetsOf(node: NodeWanted, { auto_scaling }: Snapshot): readonly string[] {
  if ("instances" in node) return node.instances;
  if ("addresses" in node) return node.addresses;
  if (!("autoScalingGroup" in node)) return [];
  const group = auto_scaling?.AutoScalingGroups.find((one) => one.AutoScalingGroupName === node.autoScalingGroup);
  return (group?.Instances ?? []).map(({ InstanceId }) => InstanceId);
}

function targetGroupsOf(node: NodeWanted, snapshot: Snapshot) {
  if ("listenerArn" in node) return groupsBehind(node.listenerArn, snapshot);
  if (!("ecsService" in node)) return [];
  const services = (snapshot.ecs?.services ?? []).filter(
    ({ serviceArn }) => serviceArn === node.ecsService || serviceArn.endsWith(`/${node.ecsService}`),
  );
  const arns = services.flatMap(({ loadBalancers }) => loadBalancers.map(({ targetGroupArn }) => targetGroupArn));
  return (snapshot.elastic_load_balancing?.TargetGroups ?? []).filter((one) => arns.includes(one.TargetGroupArn));
}
