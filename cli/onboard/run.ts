import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accountOf, regionOf, settings } from "../../account/read/access";
import { readAccount, Service } from "../../account/read/read";
import { Snapshot } from "../../account/snapshot";
import { apply, Change, difference, summary } from "../../files/change";
import { compose } from "../../onboard/compose";
import { MODULE_OF, Scenario } from "../../onboard/composition";
import { configuration, questionsOf } from "../../onboard/configuration";
import { argumentsOf, Manifest, MANIFEST_FILE, manifestOf, parseManifest } from "../../onboard/manifest";
import { owners } from "../../onboard/owners";
import { sha256 } from "../checksum";
import { reading } from "../snapshot/reading";
import { update } from "../vendor/update";
import { check, routingsOf } from "./check";
import { writeRoots } from "./from";
import { writeImports } from "./imports";
import {
  cloudFrontOf,
  listenerPortsOf,
  nameOf,
  nodeOf,
  Options,
  refuseOthers,
  tagsOf,
  Target,
  targetOf,
} from "./options";
import { sourceOf, VENDORED } from "./source";
import { written } from "./written";

/** What a root configuration calls beside the module of its entry point. */
const MODULES = ["network-acl", "security-group-audit", "verification"];

/** Files that belong to the whole folder: written only if it has none. */
const SHARED = ["providers.tf", "versions.tf"];

/** @returns the exit code */
export async function run(scenario: string | undefined, id: string | undefined, options: Options): Promise<number> {
  if (options.check !== undefined) {
    const routings = options.routing === undefined ? null : routingsOf(options.routing);
    return check(options.check, routings, (target) => snapshotOf(target, options));
  }
  if (options.routing !== undefined) throw new Error("--routing is an option of --check.");
  if (options.imports !== undefined) return writeImports(options.imports, options);
  if (options.from !== undefined) return writeRoots(options.from, options, onboard);
  if (options.state !== undefined) throw new Error("--state is an option of --from.");
  if (options.only !== undefined) throw new Error("--only is an option of --from.");
  if (scenario === undefined || id === undefined)
    throw new Error('Say what to onboard, such as "onboard alb ARN", or set --from, --check, or --imports.');
  const target = targetOf(scenario, id);
  refuseOthers(options, target.scenario);
  if ((options.out === undefined) === (options.print === undefined))
    throw new Error("Set either --out, the folder for the root configuration, or --print.");
  return onboard(target, options);
}

/** Writes or prints the root configuration of an application. @returns the exit code */
async function onboard(target: Target, options: Options): Promise<number> {
  const { id } = target;
  const path = join(options.out ?? ".", MANIFEST_FILE);
  const before = options.out !== undefined && existsSync(path) ? readManifest(path, target) : undefined;
  const name = before?.arguments.name ?? nameOf(options, target);
  const source = options.source?.join(" ") ?? "vendor";
  const modules = sourceOf(source);
  const tags = tagsOf(options);
  const wanted = {
    ...{ id, name, node: nodeOf(options, target.scenario), remembered: before?.entries ?? {} },
    mirror: options.mirror === true,
    adoptListeners: options.adoptListeners === true,
    listenerPorts: listenerPortsOf(options),
    targetGroupArns: options.applicationTargetGroups ?? [],
    ...(target.scenario === "cloudfront" ? { cloudFront: cloudFrontOf(options) } : {}),
    ...(target.scenario === "rest-api"
      ? { restApi: { adoptApi: options.adoptApi === true, stage: options.stage ?? null } }
      : {}),
  };
  const snapshot = await snapshotOf(target, options);
  const { region } = snapshot;
  const accountId = snapshot.account_id ?? "";
  const composition = compose(target.scenario, snapshot, wanted);
  const about = { name, region, accountId, tags, source: modules };
  const files = { ...configuration(composition, about), "OWNERS.md": owners(composition) };

  if (options.out === undefined) {
    for (const [file, text] of Object.entries(files)) console.log(`# ${file}\n\n${text}`);
    return 0;
  }
  const changes = changesOf(options.out, files, before);
  if (changes === undefined) return 1;
  if (source === "vendor") {
    const exitCode = update(join(options.out, VENDORED), {
      module: [
        MODULE_OF[target.scenario],
        ...MODULES,
        ...(composition.isWithoutNetwork ? ["security-group-rules"] : []),
        ...Object.values(composition.calls ?? {}).flatMap((calls) => calls.map((call) => call.module)),
      ],
      overwriteEdited: false,
    });
    if (exitCode !== 0) return exitCode;
  }
  const manifest = manifestOf(composition, {
    ...{ account_id: accountId, region, read_at: snapshot.read_at },
    arguments: argumentsOf(wanted, { source, tags }),
    files: Object.fromEntries(Object.entries(files).map(([file, text]) => [file, sha256(text)])),
  });
  write([...changes, changeOf(path, `${JSON.stringify(manifest, undefined, 2)}\n`)]);
  const { entries } = composition;
  const waiting = entries.filter(({ needsOwner }) => needsOwner);
  console.log(
    `${entries.filter(({ key }) => key !== null).length} covered. ${waiting.length} need their owner first: see OWNERS.md.`,
  );
  for (const { words, reason } of entries) if (reason !== null) console.log(`left out: ${words}. ${reason}`);
  for (const question of questionsOf(composition))
    console.log(`to decide: var.${question.name}. ${question.description}`);
  return 0;
}

function readManifest(path: string, { id }: Target): Manifest {
  const manifest = parseManifest(readFileSync(path, "utf8"), path);
  if (manifest.arguments.id !== id)
    throw new Error(`${path} is for ${manifest.arguments.id}. Write the configuration for ${id} to another folder.`);
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

/** The services that tell of an application. */
const SERVICES: readonly Service[] = ["ec2", "elastic_load_balancing", "auto_scaling", "ecs"];

/** That of the entry point's account and Region, read now or before. */
async function snapshotOf(target: Target, options: Options): Promise<Snapshot> {
  const { profile, roleArn } = options;
  if (options.snapshot !== undefined) return written(options.snapshot, target, options.region);
  const region = target.region ?? options.region ?? (await regionOf({ profile }));
  const access = settings(region, { profile, roleArn });
  const id = await accountOf(access);
  if (target.accountId !== null && id !== target.accountId)
    throw new Error(
      `The credentials are for the account ${id}, and the load balancer is in ${target.accountId}. Set --profile or --role-arn.`,
    );
  const more = GLOBAL[target.scenario];
  const wanted = {
    services: more === undefined ? SERVICES : [...SERVICES, more],
    focus: more === undefined ? target.id : null,
  };
  return readAccount(id, access, { ...wanted, ...reading() });
}

/** Entry points that are no load balancers. Nothing tells before which load balancers carry the application. */
const GLOBAL: Readonly<Partial<Record<Scenario, Service>>> = {
  "http-api": "api_gateway_http",
  cloudfront: "cloudfront",
  "rest-api": "api_gateway_rest",
};
