import { Program, REPOSITORY } from "./support/program";

const program = Program.build("synth");

test("modules/ is what the stacks say", () => {
  const { exitCode, stdout } = program.run(REPOSITORY, "--check");
  expect(stdout).toBe("");
  expect(exitCode).toBe(0);
});
