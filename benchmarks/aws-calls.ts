/**
 * Counts the calls to AWS of a plan that changes nothing: of the module alb, and of the same resources written by hand.
 * Prints tables.
 */
import { LocalAws } from "../__tests__/apply/harness/local-aws";
import { changes } from "../__tests__/apply/harness/plan";
import { Recorder } from "../__tests__/apply/harness/recorder";
import { createSmallApplication } from "../__tests__/apply/harness/small-application";
import { TerraformRoot, type Variables } from "../__tests__/apply/harness/terraform";
import { stopProviders } from "../__tests__/terraform/run";

const ROUTES = [10, 50, 95];
const LISTENERS = [1, 3];
const MIRRORS = 95;
/** Priority of the first mirrored rule. */
const MIRRORED = 10_000;
const GOALS = { conditions: 1.3, mirrors: 2.1 } as const;

type Kind = keyof typeof GOALS;

/** A table of calls, and the duration of a plan at the rate at which AWS takes them. */
async function main(): Promise<string> {
  try {
    const rows: string[] = [];
    for (const listeners of LISTENERS) rows.push(...(await measured(listeners)));
    const seconds = await secondsOfThrottledPlan();
    return [
      "| Routes | Listeners | By hand | Conditions, 10 % | Conditions, 100 % | Mirrors, 10 % | Mirrors, 100 % |",
      "|---|---|---|---|---|---|---|",
      ...rows,
      `| Goal | | | at most ${GOALS.conditions} | at most ${GOALS.conditions} | at most ${GOALS.mirrors} | at most ${GOALS.mirrors} |`,
      "",
      "| Figure | Measured | Goal |",
      "|---|---|---|",
      `| plan of ${MIRRORS} mirrors, with 30 ms for each call and AWS's limit (40 calls, then 10 a second) | ${seconds.toFixed(0)} s | at most 45 s |`,
    ].join("\n");
  } finally {
    await stopProviders();
  }
}

async function secondsOfThrottledPlan(): Promise<number> {
  const aws = await LocalAws.start({ rulesQuota: 200, throttle: true });
  const recorder = await Recorder.start(aws.endpoint, { latency: 30 });
  try {
    const application = await createSmallApplication(aws);
    const arns = [application.albListenerArn];
    await mirrored(aws, arns, application.targetGroupArns.alb, MIRRORS, new Set());
    const { endpoint } = recorder;
    const api = { endpoint, folder: aws.folder, signal: aws.signal };
    const root = await TerraformRoot.init(api, "benchmarks/aws-calls/module", application.variables);
    const variables = { routes: routes("mirrors", MIRRORS, arns, ""), node_traffic_percent: 10 };
    await root.apply(variables);
    // Until all tokens are back.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const start = performance.now();
    await root.plan(variables);
    return (performance.now() - start) / 1000;
  } finally {
    await recorder.stop();
    await aws.stop();
  }
}

async function measured(listeners: number): Promise<string[]> {
  // Mirrors need as many rules again as there are routes, and more than 100 need a higher quota.
  const aws = await LocalAws.start({ rulesQuota: 200 });
  const recorder = await Recorder.start(aws.endpoint);
  try {
    const application = await createSmallApplication(aws);
    const arns = await listenersOf(aws, application, listeners);
    const api = { endpoint: recorder.endpoint, folder: aws.folder, signal: aws.signal };
    const root = (name: string) => TerraformRoot.init(api, `benchmarks/aws-calls/${name}`, application.variables);

    const calls = async (root: TerraformRoot, variables: Variables): Promise<number> => {
      await root.apply(variables);
      const before = recorder.requests.length;
      const found = changes(await root.plan(variables));
      if (found.length > 0) throw new Error(`The second plan is not empty: ${found.join(", ")}`);
      return recorder.requests.length - before;
    };
    const group = application.targetGroupArns.alb;
    const byHand = await root("by-hand");
    const baseline: number[] = [];
    for (const count of ROUTES)
      baseline.push(await calls(byHand, { routes: routes("conditions", count, arns, group) }));
    await byHand.destroy({ routes: {} });

    const results: Record<string, number[]> = {};
    for (const kind of ["conditions", "mirrors"] as const) {
      const module = await root("module");
      const made = new Set<number>();
      for (const count of ROUTES) {
        if (kind === "mirrors") await mirrored(aws, arns, group, count, made);
        for (const node_traffic_percent of [10, 100])
          (results[`${kind} ${node_traffic_percent}`] ??= []).push(
            await calls(module, { routes: routes(kind, count, arns, group), node_traffic_percent }),
          );
      }
      await module.destroy({ routes: {}, node_traffic_percent: 0 });
    }
    return ROUTES.map((count, index) => {
      const hand = baseline[index] ?? NaN;
      const cell = (name: string) =>
        `${results[name]?.[index]} (${((results[name]?.[index] ?? NaN) / hand).toFixed(2)})`;
      const cells = ["conditions 10", "conditions 100", "mirrors 10", "mirrors 100"].map(cell);
      return `| ${[count, listeners, hand, ...cells].join(" | ")} |`;
    });
  } finally {
    await recorder.stop();
    await aws.stop();
  }
}

function routes(kind: Kind, count: number, arns: string[], application_target_group_arn: string): Variables {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const route = { listener_arn: arns[index % arns.length], priority: 1 + index };
      const conditions = [{ path_pattern: { values: [`/${index}/*`] } }];
      const own = { conditions, application_target_group_arn };
      return [`r${index}`, { ...route, ...(kind === "mirrors" ? { mirrors_priority: MIRRORED + index } : own) }];
    }),
  );
}

type Application = Awaited<ReturnType<typeof createSmallApplication>>;

/** The listener of the application, and more on the same load balancer. */
async function listenersOf(aws: LocalAws, { albListenerArn, targetGroupArns }: Application, count: number) {
  const { Listeners: [first] = [] } = await aws.elb.describeListeners({ ListenerArns: [albListenerArn] });
  const more = Array.from({ length: count - 1 }, async (_, index) => {
    const { Listeners } = await aws.elb.createListener({
      LoadBalancerArn: first?.LoadBalancerArn,
      Protocol: "HTTP",
      Port: 8000 + index,
      DefaultActions: [{ Type: "forward", TargetGroupArn: targetGroupArns.alb }],
    });
    return String(Listeners?.[0]?.ListenerArn);
  });
  return [albListenerArn, ...(await Promise.all(more))];
}

async function mirrored(aws: LocalAws, arns: string[], TargetGroupArn: string, count: number, made: Set<number>) {
  for (let index = 0; index < count; index++) {
    if (made.has(index)) continue;
    made.add(index);
    await aws.elb.createRule({
      ListenerArn: arns[index % arns.length],
      Priority: MIRRORED + index,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: [`/${index}/*`] } }],
      Actions: [{ Type: "forward", TargetGroupArn }],
    });
  }
}

void main().then(console.log);
