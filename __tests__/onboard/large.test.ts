import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../cli/onboard/run";
import { printed, useAccount } from "../account/support/environment";
import { Paced } from "../account/support/paced";
import { applicationLoadBalancer } from "../apply/foreign/load-balancer";
import { LocalAws } from "../apply/harness/local-aws";
import { createInstances, createNode, createSecurityGroup } from "../apply/harness/network";
import { describeInTestAll } from "../test-all";

const RULES = [40, 40, 15];

/** 95 rules behind three listeners, for two target groups, of which each takes two calls. @returns what `onboard` is told */
async function create(aws: LocalAws) {
  const { network, variables } = await applicationLoadBalancer(aws, "large");
  const group = await createSecurityGroup(aws, network, "application");
  const Targets = Object.values(await createInstances(aws, network.subnetIds.application, group)).map((Id) => ({ Id }));
  const arns = await Promise.all(
    ["web", "api"].map(async (Name) => {
      const { TargetGroups: [made] = [] } = await aws.elb.createTargetGroup({
        ...{ Name, VpcId: network.vpcId, Protocol: "HTTP", Port: 80 },
      });
      await aws.elb.registerTargets({ TargetGroupArn: made?.TargetGroupArn, Targets });
      return String(made?.TargetGroupArn);
    }),
  );
  for (const [index, count] of RULES.entries()) {
    const Actions = [{ Type: "forward" as const, TargetGroupArn: arns[index % arns.length] }];
    const { Listeners: [listener] = [] } = await aws.elb.createListener({
      ...{
        LoadBalancerArn: variables.load_balancer_arn,
        Protocol: "HTTP",
        Port: 8080 + index,
        DefaultActions: Actions,
      },
    });
    for (let number = 1; number <= count; number++)
      await aws.elb.createRule({
        ...{ ListenerArn: listener?.ListenerArn, Priority: number * 10, Actions },
        Conditions: [{ Field: "host-header", HostHeaderConfig: { Values: [`${number}.example.com`] } }],
      });
  }
  const { instanceIds } = await createNode(aws, network);
  return { arn: variables.load_balancer_arn, nodeInstances: Object.values(instanceIds) };
}

describeInTestAll(["moto_server"], "a load balancer with 95 rules and three listeners", () => {
  let aws: LocalAws;
  let paced: Paced;
  const out = mkdtempSync(join(tmpdir(), "onboard-test-"));

  beforeAll(async () => {
    aws = await LocalAws.start();
    paced = await Paced.start(aws.endpoint);
  }, 60_000);

  afterAll(async () => {
    await Promise.all([paced.stop(), aws.stop()]);
    rmSync(out, { recursive: true });
  });

  test("is onboarded in 5 seconds and 40 calls, at AWS's latency and rate", async () => {
    const { arn, nodeInstances } = await create(aws);
    const lines = printed();
    const restore = useAccount(paced.endpoint, { AWS_MAX_ATTEMPTS: "10", AWS_RETRY_MODE: "adaptive" });
    const onboard = () => run("alb", arn, { out, nodeInstances });
    await onboard(); // the stand-in learns the answers
    await new Promise((resolve) => setTimeout(resolve, 4000)); // its tokens come back
    paced.asked.clear();
    const start = performance.now();
    expect(await onboard()).toBe(0);
    const seconds = (performance.now() - start) / 1000;
    restore();

    const calls = [...paced.asked].filter((question) => !/[&?](Marker|NextToken|nextToken)=/.test(question));
    process.stderr.write(`${seconds.toFixed(1)} s, ${calls.length} calls, ${paced.throttled} of them throttled\n`);
    expect(lines.join("\n")).toContain("98 covered.");
    expect(readFileSync(join(out, "routes.tf"), "utf8").match(/priority/g)).toHaveLength(98);
    expect(calls.length).toBeLessThanOrEqual(40);
    expect(seconds).toBeLessThan(5);
  }, 120_000);
});
