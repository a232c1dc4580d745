import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accountOf, settings } from "../../account/read/access";
import { readAccount, Service } from "../../account/read/read";
import { parseSnapshot, Snapshot } from "../../account/snapshot";
import { apply, Change, difference, summary } from "../../files/change";
import { compose } from "../../onboard/composition";
import { configuration, questionsOf } from "../../onboard/configuration";
import { Manifest, MANIFEST_FILE, manifestOf, parseManifest, remembered } from "../../onboard/manifest";
import { owners } from "../../onboard/owners";
import { sha256 } from "../checksum";
import { reading } from "../snapshot/reading";
import { update } from "../vendor/update";
import { check } from "./check";
import { writeImports } from "./imports";
import { nameOf, nodeOf, Options, tagsOf, Target, targetOf } from "./options";
import { sourceOf, VENDORED } from "./source";

/** What a root configuration calls. */
const MODULES = ["alb", "network-acl", "security-group-audit", "verification"];

/** Files that belong to the whole folder: written only if it has none. */
const SHARED = ["providers.tf", "versions.tf"];

/** @returns the exit code */
export async function run(scenario: string | undefined, arn: string | undefined, options: Options): Promise<number> {
  if (options.check !== undefined) return check(options.check, (target) => snapshotOf(target, options));
  if (options.imports !== undefined) return writeImports(options.imports, options);
  if (scenario === undefined || arn === undefined)
    throw new Error('Say what to onboard, such as "onboard alb ARN", or set --check or --imports.');
  const target = targetOf(scenario, arn);
  if ((options.out === undefined) === (options.print === undefined))
    throw new Error("Set either --out, the folder for the root configuration, or --print.");

  const path = join(options.out ?? ".", MANIFEST_FILE);
  const before = options.out !== undefined && existsSync(path) ? readManifest(path, target) : undefined;
  const name = before?.arguments.name ?? nameOf(options, target);
  const source = options.source?.join(" ") ?? "vendor";
  const modules = sourceOf(source);
  const tags = tagsOf(options);
  const node = nodeOf(options);
  const mirror = options.mirror === true;
  const snapshot = await snapshotOf(target, options);
  const composition = compose(snapshot, { loadBalancerArn: arn, name, node, mirror, remembered: remembered(before) });
  const { region, accountId } = target;
  const about = { name, region, accountId, tags, source: modules };
  const files = { ...configuration(composition, about), "OWNERS.md": owners(composition) };

  if (options.out === undefined) {
    for (const [file, text] of Object.entries(files)) console.log(`# ${file}\n\n${text}`);
    return 0;
  }
  const changes = changesOf(options.out, files, before);
  if (changes === undefined) return 1;
  if (source === "vendor") {
    const exitCode = update(join(options.out, VENDORED), { module: MODULES, overwriteEdited: false });
    if (exitCode !== 0) return exitCode;
  }
  const manifest = manifestOf(composition, {
    ...{ account_id: accountId, region, read_at: snapshot.read_at },
    arguments: {
      ...{ load_balancer_arn: arn, name, source, mirror, tags },
      node_autoscaling_group: options.nodeAutoscalingGroup ?? null,
      node_instances: [...(options.nodeInstances ?? [])],
    },
    files: Object.fromEntries(Object.entries(files).map(([file, text]) => [file, sha256(text)])),
  });
  write([...changes, changeOf(path, `${JSON.stringify(manifest, undefined, 2)}\n`)]);
  const { covered, leftOut } = composition.routes;
  const waiting = leftOut.filter(({ step }) => step !== undefined);
  console.log(`${covered.length} routes. ${waiting.length} rules need their owner first: see OWNERS.md.`);
  for (const { rule, reason } of leftOut) console.log(`left out: ${rule.words}. ${reason}`);
  for (const question of questionsOf(composition))
    console.log(`to decide: var.${question.name}. ${question.description}`);
  return 0;
}

function readManifest(path: string, { arn }: Target): Manifest {
  const manifest = parseManifest(readFileSync(path, "utf8"), path);
  const { load_balancer_arn } = manifest.arguments;
  if (load_balancer_arn !== arn)
    throw new Error(`${path} is for ${load_balancer_arn}. Write the configuration for ${arn} to another folder.`);
  return manifest;
}

/** @returns undefined if a person edited a file, with the difference shown */
function changesOf(
  out: string,
  files: Readonly<Record<string, string>>,
  manifest: Manifest | undefined,
): Change[] | undefined {
  const all = Object.entries(files).map(([file, text]) => ({ file, ...changeOf(join(out, file), text) }));
  const isOthers = ({ file, before }: { file: string; before: string | undefined }) =>
    before !== undefined && sha256(before) !== manifest?.files[file];
  const changes = all.filter((one) => one.before !== one.after && !(SHARED.includes(one.file) && isOthers(one)));
  const edited = changes.filter(isOthers);
  for (const change of edited) console.log(difference(change));
  if (edited.length === 0) return changes;
  console.error(
    `Nothing was written, because these files are not as "onboard" wrote them: ${edited.map(({ path }) => path).join(", ")}. Move your changes to a file of your own, and remove or restore these.`,
  );
  return undefined;
}

function changeOf(path: string, after: string) {
  return { path, before: existsSync(path) ? readFileSync(path, "utf8") : undefined, after };
}

function write(changes: readonly Change[]): void {
  const real = changes.filter(({ before, after }) => before !== after);
  apply(real);
  for (const change of real) console.log(summary(change));
}

/** The services that tell of an application behind a load balancer. */
const SERVICES: readonly Service[] = ["ec2", "elastic_load_balancing", "auto_scaling", "ecs"];

/** That of the load balancer's account and Region, read now or before. */
async function snapshotOf({ arn, region, accountId }: Target, options: Options): Promise<Snapshot> {
  if (options.snapshot !== undefined) {
    const all = options.snapshot.map((file) => parseSnapshot(readFileSync(file, "utf8"), file));
    const found = all.find((one) => one.account_id === accountId && one.region === region);
    if (found !== undefined) return found;
    throw new Error(`None of the snapshots is of the account ${accountId} and the Region ${region}.`);
  }
  const { profile, roleArn } = options;
  const access = settings(region, { profile, roleArn });
  const id = await accountOf(access);
  if (id !== accountId)
    throw new Error(
      `The credentials are for the account ${id}, and the load balancer is in ${accountId}. Set --profile or --role-arn.`,
    );
  return readAccount(id, access, { services: SERVICES, focus: arn, ...reading() });
}
