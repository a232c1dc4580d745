import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { addressesIn, importsFile, importsOf, IMPORTS_FILE, servicesOf } from "../../onboard/imports/imports";
import { parsePlan } from "../../onboard/imports/plan";
import { connection } from "../apply/harness/local-server";
import type { Outcome, Root } from "./terraform";
import { viewOf } from "./view";

/** What is known only after an import, such as the group of a rule, is found in the next round. */
const ROUNDS = 3;

/** Of an object that is gone, whose replacement has a precondition: https://github.com/hashicorp/terraform/issues/38586 */
const CRASH = "panic: duplicate status report";

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
    const hasCrashed = outcome?.output.includes(CRASH) ?? false;
    if (hasCrashed) await root.refresh();
    const plan = parsePlan(await root.planInJson(), "the plan");
    const written = addressesIn(await root.read(IMPORTS_FILE).catch(() => undefined));
    const account = await viewOf(endpoint, servicesOf(plan));
    const { imports, tainted, leftovers, ownOutboundRules } = importsOf(plan, account, written);
    // What an earlier round imported is no longer among the imports.
    const isNew =
      hasCrashed || tainted.length > 0 || [...imports, ...leftovers].some(({ address }) => !written.has(address));
    if (outcome !== undefined && !isNew) break;
    isNeeded ||= isNew;
    if (imports.length > 0) await root.write(IMPORTS_FILE, importsFile(imports));
    for (const { type, id } of leftovers) {
      if (type !== "aws_lb_target_group") throw new Error(`No scenario has a ${type} that is left over.`);
      await new ElasticLoadBalancingV2(connection(endpoint)).deleteTargetGroup({ TargetGroupArn: id });
    }
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
