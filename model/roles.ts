/** Who is the node and who is the application, as the output `routing` of the modules says, in a snapshot. */
import { Routing } from "../contract/routing";
import { Snapshot } from "../account/snapshot";
import { AccountIndex, suffixOf } from "./account-index";
import { Unknown } from "./fact";
import { NetworkInterface } from "./members";
import { TargetGroup } from "./rules";
import { unreadOf } from "./unread";

export interface Roles {
  readonly node: {
    readonly interfaces: readonly NetworkInterface[];
    readonly securityGroupIds: ReadonlySet<string>;
    readonly targetGroupArns: ReadonlySet<string>;
    /** Interfaces that have its group, and nobody says whether they are the node. */
    readonly doubtful: ReadonlySet<string>;
  };
  readonly application: {
    readonly interfaces: readonly NetworkInterface[];
    readonly securityGroupIds: ReadonlySet<string>;
    readonly targetGroupArns: ReadonlySet<string>;
    /** Interfaces of targets of its target groups. The others only have its security group. */
    readonly targetIds: ReadonlySet<string>;
    /** All of its interfaces. */
    readonly ids: ReadonlySet<string>;
    readonly ports: readonly number[];
  };
  readonly entryPoints: readonly EntryPoint[];
  readonly secretHeader: string | null;
  /** Rules of security groups and routes of APIs that the owner accepts in the modules' arguments. */
  readonly accepted: { readonly securityGroupRuleIds: ReadonlySet<string>; readonly routes: ReadonlySet<string> };
  /** What may be part of the application, and is not known. */
  readonly unknowns: readonly Unknown[];
  readonly assumptions: readonly string[];
}

/** An entry point of the output `routing`, and what its module says of it. */
export interface EntryPoint {
  readonly name: string;
  readonly fields: Routing["entry_points"][string];
  readonly percent: number;
  readonly secretHeader: Routing["secret_header"];
}

type Node = Routing["node"];

/** @param routings of one root configuration: what is the node of one is the node of all */
export function rolesOf(routings: readonly Routing[], snapshot: Snapshot, index: AccountIndex): Roles {
  const application = applicationOf(routings, snapshot, index);
  const nodes = routings.map(({ node }) => node);
  const declared = routings
    .filter(({ node }) => node.members !== null)
    .flatMap((routing) => membersOf(routing, snapshot, index));
  const known = new Set(nodes.filter(({ members }) => members !== null).map((node) => node.security_group_id));
  // A load balancer of application-backend is the application of the node, and the node of the real application.
  const between = nodes
    .filter(({ members }) => members === null)
    .flatMap(({ security_group_id }) => loadBalancerOf(security_group_id, index))
    .filter((one) => application.ids.has(one.NetworkInterfaceId));
  const isBetween = (id: string | null) => loadBalancerOf(id, index).some((one) => between.includes(one));
  const guessed = nodes
    .filter(({ members, security_group_id }) => members === null && !known.has(security_group_id))
    .filter(({ security_group_id }) => !isBetween(security_group_id))
    .map(({ security_group_id }) => carriersOf(security_group_id, snapshot, index));
  const interfaces = [...new Set([...declared, ...guessed.flatMap((one) => one.interfaces)])];
  return {
    node: {
      interfaces: [...interfaces.filter((one) => !application.ids.has(one.NetworkInterfaceId)), ...between],
      securityGroupIds: texts(nodes.map((node) => plainId(node.security_group_id))),
      targetGroupArns: texts(nodes.map((node) => node.target_group_arn)),
      doubtful: new Set([
        ...guessed.flatMap((one) => one.doubtful),
        ...nodes.flatMap((node) => unreadFleet(node, snapshot, index)),
      ]),
    },
    application,
    entryPoints: routings.flatMap(({ entry_points, node_traffic_percent, secret_header }) =>
      Object.entries(entry_points).map(([name, fields]) => ({
        ...{ name, fields, percent: node_traffic_percent, secretHeader: secret_header },
      })),
    ),
    secretHeader: routings.map(({ secret_header }) => secret_header?.name).find((name) => name !== undefined) ?? null,
    accepted: {
      securityGroupRuleIds: texts(routings.flatMap((one) => one.application?.accepted?.security_group_rule_ids ?? [])),
      routes: texts(routings.flatMap((one) => one.application?.accepted?.routes ?? [])),
    },
    unknowns: application.unknowns,
    assumptions: [...guessed.flatMap((one) => one.assumptions), ...interfaces.flatMap(sharedBy)],
  };
}

