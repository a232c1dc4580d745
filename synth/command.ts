import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { App } from "cdktf";
import { Construct } from "constructs";
import { createTwoFilesPatch } from "diff";
import { rememberingFormatter } from "./format";
import { Files, moduleFiles } from "./module-files";
import { ModuleStack } from "./module-stack";
import { Options, readOptions } from "./options";
import { Permissions, readme } from "./readme";
import { apply, Change, changes } from "./write";

/** The modules of a project, and what their READMEs are made from. */
export interface Project {
  /** Folder with cdktf.json, stacks/ and examples/. */
  readonly root: string;
  /** Module name → the stack that describes it. */
  readonly stacks: Readonly<Record<string, new (scope: Construct, id: string) => ModuleStack>>;
  readonly permissions: Permissions;
}

/**
 * Synthesizes a project: CDKTF's JSON in cdktf.out, and the modules in their folder.
 * @returns the exit code: 1 when `--check` finds a difference
 */
export async function synthesize(project: Project, argv: readonly string[]): Promise<number> {
  const options = readOptions(argv, context(project.root), Object.keys(project.stacks));
  return options.check ? check(project, options) : write(project, options);
}

async function write(project: Project, options: Options): Promise<number> {
  const list = await synthesizedChanges(project, options, new App());
  apply(list);
  for (const { path, before, after } of list) console.log(`${verb(before, after)} ${relative(project.root, path)}`);
  return 0;
}

async function check(project: Project, options: Options): Promise<number> {
  // CDKTF writes its own JSON wherever an app is synthesized.
  const scratch = mkdtempSync(join(tmpdir(), "synth-check-"));
  try {
    const list = await synthesizedChanges(project, options, new App({ outdir: scratch }));
    for (const { path, before, after } of list) {
      const name = relative(project.root, path);
      console.log(createTwoFilesPatch(name, name, before ?? "", after ?? "", existence(before), existence(after)));
    }
    if (list.length > 0) console.error(`${list.length} files differ from the stacks: run "npm run synth".`);
    return list.length === 0 ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function synthesizedChanges(project: Project, options: Options, app: App): Promise<Change[]> {
  const stacks = Object.entries(project.stacks)
    .filter(([name]) => options.module.includes(name))
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
  return changes({ folder: resolve(project.root, options.out), modules, existing: Object.keys(project.stacks) });
}

function sources({ root, permissions }: Project, stack: ModuleStack) {
  return {
    handWritten: readFileSync(join(root, "stacks", stack.node.id, "README.md"), "utf8"),
    example: readFileSync(join(root, "examples", stack.node.id, "main.tf"), "utf8"),
    permissions,
  };
}

/** The options in cdktf.json, which the CDKTF command hands over and we read ourselves without it. */
function context(root: string): Record<string, unknown> {
  const { context } = JSON.parse(readFileSync(join(root, "cdktf.json"), "utf8")) as {
    context?: { modules?: Record<string, unknown> };
  };
  return context?.modules ?? {};
}

function verb(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return "created";
  return after === undefined ? "removed" : "updated";
}

function existence(text: string | undefined): string {
  return text === undefined ? "does not exist" : "";
}
