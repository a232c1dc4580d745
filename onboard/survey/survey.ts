/** A row for each entry point of the accounts, in the order of a rollout. */
import { createHash } from "node:crypto";
import { Snapshot } from "../../account/snapshot";
import { indexOf } from "../../model/account-index";
import { NetworkModel } from "../../model/network/ways";
import { resourceName } from "../name";
import { Applied, AppliedRoot, appliedOf } from "./applied";
import { Row, State, STATES, Survey, VERSION } from "./document";
import { EntryPoint, entryPointsOf, unlistedIn } from "./entry-points";
import { roleOf } from "./load-balancers";
import { NamedNodes, nodesIn } from "./nodes";
import { Context, rowOf } from "./row";

export interface Asked {
  readonly nodes: NamedNodes;
  /** What is applied already. */
  readonly roots: readonly AppliedRoot[];
  readonly network: NetworkModel;
}

/** @throws Error if two documents are of the same account and Region */
export function surveyOf(snapshots: readonly Snapshot[], { nodes, roots, network }: Asked): Survey {
  refuseTwice(snapshots);
  const entryPoints = entryPointsOf(snapshots);
  const names = namesOf(entryPoints);
  const applied = appliedOf(roots, network);
  const context = { nodes, applied, roles: rolesIn(snapshots, nodes, applied) };
  const rows = entryPoints.map((entryPoint) => rowOf(entryPoint, names.get(entryPoint) ?? "", context));
  return {
    schema_version: VERSION,
    documents: snapshots.map(({ account_id, region, read_at }) => ({ account_id, region, read_at })),
    rows: rows.map((row) => inOneWave(row, rows)).sort(inOrder),
    unlisted: unlistedIn(snapshots),
  };
}

function refuseTwice(snapshots: readonly Snapshot[]): void {
  const places = snapshots.map(({ account_id, region }) => `${account_id} ${region}`);
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined)
    throw new Error(`Several snapshots are of the account and Region ${twice}. Name only the newest with --snapshot.`);
}

/** Two applications of an account and Region have different names, whose beginnings may be equal. */
function namesOf(entryPoints: readonly EntryPoint[]): ReadonlyMap<EntryPoint, string> {
  const place = ({ accountId, snapshots: [{ region }], base }: EntryPoint) =>
    `${accountId} ${region} ${resourceName(base)}`;
  const places = entryPoints.map(place);
  return new Map(
    entryPoints.map((one) => {
      const isTaken = places.filter((other) => other === place(one)).length > 1;
      const hash = createHash("sha256").update(one.id).digest("hex").slice(0, 6);
      return [one, resourceName(isTaken ? `${one.base.slice(0, 8)}-${hash}` : one.base)];
    }),
  );
}

function rolesIn(snapshots: readonly Snapshot[], nodes: NamedNodes, applied: readonly Applied[]): Context["roles"] {
  return new Map(
    snapshots.flatMap((snapshot) => {
      const index = indexOf(snapshot);
      const here = applied.filter((one) => one.accountId === snapshot.account_id && one.region === snapshot.region);
      const routings = here.map(({ routing }) => routing);
      const known = nodesIn(snapshot, index, nodes, routings);
      return (snapshot.elastic_load_balancing?.LoadBalancers ?? []).flatMap((one) => {
        const role = roleOf(one, snapshot, index, known);
        return role === null ? [] : [[one.LoadBalancerArn, role] as const];
      });
    }),
  );
}

const POSSIBLE: readonly State[] = ["ready", "owner-first", "behind-the-node"];

/** An application with two entry points, one behind the other, is rolled out once: at the load balancer. */
function inOneWave(row: Row, rows: readonly Row[]): Row {
  const leads_to = row.leads_to.filter((arn) => rows.some(({ id, state }) => id === arn && POSSIBLE.includes(state)));
  return { ...row, leads_to, wave: leads_to.length > 0 ? null : row.wave };
}

function inOrder(a: Row, b: Row): number {
  const place = (row: Row) => (row.wave ?? 4) * STATES.length + STATES.indexOf(row.state);
  const name = ({ account_id, region, application, id }: Row) => [account_id, region, application, id].join(" ");
  return place(a) - place(b) || name(a).localeCompare(name(b));
}
