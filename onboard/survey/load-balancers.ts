/** Load balancers that lead to a node, and what that says of them. */
import { Snapshot } from "../../account/snapshot";
import { AccountIndex } from "../../model/account-index";
import { groupsBehind, LoadBalancer, TargetGroup } from "../../model/rules";
import { State } from "./document";
import { Nodes } from "./nodes";

/** It is no application, or nothing tells how much of it is behind the node. */
export interface NoApplication {
  readonly state: Extract<State, "not-an-application" | "undetermined">;
  readonly reason: string;
}

/** @returns null for a load balancer that leads to an application, and to no node */
export function roleOf(
  loadBalancer: LoadBalancer,
  snapshot: Snapshot,
  index: AccountIndex,
  nodes: Nodes,
): NoApplication | null {
  const other = (reason: string): NoApplication => ({ state: "not-an-application", reason });
  const listenerArns = (loadBalancer.Listeners ?? []).map(({ ListenerArn }) => ListenerArn);
  if (loadBalancer.Type === "gateway") return other("A Gateway Load Balancer, which sends packets to appliances.");
  if (isBackend(loadBalancer, snapshot)) return other("Of application-backend, between the node and its application.");
  if (listenerArns.some((arn) => nodes.listenerArns.includes(arn))) return other("In front of the node.");
  const groups = [...new Set(listenerArns.flatMap((arn) => groupsBehind(arn, snapshot)))];
  const ofNode = groups.filter((group) => isMade(group, snapshot) || hasNode(group, index, nodes));
  if (ofNode.length === 0) return null;
  if (ofNode.length === groups.length && !ofNode.some((group) => isMade(group, snapshot)))
    return other("In front of the node.");
  return {
    state: "undetermined",
    reason: `It forwards to ${ofNode.map((one) => one.TargetGroupName).join(", ")}, which is a node, and no output says how many of its requests. Add the output of its configuration to --routing.`,
  };
}

/** The description that the module application-backend gives its security group. */
const BACKEND = "Load balancer behind the Wallarm Node";

function isBackend({ SecurityGroups = [] }: LoadBalancer, { ec2 }: Snapshot): boolean {
  return (ec2?.SecurityGroups ?? []).some(
    ({ GroupId, Description }) => Description === BACKEND && SecurityGroups.includes(GroupId),
  );
}

/** The modules name the target group of the node after themselves, and describe their rules with the same name. */
function isMade({ TargetGroupName }: TargetGroup, { ec2 }: Snapshot): boolean {
  const [, name] = /^(.+)-[0-9a-f]{8}$/.exec(TargetGroupName) ?? [];
  if (name === undefined) return false;
  return (ec2?.SecurityGroupRules ?? []).some(({ Description = "" }) => Description.startsWith(`${name}: `));
}

function hasNode({ TargetGroupArn, Targets }: TargetGroup, index: AccountIndex, nodes: Nodes): boolean {
  if (nodes.targetGroupArns.has(TargetGroupArn)) return true;
  const found = Targets.flatMap(({ Target }) => index.interfacesOfTarget.get(Target.Id) ?? []);
  return found.some((one) => nodes.interfaceIds.has(one.NetworkInterfaceId));
}