function applicationOf(
  routings: readonly Routing[],
  snapshot: Snapshot,
  { interfacesOfGroup, ...index }: AccountIndex,
) {
  const said = routings.map((one) => one.application).filter((one) => one !== null);
  const securityGroupIds = texts(said.map((one) => plainId(one.security_group_id)));
  const targetGroupArns = texts(said.flatMap((one) => one.target_group_arns ?? []));
  const groups = [...targetGroupArns].map((arn) => ({ arn, group: index.targetGroups.get(arn) }));
  const found = groups.map(({ group }) => group).filter((group) => group !== undefined);
  const named = found.flatMap(({ Targets, TargetType, VpcId }) =>
    (TargetType === "alb" ? [] : Targets).map(({ Target }) => ({
      id: Target.Id,
      some: inVpc(index.interfacesOfTarget.get(Target.Id) ?? [], VpcId),
    })),
  );
  const ofTargets = new Set(named.flatMap(({ some }) => some));
  // A load balancer in front of the node may share the application's group. Its own rules say where it leads.
  const entrances = new Set(routings.flatMap(entrancesOf));
  const ofGroups = [...securityGroupIds]
    .flatMap((id) => interfacesOfGroup.get(id) ?? [])
    .filter(({ NetworkInterfaceId }) => {
      const loadBalancer = index.loadBalancerOfInterface.get(NetworkInterfaceId);
      return loadBalancer === undefined || !entrances.has(suffixOf(loadBalancer));
    });
  const ports = [...said.flatMap((one) => one.ports ?? []), ...found.flatMap(portsOf)];
  const nobody = ofTargets.size === 0 && ofGroups.length === 0;
  const unknowns: Unknown[] = [
    ...unknownServices(snapshot),
    ...unreadOf(snapshot, "ec2:DescribeNetworkInterfaces"),
    ...unreadOf(snapshot, "elasticloadbalancing:DescribeTargetGroups"),
    ...groups.flatMap(({ arn, group }) => [
      ...unreadOf(snapshot, "elasticloadbalancing:DescribeTargetHealth", arn),
      ...(group === undefined ? [unknown(`The application's target group is not in the snapshot.`, arn)] : []),
    ]),
    ...named
      .filter(({ some }) => some.length === 0)
      .map(({ id }) => unknown(`The target ${id} of the application has no interface in the snapshot.`, id)),
    ...(nobody
      ? [unknown("No interface of the application is known. For audit, set --application-security-group.", null)]
      : []),
    ...(ports.length === 0
      ? [unknown("No port of the application is known. For audit, set --application-port.", null)]
      : []),
  ];
  const interfaces = [...new Set([...ofTargets, ...ofGroups])];
  const ids = (some: Iterable<NetworkInterface>) => new Set([...some].map((one) => one.NetworkInterfaceId));
  return {
    ...{ securityGroupIds, targetGroupArns, unknowns, interfaces, ids: ids(interfaces) },
    // Without target groups, the security group alone says what is the application.
    targetIds: ids(ofTargets.size === 0 ? ofGroups : ofTargets),
    ports: [...new Set(ports)].sort((a, b) => a - b),
  };
}

/** An address may exist in several VPCs. */
function inVpc(interfaces: readonly NetworkInterface[], vpcId: string | null | undefined): readonly NetworkInterface[] {
  const own = interfaces.filter(({ VpcId }) => VpcId === vpcId);
  return own.length === 0 ? interfaces : own;
}

/** "app/shop/50dc6c495c0c9188", as in the ARN of a listener. */
function entrancesOf({ entry_points, load_balancer }: Routing): string[] {
  const listeners = Object.values(entry_points).map(
    ({ listener_arn }) => /:listener\/(.+)\/[^/]+$/.exec(listener_arn ?? "")?.[1],
  );
  return [...listeners, load_balancer?.arn_suffix].filter((suffix) => typeof suffix === "string");
}

function unknownServices({ ec2, elastic_load_balancing }: Snapshot): Unknown[] {
  return [
    ...(ec2 === null ? [unknown("Amazon EC2 was not read.", null)] : []),
    ...(elastic_load_balancing === null ? [unknown("Elastic Load Balancing was not read.", null)] : []),
  ];
}

