import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { environment } from "../apply/harness/environment";
import { preparedFolder, preparedOnce } from "./prepared-provider";

/** The oldest version that the modules support: what they use must be in it. */
export const OLDEST_VERSION = "5.100.0";

/** The AWS provider as `terraform init` installed it. */
export interface InstalledProvider {
  /** The path of its program. */
  readonly program: string;
}

/**
 * Installs the oldest supported version, once for all workers of a test run.
 * @throws when Terraform cannot install it
 */
export async function installedProvider(): Promise<InstalledProvider> {
  const program = await preparedOnce("program", async () => Buffer.from(await install(join(preparedFolder(), "root"))));
  return { program: program.toString() };
}

async function install(root: string): Promise<string> {
  const aws = { source: "hashicorp/aws", version: OLDEST_VERSION };
  await mkdir(root, { recursive: true });
  await writeFile(join(root, "versions.tf.json"), JSON.stringify({ terraform: { required_providers: { aws } } }));
  await promisify(execFile)("terraform", ["init"], { cwd: root, env: environment() });
  await requireOldestVersion(root);
  return programOf(root);
}

/**
 * Terraform takes what the machine has by that name, and its lock file tells what it took. A configuration without
 * providers has none.
 * @throws when a root configuration was initialized with another version than the suites are for
 */
export async function requireOldestVersion(root: string): Promise<void> {
  const lock = await readFile(join(root, ".terraform.lock.hcl"), "utf8").catch(() => "");
  const [, version = OLDEST_VERSION] = /provider ".*\/hashicorp\/aws" \{\s*version\s*= "(.*)"/.exec(lock) ?? [];
  if (version !== OLDEST_VERSION)
    throw new Error(`The AWS provider has version ${version}, and the suites are for ${OLDEST_VERSION}.`);
}

async function programOf(root: string): Promise<string> {
  const providers = join(root, ".terraform/providers");
  const files = await readdir(await realpath(providers), { recursive: true });
  const [versionFolder = ""] = files.filter((file) => file.endsWith(join("hashicorp/aws", OLDEST_VERSION)));
  const [platform = ""] = await readdir(join(providers, versionFolder));
  const folder = await realpath(join(providers, versionFolder, platform));
  const [program] = (await readdir(folder)).filter((file) => file.startsWith("terraform-provider-aws"));
  if (program === undefined) throw new Error(`${folder} has no terraform-provider-aws.`);
  return join(folder, program);
}
