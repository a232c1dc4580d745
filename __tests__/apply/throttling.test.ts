import { describeInTestAll } from "../test-all";
import { LocalAws } from "./harness/local-aws";
import { Recorder } from "./harness/recorder";
import { createSmallApplication } from "./harness/small-application";
import { TerraformRoot } from "./harness/terraform";

/** With the two rules of the application, near AWS's quota of 100 rules for a load balancer. */
const ROUTES = 95;

describeInTestAll(["terraform", "moto_server"], `${ROUTES} routes`, () => {
  /** Goes from 0 to 100 percent, and back, with empty plans in between. @returns calls of the plan at 100 percent */
  async function callsOfPlan(throttle: boolean): Promise<number> {
    const aws = await LocalAws.start({ throttle });
    const recorder = await Recorder.start(aws.endpoint, { latency: 30 });
    try {
      const application = await createSmallApplication(aws);
      const names = Array.from({ length: ROUTES }, (_, index) => `r${index}`);
      const routes = Object.fromEntries(
        names.map((name, index) => [
          name,
          {
            ...{ listener_arn: application.albListenerArn, priority: index + 1 },
            conditions: [{ path_pattern: { values: [`/${name}/*`] } }],
            application_target_group_arn: application.targetGroupArns.alb,
          },
        ]),
      );
      const { endpoint } = recorder;
      const api = { endpoint, folder: aws.folder, signal: aws.signal };
      const root = await TerraformRoot.init(api, "benchmarks/aws-calls/module", { ...application.variables, routes });
      let calls = 0;
      for (const node_traffic_percent of [0, 100, 0]) {
        await root.apply({ node_traffic_percent });
        const before = recorder.requests.length;
        expect(await root.changes({ node_traffic_percent })).toEqual([]);
        if (node_traffic_percent === 100) calls = recorder.requests.length - before;
      }
      await root.destroy({ node_traffic_percent: 0 });
      return calls;
    } finally {
      await recorder.stop();
      await aws.stop();
    }
  }

  test("are applied, moved, moved back, and destroyed at the rate at which Elastic Load Balancing takes reads", async () => {
    const [asked, repeated] = [await callsOfPlan(false), await callsOfPlan(true)];
    // Else nothing was throttled.
    expect(repeated).toBeGreaterThan(asked);
  }, 900_000);
});
