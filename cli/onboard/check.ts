import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Snapshot } from "../../account/snapshot";
import { changesOf } from "../../onboard/check";
import { compose } from "../../onboard/composition";
import { MANIFEST_FILE, parseManifest, remembered } from "../../onboard/manifest";
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
  const { load_balancer_arn, name, mirror, node_autoscaling_group, node_instances } = manifest.arguments;
  const snapshot = await snapshotOf(targetOf(manifest.scenario, load_balancer_arn));
  const { rules } = compose(snapshot, {
    loadBalancerArn: load_balancer_arn,
    ...{ name, mirror, remembered: remembered(manifest) },
    node:
      node_autoscaling_group === null ? { instances: node_instances } : { autoScalingGroup: node_autoscaling_group },
  });
  return changesOf(manifest, rules);
}
