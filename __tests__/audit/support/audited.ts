import { SNAPSHOT } from "../../../account/snapshot";
import { reportOf, type Settings } from "../../../audit/report/report";
import { network } from "../../../model/network/network";
import { type Operation, patched } from "./patch";
import { routings, secureSnapshot } from "./secure";

const SETTINGS: Settings = {
  ...{ network, requiredLocks: [], acceptances: [], baseline: new Set(), allowCanary: false, today: "2026-11-27" },
};

/** The report on the secure account with changes. */
export function audited(
  operations: readonly Operation[],
  change: Parameters<typeof routings>[0] = {},
  documents = routings(change),
) {
  const snapshot = SNAPSHOT.parse(patched(secureSnapshot(), operations));
  const report = (settings: Partial<Settings> = {}) => {
    const question = { root: { name: "shop", routings: documents }, snapshot };
    const result = reportOf([question], { ...SETTINGS, ...settings });
    const [root] = result.roots;
    if (root === undefined) throw new Error("The report has no root.");
    return { ...root, exit_code: result.exit_code, problems: result.problems, acceptances: result.acceptances };
  };
  return { ...report(), report };
}
