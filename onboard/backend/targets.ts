/** Who registers the application's targets in a target group behind the node. */
import { isIPv6 } from "node:net";
import { Snapshot } from "../../account/snapshot";
import { AutoScalingGroup, EcsService, interfacesOf } from "../../model/members";
import { TargetGroup } from "../../model/rules";
import { Application } from "../application";
import { Fields } from "../hcl";
import { isPrivateAddress } from "../node";
import { Refusal } from "../refusal";

export interface Targets {
  readonly group: TargetGroup;
  /** In the module's input: those that the configuration attaches. */
  readonly fields: Fields;
  readonly autoScalingGroups: readonly AutoScalingGroup[];
  /** Whose owner registers the tasks. */
  readonly ecsServices: readonly EcsService[];
  /** Addresses of pods, which a controller registers. */
  readonly pods: readonly string[];
}

/** What the module application-backend cannot copy. */
const UNCOPIED: readonly (readonly [holds: (group: TargetGroup) => boolean, what: string])[] = [
  [
    ({ ProtocolVersion = "" }) => /^(HTTP2|GRPC)$/.test(ProtocolVersion),
    "needs requests over HTTP/2, and the node sends HTTP/1.1",
  ],
  [
    ({ IpAddressType }) => IpAddressType === "ipv6",
    "has IPv6 targets, which the module application-backend does not copy",
  ],
];

/** @throws Refusal if the module cannot copy the group or its targets */
export function targetsOf(group: TargetGroup, application: Application, snapshot: Snapshot): Targets {
  const { TargetGroupArn, TargetGroupName, TargetType } = group;
  const uncopied = UNCOPIED.find(([holds]) => holds(group))?.[1];
  if (uncopied !== undefined) throw new Refusal(`The target group ${TargetGroupName} ${uncopied}. ${WAY_OUT}`);

  const autoScalingGroups = application.autoScalingGroups.filter(({ TargetGroupARNs = [], TrafficSources = [] }) =>
    [...TargetGroupARNs, ...TrafficSources.map(({ Identifier }) => Identifier)].includes(TargetGroupArn),
  );
  const ecsServices = application.ecsServices.filter(({ loadBalancers }) =>
    loadBalancers.some(({ targetGroupArn }) => targetGroupArn === TargetGroupArn),
  );
  refuseDeployers(ecsServices);
  const registered = new Set(
    autoScalingGroups.flatMap(({ Instances }) => Instances.map(({ InstanceId }) => InstanceId)),
  );
  const others =
    ecsServices.length > 0
      ? []
      : group.Targets.filter(
          ({ Target, TargetHealth }) => !registered.has(Target.Id) && TargetHealth?.State !== "draining",
        ).map(({ Target }) => Target);
  const pods = TargetType === "ip" ? others.filter(({ Id }) => isPod(Id, snapshot)).map(({ Id }) => Id) : [];
  const listed = others.filter(({ Id }) => !pods.includes(Id));
  const elsewhere = listed.find(({ Port = group.Port }) => Port !== group.Port);
  if (elsewhere !== undefined)
    throw new Refusal(
      `The target ${elsewhere.Id} of ${TargetGroupName} has the port ${elsewhere.Port}, and the target group ${group.Port}, to which the load balancer behind the node would send its requests. ${WAY_OUT}`,
    );
  const names = autoScalingGroups.map(({ AutoScalingGroupName: name }) => [name, name]);
  const ids = listed.map(({ Id }) => Id);
  return {
    ...{ group, autoScalingGroups, ecsServices, pods },
    fields: {
      ...(names.length > 0 ? { autoscaling_group_names: Object.fromEntries(names) as Fields } : {}),
      ...(ids.length === 0 ? {} : TargetType === "ip" ? addresses(listed) : instances(ids)),
    },
  };
}

const WAY_OUT = "If the application has an address of its own, name it with --backend-url URL.";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html */
function refuseDeployers(services: readonly EcsService[]): void {
  for (const { serviceArn, deploymentController } of services) {
    const type = deploymentController?.type ?? "ECS";
    if (type !== "ECS")
      throw new Refusal(
        `The ECS service ${serviceArn} has the deployment controller ${type}, with which it takes no second target group. ${WAY_OUT}`,
      );
  }
}

/** A pod has a secondary address, or one of a delegated prefix, of the interface of a machine. */
function isPod(address: string, snapshot: Snapshot): boolean {
  return !interfacesOf(address, snapshot).some(({ PrivateIpAddress }) => PrivateIpAddress === address);
}

function instances(ids: readonly string[]): Fields {
  return { instance_ids: Object.fromEntries(ids.map((id) => [id, id])) };
}

function addresses(
  targets: readonly { readonly Id: string; readonly AvailabilityZone?: string | undefined }[],
): Fields {
  const entries = targets.map(({ Id, AvailabilityZone }) => {
    const zone = isPrivateAddress(Id) || isIPv6(Id) ? undefined : AvailabilityZone;
    return [Id, { address: Id, ...(zone === undefined ? {} : { availability_zone: zone }) }] as const;
  });
  return { ip_addresses: Object.fromEntries(entries) };
}
