/** Who is behind target groups: the network interfaces of their targets, and what follows from these. */
import { isIP } from "node:net";
import * as z from "zod";
import { AUTO_SCALING_GROUP, ECS_SERVICE } from "../account/schema/compute";
import { NETWORK_INTERFACE, SUBNET } from "../account/schema/ec2";
import { Snapshot } from "../account/snapshot";
import { AddressSet } from "./network/addresses";
import { TargetGroup } from "./rules";

export type NetworkInterface = z.infer<typeof NETWORK_INTERFACE>;
export type Subnet = z.infer<typeof SUBNET>;
export type AutoScalingGroup = z.infer<typeof AUTO_SCALING_GROUP>;
export type EcsService = z.infer<typeof ECS_SERVICE>;

export interface Members {
  readonly interfaces: readonly NetworkInterface[];
  /** Targets whose interface is not in the snapshot. */
  readonly unknownTargets: readonly string[];
  readonly ports: readonly number[];
  /** Groups that every one of the interfaces has. */
  readonly securityGroupIds: readonly string[];
  readonly subnets: readonly Subnet[];
  readonly autoScalingGroups: readonly AutoScalingGroup[];
  readonly ecsServices: readonly EcsService[];
}

export function membersOf(groups: readonly TargetGroup[], snapshot: Snapshot): Members {
  const targets = groups.flatMap(({ Targets }) => Targets.map(({ Target }) => Target));
  const found = new Map(targets.map(({ Id }) => [Id, interfacesOf(Id, snapshot)]));
  const interfaces = [...new Set([...found.values()].flat())];
  const arns = new Set(groups.map(({ TargetGroupArn }) => TargetGroupArn));
  const instanceIds = new Set(targets.map(({ Id }) => Id));
  const ports = [
    ...groups.flatMap(({ Port, Targets }) => (Targets.length === 0 ? [Port] : [])),
    ...targets.map(({ Port }) => Port),
  ];
  return {
    interfaces,
    unknownTargets: [...found].filter(([, some]) => some.length === 0).map(([id]) => id),
    ports: [...new Set(ports.filter((port) => port !== undefined))].sort((a, b) => a - b),
    securityGroupIds: commonGroups(interfaces),
    subnets: subnetsOf(interfaces, snapshot),
    autoScalingGroups: (snapshot.auto_scaling?.AutoScalingGroups ?? []).filter(
      ({ Instances, TargetGroupARNs = [] }) =>
        Instances.some(({ InstanceId }) => instanceIds.has(InstanceId)) || TargetGroupARNs.some((arn) => arns.has(arn)),
    ),
    ecsServices: (snapshot.ecs?.services ?? []).filter(({ loadBalancers }) =>
      loadBalancers.some(({ targetGroupArn }) => targetGroupArn !== undefined && arns.has(targetGroupArn)),
    ),
  };
}

/** Of an instance ID or an IP address. */
export function interfacesOf(target: string, { ec2 }: Snapshot): NetworkInterface[] {
  return (ec2?.NetworkInterfaces ?? []).filter(
    (one) =>
      one.Attachment?.InstanceId === target ||
      one.PrivateIpAddress === target ||
      (one.PrivateIpAddresses ?? []).some(({ PrivateIpAddress }) => PrivateIpAddress === target) ||
      (one.Ipv6Addresses ?? []).some(({ Ipv6Address }) => Ipv6Address === target) ||
      hasDelegated(one, target),
  );
}

/** Whether an address is in a prefix that is delegated to the interface, as for pods of Amazon EKS. */
export function hasDelegated({ Ipv4Prefixes = [], Ipv6Prefixes = [] }: NetworkInterface, address: string): boolean {
  const blocks = [
    ...Ipv4Prefixes.map(({ Ipv4Prefix }) => Ipv4Prefix),
    ...Ipv6Prefixes.map(({ Ipv6Prefix }) => Ipv6Prefix),
  ].filter((block) => block !== undefined);
  return blocks.length > 0 && isIP(address) !== 0 && !AddressSet.of(...blocks).and(AddressSet.of(address)).isEmpty;
}

export function commonGroups(interfaces: readonly NetworkInterface[]): string[] {
  const [first = [], ...others] = interfaces.map(({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId));
  return first.filter((id) => others.every((groups) => groups.includes(id)));
}

export function subnetsOf(interfaces: readonly NetworkInterface[], { ec2 }: Snapshot): Subnet[] {
  const ids = new Set(interfaces.map(({ SubnetId }) => SubnetId));
  return (ec2?.Subnets ?? [])
    .filter(({ SubnetId }) => ids.has(SubnetId))
    .sort((a, b) => a.AvailabilityZone.localeCompare(b.AvailabilityZone) || a.SubnetId.localeCompare(b.SubnetId));
}
