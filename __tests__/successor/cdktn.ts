import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesIn } from "../synth/support/folders";
import { copy, REPOSITORY } from "../synth/support/program";

/**
 * The sources of this repository, with CDK Terrain where they say CDKTF. It is installed in the folder above the project,
 * and everything else that they import is that of the repository, a folder further up.
 */
describe("the successor of CDKTF", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "successor-test-")));
  const successor = join(root, "successor");
  const project = join(successor, "project");

  beforeAll(() => {
    mkdirSync(project, { recursive: true });
    symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"));
    for (const name of ["package.json", "package-lock.json"])
      cpSync(join(REPOSITORY, "__tests__/successor", name), join(successor, name));
    execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: successor, stdio: "pipe" });
    for (const name of [
      "cli",
      "contract",
      "files",
      "main.ts",
      "stacks",
      "synth",
      "examples",
      "package.json",
      "tsconfig.json",
    ])
      copy(name, project);
  }, 300_000);

  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  test("is what the sources import", () => {
    const names = ["cdktf", "@cdktf/provider-aws", "@cdktf/hcl-tools"];
    const script = `${JSON.stringify(names)}.map((name) => require(name + "/package.json").name).join()`;
    const found = execFileSync(process.execPath, ["-p", script], { cwd: project, encoding: "utf8" });
    expect(found.trim()).toBe("cdktn,@cdktn/provider-aws,@cdktn/hcl-tools");
  });

  test("accepts the types of the sources", () => {
    const tsc = join(REPOSITORY, "node_modules/.bin/tsc");
    expect(spawnSync(tsc, [], { cwd: project, encoding: "utf8" })).toMatchObject({ stdout: "", status: 0 });
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
