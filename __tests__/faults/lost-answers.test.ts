import { NOT_READ, WITHOUT_RECIPE } from "../../onboard/imports/recipes";
import { LocalAws } from "../apply/harness/local-aws";
import { resourceChanges } from "../apply/harness/plan";
import { describeInTestAll } from "../test-all";
import { Breaker } from "./breaker";
import { errorsOf, Root, Terraform } from "./terraform";
import { createWorld, type World } from "./world";

/** Of resource types that docs/recovery.md says need no import. */
const OPERATIONS = [
  ...["events:PutRule", "events:PutTargets", "monitoring:PutMetricAlarm", "iam:PutRolePolicy", "iam:AttachRolePolicy"],
  ...["config:PutConfigRule", "config:PutConfigurationRecorder", "config:StartConfigurationRecorder"],
  ...["config:PutDeliveryChannel", "sns:CreateTopic", "sns:SetTopicAttributes", "sns:Subscribe"],
];

/** A call of each of these, and each setting of a bucket. */
function chosen(calls: readonly string[]): string[] {
  const settings = [...new Set(calls.filter((name) => /^s3:PUT \S+\?\w/.test(name)))];
  const others = OPERATIONS.flatMap((operation) => calls.find((name) => name.startsWith(`${operation} `)) ?? []);
  return [...others, ...settings];
}

describeInTestAll(
  ["terraform", "moto_server", "aws"],
  "the answer to a call that docs/recovery.md says is repeated",
  () => {
    let aws: LocalAws;
    let world: World;
    let breaker: Breaker;
    let terraform: Terraform;
    let root: Root;
    let calls: readonly string[];

    beforeAll(async () => {
      aws = await LocalAws.start();
      world = await createWorld(aws);
      breaker = await Breaker.start(world.names);
      terraform = await Terraform.start(breaker.endpoint);
      root = await Root.init(terraform, "__tests__/faults/roots/verification");
      await root.setVariables({ ids: world.ids });
      const { outcome } = await applied();
      expect(outcome).toMatchObject({ code: 0 });
      calls = breaker.calls;
    }, 300_000);

    afterAll(async () => {
      await root.remove();
      await terraform.stop();
      await breaker.stop();
      await aws.stop();
    });

    /** Applies to a copy of the account and of the state. */
    async function applied(lost?: string) {
      const api = await aws.copy();
      const copy = await root.copy();
      await breaker.begin({
        endpoint: api.endpoint,
        ...(lost !== undefined && { fault: { mode: "lose", name: lost, nth: 1 } as const }),
      });
      const outcome = await copy.apply(false);
      return { api, copy, outcome };
    }

    test("is lost: the next apply converges", async () => {
      const types = new Set<string>();
      for (const lost of chosen(calls)) {
        const { api, copy, outcome } = await applied(lost);
        try {
          const [, type = ""] = /with module\.\S*?\.(aws_\w+)\./.exec(errorsOf(outcome.output)) ?? [];
          expect({ lost, code: outcome.code, broken: breaker.isBroken }).toEqual({ lost, code: 1, broken: true });
          expect({ lost, type, reason: WITHOUT_RECIPE[type] }).not.toMatchObject({ reason: NOT_READ });
          types.add(type);
          await breaker.begin({ endpoint: api.endpoint });
          const next = await copy.apply(false);
          expect({ lost, type, errors: next.code === 0 ? [] : errorsOf(next.output) }).toEqual({
            lost,
            type,
            errors: [],
          });
          expect(resourceChanges(await copy.plan(false))).toEqual([]);
        } finally {
          await api.stop();
          await copy.remove();
        }
      }
      expect([...types].sort()).toEqual([]);
    }, 1_200_000);
  },
);
