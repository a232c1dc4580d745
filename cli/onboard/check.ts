import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Snapshot } from "../../account/snapshot";
import { changesOf } from "../../onboard/check";
import { compose } from "../../onboard/compose";
import { MANIFEST_FILE, parseManifest, wantedOf } from "../../onboard/manifest";
import { Target, targetOf } from "./options";

/**
 * Compares accounts with configurations, without state and Terraform.
 * @returns the exit code: 0 equal, 1 different, 2 could not be read
 */
export async function check(
  folders: readonly string[],
  snapshotOf: (target: Target) => Promise<Snapshot>,
): Promise<number> {
  let exitCode = 0;
  for (const folder of folders) {
    try {
      const changes = await changesIn(folder, snapshotOf);
      for (const change of changes) console.log(folders.length === 1 ? change : `${folder}: ${change}`);
      if (changes.length > 0) exitCode = Math.max(exitCode, 1);
    } catch (error) {
      console.error(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
      exitCode = 2;
    }
  }
  return exitCode;
}

async function changesIn(folder: string, snapshotOf: (target: Target) => Promise<Snapshot>): Promise<string[]> {
  const path = join(folder, MANIFEST_FILE);
  const manifest = parseManifest(readFileSync(path, "utf8"), path);
  const target = targetOf(manifest.scenario, manifest.arguments.id);
  const snapshot = await snapshotOf({ ...target, region: manifest.region, accountId: manifest.account_id });
  return changesOf(manifest, compose(manifest.scenario, snapshot, wantedOf(manifest)).entries);
}
