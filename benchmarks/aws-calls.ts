/**
 * Counts the calls to AWS of a plan that changes nothing: of the module alb, and of the same resources written by hand.
 * Prints tables.
 */
import { LocalAws } from "../__tests__/apply/harness/local-aws";
import { Recorder } from "../__tests__/apply/harness/recorder";
import { createSmallApplication } from "../__tests__/apply/harness/small-application";
import { TerraformRoot, type Variables } from "../__tests__/apply/harness/terraform";
import { stopProviders } from "../__tests__/terraform/run";

const ROUTES = [10, 50, 95];
const LISTENERS = [1, 3];
const MIRRORS = 95;
/** Priority of the first mirrored rule. */
const MIRRORED = 10_000;
/** By kind of routes: how they say what they match, and the ratio to reach. A mirror by number has none, see `COLUMNS`. */
const KINDS = {
  conditions: { heading: "Conditions", goal: "at most 1.3" },
  mirrors_rule_arn: { heading: "`mirrors_rule_arn`", goal: "at most 2.1" },
  mirrors_priority: { heading: "`mirrors_priority`", goal: "" },
} as const;

type Kind = keyof typeof KINDS;

/** What is measured. The provider reads all rules of the listener for each mirror by number, and the local API has pages of 50. */
const COLUMNS: readonly { readonly kind: Kind; readonly percent: number }[] = [
  { kind: "conditions", percent: 10 },
  { kind: "conditions", percent: 100 },
  { kind: "mirrors_rule_arn", percent: 10 },
  { kind: "mirrors_rule_arn", percent: 100 },
  { kind: "mirrors_priority", percent: 10 },
];

/** A table of calls, and the duration of a plan at the rate at which AWS takes them. */
async function main(): Promise<string> {
  try {
    const rows: string[] = [];
    for (const listeners of LISTENERS) rows.push(...(await measured(listeners)));
    const seconds = await secondsOfThrottledPlan();
    const row = (...cells: string[]) => `| ${cells.join(" | ")} |`;
    return [
      row(
        "Routes",
        "Listeners",
        "By hand",
        ...COLUMNS.map(({ kind, percent }) => `${KINDS[kind].heading}, ${percent} %`),
      ),
      row(...["Routes", "Listeners", "By hand", ...COLUMNS].map(() => "---")),
      ...rows,
      row("Goal", "", "", ...COLUMNS.map(({ kind }) => KINDS[kind].goal)),
      "",
      row("Figure", "Measured", "Goal"),
      row("---", "---", "---"),
      row(
        `plan of ${MIRRORS} routes with \`mirrors_rule_arn\`, with 30 ms for each call and AWS's limit (40 calls, then 10 a second)`,
        `${seconds.toFixed(0)} s`,
        "at most 45 s",
      ),
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
    const rules = await existingRules(aws, arns, application.targetGroupArns.alb, MIRRORS);
    const { endpoint } = recorder;
    const api = { endpoint, folder: aws.folder, signal: aws.signal };
    const root = await TerraformRoot.init(api, "benchmarks/aws-calls/module", application.variables);
    const variables = { routes: routes("mirrors_rule_arn", MIRRORS, arns, "", rules), node_traffic_percent: 10 };
    await root.apply(variables);
    // Until all tokens are back.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const start = performance.now();
    const found = await root.changes(variables);
    const seconds = (performance.now() - start) / 1000;
    if (found.length > 0) throw new Error(`The second plan is not empty: ${found.join(", ")}`);
    return seconds;
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
      const found = await root.changes(variables);
      if (found.length > 0) throw new Error(`The second plan is not empty: ${found.join(", ")}`);
      return recorder.requests.length - before;
    };
    const group = application.targetGroupArns.alb;
    const byHand = await root("by-hand");
    const baseline: number[] = [];
    for (const count of ROUTES)
      baseline.push(await calls(byHand, { routes: routes("conditions", count, arns, group, []) }));
    await byHand.destroy({ routes: {} });

    const rules = await existingRules(aws, arns, group, Math.max(...ROUTES));
    const results: number[][] = [];
    for (const { kind, percent: node_traffic_percent } of COLUMNS) {
      const module = await root("module");
      const ofColumn: number[] = [];
      for (const count of ROUTES)
        ofColumn.push(await calls(module, { routes: routes(kind, count, arns, group, rules), node_traffic_percent }));
      await module.destroy({ routes: {}, node_traffic_percent: 0 });
      results.push(ofColumn);
    }
    return ROUTES.map((count, index) => {
      const hand = baseline[index] ?? NaN;
      const cell = (calls = NaN) => `${calls} (${(calls / hand).toFixed(2)})`;
      return `| ${[count, listeners, hand, ...results.map((ofColumn) => cell(ofColumn[index]))].join(" | ")} |`;
    });
  } finally {
    await recorder.stop();
    await aws.stop();
  }
}

function routes(kind: Kind, count: number, arns: string[], group: string, rules: string[]): Variables {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const route = { listener_arn: arns[index % arns.length], priority: 1 + index };
      const matches = {
        conditions: {
          conditions: [{ path_pattern: { values: [`/${index}/*`] } }],
          application_target_group_arn: group,
        },
        mirrors_rule_arn: { mirrors_rule_arn: rules[index] },
        mirrors_priority: { mirrors_priority: MIRRORED + index },
      };
      return [`r${index}`, { ...route, ...matches[kind] }];
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

/** The ARNs of rules that mirrors name, on the listeners in turn. */
async function existingRules(aws: LocalAws, arns: string[], TargetGroupArn: string, count: number): Promise<string[]> {
  const rules: string[] = [];
  for (let index = 0; index < count; index++) {
    const { Rules } = await aws.elb.createRule({
      ListenerArn: arns[index % arns.length],
      Priority: MIRRORED + index,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: [`/${index}/*`] } }],
      Actions: [{ Type: "forward", TargetGroupArn }],
    });
    rules.push(String(Rules?.[0]?.RuleArn));
  }
  return rules;
}

void main().then(console.log);
