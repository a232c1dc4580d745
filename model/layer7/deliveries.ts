/** Which requests load balancers deliver to the application, or to other load balancers that do. */
import { Snapshot } from "../../account/snapshot";
import { AccountIndex } from "../account-index";
import { Fact, Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { NetworkModel } from "../network/ways";
import { Roles } from "../roles";
import { Listener, LoadBalancer, Rule, rulesOf, TargetGroup } from "../rules";
import { unreadOf } from "../unread";
import { Callers } from "./caller";
import { takesAll } from "./rule-order";

/** What all of layer 7 is judged with. */
export interface Account {
  readonly snapshot: Snapshot;
  readonly index: AccountIndex;
  readonly roles: Roles;
  readonly network: NetworkModel;
  /** Who reaches a load balancer, by its ARN and the port: asked once. */
  readonly callers: Map<string, Callers>;
}

/** A forward of a listener that ends at the application. */
export interface Delivery {
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
  /** Null: the default action of a Network Load Balancer. */
  readonly rule: Rule | null;
  readonly targetGroup: TargetGroup;
  /** Percentage of the rule's requests. */
  readonly share: number;
  /** The load balancer behind this one, with its own forward. */
  readonly next: Delivery | null;
  readonly interfaces: readonly NetworkInterface[];
  readonly facts: readonly Fact[];
  readonly unknowns: readonly Unknown[];
  /** Whether the network lets the load balancer reach the application. It may show the application the client's address. */
  readonly passes: "open" | "closed" | "unknown" | "as the client";
}

export interface Deliveries {
  readonly to: readonly Delivery[];
  /** Why there may be more. */
  readonly unknowns: readonly Unknown[];
}

/** A forward, in the words of the API. */
interface Forward {
  readonly listener: Listener;
  readonly rule: Rule | null;
  readonly arn: string;
  readonly share: number;
  /** Rules of the listener that are evaluated before. */
  readonly earlier: readonly Rule[];
}

/** @param seen load balancers in front of this one */
export function deliveriesOf(loadBalancer: LoadBalancer, account: Account, seen: readonly string[] = []): Deliveries {
  const { LoadBalancerArn, Listeners } = loadBalancer;
  if (Listeners === null) return { to: [], unknowns: notRead(loadBalancer, account) };
  const { snapshot, index } = account;
  const unknowns: Unknown[] = [
    ...unreadOf(snapshot, "elasticloadbalancing:DescribeListeners", LoadBalancerArn),
    ...Listeners.flatMap(({ ListenerArn }) => unreadOf(snapshot, "elasticloadbalancing:DescribeRules", ListenerArn)),
  ];
  const to = forwardsOf(loadBalancer, snapshot).flatMap((forward) => {
    const group = index.targetGroups.get(forward.arn);
    const unread = ["DescribeTargetHealth", "DescribeTargetGroupAttributes"].flatMap((action) =>
      unreadOf(snapshot, `elasticloadbalancing:${action}`, forward.arn),
    );
    if (group !== undefined && unread.length === 0 && !leadsOn(group, account)) return [];
    if (isDead(forward)) return [];
    unknowns.push(...unread);
    if (group === undefined) {
      unknowns.push({ words: "A target group of a rule is not in the snapshot.", resource: forward.arn, action: null });
      return [];
    }
    const behind = chained(loadBalancer, forward, group, account, seen);
    unknowns.push(...behind.unknowns);
    const found = [...direct(loadBalancer, forward, group, account), ...behind.to];
    if (found.length > 0) unknowns.push(...datagrams(forward.listener));
    return found;
  });
  return { to, unknowns };
}

/** Matters only if a target group of it has the application. */
function notRead({ LoadBalancerArn, LoadBalancerName }: LoadBalancer, { index, roles }: Account): Unknown[] {
  const carries = [...index.targetGroups.values()].some(
    (group) => group.LoadBalancerArns.includes(LoadBalancerArn) && applicationIn(group, index, roles).length > 0,
  );
  const words = `The listeners of the load balancer ${LoadBalancerName} were not read.`;
  return carries ? [{ words, resource: LoadBalancerArn, action: "elasticloadbalancing:DescribeListeners" }] : [];
}

function forwardsOf(loadBalancer: LoadBalancer, snapshot: Snapshot): Forward[] {
  const listeners = loadBalancer.Listeners ?? [];
  if (loadBalancer.Type !== "application")
    return listeners.flatMap((listener) =>
      sharesOf(listener.DefaultActions).map((one) => ({ ...one, listener, rule: null, earlier: [] })),
    );
  const rules = rulesOf(loadBalancer, snapshot);
  return listeners.flatMap((listener) =>
    rules
      .filter((rule) => rule.listener === listener)
      .flatMap((rule, index, own) =>
        sharesOf(rule.actions).map((one) => ({ ...one, listener, rule, earlier: own.slice(0, index) })),
      ),
  );
}

/** Most target groups have nothing to do with the application, so only the others' rules are compared. */
function leadsOn(group: TargetGroup, { index, roles }: Account): boolean {
  return applicationIn(group, index, roles).length > 0 || behindOf(group, index).length > 0;
}

function isDead({ rule, earlier }: Forward): boolean {
  return rule !== null && earlier.some((one) => takesAll(one, rule));
}

/** Load balancers that are targets, by their ARN or by the address of one of their interfaces. */
function behindOf({ Targets }: TargetGroup, index: AccountIndex) {
  return Targets.flatMap(({ Target: { Id, Port } }) => {
    const byAddress = (index.interfacesOfTarget.get(Id) ?? []).map((one) =>
      index.loadBalancerOfInterface.get(one.NetworkInterfaceId),
    );
    const some = [...new Set([index.loadBalancers.get(Id), ...byAddress])];
    return some.filter((one) => one !== undefined).map((one) => ({ one, Port }));
  });
}

/** Target groups with a weight above 0. A weight that is not there is 1. */
function sharesOf(actions: Rule["actions"]): { arn: string; share: number }[] {
  return actions.flatMap(({ Type, TargetGroupArn, ForwardConfig }) => {
    if (Type !== "forward") return [];
    const groups = ForwardConfig?.TargetGroups ?? [];
    if (groups.length === 0) return TargetGroupArn === undefined ? [] : [{ arn: TargetGroupArn, share: 100 }];
    const weights = groups.map(({ Weight = 1 }) => (groups.length === 1 ? 1 : Weight));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return groups
      .map((group, at) => ({
        arn: group.TargetGroupArn,
        share: Math.round((100 * (weights[at] ?? 0)) / (sum || 1)),
        weight: weights[at],
      }))
      .filter(({ weight }) => weight !== 0)
      .map(({ arn, share }) => ({ arn, share }));
  });
}

function direct(loadBalancer: LoadBalancer, forward: Forward, group: TargetGroup, account: Account): Delivery[] {
  const { snapshot, index, roles, network } = account;
  const targets = applicationIn(group, index, roles);
  if (targets.length === 0) return [];
  const sources = index.interfacesOfLoadBalancer.get(loadBalancer.LoadBalancerArn) ?? [];
  const reached = targets.flatMap(({ one, port }) => sources.map((from) => network.reach(snapshot, from, one, port)));
  const [best] = [
    ...reached.filter(({ state }) => state === "open"),
    ...reached.filter(({ state }) => state === "unknown"),
  ];
  return [
    {
      ...{ loadBalancer, listener: forward.listener, rule: forward.rule, targetGroup: group, share: forward.share },
      next: null,
      interfaces: targets.map(({ one }) => one),
      facts: [forwardFact(loadBalancer, forward, group), targetFact(group, targets), ...(best?.facts ?? [])],
      unknowns: best?.unknowns ?? [],
      passes: sources.length === 0 ? "unknown" : (best?.state ?? (preserves(group) ? "as the client" : "closed")),
    },
  ];
}

/**
 * A Network Load Balancer keeps the address of the client by default, except for IP targets over TCP and TLS.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
function preserves({ Attributes, TargetType, Protocol }: TargetGroup): boolean {
  if (Protocol === "HTTP" || Protocol === "HTTPS") return false;
  const said = Attributes?.find(({ Key }) => Key === "preserve_client_ip.enabled")?.Value;
  if (said !== undefined) return said !== "false";
  return !(TargetType === "ip" && (Protocol === "TCP" || Protocol === "TLS"));
}

/** The network is judged for TCP. */
function datagrams({ Protocol = "", ListenerArn, Port }: Listener): Unknown[] {
  if (!/UDP|QUIC/.test(Protocol)) return [];
  const words = `The listener of port ${Port ?? "?"} takes ${Protocol}, and only TCP is judged.`;
  return [{ words, resource: ListenerArn, action: "elasticloadbalancing:DescribeListeners" }];
}

/** What the load balancers among the targets deliver. */
function chained(
  loadBalancer: LoadBalancer,
  forward: Forward,
  group: TargetGroup,
  account: Account,
  seen: readonly string[],
): Deliveries {
  const { index } = account;
  const before = [...seen, loadBalancer.LoadBalancerArn];
  const found = behindOf(group, index)
    .filter(({ one }) => !before.includes(one.LoadBalancerArn))
    .map(({ one, Port }) => ({ Port, ...deliveriesOf(one, account, before) }));
  return {
    unknowns: found.flatMap(({ unknowns }) => unknowns),
    to: found.flatMap(({ Port, to }) =>
      to
        .filter(({ listener }) => listener.Port === Port || Port === undefined)
        .map((next) => ({
          ...{ loadBalancer, listener: forward.listener, rule: forward.rule, targetGroup: group, share: forward.share },
          ...{ next, interfaces: next.interfaces, passes: next.passes, unknowns: next.unknowns },
          facts: [forwardFact(loadBalancer, forward, group), ...next.facts],
        })),
    ),
  };
}

export function applicationIn({ Targets, VpcId, Port = 0 }: TargetGroup, index: AccountIndex, { application }: Roles) {
  return Targets.flatMap(({ Target }) =>
    (index.interfacesOfTarget.get(Target.Id) ?? index.interfacesOfLoadBalancer.get(Target.Id) ?? [])
      // The same address may exist in other VPCs.
      .filter(
        (one) =>
          application.ids.has(one.NetworkInterfaceId) &&
          (VpcId === undefined || one.VpcId === undefined || one.VpcId === VpcId || Target.AvailabilityZone === "all"),
      )
      .map((one) => ({ one, id: Target.Id, port: Target.Port ?? Port })),
  );
}

function forwardFact({ LoadBalancerName }: LoadBalancer, { listener, rule, share }: Forward, group: TargetGroup): Fact {
  const what = rule === null ? `the listener of port ${listener.Port ?? "?"} → ${group.TargetGroupName}` : rule.words;
  const weight = share === 100 ? "" : `, ${share} % to ${group.TargetGroupName}`;
  return {
    words: `${LoadBalancerName}: ${what}${weight}`,
    resource: rule?.arn ?? listener.ListenerArn,
    action: rule === null ? "elasticloadbalancing:DescribeListeners" : "elasticloadbalancing:DescribeRules",
  };
}

function targetFact({ TargetGroupName, TargetGroupArn }: TargetGroup, targets: readonly { id: string }[]): Fact {
  return {
    words: `The target group ${TargetGroupName} has the application: ${[...new Set(targets.map(({ id }) => id))].join(", ")}`,
    resource: TargetGroupArn,
    action: "elasticloadbalancing:DescribeTargetHealth",
  };
}
