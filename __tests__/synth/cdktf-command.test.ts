import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { filesIn } from "./support/folders";
import { describeInTestAll } from "../test-all";
import { copy, Program, REPOSITORY } from "./support/program";

const program = Program.build("synth");

// With npm, which takes some seconds, so each once.
test("npm run synth names the options when one is wrong, and writes nothing", () => {
  const cwd = sources();
  const args = ["run", "--silent", "synth", "--", "--formats", "json"];
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("unknown option '--formats'");
  for (const option of ["--out", "--format", "--module", "--provider-version", "--check"])
    expect(stderr).toContain(`  ${option}`);
  expect(existsSync(join(cwd, "modules"))).toBe(false);
});

test("the stock command, cdktf synth, writes the bytes that npm run synth writes", () => {
  const [stock, ours] = [sources(), program.project()];
  const { status, stderr } = spawnSync("npx", ["cdktf", "synth"], {
    cwd: stock,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", CI: "1" },
    encoding: "utf8",
  });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  program.run(ours);

  for (const folder of ["modules", "cdktf.out/stacks"]) {
    const files = filesIn(join(ours, folder));
    expect(Object.keys(files).length).toBeGreaterThan(0);
    expect(filesIn(join(stock, folder))).toEqual(files);
  }
});

describeInTestAll([], "main.ts as a CDKTF program", () => {
  test("run alone, it writes the same bytes", () => {
    const [alone, ours] = [sources(), program.project({})];
    const tsx = join(REPOSITORY, "node_modules/.bin/tsx");
    const { status, stderr } = spawnSync(tsx, ["main.ts"], { cwd: alone, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    program.run(ours);
    expect(filesIn(join(alone, "modules"))).toEqual(filesIn(join(ours, "modules")));
  });
});

/** A project with the sources of this one, and without modules. */
function sources(): string {
  const folder = program.project();
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
    copy(name, folder);
  return folder;
}
