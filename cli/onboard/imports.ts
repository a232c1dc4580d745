import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accountOf, regionOf, settings } from "../../account/read/access";
import { readAccount } from "../../account/read/read";
import { parseSnapshot, Snapshot } from "../../account/snapshot";
import { apply, summary } from "../../files/change";
import { addressesIn, importsFile, importsOf, IMPORTS_FILE, servicesOf } from "../../onboard/imports/imports";
import { parsePlan, Plan } from "../../onboard/imports/plan";
import { reading } from "../snapshot/reading";
import { Options } from "./options";
import { textOf } from "../input";

/**
 * Writes import blocks for what a plan would create and the account already has.
 * @returns the exit code: 0 written, 2 a part of the account could not be read
 */
export async function writeImports(folder: string, options: Options): Promise<number> {
  if (options.plan === undefined) throw new Error("Set --plan: the output of terraform show -json PLAN.");
  const plan = parsePlan(textOf(options.plan), options.plan);
  const path = join(folder, IMPORTS_FILE);
  const before = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const written = addressesIn(before);
  const account = await snapshotOf(plan, options);
  const found = importsOf(plan, account, written, options.profile);
  const { imports, tainted, leftovers, ownOutboundRules, ambiguous, unknown } = found;

  const after = imports.length === 0 ? undefined : importsFile(imports);
  if (before !== after) {
    apply([{ path, before, after }]);
    console.log(summary({ path, before, after }));
  }
  console.log(`${imports.length} of the objects that the plan would create exist already.`);
  if (imports.some(({ address }) => !written.has(address)))
    console.log("to do: plan, and run this command again. With these IDs, it may find what refers to them.");
  for (const address of tainted) console.log(`to do: terraform untaint '${address}'`);
  const role = options.roleArn === undefined ? "" : `with the role ${options.roleArn}: `;
  for (const { command } of [...leftovers, ...ownOutboundRules]) console.log(`to do: ${role}${command}`);
  for (const { address, ids } of ambiguous) console.log(`to decide: ${address} could be ${ids.join(" or ")}`);
  for (const { address, reason } of unknown) console.log(`not looked for: ${address}. ${reason}`);
  for (const { action, resource, error } of account.unread)
    console.error(`not read: ${action}${resource === null ? "" : ` of ${resource}`}: ${error}`);
  return account.unread.length > 0 ? 2 : 0;
}

/** Reads the services whose objects the plan creates, and no others: the role may have no rights there. */
async function snapshotOf(plan: Plan, { snapshot, profile, roleArn }: Options): Promise<Snapshot> {
  if (snapshot !== undefined) {
    const [file = "", ...others] = snapshot;
    if (others.length > 0) throw new Error("--imports takes one --snapshot: of the account and Region of the plan.");
    return parseSnapshot(textOf(file), file);
  }
  const access = settings(await regionOf({ profile, roleArn }), { profile, roleArn });
  return readAccount(await accountOf(access), access, { services: servicesOf(plan), focus: null, ...reading() });
}
