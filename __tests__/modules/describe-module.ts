import { readdirSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { describeWithTools } from "../tools";
import { Workspace } from "./workspace";

type StackClass = new (scope: Construct, id: string) => ModuleStack;

const success = { exitCode: 0 };

/** What holds for every module: it is valid, in the form of CDKTF too, and passes its own tests. */
export function describeModule(name: string): void {
  const path = `modules/${name}`;
  describeWithTools(["terraform"], path, () => {
    let workspace: Workspace;

    beforeAll(async () => {
      workspace = new Workspace();
      workspace.copy(path);
      expect(await workspace.terraform(path, "init")).toMatchObject(success);
    });

    afterAll(() => {
      workspace.remove();
    });

    test("is valid", async () => {
      expect(await workspace.terraform(path, "validate")).toMatchObject(success);
    });

    test("is valid in the form of CDKTF", async () => {
      const app = new App({ outdir: join(workspace.folder, "cdktf.out") });
      const Stack = await stackOf(name);
      new Stack(app, name);
      app.synth();
      const json = `cdktf.out/stacks/${name}`;
      expect(readdirSync(join(workspace.folder, json))).toContain("cdk.tf.json");
      expect(await workspace.terraform(json, "init")).toMatchObject(success);
      expect(await workspace.terraform(json, "validate")).toMatchObject(success);
    });

    test("passes its tests", async () => {
      const result = await workspace.terraform(path, "test");
      expect(result).toMatchObject(success);
      expect(result.stdout).toMatch(/^Success! [1-9][0-9]* passed, 0 failed\.$/m);
    }, 600_000);
  });
}

/** The stack of a module: the one that `stacks/<module>/<module>-stack.ts` exports. */
async function stackOf(module: string): Promise<StackClass> {
  const exported = (await import(`../../stacks/${module}/${module}-stack`)) as Record<string, unknown>;
  const isStack = (one: unknown): one is StackClass => typeof one === "function" && one.prototype instanceof ModuleStack;
  const [stack] = Object.values(exported).filter(isStack);
  if (stack === undefined) throw new Error(`stacks/${module}/${module}-stack.ts exports no stack.`);
  return stack;
}
