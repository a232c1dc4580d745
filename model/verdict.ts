/** Whether there is a way to the application that does not pass the node. The model alone judges. */
import { Snapshot } from "../account/snapshot";
import { Routing } from "../contract/routing";
import { indexOf } from "./account-index";
import { Fact, Unknown } from "./fact";
import { throughApis } from "./layer7/apis";
import { allDeliveries, Layer7, throughLoadBalancers } from "./layer7/balancers";
import { throughCloudFront } from "./layer7/cloudfront";
import { Account, Deliveries } from "./layer7/deliveries";
import { aroundTheEntryPoint } from "./layer7/entry";
import { Lock, LockState, NetworkModel, NetworkWay } from "./network/ways";
import { Roles, rolesOf } from "./roles";
import { Witness } from "./witness";

export type Verdict = "proven" | "bypass" | "undetermined";

/** What keeps requests away from the application by itself, whatever the others do. */
export const LOCKS = ["security_group", "network_acl", "route", "layer_7"] as const;
export type LockName = (typeof LOCKS)[number];

export interface Judgement {
  readonly verdict: Verdict;
  readonly witnesses: readonly Witness[];
  readonly locks: Readonly<Record<LockName, Lock>>;
  /** What leaves the verdict open, apart from the unknowns of witnesses. */
  readonly unknowns: readonly Unknown[];
  readonly assumptions: readonly string[];
}

/**
 * @param routings outputs of the modules of one root configuration
 * @param acceptedRules IDs of rules of security groups that the owner accepts
 */
export function judge(
  snapshot: Snapshot,
  routings: readonly Routing[],
  network: NetworkModel,
  acceptedRules: ReadonlySet<string> = new Set(),
): Judgement {
  const index = indexOf(snapshot);
  const roles = rolesOf(routings, snapshot, index);
  const account: Account = { snapshot, index, roles, network, callers: new Map() };
  const { interfaces, ports } = roles.application;
  const found = network.networkOf(
    withoutRules(snapshot, new Set([...roles.accepted.securityGroupRuleIds, ...acceptedRules])),
    { application: interfaces, ports, node: roles.node.interfaces },
  );
  const deliveries = allDeliveries(account);
  const balancers = throughLoadBalancers(account, deliveries, found.locks.security_group);
  const edges = [throughCloudFront, throughApis].map((through) =>
    through(account, deliveries, found.locks.security_group),
  );
  const gaps = aroundTheEntryPoint(account);
  const layers = [balancers, ...edges, gaps];
  const witnesses = [
    ...found.ways.flatMap((way) => overTheNetwork(way, account)),
    ...layers.flatMap((layer) => layer.witnesses),
  ].filter((witness) => !isAccepted(witness, roles));
  const unknowns = distinct([...roles.unknowns, ...found.unknowns, ...layers.flatMap((layer) => layer.unknowns)]);
  return {
    verdict: verdictOf(witnesses, unknowns),
    witnesses,
    locks: { ...found.locks, layer_7: layer7Lock(layers, deliveries) },
    unknowns,
    assumptions: [...ASSUMPTIONS, ...roles.assumptions],
  };
}

/** What no snapshot says. */
const ASSUMPTIONS = [
  "No other AWS account has a way to the application, except over what this account says of it.",
  "AWS Global Accelerator, VPC Lattice, and DNS names were not read.",
  "The node itself inspects requests (wallarm_mode), and forwards only to the application.",
  "Outbound rules of the node and of load balancers may be changed by their owners at any time.",
];

export function verdictOf(witnesses: readonly Pick<Witness, "certain">[], unknowns: readonly Unknown[]): Verdict {
  if (witnesses.some(({ certain }) => certain)) return "bypass";
  return witnesses.length > 0 || unknowns.length > 0 ? "undetermined" : "proven";
}

/**
 * A load balancer sends what its rules say, which layer 7 judges. A target of the application that calls another one passes
 * no client on.
 */
function overTheNetwork(way: NetworkWay, { index, roles }: Account): Witness[] {
  const { source, destination, facts, unknowns } = way;
  const from = source.resource ?? "";
  if (index.loadBalancerOfInterface.has(from)) return [];
  if (roles.application.targetIds.has(from)) return [];
  const rules = facts.filter(({ action }) => action === RULES).map(({ resource }) => resource);
  return [
    {
      via: { kind: "network", way },
      steps: [
        { place: "source", words: source.words, facts: [] },
        { place: "application", words: destination.NetworkInterfaceId, facts },
      ],
      certain: way.certain && !roles.node.doubtful.has(from),
      unknowns: [...unknowns, ...(roles.node.doubtful.has(from) ? [DOUBTFUL] : [])],
      intended: null,
      resources: [...rules.reverse(), from, destination.NetworkInterfaceId].filter((one) => one !== ""),
    },
  ];
}

const RULES = "ec2:DescribeSecurityGroupRules";

const DOUBTFUL: Unknown = {
  words:
    "Several interfaces have the node's security group, and no module says which are the node. Set --node-autoscaling-group or --node-instances.",
  resource: null,
  action: null,
};

/**
 * An accepted rule may not hide another one that admits the same. What load balancers deliver is judged with all rules: who
 * accepts a rule for their health checks accepts no forward.
 */
function withoutRules(snapshot: Snapshot, ids: ReadonlySet<string>): Snapshot {
  const { ec2 } = snapshot;
  if (ec2 === null || ids.size === 0) return snapshot;
  const SecurityGroupRules = ec2.SecurityGroupRules.filter((rule) => !ids.has(rule.SecurityGroupRuleId));
  return { ...snapshot, ec2: { ...ec2, SecurityGroupRules } };
}

/** In the modules' own arguments. */
function isAccepted({ via }: Witness, { accepted }: Roles): boolean {
  return via.kind === "edge" && via.edge.kind === "api" && accepted.routes.has(via.edge.route);
}

/** Layer 7 alone holds if nothing forwards to the application but the node. */
function layer7Lock(layers: readonly Layer7[], deliveries: ReadonlyMap<string, Deliveries>): Lock {
  const open = layers.flatMap((layer) => layer.open);
  const unknowns = [
    ...[...deliveries.values()].flatMap((one) => one.unknowns),
    ...layers.flatMap((layer) => layer.lockUnknowns ?? []),
  ];
  const facts: Fact[] = distinct(open.flatMap((delivery) => delivery.facts.slice(0, 1)));
  const state: LockState = open.length > 0 ? "open" : unknowns.length > 0 ? "unknown" : "closed";
  return { state, facts, unknowns };
}

function distinct<Item extends Fact | Unknown>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
