/** What a snapshot has, by the names that refer to it: built once for a snapshot, because accounts are large. */
import { Snapshot } from "../account/snapshot";
import { grouped } from "./grouped";
import { hasDelegated, NetworkInterface } from "./members";
import { LoadBalancer, TargetGroup } from "./rules";

export interface AccountIndex {
  /** By instance ID and by private address. */
  readonly interfacesOfTarget: ReadonlyMap<string, readonly NetworkInterface[]>;
  readonly interfacesOfGroup: ReadonlyMap<string, readonly NetworkInterface[]>;
  /** By the ARN of the load balancer. AWS names it in the description of the interface. */
  readonly interfacesOfLoadBalancer: ReadonlyMap<string, readonly NetworkInterface[]>;
  readonly loadBalancerOfInterface: ReadonlyMap<string, LoadBalancer>;
  readonly loadBalancers: ReadonlyMap<string, LoadBalancer>;
  /** By DNS name, in lower case. */
  readonly loadBalancersByName: ReadonlyMap<string, LoadBalancer>;
  readonly targetGroups: ReadonlyMap<string, TargetGroup>;
}

export function indexOf({ ec2, elastic_load_balancing }: Snapshot): AccountIndex {
  const interfaces = ec2?.NetworkInterfaces ?? [];
  const all = elastic_load_balancing?.LoadBalancers ?? [];
  const bySuffix = new Map(all.map((one) => [suffixOf(one), one]));
  const owned = interfaces.flatMap((one) => {
    const loadBalancer = bySuffix.get(/^ELB ((app|net|gwy)\/.+)$/.exec(one.Description ?? "")?.[1] ?? "");
    return loadBalancer === undefined ? [] : [{ one, loadBalancer }];
  });
  const interfacesOfTarget = grouped(interfaces, namesOf);
  const delegated = interfaces.filter(({ Ipv4Prefixes, Ipv6Prefixes }) => Ipv4Prefixes ?? Ipv6Prefixes);
  for (const { Target } of (elastic_load_balancing?.TargetGroups ?? []).flatMap(({ Targets }) => Targets))
    if (!interfacesOfTarget.has(Target.Id))
      interfacesOfTarget.set(
        Target.Id,
        delegated.filter((one) => hasDelegated(one, Target.Id)),
      );
  return {
    interfacesOfTarget,
    interfacesOfGroup: grouped(interfaces, ({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId)),
    interfacesOfLoadBalancer: new Map(
      [...grouped(owned, ({ loadBalancer }) => [loadBalancer.LoadBalancerArn])].map(([arn, some]) => [
        arn,
        some.map(({ one }) => one),
      ]),
    ),
    loadBalancerOfInterface: new Map(owned.map(({ one, loadBalancer }) => [one.NetworkInterfaceId, loadBalancer])),
    loadBalancers: new Map(all.map((one) => [one.LoadBalancerArn, one])),
    loadBalancersByName: new Map(all.map((one) => [(one.DNSName ?? "").toLowerCase(), one])),
    targetGroups: new Map((elastic_load_balancing?.TargetGroups ?? []).map((one) => [one.TargetGroupArn, one])),
  };
}

/** "app/shop/50dc6c495c0c9188". */
export function suffixOf({ LoadBalancerArn }: LoadBalancer): string {
  return LoadBalancerArn.replace(/^.*:loadbalancer\//, "");
}

function namesOf({ Attachment, PrivateIpAddress, PrivateIpAddresses = [], Ipv6Addresses = [] }: NetworkInterface) {
  const names = [
    ...[Attachment?.InstanceId, PrivateIpAddress],
    ...PrivateIpAddresses.map((one) => one.PrivateIpAddress),
    ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
  ];
  return names.filter((name) => name !== undefined);
}
