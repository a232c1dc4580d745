import { describeWithTools } from "../tools";
import { Bench } from "./bench";
import type { Mode } from "./breaker";
import { parseTrial, textOf, type Trial } from "./trials";

/** Calls nearly everything that a scenario module and network-acl call. */
const STEP = { scenario: "network-acl", step: "all at once" };

/** What happens at some operations. The answers to others are lost, or they are refused. */
const SPECIAL: Readonly<Record<string, Mode>> = {
  "elasticloadbalancing:CreateRule": "kill",
  "elasticloadbalancing:RegisterTargets": "expire",
};

/** `npm run faults` breaks all calls of all steps, and writes docs/reliability.md. */
describeWithTools(["terraform", "moto_server", "aws"], "a broken apply", () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await Bench.start();
  }, 60_000);

  afterAll(() => bench.stop());

  test("at each operation cuts and opens nothing, and converges", async () => {
    const { calls, broken } = await bench.reach(STEP.scenario, STEP.step);
    expect(broken).toEqual([]);
    const operations = [...new Set(calls.map((name) => name.replace(/ .*/, "")))];
    expect(operations).toEqual(expect.arrayContaining(Object.keys(SPECIAL)));
    expect(operations.length).toBeGreaterThan(7);
    for (const [index, operation] of operations.entries()) {
      const mode = SPECIAL[operation] ?? (index % 2 === 0 ? "lose" : "refuse");
      const name = calls.find((call) => call.startsWith(`${operation} `)) ?? "";
      const trial: Trial = { ...STEP, fault: { mode, name, nth: 1 } };
      const { first, broken, stuck } = await bench.break(trial);
      expect({ trial: textOf(trial), broken, stuck }).toEqual({ trial: textOf(trial), broken: [], stuck: [] });
      expect(first === "killed").toBe(mode === "kill");
    }
  }, 600_000);

  test("a trial is repeated by its text", () => {
    const trial = { scenario: "alb", step: "prepare", fault: { mode: "lose", name: "s3:PUT /a/b", nth: 2 } } as const;
    expect(parseTrial(textOf(trial))).toEqual(trial);
    expect(() => parseTrial("alb/prepare")).toThrow('Received: "alb/prepare".');
  });
});
