import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  addressesIn,
  type Import,
  importsFile,
  importsOf,
  IMPORTS_FILE,
  servicesOf,
} from "../../onboard/imports/imports";
import { parsePlan, type Plan } from "../../onboard/imports/plan";
import { environment, region } from "../apply/harness/environment";
import { errorsOf, type Outcome, type Root } from "./terraform";
import { ACCOUNT, viewOf } from "./view";

/** What a message of an apply says is done before the next one. */
const ROUNDS = 3;

const execute = promisify(execFile);

/** Of an object that is gone, whose replacement has a precondition: https://github.com/hashicorp/terraform/issues/38586 */
const CRASH = "panic: duplicate status report";

export interface Recovery {
  readonly outcome: Outcome;
  /** Whether an apply alone would not have done. */
  readonly isNeeded: boolean;
}

/** What docs/recovery.md says: imports what the account has and the state has not, runs the printed commands, and applies. */
export async function recover(root: Root, endpoint: string): Promise<Recovery> {
  let isNeeded = false;
  let outcome: Outcome | undefined;
  for (let round = 0; round < ROUNDS && outcome?.code !== 0; round++) {
    const hasCrashed = outcome?.output.includes(CRASH) ?? false;
    if (hasCrashed) await root.refresh();
    const taken = await takenNames(outcome, endpoint);
    for (const { address, id } of taken) await root.import(address, id);
    const replace = NO_LONGER_REPLACED.exec(errorsOf(outcome?.output ?? ""))?.[1];
    const { tainted, commands, hasChanged } = await findAll(root, endpoint, replace);
    const isNew = hasCrashed || replace !== undefined || taken.length > 0 || hasChanged;
    if (outcome !== undefined && !isNew) break;
    isNeeded ||= isNew;
    for (const command of commands) await run(command, endpoint);
    for (const address of tainted) await root.untaint(address);
    outcome = await root.apply(false, { replace });
  }
  await root.remove(IMPORTS_FILE);
  if (outcome === undefined) throw new Error("There was no apply.");
  return { outcome, isNeeded };
}

/** What `onboard --imports` says when it finds no more. */
interface Found {
  readonly tainted: readonly string[];
  readonly commands: readonly string[];
  /** Whether anything is to be imported, untainted, or deleted that was not before. */
  readonly hasChanged: boolean;
}

/** Writes import blocks. What refers to an object is found when a plan knows its ID, by the block of the last time. */
async function findAll(root: Root, endpoint: string, replace: string | undefined): Promise<Found> {
  const { plan, isUntainted } = await planned(root, replace);
  const written = addressesIn(await root.read(IMPORTS_FILE).catch(() => undefined));
  const account = await viewOf(endpoint, servicesOf(plan));
  const { imports, tainted, leftovers, ownOutboundRules } = importsOf(plan, account, written);
  // What was found before is no longer among what is created.
  if (imports.some(({ address }) => !written.has(address))) {
    await root.write(IMPORTS_FILE, importsFile(imports));
    return { ...(await findAll(root, endpoint, replace)), hasChanged: true };
  }
  const commands = [...leftovers, ...ownOutboundRules].map(({ command }) => command);
  return { tainted, commands, hasChanged: isUntainted || tainted.length > 0 || leftovers.length > 0 };
}

/** @returns what a command of the AWS CLI prints */
async function run(command: string, endpoint: string): Promise<string> {
  return (await execute("sh", ["-c", command], { env: environment(endpoint) })).stdout.trim();
}

/** There is no plan while a resource is tainted that the module never destroys. */
async function planned(
  root: Root,
  replace: string | undefined,
): Promise<{ readonly plan: Plan; readonly isUntainted: boolean }> {
  const plan = async () => parsePlan(await root.planInJson(false, { replace }), "the plan");
  try {
    return { plan: await plan(), isUntainted: false };
  } catch (error) {
    const [, address] = NEVER_DESTROYED.exec(String(error)) ?? [];
    if (address === undefined) throw error;
    await root.untaint(address);
    return { plan: await plan(), isUntainted: true };
  }
}

/** A VPC origin whose replacement failed, before or after AWS created the new one: a later plan changes the old one in place. */
const NO_LONGER_REPLACED =
  /^Error: updating .* with (\S+),.*UpdateVpcOrigin.*(?:CannotUpdateEntityWhileInUse|EntityAlreadyExists)/m;

const NEVER_DESTROYED = /Resource (\S+) has lifecycle\.prevent_destroy set/;

/** What exists under a name that an apply wanted, in services that onboard --imports does not read. */
async function takenNames(outcome: Outcome | undefined, endpoint: string): Promise<Import[]> {
  const errors = errorsOf(outcome?.output ?? "").matchAll(TAKEN);
  const found = [...errors].map(async ([, kind = "", name = "", address = ""]) => {
    const id = await IMPORT_ID[kind]?.(name, endpoint);
    return id === undefined ? [] : [{ address, id }];
  });
  return (await Promise.all(found)).flat();
}

const TAKEN = /^Error: creating ([^(]+) \(([^)]+)\).*AlreadyExists.* with (\S+),/gm;

/** By what the provider calls an object, and its name or, of a flow log, the ID of the subnet. */
const IMPORT_ID: Readonly<Record<string, (name: string, endpoint: string) => string | Promise<string>>> = {
  "CloudTrail Trail": (name) => `arn:aws:cloudtrail:${region}:${ACCOUNT}:trail/${name}`,
  "KMS Alias": (name) => name,
  "Flow Log": (subnetId, endpoint) =>
    run(
      `aws ec2 describe-flow-logs --filter Name=resource-id,Values=${subnetId} --query 'FlowLogs[].FlowLogId' --output text`,
      endpoint,
    ),
};
