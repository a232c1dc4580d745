import { describeWithTools } from "../tools";
import { Bench } from "./bench";
import type { Mode } from "./breaker";
import { parseTrial, textOf, trialsOf } from "./trials";

/** Calls nearly everything that a scenario module and network-acl call. */
const STEP = ["network-acl", "all at once"] as const;

const trials = (calls: readonly string[], mode: Mode) =>
  trialsOf(...STEP, calls, "in every run").filter(({ fault }) => fault.mode === mode);

/** `npm run faults` breaks all calls of all steps, and writes docs/reliability.md. */
describeWithTools(["terraform", "moto_server", "aws"], "a broken apply", () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await Bench.start();
  }, 60_000);

  afterAll(() => bench.stop());

  test("each operation, refused or its answer lost, cuts and opens nothing, and converges", async () => {
    const { calls, broken } = await bench.reach(...STEP);
    expect(broken).toEqual([]);
    const operations = [...new Set(calls.map((name) => name.replace(/ .*/, "")))];
    expect(operations.length).toBeGreaterThan(7);
    for (const [index, operation] of operations.entries()) {
      const mode = index % 2 === 0 ? "lose" : "refuse";
      const trial = trials(calls, mode).find(({ fault }) => fault.name.startsWith(`${operation} `));
      if (trial === undefined) throw new Error(`${operation} is not broken.`);
      const { broken, stuck } = await bench.break(trial);
      expect({ trial: textOf(trial), broken, stuck }).toEqual({ trial: textOf(trial), broken: [], stuck: [] });
    }
  }, 300_000);

  test("Terraform is killed at a route, and its next apply goes on", async () => {
    const { calls } = await bench.reach(...STEP);
    const [trial] = trials(calls, "kill");
    if (trial === undefined) throw new Error("The step has no calls.");
    expect(await bench.break(trial)).toMatchObject({ first: "killed", broken: [], stuck: [] });
  }, 60_000);

  test("a trial is repeated by its text", () => {
    const trial = { scenario: "alb", step: "prepare", fault: { mode: "lose", name: "s3:PUT /a/b", nth: 2 } } as const;
    expect(parseTrial(textOf(trial))).toEqual(trial);
    expect(() => parseTrial("alb/prepare")).toThrow('Received: "alb/prepare".');
  });
});
