/**
 * Compares the modules with the last released tag. Fails on breaking changes unless the major version is new. Runs in
 * the repository.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { major, rcompare, valid } from "semver";
import { acceptedNow } from "./accepted";
import { changelogMistakes } from "./changelog";
import { breakingChanges } from "./compare";
import { readInterface } from "./interface";

function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** The text of a module's Terraform files and of the tests of its validations, by path in the module. */
type ModuleFiles = ReadonlyMap<string, string>;

function modulesAt(tag: string): ReadonlyMap<string, ModuleFiles> {
  const paths = lines(git("ls-tree", "-r", "--name-only", tag, "modules/"));
  return grouped(paths, (path) => git("show", `${tag}:${path}`));
}

function modulesNow(): ReadonlyMap<string, ModuleFiles> {
  const paths = readdirSync("modules", { recursive: true, encoding: "utf8" }).map((path) => join("modules", path));
  return grouped(paths, (path) => readFileSync(path, "utf8"));
}

function grouped(paths: readonly string[], read: (path: string) => string): Map<string, ModuleFiles> {
  const modules = new Map<string, Map<string, string>>();
  for (const path of paths) {
    const [, module, file] = /^modules\/([^/]+)\/([^/]+\.tf|tests\/validations\.tftest\.hcl)$/.exec(path) ?? [];
    if (module === undefined || file === undefined) continue;
    const files = modules.get(module) ?? new Map<string, string>();
    modules.set(module, files.set(file, read(path)));
  }
  return modules;
}

/** The Terraform files in one text, which says the same. */
function textOf(files: ModuleFiles): string {
  return [...files].flatMap(([path, text]) => (path.endsWith(".tf") ? [text] : [])).join("\n");
}

async function changesOf(before: ModuleFiles, after: ModuleFiles): Promise<string[]> {
  const changes = breakingChanges(await readInterface(textOf(before)), await readInterface(textOf(after)));
  return [...changes, ...(await widerValidations(before, after))];
}

async function widerValidations(before: ModuleFiles, after: ModuleFiles): Promise<string[]> {
  const tests = before.get("tests/validations.tftest.hcl");
  // The same variables refuse the same calls.
  if (tests === undefined || before.get("variables.tf") === after.get("variables.tf")) return [];
  try {
    const runs = await acceptedNow(tests, after.get("variables.tf") ?? "");
    return runs.map((run) => `what the run "${run}" of tests/validations.tftest.hcl has is no longer refused`);
  } catch (error) {
    return [`tests/validations.tftest.hcl of the release cannot be run: ${String(error)}`];
  }
}

async function allChanges(
  before: ReadonlyMap<string, ModuleFiles>,
  after: ReadonlyMap<string, ModuleFiles>,
): Promise<string[]> {
  const changes = [...before].map(async ([module, files]) => {
    const now = after.get(module);
    if (now === undefined) return [`modules/${module} was removed or renamed`];
    return (await changesOf(files, now)).map((change) => `modules/${module}: ${change}`);
  });
  return (await Promise.all(changes)).flat();
}

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const released = lines(git("tag", "--list", "v*", "--merged", "HEAD"))
  .map((tag) => tag.slice(1))
  .filter((tag) => valid(tag) === tag)
  .sort(rcompare);
const [last] = released;

const mistakes = changelogMistakes(readFileSync("CHANGELOG.md", "utf8"), version, released).map(
  (mistake) => `CHANGELOG.md: ${mistake}`,
);
if (last !== undefined) {
  if (rcompare(version, last) > 0) mistakes.push(`package.json: ${version} is earlier than the release v${last}`);
  const changes = await allChanges(modulesAt(`v${last}`), modulesNow());
  const isMajor = major(version) > major(last);
  if (!isMajor) mistakes.push(...changes);
  const notes = `## ${major(version)}.0.0`;
  if (isMajor && changes.length > 0 && !lines(readFileSync("docs/upgrading.md", "utf8")).includes(notes))
    mistakes.push(`docs/upgrading.md: "${notes}" is missing. It must say what to do about:`, ...changes);
} else if (git("rev-parse", "--is-shallow-repository").trim() === "true") {
  mistakes.push("This clone is shallow and has no releases. Fetch all commits and tags.");
}

console.log(last === undefined ? "There is no release yet to compare with." : `Compared with v${last}.`);
for (const mistake of mistakes) console.error(mistake);
// The WebAssembly of the parser keeps the process alive.
process.exit(mistakes.length === 0 ? 0 : 1);
