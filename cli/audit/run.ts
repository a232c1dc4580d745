import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accountOf, regionOf, settings } from "../../account/read/access";
import { readAccount, SERVICES } from "../../account/read/read";
import { Progress } from "../../account/read/reader";
import { withPlan } from "../../account/plan/lay";
import { parsePlan, Plan } from "../../account/plan/plan";
import { Digest, digestWith } from "../../account/schema/digest";
import { parseSnapshot, Snapshot } from "../../account/snapshot";
import { parseAcceptances } from "../../audit/accept";
import { AuditError } from "../../audit/error";
import { parseBaseline } from "../../audit/report/document";
import { placeOf, snapshotOf } from "../../audit/place";
import { anchorOf } from "../../audit/report/anchor";
import { page } from "../../audit/report/page";
import { EXIT_CODES, Question, reportOf } from "../../audit/report/report";
import { Anchor, sarif } from "../../audit/report/sarif";
import { tree } from "../../audit/report/tree";
import { parseRoot, Root, rootOfPlan } from "../../audit/routing";
import { network } from "../../model/network/network";
import { version } from "../package";
import { reading } from "../snapshot/reading";
import { knownSalt } from "../snapshot/salt";
import { Options, requiredLocks, rootOfFlags } from "./options";

/** @returns the exit code. Until there is a report, nothing is known. */
export async function run(options: Options): Promise<number> {
  try {
    return await audited(options);
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT_CODES.undetermined;
  }
}

async function audited(options: Options): Promise<number> {
  const locks = requiredLocks(options);
  const acceptances = options.accept === undefined ? [] : parseAcceptances(text(options.accept), options.accept);
  const baseline =
    options.baseline === undefined ? new Set<string>() : parseBaseline(text(options.baseline), options.baseline);
  const plan = options.plan === undefined ? null : parsePlan(text(options.plan), options.plan);
  const roots = rootsOf(options, plan);
  const anchors = anchorsOf(roots, options);
  const read = await accountsOf(roots, options);
  const report = reportOf(
    roots.map((root) => questionOf(root, read, plan)),
    {
      ...{ network, requiredLocks: locks, acceptances, baseline, calls: read.calls },
      ...{ allowCanary: options.allowCanary === true, today: new Date().toISOString().slice(0, 10) },
    },
  );
  if (options.sarif !== undefined)
    writeFileSync(options.sarif, `${JSON.stringify(sarif(report, anchors, version), undefined, 2)}\n`);
  if (options.html !== undefined) writeFileSync(options.html, page(report));
  console.log(options.json ? JSON.stringify(report, undefined, 2) : tree(report));
  return report.exit_code;
}

interface Accounts {
  readonly snapshots: readonly Snapshot[];
  /** With their salt, or null if it is not known. */
  readonly digest: Digest | null;
  /** Of AWS. Null: nobody was asked. */
  readonly calls: number | null;
}

function questionOf(root: Root, { snapshots, digest }: Accounts, plan: Plan | null): Question {
  const snapshot = snapshotOf(root, snapshots);
  if (plan === null) return { root, snapshot };
  const { snapshot: after, ...planned } = withPlan(snapshot, plan, digest);
  return { root, snapshot: after, plan: planned };
}

/** A plan says in its own outputs what will be the node and the application. */
function rootsOf(options: Options, plan: Plan | null): Root[] {
  const flags = rootOfFlags(options);
  const { routing = [] } = options;
  const ofPlan = plan === null || routing.length > 0 || flags !== null ? [] : [rootOfPlan(plan)];
  const roots = [...ofPlan, ...routing.map((file) => parseRoot(text(file), file))];
  if (flags === null && roots.length === 0)
    throw new AuditError(
      'Set --routing to the files that "terraform output -json" wrote, or name the node and the application with --node-… and --application-….',
    );
  // With both, the flags complete what the modules do not know.
  if (flags === null) return roots;
  if (roots.length === 0) return [flags];
  return roots.map(({ name, routings }) => ({ name, routings: [...routings, ...flags.routings] }));
}

/** @throws AuditError if a folder is none of a root configuration */
function anchorsOf(roots: readonly Root[], { root: folders = [] }: Options): ReadonlyMap<string, Anchor> {
  if (folders.length > 0 && folders.length !== roots.length)
    throw new AuditError(
      `--root must have a folder for each file in --routing. Received: ${folders.length} for ${roots.length}.`,
    );
  return new Map(
    folders.map((folder, index) => {
      const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".tf")) : [];
      const anchor = anchorOf(new Map(names.map((name) => [join(folder, name), text(join(folder, name))])));
      if (anchor === null) throw new AuditError(`--root must be folders with .tf files. Received: "${folder}".`);
      return [roots[index]?.name ?? "", anchor];
    }),
  );
}

async function accountsOf(roots: readonly Root[], options: Options): Promise<Accounts> {
  const { snapshot, saltFile, region, profile, roleArn } = options;
  if (snapshot !== undefined) {
    const snapshots = snapshot.map((file) => parseSnapshot(text(file), file));
    return { snapshots, digest: saltFile === undefined ? null : digestWith(knownSalt(saltFile)), calls: null };
  }
  const places = roots.map((root) => placeOf(root).region);
  const named = [...new Set(places.map((place) => place ?? region))];
  // One salt for all: a header that CloudFront sends is compared with what a load balancer in another Region demands.
  const { digest, progress } = reading(saltFile);
  let calls = 0;
  const counted: Progress = (change) => {
    if (change === "started") calls++;
    progress(change);
  };
  const how = { services: SERVICES, focus: null, digest, progress: counted };
  const snapshots = await Promise.all(
    named.map(async (place) => {
      const one = place ?? (await regionOf({ profile }));
      const access = settings(one, { profile, roleArn });
      return readAccount(await accountOf(access), access, how);
    }),
  );
  return { snapshots, digest, calls };
}

function text(path: string): string {
  if (!existsSync(path)) throw new AuditError(`The file "${path}" does not exist.`);
  return readFileSync(path, "utf8");
}
