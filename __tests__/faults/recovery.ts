import { EC2 } from "@aws-sdk/client-ec2";
import { addressesIn, importsFile, importsOf, IMPORTS_FILE, servicesOf } from "../../onboard/imports/imports";
import { parsePlan } from "../../onboard/imports/plan";
import { connection } from "../apply/harness/local-server";
import type { Outcome, Root } from "./terraform";
import { viewOf } from "./view";

/** What is known only after an import, such as the group of a rule, is found in the next round. */
const ROUNDS = 3;

export interface Recovery {
  readonly outcome: Outcome;
  /** Whether an apply alone would not have done. */
  readonly isNeeded: boolean;
}

/** What docs/recovery.md says: imports what the account has and the state has not, untaints what was created, and applies. */
export async function recover(root: Root, endpoint: string): Promise<Recovery> {
  let isNeeded = false;
  let outcome: Outcome | undefined;
  for (let round = 0; round < ROUNDS && outcome?.code !== 0; round++) {
    const plan = parsePlan(await root.planInJson(), "the plan");
    const written = addressesIn(await root.read(IMPORTS_FILE).catch(() => undefined));
    const { imports, tainted, ownOutboundRules } = importsOf(plan, await viewOf(endpoint, servicesOf(plan)), written);
    // What an earlier round imported is no longer among the imports.
    const isNew = imports.some(({ address }) => !written.has(address)) || tainted.length > 0;
    if (outcome !== undefined && !isNew) break;
    isNeeded ||= isNew;
    if (imports.length > 0) await root.write(IMPORTS_FILE, importsFile(imports));
    for (const { groupId, ruleId } of ownOutboundRules)
      await new EC2(connection(endpoint)).revokeSecurityGroupEgress({
        GroupId: groupId,
        SecurityGroupRuleIds: [ruleId],
      });
    for (const address of tainted) await root.untaint(address);
    outcome = await root.apply(false);
  }
  await root.remove(IMPORTS_FILE);
  if (outcome === undefined) throw new Error("There was no apply.");
  return { outcome, isNeeded };
}
