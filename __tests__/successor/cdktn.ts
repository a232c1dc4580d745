import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describeUnless } from "../describe-unless";
import { filesIn } from "../synth/support/folders";
import { copy, REPOSITORY } from "../synth/support/program";
import { isTestAll } from "../test-all";
import { successorFolder } from "./support/installation";

/** The sources of this repository, with CDK Terrain where they say CDKTF: it is installed in the folder above the project. */
describe("the successor of CDKTF", () => {
  const project = join(successorFolder(), "project");

  beforeAll(() => {
    mkdirSync(project);
    for (const name of [
      "account",
      "audit",
      "cli",
      "contract",
      "files",
      "main.ts",
      "model",
      "onboard",
      "stacks",
      "synth",
      "text",
      "examples",
      "package.json",
      "release/bundle.mts",
      "tsconfig.json",
    ])
      copy(name, project);
  });

  test("is what the sources import", () => {
    const names = ["cdktf", "@cdktf/provider-aws", "@cdktf/hcl-tools"];
    const script = `${JSON.stringify(names)}.map((name) => require(name + "/package.json").name).join()`;
    const found = execFileSync(process.execPath, ["-p", script], { cwd: project, encoding: "utf8" });
    expect(found.trim()).toBe("cdktn,@cdktn/provider-aws,@cdktn/hcl-tools");
  });

  // The compiler takes half of the time of this suite, and the sources have the types of CDKTF.
  describeUnless(isTestAll ? undefined : ": TEST_ALL=1 npm run test:successor", "its types", () => {
    test("are those of the sources", () => {
      const tsc = join(REPOSITORY, "node_modules/.bin/tsc");
      expect(spawnSync(tsc, [], { cwd: project, encoding: "utf8" })).toMatchObject({ stdout: "", status: 0 });
    });
  });

  test("synthesizes the same bytes", () => {
    execFileSync("npm", ["run", "--silent", "build"], { cwd: project });
    const run = spawnSync(process.execPath, ["build/cli.js", "synth"], { cwd: project, encoding: "utf8" });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    const synthesized = filesIn(join(project, "modules"));
    const committed = filesIn(join(REPOSITORY, "modules"));
    expect(Object.keys(synthesized)).toEqual(Object.keys(committed).filter((path) => !path.includes("/tests/")));
    for (const [path, text] of Object.entries(synthesized)) expect(text).toBe(committed[path]);
  });
});
