/** Who has an interface: instances, Auto Scaling groups, and the groups of interfaces. */
import * as z from "zod";
import { Draft } from "./draft";
import { deregister, targetGroupOf } from "./load-balancing";
import { row } from "./row";
import { blocks, COMPUTED_TEXTS, OPTIONAL_TEXT, orLater, TEXT } from "./values";

const NO_ADDRESS = "its address is known only after the apply.";

export const INSTANCE = row(z.object({ id: TEXT, vpc_security_group_ids: COMPUTED_TEXTS }), {
  remove: ({ id }, draft) => {
    terminate([id], draft);
  },
  put: (_, draft) => {
    draft.unknown(NO_ADDRESS);
  },
  update: (_, { id, vpc_security_group_ids }, draft) => {
    const own = interfacesOf([id], draft);
    if (own.length > 1) draft.unknown("it has several interfaces, and the plan does not say which one it changes.");
    const [only] = own;
    if (draft.found(only, `the interface of ${id}`) !== null && only !== undefined)
      setGroups(only, vpc_security_group_ids, draft);
  },
});

export const NETWORK_INTERFACE = row(z.object({ id: TEXT, security_groups: COMPUTED_TEXTS }), {
  remove: ({ id }, draft) => {
    const ec2 = draft.part("ec2");
    if (ec2 !== null) ec2.NetworkInterfaces = ec2.NetworkInterfaces.filter((one) => one.NetworkInterfaceId !== id);
  },
  put: (_, draft) => {
    draft.unknown(NO_ADDRESS);
  },
  update: (_, { id, security_groups }, draft) => {
    const one = interfaceOf(id, draft);
    if (one !== null) setGroups(one, security_groups, draft);
  },
});

export const SECURITY_GROUP_ATTACHMENT = row(z.object({ security_group_id: TEXT, network_interface_id: TEXT }), {
  remove: ({ security_group_id, network_interface_id }, draft) => {
    const one = interfaceOf(network_interface_id, draft);
    const left = groupsOf(one).filter((id) => id !== security_group_id);
    if (one !== null) setGroups(one, left, draft);
  },
  put: ({ security_group_id, network_interface_id }, draft) => {
    const one = interfaceOf(network_interface_id, draft);
    if (one !== null) setGroups(one, [...groupsOf(one), security_group_id], draft);
  },
});

const LAUNCH = blocks(
  z.object({ id: orLater(OPTIONAL_TEXT), name: orLater(OPTIONAL_TEXT), version: orLater(OPTIONAL_TEXT) }),
);
const AUTO_SCALING_VALUES = z.object({
  ...{ name: TEXT, target_group_arns: COMPUTED_TEXTS, launch_template: LAUNCH, vpc_zone_identifier: COMPUTED_TEXTS },
  traffic_source: blocks(z.object({ identifier: TEXT })),
});
type AutoScalingValues = z.infer<typeof AUTO_SCALING_VALUES>;

export const AUTO_SCALING_GROUP = row(AUTO_SCALING_VALUES, {
  remove: ({ name }, draft) => {
    terminate(instancesOf(name, draft), draft);
  },
  put: (_, draft) => {
    draft.unknown("its instances are known only after the apply.");
  },
  update: (before, after, draft) => {
    const [old, now] = [targetGroupsOf(before), targetGroupsOf(after)];
    for (const arn of old.filter((one) => !now.includes(one))) detach(after.name, arn, draft);
    for (const arn of now.filter((one) => !old.includes(one))) attach(after.name, arn, draft);
    const launches = ({ launch_template, vpc_zone_identifier }: AutoScalingValues) =>
      JSON.stringify([launch_template, vpc_zone_identifier]);
    // The change of a launch template itself is another one in the plan.
    const isLater = after.launch_template.some(({ version }) => version === null);
    if (!isLater && launches(before) !== launches(after)) draft.unknown("it starts other instances after the apply.");
  },
});

function targetGroupsOf({ target_group_arns, traffic_source }: AutoScalingValues): string[] {
  return [...target_group_arns, ...traffic_source.map(({ identifier }) => identifier)];
}

export const AUTO_SCALING_ATTACHMENT = row(z.object({ autoscaling_group_name: TEXT, lb_target_group_arn: TEXT }), {
  remove: ({ autoscaling_group_name: name, lb_target_group_arn: arn }, draft) => {
    detach(name, arn, draft);
  },
  put: ({ autoscaling_group_name: name, lb_target_group_arn: arn }, draft) => {
    attach(name, arn, draft);
  },
});

const TRAFFIC_SOURCE = z.object({
  ...{ autoscaling_group_name: TEXT, traffic_source: blocks(z.object({ identifier: TEXT })) },
});

export const TRAFFIC_SOURCE_ATTACHMENT = row(TRAFFIC_SOURCE, {
  remove: ({ autoscaling_group_name: name, traffic_source }, draft) => {
    for (const { identifier } of traffic_source) detach(name, identifier, draft);
  },
  put: ({ autoscaling_group_name: name, traffic_source }, draft) => {
    for (const { identifier } of traffic_source) attach(name, identifier, draft);
  },
});

/** An Auto Scaling group registers its instances. */
function attach(name: string, arn: string, draft: Draft): void {
  const group = targetGroupOf(arn, draft);
  if (group === null) return;
  draft.planned(arn);
  group.Targets.push(...instancesOf(name, draft).map((Id) => ({ Target: { Id, Port: group.Port } })));
}

function detach(name: string, arn: string, draft: Draft): void {
  const group = targetGroupOf(arn, draft);
  if (group !== null) deregister(group, instancesOf(name, draft), undefined);
}

function instancesOf(name: string, draft: Draft): string[] {
  const groups = draft.part("auto_scaling")?.AutoScalingGroups ?? [];
  const group = groups.find(({ AutoScalingGroupName }) => AutoScalingGroupName === name);
  return (draft.found(group, `the Auto Scaling group ${name}`)?.Instances ?? []).map(({ InstanceId }) => InstanceId);
}

/** A load balancer deregisters instances that are gone. */
function terminate(ids: readonly string[], draft: Draft): void {
  const ec2 = draft.part("ec2");
  if (ec2 === null) return;
  const gone = interfacesOf(ids, draft);
  ec2.NetworkInterfaces = ec2.NetworkInterfaces.filter((one) => !gone.includes(one));
  for (const group of draft.part("elastic_load_balancing")?.TargetGroups ?? []) deregister(group, ids, undefined);
}

type Interface = NonNullable<Draft["snapshot"]["ec2"]>["NetworkInterfaces"][number];

function interfacesOf(instances: readonly string[], draft: Draft): Interface[] {
  const all = draft.part("ec2")?.NetworkInterfaces ?? [];
  return all.filter(({ Attachment }) => instances.includes(Attachment?.InstanceId ?? ""));
}

function interfaceOf(id: string, draft: Draft): Interface | null {
  const one = draft.part("ec2")?.NetworkInterfaces.find(({ NetworkInterfaceId }) => NetworkInterfaceId === id);
  return draft.found(one, `the interface ${id}`);
}

function groupsOf(one: Interface | null): string[] {
  return (one?.Groups ?? []).map(({ GroupId }) => GroupId);
}

function setGroups(one: Interface, groups: readonly string[], draft: Draft): void {
  one.Groups = groups.map((GroupId) => ({ GroupId }));
  draft.planned(one.NetworkInterfaceId);
}
