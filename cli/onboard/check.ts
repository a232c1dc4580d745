import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Snapshot } from "../../account/snapshot";
import { parseRoot } from "../../audit/routing";
import { Routing } from "../../contract/routing";
import { notApplied } from "../../onboard/applied";
import { changesOf } from "../../onboard/check";
import { compose } from "../../onboard/compose";
import { Manifest, MANIFEST_FILE, parseManifest, wantedOf } from "../../onboard/manifest";
import { columns } from "../../text/columns";
import { Target, targetOf } from "./options";
import { textOf } from "../input";

/**
 * @param files of "terraform output -json"
 * @returns the output `routing` of each, by the name of its resources
 */
export function routingsOf(files: readonly string[]): ReadonlyMap<string, Routing> {
  const all = files.flatMap((file) => parseRoot(textOf(file), file).routings);
  return new Map(all.map((routing) => [routing.name, routing]));
}

/**
 * Compares accounts with configurations, without state and Terraform.
 * @param routings what is applied, or null if nobody asks
 * @returns the exit code: 0 equal, 1 different, 2 could not be read
 */
export async function check(
  folders: readonly string[],
  routings: ReadonlyMap<string, Routing> | null,
  snapshotOf: (target: Target) => Promise<Snapshot>,
): Promise<number> {
  const results: Result[] = [];
  for (const folder of folders) results.push(await resultOf(folder, routings, snapshotOf));
  if (folders.length > 1) console.log(`${table(results)}\n`);
  for (const { folder, changes, error } of results) {
    for (const change of changes) console.log(folders.length === 1 ? change : `${folder}: ${change}`);
    if (error !== null) console.error(`${folder}: ${error}`);
  }
  if (results.some(({ error }) => error !== null)) return 2;
  return results.some(({ changes }) => changes.length > 0) ? 1 : 0;
}

interface Result {
  readonly folder: string;
  readonly changes: readonly string[];
  /** Null: it was compared. */
  readonly error: string | null;
}

function table(results: readonly Result[]): string {
  const words = ({ changes, error }: Result) =>
    error !== null ? "not compared" : changes.length === 0 ? "equal" : `${changes.length} changed`;
  return columns([["Result", "Root"], ...results.map((result) => [words(result), result.folder])]).join("\n");
}

async function resultOf(
  folder: string,
  routings: ReadonlyMap<string, Routing> | null,
  snapshotOf: (target: Target) => Promise<Snapshot>,
): Promise<Result> {
  try {
    return { folder, changes: await changesIn(folder, routings, snapshotOf), error: null };
  } catch (error) {
    return { folder, changes: [], error: error instanceof Error ? error.message : String(error) };
  }
}

async function changesIn(
  folder: string,
  routings: ReadonlyMap<string, Routing> | null,
  snapshotOf: (target: Target) => Promise<Snapshot>,
): Promise<string[]> {
  const path = join(folder, MANIFEST_FILE);
  const manifest = parseManifest(readFileSync(path, "utf8"), path);
  const target = targetOf(manifest.scenario, manifest.arguments.id);
  const snapshot = await snapshotOf({ ...target, region: manifest.region, accountId: manifest.account_id });
  const changes = changesOf(manifest, compose(manifest.scenario, snapshot, wantedOf(manifest)).entries);
  return routings === null ? changes : [...changes, ...notApplied(manifest, routingOf(manifest, routings))];
}

/** @throws Error if it is not there: what is not known is not applied */
function routingOf({ arguments: { name } }: Manifest, routings: ReadonlyMap<string, Routing>): Routing {
  const found = routings.get(name);
  if (found) return found;
  throw new Error(`No file in --routing has the output of ${name}. Apply, and write it with "terraform output -json".`);
}
