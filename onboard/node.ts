/** Where the node runs. */
import { Snapshot } from "../account/snapshot";
import { AutoScalingGroup, commonGroups, interfacesOf, membersOf, Subnet, subnetsOf } from "../model/members";
import { groupsBehind } from "../model/rules";
import { Fields } from "./hcl";
import { listed, Refusal } from "./refusal";

export type NodeWanted =
  | { readonly autoScalingGroup: string }
  | { readonly instances: readonly string[] }
  /** Of a load balancer in front of the node. */
  | { readonly listenerArn: string };

export interface Node {
  readonly securityGroupIds: readonly string[];
  readonly subnets: readonly Subnet[];
  /** Null: instances. */
  readonly autoScalingGroup: AutoScalingGroup | null;
  readonly instanceIds: readonly string[];
}

/** @throws Refusal if it is not there, or not in the VPC */
export function findNode(snapshot: Snapshot, wanted: NodeWanted, vpcId: string, scenario: string): Node {
  const node = nodeOf(snapshot, wanted);
  const other = node.subnets.map((subnet) => subnet.VpcId).find((id) => id !== vpcId);
  if (other !== undefined)
    throw new Refusal(
      `The node is in ${other} and the load balancer in ${vpcId}. Write the root configuration by hand: see "A load balancer in another VPC" in modules/${scenario}/README.md.`,
    );
  if (node.securityGroupIds.length === 0)
    throw new Refusal("The instances of the node have no security group in common. Give all of them one group.");
  return node;
}

function nodeOf(snapshot: Snapshot, wanted: NodeWanted): Node {
  if ("instances" in wanted) return instances(snapshot, wanted.instances);
  if ("listenerArn" in wanted) return behindListener(snapshot, wanted.listenerArn);
  return group(snapshot, wanted.autoScalingGroup);
}

/** The targets, in the input `node` of the modules. */
export function targetsOf({ autoScalingGroup, instanceIds }: Node): Fields {
  if (autoScalingGroup) return { autoscaling_group_names: { main: autoScalingGroup.AutoScalingGroupName } };
  return { instance_ids: Object.fromEntries(instanceIds.map((id, index) => [`node-${index + 1}`, id])) };
}

function instances(snapshot: Snapshot, instanceIds: readonly string[]): Node {
  const missing = instanceIds.filter((id) => interfacesOf(id, snapshot).length === 0);
  if (missing.length > 0)
    throw new Refusal(`These instances are not in the account and Region of the load balancer: ${missing.join(", ")}.`);
  const interfaces = instanceIds.flatMap((id) => interfacesOf(id, snapshot));
  return {
    securityGroupIds: commonGroups(interfaces),
    subnets: subnetsOf(interfaces, snapshot),
    autoScalingGroup: null,
    instanceIds,
  };
}

function group(snapshot: Snapshot, name: string): Node {
  const all = snapshot.auto_scaling?.AutoScalingGroups ?? [];
  const found = all.find((one) => one.AutoScalingGroupName === name);
  if (found === undefined)
    throw new Refusal(
      `There is no Auto Scaling group "${name}". The groups: ${listed(all.map((one) => one.AutoScalingGroupName))}.`,
    );
  const subnetIds = (found.VPCZoneIdentifier ?? "").split(",");
  const running = found.Instances.flatMap(({ InstanceId }) => interfacesOf(InstanceId, snapshot));
  const subnets = (snapshot.ec2?.Subnets ?? []).filter(({ SubnetId }) => subnetIds.includes(SubnetId));
  return {
    securityGroupIds: found.LaunchTemplateSecurityGroupIds ?? commonGroups(running),
    subnets: [...subnets].sort((a, b) => a.AvailabilityZone.localeCompare(b.AvailabilityZone)),
    autoScalingGroup: found,
    instanceIds: [],
  };
}

function behindListener(snapshot: Snapshot, listenerArn: string): Node {
  const { securityGroupIds, subnets, interfaces } = membersOf(groupsBehind(listenerArn, snapshot), snapshot);
  if (interfaces.length === 0)
    throw new Refusal(
      `Nothing tells where the node is: ${listenerArn} forwards to no target group with targets in this account and Region.`,
    );
  return { securityGroupIds, subnets, autoScalingGroup: null, instanceIds: [] };
}
