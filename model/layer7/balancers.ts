/** Ways to the application through load balancers. */
import { Unknown } from "../fact";
import { Lock } from "../network/ways";
import { LoadBalancer, valuesOf } from "../rules";
import { unreadOf } from "../unread";
import { Step, Witness } from "../witness";
import { Caller } from "./caller";
import { callersOf } from "./callers";
import { Account, Deliveries, Delivery, deliveriesOf } from "./deliveries";
import { overlap } from "./rule-order";

export interface Layer7 {
  readonly witnesses: readonly Witness[];
  /** Why there may be more. */
  readonly unknowns: readonly Unknown[];
  /** Forwards to the application that somebody else than the node can use, whatever the network says. */
  readonly open: readonly Delivery[];
  /** Why layer 7 may not hold by itself, although the network does. */
  readonly lockUnknowns?: readonly Unknown[];
}

/** @param securityGroups what the application's groups admit, for load balancers that keep the client's address */
export function throughLoadBalancers(
  account: Account,
  deliveries: ReadonlyMap<string, Deliveries>,
  securityGroups: Lock,
): Layer7 {
  const witnesses: Witness[] = [];
  const unknowns = unreadOf(account.snapshot, "elasticloadbalancing:DescribeLoadBalancers");
  const open: Delivery[] = [];
  for (const { to, unknowns: more } of deliveries.values()) {
    unknowns.push(...more);
    for (const delivery of to) {
      if (!account.index.interfacesOfLoadBalancer.has(delivery.loadBalancer.LoadBalancerArn))
        unknowns.push(withoutInterface(delivery.loadBalancer));
      const { callers, unknowns: aboutCallers } = callersOf(
        delivery.loadBalancer,
        delivery.listener.Port ?? 0,
        account,
      );
      unknowns.push(...aboutCallers);
      const some = distinct(callers.filter((one) => mayUse(one, delivery)).sort(byWeight));
      if (some.length > 0) open.push(delivery);
      for (const caller of some) {
        const passes = passing(delivery, caller, securityGroups, account);
        if (passes !== "closed") witnesses.push(witnessOf(delivery, caller, passes === "open", account));
      }
    }
  }
  return { witnesses, unknowns, open };
}

function withoutInterface({ LoadBalancerName, LoadBalancerArn }: LoadBalancer): Unknown {
  const words = `The load balancer ${LoadBalancerName} delivers to the application, and none of its interfaces is in the snapshot: who reaches it is unknown.`;
  return { words, resource: LoadBalancerArn, action: "ec2:DescribeNetworkInterfaces" };
}

/** Every load balancer, by its ARN. */
export function allDeliveries(account: Account): ReadonlyMap<string, Deliveries> {
  const loadBalancers = account.snapshot.elastic_load_balancing?.LoadBalancers ?? [];
  return new Map(loadBalancers.map((one) => [one.LoadBalancerArn, deliveriesOf(one, account)]));
}

/** A rule may demand addresses. */
function mayUse({ addresses }: Caller, { rule }: Delivery): boolean {
  const demanded = (rule?.conditions ?? []).filter(({ Field }) => Field === "source-ip");
  if (addresses.length === 0) return true;
  return demanded.every((condition) =>
    valuesOf(condition).some((block) => addresses.some((one) => overlap(one, block))),
  );
}

/** What is certain first, and the internet first of all. */
function byWeight(a: Caller, b: Caller): number {
  const weight = ({ certain, kind }: Caller) => (certain ? 0 : 2) + (kind === "internet" ? 0 : 1);
  return weight(a) - weight(b);
}

/**
 * Each of them: who accepts one accepts no other. It reaches the load balancer through several interfaces or rules. What is open
 * to the internet is open to the inside of the VPC, too, which tells nothing new.
 */
function distinct(callers: readonly Caller[]): Caller[] {
  const found = new Map<string, Caller>();
  const isOpen = callers.some(({ kind, certain }) => certain && kind === "internet");
  for (const caller of callers) {
    if (isOpen && (caller.kind === "interface" || caller.kind === "vpc")) continue;
    const key = `${caller.kind} ${caller.resource ?? ""}`;
    if (!found.has(key)) found.set(key, caller);
  }
  return [...found.values()];
}

export function passing({ passes }: Delivery, caller: Caller, securityGroups: Lock, { snapshot }: Account) {
  if (passes !== "as the client") return passes;
  if (securityGroups.state !== "open") return securityGroups.state;
  const admitted = new Set(securityGroups.facts.map(({ resource }) => resource));
  const admitsAll = (snapshot.ec2?.SecurityGroupRules ?? []).some(
    ({ SecurityGroupRuleId, CidrIpv4 }) => admitted.has(SecurityGroupRuleId) && CidrIpv4 === "0.0.0.0/0",
  );
  return admitsAll && caller.kind === "internet" ? "open" : "unknown";
}

function witnessOf(delivery: Delivery, caller: Caller, passes: boolean, account: Account): Witness {
  const chain = chainOf(delivery);
  const unknowns = [...caller.unknowns, ...delivery.unknowns];
  return {
    via: { kind: "load balancer", delivery, caller },
    steps: [{ place: "source", words: caller.words, facts: caller.facts }, ...stepsOf(delivery)],
    certain: passes && caller.certain,
    unknowns,
    intended: intention(delivery, account),
    resources: [
      ...chain.flatMap(({ rule, listener, loadBalancer, targetGroup }) => [
        ...[rule?.arn, listener.ListenerArn, targetGroup.TargetGroupArn, loadBalancer.LoadBalancerArn],
      ]),
      ...(caller.resource === null ? [] : [caller.resource]),
    ].filter((one) => one !== undefined),
  };
}

export function chainOf(delivery: Delivery): Delivery[] {
  return [delivery, ...(delivery.next === null ? [] : chainOf(delivery.next))];
}

/** From the first load balancer to the application. */
export function stepsOf(delivery: Delivery): Step[] {
  const chain = chainOf(delivery);
  const last = chain[chain.length - 1] ?? delivery;
  const interfaces = last.interfaces.map((one) => one.NetworkInterfaceId);
  return [
    ...chain.map(({ loadBalancer, facts }) => ({
      place: "load balancer" as const,
      words: loadBalancer.LoadBalancerName,
      facts: facts.slice(0, 1),
    })),
    { place: "application", words: [...new Set(interfaces)].join(", "), facts: last.facts.slice(1) },
  ];
}

/** The module's own weight, as the entry point of a rule or listener says. */
export function intention(delivery: Delivery, { roles }: Account): string | null {
  const entryPoint = roles.entryPoints.find(
    ({ fields, percent }) =>
      percent < 100 &&
      (fields.listener_rule_arn === null
        ? fields.listener_arn === delivery.listener.ListenerArn && delivery.rule === null
        : fields.listener_rule_arn === delivery.rule?.arn),
  );
  return entryPoint === undefined ? null : `by node_traffic_percent = ${entryPoint.percent}`;
}