/** The fleet. Who carries its security group and is not one of these is not the node. */
function membersOf(
  { vpc_id: vpcId, node: { members, target_group_arn, security_group_id } }: Routing,
  snapshot: Snapshot,
  index: AccountIndex,
): NetworkInterface[] {
  const groups = new Set(members?.autoscaling_group_names ?? []);
  const fleets = (snapshot.auto_scaling?.AutoScalingGroups ?? []).filter((one) => groups.has(one.AutoScalingGroupName));
  const balanced = (members?.application_load_balancer_arns ?? []).flatMap((arn) => groupsBehind(arn, index));
  const registered = members?.self_registered === true ? [index.targetGroups.get(target_group_arn ?? "")] : [];
  const names = [
    ...fleets.flatMap(({ Instances }) => Instances.map(({ InstanceId }) => InstanceId)),
    ...(members?.instance_ids ?? []),
    ...(members?.ip_addresses ?? []),
  ];
  const interfaces = (some: readonly string[]) =>
    some.flatMap((name) => inVpc(index.interfacesOfTarget.get(name) ?? [], vpcId));
  const behind = [...balanced, ...registered].flatMap((group) => group?.Targets.map(({ Target }) => Target.Id) ?? []);
  // Others may register targets there, too.
  const group = plainId(security_group_id);
  const carriers = interfaces(behind).filter(({ Groups = [] }) => Groups.some(({ GroupId }) => GroupId === group));
  return [...interfaces(names), ...carriers];
}

/** Without the Auto Scaling groups, what has the node's group may be the node, or not. */
function unreadFleet({ members, security_group_id }: Node, snapshot: Snapshot, index: AccountIndex): string[] {
  const unread = unreadOf(snapshot, "autoscaling:DescribeAutoScalingGroups");
  if ((snapshot.auto_scaling !== null && unread.length === 0) || !members?.autoscaling_group_names?.length) return [];
  return (index.interfacesOfGroup.get(plainId(security_group_id) ?? "") ?? []).map((one) => one.NetworkInterfaceId);
}

/** The target groups that a load balancer uses, in the node's place. */
function groupsBehind(arn: string, { targetGroups }: AccountIndex): TargetGroup[] {
  return [...targetGroups.values()].filter(({ LoadBalancerArns }) => LoadBalancerArns.includes(arn));
}

/**
 * A module that registers no targets knows only the group of the node. One carrier, or the instances of one Auto Scaling
 * group, are the node. Of others, nobody says which are.
 */
function carriersOf(id: string | null, { auto_scaling }: Snapshot, index: AccountIndex) {
  const carriers = index.interfacesOfGroup.get(plainId(id) ?? "") ?? [];
  const instances = new Set(carriers.map(({ Attachment }) => Attachment?.InstanceId));
  const isFleet =
    carriers.length === 1 ||
    (auto_scaling?.AutoScalingGroups ?? []).some(({ Instances }) =>
      [...instances].every((instance) => Instances.some(({ InstanceId }) => InstanceId === instance)),
    );
  const shown = carriers.map(({ NetworkInterfaceId }) => NetworkInterfaceId).join(", ");
  if (isFleet && carriers.length > 0)
    return {
      interfaces: carriers,
      doubtful: [],
      assumptions: [`The node is what has the security group ${id}: ${shown}.`],
    };
  return { interfaces: [], doubtful: carriers.map((one) => one.NetworkInterfaceId), assumptions: [] };
}

/** The interfaces with a group, if all are those of one load balancer. */
function loadBalancerOf(groupId: string | null, index: AccountIndex): readonly NetworkInterface[] {
  const carriers = index.interfacesOfGroup.get(plainId(groupId) ?? "") ?? [];
  const balancers = new Set(carriers.map((one) => index.loadBalancerOfInterface.get(one.NetworkInterfaceId)));
  return balancers.size === 1 && !balancers.has(undefined) ? carriers : [];
}

/** Security groups and network ACLs cannot tell apart the pods that share an interface. */
function sharedBy(one: NetworkInterface): string[] {
  const { NetworkInterfaceId, PrivateIpAddresses = [], Ipv4Prefixes = [], Ipv6Prefixes = [] } = one;
  if (PrivateIpAddresses.length <= 1 && Ipv4Prefixes.length + Ipv6Prefixes.length === 0) return [];
  return [`Every address of ${NetworkInterfaceId} is the node's, also if pods share the interface.`];
}

/** A group of another account is "ACCOUNT/sg-…". */
function plainId(id: string | null): string | null {
  return id?.replace(/^\d{12}\//, "") ?? null;
}

function portsOf({ Port, Targets }: TargetGroup): number[] {
  return [...Targets.map(({ Target }) => Target.Port), ...(Targets.length === 0 ? [Port] : [])].filter(
    (port) => port !== undefined,
  );
}

function texts(values: readonly (string | null)[]): ReadonlySet<string> {
  return new Set(values.filter((value) => value !== null));
}

function unknown(words: string, resource: string | null): Unknown {
  return { words, resource, action: null };
}
