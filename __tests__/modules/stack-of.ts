import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";

type StackClass = new (scope: Construct, id: string) => ModuleStack;

/** The class of a module's stack: the one that `stacks/<module>/<module>-stack.ts` exports. */
export async function stackClassOf(module: string): Promise<StackClass> {
  const exported = (await import(`../../stacks/${module}/${module}-stack`)) as Record<string, unknown>;
  const isStack = (one: unknown): one is StackClass =>
    typeof one === "function" && one.prototype instanceof ModuleStack;
  const [stack] = Object.values(exported).filter(isStack);
  if (stack === undefined) throw new Error(`stacks/${module}/${module}-stack.ts exports no stack.`);
  return stack;
}

/** A module's stack. */
export async function stackOf(module: string): Promise<ModuleStack> {
  const outdir = mkdtempSync(join(tmpdir(), "stack-"));
  try {
    const Stack = await stackClassOf(module);
    return new Stack(new App({ outdir }), module);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
