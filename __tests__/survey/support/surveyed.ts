import type { Snapshot } from "../../../account/snapshot";
import { network } from "../../../model/network/network";
import type { Row } from "../../../onboard/survey/document";
import { type Asked, surveyOf } from "../../../onboard/survey/survey";

export const NO_NODE: Asked["nodes"] = { targets: null, listener: null, domainName: null };

/** Without a node, and with nothing applied. */
export const surveyed = (snapshots: readonly Snapshot[], asked: Partial<Asked> = {}) =>
  surveyOf(snapshots, { nodes: NO_NODE, roots: [], network, ...asked });

export function rowOf(rows: readonly Row[], application: string, account?: string): Row {
  const found = rows.filter((row) => row.application === application && (account ?? row.account_id) === row.account_id);
  const [row, ...others] = found;
  if (row === undefined || others.length > 0) throw new Error(`${found.length} rows are of ${application}.`);
  return row;
}
