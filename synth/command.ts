import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { Construct } from "constructs";
import { apply, Change, difference, summary } from "./change";
import { rememberingFormatter } from "./format";
import { Files, moduleFiles } from "./module-files";
import { ModuleStack } from "./module-stack";
import { Options } from "./options";
import { Permissions, readme, RegistryCall } from "./readme";
import { changes } from "./write";

/** The modules of a project, and what their READMEs are made from. */
export interface Project {
  /** Folder with stacks/ and examples/. */
  readonly sources: string;
  /** Module name → the stack that describes it. */
  readonly stacks: Readonly<Record<string, new (scope: Construct, id: string) => ModuleStack>>;
  readonly permissions: Permissions;
  /** How a module is called from a registry. */
  readonly registryCall: RegistryCall;
}

/**
 * Synthesizes a project: CDKTF's JSON in cdktf.out, and the modules in their folder, both below the current one.
 * @returns the exit code: 1 when `--check` finds a difference
 * @throws when the project has no such module
 */
export async function synthesize(project: Project, options: Options): Promise<number> {
  requireModules(project, options.module ?? []);
  return options.check ? check(project, options) : write(project, options);
}

function requireModules({ stacks }: Project, names: readonly string[]): void {
  const known = Object.keys(stacks);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no module "${unknown.join('", "')}". The modules are: ${known.join(", ")}.`);
}

async function write(project: Project, options: Options): Promise<number> {
  const list = await synthesizedChanges(project, options, new App());
  apply(list);
  for (const change of list) console.log(summary(change));
  return 0;
}

async function check(project: Project, options: Options): Promise<number> {
  // CDKTF writes its own JSON wherever an app is synthesized.
  const scratch = mkdtempSync(join(tmpdir(), "synth-check-"));
  try {
    const list = await synthesizedChanges(project, options, new App({ outdir: scratch }));
    for (const change of list) console.log(difference(change));
    if (list.length > 0) console.error(`${list.length} files differ from the stacks: run "npm run synth".`);
    return list.length === 0 ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function synthesizedChanges(project: Project, options: Options, app: App): Promise<Change[]> {
  const stacks = Object.entries(project.stacks)
    .filter(([name]) => options.module?.includes(name) ?? true)
    .map(([name, Stack]) => new Stack(app, name));
  const { providerVersion } = options;
  if (providerVersion !== undefined)
    stacks.forEach((stack) => {
      stack.narrowProvider("aws", providerVersion);
    });
  app.synth();
  const modules = new Map<string, Files>();
  for (const stack of stacks) {
    const formatter = rememberingFormatter(stack.node.id);
    const files = await moduleFiles(stack, options.format, formatter.format);
    const page = await readme(stack, sources(project, stack), formatter.format);
    modules.set(stack.node.id, new Map([...files, ["README.md", page]]));
    formatter.save();
  }
  return changes({ folder: resolve(options.out), modules, existing: Object.keys(project.stacks) });
}

function sources({ sources, permissions, registryCall }: Project, stack: ModuleStack) {
  return {
    handWritten: readFileSync(join(sources, "stacks", stack.node.id, "README.md"), "utf8"),
    example: readFileSync(join(sources, "examples", stack.node.id, "minimal", "main.tf"), "utf8"),
    permissions,
    registryCall,
  };
}
