import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { filesIn } from "./support/folders";
import { copy, Program } from "./support/program";

const program = Program.build("synth");

// With npm, as the command in cdktf.json has it: some seconds, so once.
test("the stock command, cdktf synth, writes the bytes that npm run synth writes", () => {
  const [stock, ours] = [program.project(), program.project()];
  for (const name of ["cli", "main.ts", "stacks", "synth", "examples", "package.json", "tsconfig.json"])
    copy(name, stock);

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
