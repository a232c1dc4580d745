import { readdirSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { describeInTestAll } from "../test-all";
import { stackClassOf } from "./stack-of";
import { modulesOfOldestProvider, Workspace } from "./workspace";

const success = { exitCode: 0 };

// Each run compares that JSON with the HCL (program.test.ts), which Terraform validates.
describeInTestAll(["terraform"], "the JSON that CDKTF writes", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
  });

  afterAll(() => {
    workspace.remove();
  });

  test.each(modulesOfOldestProvider)("is a valid module: %s", async (name) => {
    const app = new App({ outdir: join(workspace.folder, name) });
    const Stack = await stackClassOf(name);
    new Stack(app, name);
    app.synth();
    const json = `${name}/stacks/${name}`;
    expect(readdirSync(join(workspace.folder, json))).toContain("cdk.tf.json");
    expect(await workspace.terraform(json, "init")).toMatchObject(success);
    expect(await workspace.terraform(json, "validate")).toMatchObject(success);
  });
});
