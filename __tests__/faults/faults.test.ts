import { describeWithTools } from "../tools";
import { Bench } from "./bench";
import type { Mode, ModeOf } from "./breaker";
import { callOf } from "./call";
import { parseTrial, textOf } from "./trials";

/** Calls nearly everything that a scenario module and network-acl call. */
const STEP = { scenario: "network-acl", step: "all at once" };

/** After these, Terraform does nothing more. The answers to the other operations are lost, or they are refused. */
const ENDING: Readonly<Record<string, Mode>> = {
  "elasticloadbalancing:CreateRule": "kill",
  "elasticloadbalancing:RegisterTargets": "expire",
};

/** `npm run faults` breaks all calls of all steps, and writes docs/reliability.md. */
describeWithTools(["terraform", "moto_server", "aws"], "a broken apply", () => {
  let bench: Bench;
  let operations: string[];

  beforeAll(async () => {
    bench = await Bench.start();
  }, 60_000);

  afterAll(() => bench.stop());

  test("has operations that break nothing if they succeed", async () => {
    const { calls, broken } = await bench.reach(STEP.scenario, STEP.step);
    expect(broken).toEqual([]);
    operations = [...new Set(calls.map(operationOf))];
    expect(operations).toEqual(expect.arrayContaining(Object.keys(ENDING)));
    expect(operations.length).toBeGreaterThan(7);
  }, 300_000);

  test.each(Object.entries(ENDING))(
    "that ends at %s (%s) cuts and opens nothing, and converges",
    async (name, mode) => {
      const modeOf: ModeOf = (call, nth) => (operationOf(call.name) === name && nth === 1 ? mode : undefined);
      const { first, broken, stuck } = await bench.breakCalls(STEP.scenario, STEP.step, modeOf, false);
      expect({ broken, stuck }).toEqual({ broken: [], stuck: [] });
      expect(first === "killed").toBe(mode === "kill");
    },
    300_000,
  );

  test("at each other operation cuts and opens nothing, and converges", async () => {
    const pending = new Map(
      operations
        .filter((operation) => !(operation in ENDING))
        .map((operation, index) => [operation, index % 2 === 0 ? "lose" : "refuse"] as const),
    );
    // Together, those that do not wait for each other.
    const modeOf: ModeOf = ({ name }) => {
      const mode = pending.get(operationOf(name));
      pending.delete(operationOf(name));
      return mode;
    };
    while (pending.size > 0) {
      const { broken, stuck } = await bench.breakCalls(STEP.scenario, STEP.step, modeOf, false);
      expect({ pending: [...pending.keys()], broken, stuck }).toMatchObject({ broken: [], stuck: [] });
    }
  }, 600_000);

  test("a trial is repeated by its text", () => {
    const trial = { scenario: "alb", step: "prepare", fault: { mode: "lose", name: "s3:PUT /a/b", nth: 2 } } as const;
    expect(parseTrial(textOf(trial))).toEqual(trial);
    expect(() => parseTrial("alb/prepare")).toThrow('Received: "alb/prepare".');
  });

  test("a call whose parameter has several lines is named in one", () => {
    const headers = { authorization: "AWS4-HMAC-SHA256 Credential=test/20261129/us-east-1/sns/aws4_request" };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] }, undefined, 2);
    const body = new URLSearchParams({ Action: "SetTopicAttributes", AttributeName: "Policy", AttributeValue: Policy });
    const { name } = callOf({ method: "POST", url: "/", headers }, body.toString(), new Map());
    expect(name).toBe(
      'sns:SetTopicAttributes AttributeName=Policy AttributeValue={ "Version": "2012-10-17", "Statement": [] }',
    );
  });
});

/** "ec2:CreateNetworkAcl", of the name of a call. */
function operationOf(name: string): string {
  return name.replace(/ .*/, "");
}
