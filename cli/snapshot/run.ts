import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Access, accountOf, ClientSettings, regionOf, settings } from "../../account/read/access";
import { Account, accountsOfOrganization } from "../../account/read/organization";
import { policyOf } from "../../account/read/permissions";
import { readAccount, SERVICES, unreadable, Wanted } from "../../account/read/read";
import { described } from "../../account/read/reader";
import { Snapshot } from "../../account/snapshot";
import { apply } from "../../files/change";
import { Accounts, Options, Plan, planOf } from "./options";
import { reading, servicesOf } from "./reading";

/** @returns the exit code */
export async function run(options: Options): Promise<number> {
  if (options.policy) {
    console.log(JSON.stringify(policy(options), undefined, 2));
    return 0;
  }
  const plan = planOf(options);
  const { profile, roleArn, saltFile } = options;
  const access = { profile, roleArn };
  const how = { focus: plan.focus, ...reading(saltFile) };
  const regions = plan.regions ?? [await regionOf(access)];
  const unread = plan.accounts
    ? await readAccounts(plan, plan.accounts, access, regions, how)
    : await readOne(plan, access, regions, how);
  if (unread === 0) return 0;
  console.error(`${unread} calls failed. What they would have told is in the list "unread" of the document.`);
  return 2;
}

type HowToRead = Omit<Wanted, "services">;

async function readOne(plan: Plan, access: Access, regions: readonly string[], how: HowToRead): Promise<number> {
  const id = await accountOf(settings(regions[0] ?? "", access));
  let unread = 0;
  for (const [index, region] of regions.entries()) {
    const snapshot = await readAccount(id, settings(region, access), { ...how, services: servicesOf(index) });
    write(regions.length === 1 ? plan.out : join(plan.out, `${id}-${region}.json`), snapshot);
    unread += snapshot.unread.length;
  }
  return unread;
}

/** Several accounts at a time. Each document is written as soon as it is read, and then forgotten. */
async function readAccounts(
  plan: Plan,
  accounts: Accounts,
  access: Access,
  regions: readonly string[],
  how: HowToRead,
): Promise<number> {
  const own = settings(regions[0] ?? "", access);
  await accountOf(own); // before anything is written
  const partition = /^(cn|us-gov)-/.exec(own.region) ? `aws-${own.region.slice(0, own.region.indexOf("-"))}` : "aws";
  const queue = queueOf(accounts, own);
  let unread = 0;
  let written = 0;
  const work = async (): Promise<void> => {
    for await (const account of queue) {
      const roleArn = `arn:${partition}:iam::${account.id}:role/${accounts.roleName}`;
      for (const [index, region] of regions.entries()) {
        const services = servicesOf(index);
        const snapshot = await readMember(account, region, { access, roleArn }, { ...how, services });
        write(join(plan.out, `${account.id}-${region}.json`), snapshot);
        unread += snapshot.unread.length;
        written += 1;
      }
    }
  };
  // Where one fails, the others finish their accounts.
  const ended = await Promise.allSettled(Array.from({ length: accounts.concurrency }, work));
  const failed = ended.find((one) => one.status === "rejected");
  if (failed === undefined) return unread;
  const { message } = failed.reason as Error;
  throw new Error(written > 0 ? `${message} ${plan.out} has only a part of the accounts.` : message);
}

async function readMember(
  { id, state }: Account,
  region: string,
  { access, roleArn }: { access: Access; roleArn: string },
  wanted: Wanted,
): Promise<Snapshot> {
  const reason = { action: "sts:AssumeRole", resource: roleArn };
  if (state !== null) return unreadable(id, region, { ...reason, error: `The account is ${state}.` });
  const member = settings(region, access, roleArn);
  try {
    await member.credentials?.();
  } catch (error) {
    return unreadable(id, region, { ...reason, error: described(error) });
  }
  return readAccount(id, member, wanted);
}

/** One queue for all workers: an async generator waits for one answer at a time, so each account comes once. */
async function* queueOf({ ids }: Accounts, own: ClientSettings): AsyncGenerator<Account> {
  if (ids === "organization") yield* accountsOfOrganization(own);
  else for (const id of ids) yield { id, state: null };
}

function write(path: string, snapshot: Snapshot): void {
  const before = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  apply([{ path, before, after: `${JSON.stringify(snapshot, undefined, 2)}\n` }]);
}

/** With --accounts: also what the caller needs to assume the roles. */
function policy({ accounts, roleName }: Options): object {
  if (accounts === undefined) return policyOf(SERVICES);
  const assume = { Effect: "Allow", Action: "sts:AssumeRole", Resource: `arn:aws:iam::*:role/${roleName ?? "*"}` };
  const list = { Effect: "Allow", Action: "organizations:ListAccounts", Resource: "*" };
  return { Version: "2012-10-17", Statement: accounts === "organization" ? [assume, list] : [assume] };
}
