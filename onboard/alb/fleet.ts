/** A new node behind an Application Load Balancer, and where it sends the requests. */
import { Snapshot } from "../../account/snapshot";
import { LoadBalancer } from "../../model/rules";
import { Backend, backendOf, Front } from "../backend/backend";
import { Composition, Output, Variable, Wanted } from "../composition";
import { ALARM_ACTIONS, ALARMS, FLEET_VARIABLES, fleetCalls } from "../fleet/fleet";
import { Fields, reference } from "../hcl";
import { idleTimeout, subnetCidrs } from "../load-balancer";
import { Routes } from "./routes";

export interface AlbFleet {
  readonly calls: NonNullable<Composition["calls"]>;
  readonly files: Composition["files"];
  readonly variables: readonly Variable[];
  readonly outputs: readonly Output[];
  /** Null: the application has an address of its own. */
  readonly backend: Backend | null;
}

/** @param address of the application, for node-config */
export function albFleet(snapshot: Snapshot, wanted: Wanted, front: Front, address: Fields | null): AlbFleet {
  const { vpcId, loadBalancer, routes, node } = front;
  const backend = address === null ? backendOf(snapshot, front) : null;
  const calls = fleetCalls(snapshot, wanted, node, {
    ...{ vpcId, backend: address ?? reference("module.backend.backend") },
    entryPoints: [loadBalancer.DNSName ?? ""],
    config: { trusted_proxies: { cidrs: subnetCidrs(loadBalancer, snapshot) }, ...limits(loadBalancer) },
    fleet: hasRequests(routes) ? SCALING : {},
  });
  return {
    calls: { "node.tf": calls, ...(backend && { "backend.tf": [backend.call] }) },
    files: backend ? { "backend.tf": backend.text } : {},
    variables: [...FLEET_VARIABLES, ALARM_ACTIONS, ...(backend?.variables ?? [])],
    outputs: backend?.outputs ?? [],
    backend,
  };
}

function limits(loadBalancer: LoadBalancer): Fields {
  const seconds = idleTimeout(loadBalancer);
  // The module accepts no shorter time.
  return seconds === 60 ? {} : { limits: { entry_point_timeout: Math.max(10, seconds) } };
}

/** The load balancer counts requests for the node only with a route, which the answer to a question can take away. */
function hasRequests({ covered }: Routes): boolean {
  return covered.some(({ question }) => question === null);
}

const SCALING: Fields = {
  scaling: { requests_per_target: 1000, request_count_label: reference("module.wallarm_routing.request_count_label") },
  ...ALARMS,
};
