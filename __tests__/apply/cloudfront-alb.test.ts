import type { Origin } from "@aws-sdk/client-cloudfront";
import type { Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import { matchingRule, type Request } from "../modules/matching-rule";
import { describeInTestAll } from "../test-all";
import { createExistingApplication, type ExistingApplication } from "./harness/existing-application";
import { inventory } from "./harness/inventory";
import { listenerRules } from "./harness/listener";
import { LocalAws } from "./harness/local-aws";
import { bootScript } from "./harness/node-fleet";
import { resourceChanges } from "./harness/plan";
import { TerraformRoot } from "./harness/terraform";
import { unsupportedSettings } from "./harness/unsupported-settings";

const blue = "0123456789abcdef0123456789abcdef";
const green = "fedcba9876543210fedcba9876543210";

/** The routes of the example: a request of each, who answered it before there was a node, and the rules of the route. */
const routes = {
  shop: {
    request: { host: "shop.example.com" },
    before: "shop-application",
    priorities: [8, 9],
    conditions: ["host-header shop.example.com"],
  },
  api: {
    request: { host: "www.example.com", path: "/api/carts", headers: [["X-Api-Version", "1.2"]] },
    before: "shop-api",
    priorities: [18, 19],
    conditions: ["http-header X-Api-Version 1|1.*", "path-pattern /api/*"],
  },
  partner: {
    request: { host: "www.example.com", query: "partner=a", source: "198.51.100.7" },
    before: "shop-application",
    priorities: [28, 29],
    conditions: ["query-string partner=*", "source-ip 198.51.100.0/24"],
  },
  upload: {
    request: { host: "www.example.com", method: "POST" },
    before: "shop-application",
    priorities: [38, 39],
    conditions: ["http-request-method POST|PUT"],
  },
  search: {
    request: { host: "www.example.com", path: "/search/a" },
    before: "shop-application",
    priorities: [68, 69],
    conditions: ["path-pattern /search/*"],
  },
  rest: {
    request: { host: "www.example.com" },
    before: "shop-application",
    priorities: [49999, 50000],
    conditions: ["path-pattern /*"],
  },
} as const satisfies Record<string, { request: Request } & Record<string, unknown>>;

const distribution = "module.cloudfront.aws_cloudfront_distribution.adopted[0]";
const nodeRules = (...attributes: string[]) =>
  Object.keys(routes).map(
    (route) => `update module.wallarm_routing.aws_lb_listener_rule.node["${route}"]: ${attributes.join(", ")}`,
  );
const contractOfCloudFront = "update module.cloudfront.terraform_data.routing: input, output";
const originOfDistribution = [`update ${distribution}: origin`, contractOfCloudFront];
/** At 0 percent, the apply waits for the distribution whatever the caller says. */
const originAndWait = [`update ${distribution}: origin, wait_for_deployment`, contractOfCloudFront];
const contract = "update module.wallarm_routing.terraform_data.routing: input, output";
const launchTemplate = "update module.node_fleet.aws_launch_template.node: latest_version, user_data";
const policy = "update module.node_fleet.aws_iam_role_policy.node[0]: policy";
/** The instances follow their launch template, and moto makes more of it. */
const ofMoto = (change: string) => change.includes(".aws_autoscaling_group.");
const secret = (verb: "create" | "delete", color: string) =>
  ["aws_secretsmanager_secret", "aws_secretsmanager_secret_version"].map(
    (type) => `${verb} ${type}.header["${color}"]`,
  );

/** The runbook, an apply a step: what a reviewer of the plan has to approve, and then who answers whom. */
const steps = [
  {
    name: "CloudFront sends the header",
    variables: { node_traffic_percent: 0, secret_header_values: { blue }, secret_header: { sent: true } },
    plan: originAndWait,
    then: { sent: blue, answers: { cloudfront: "application", others: "application" } },
  },
  {
    name: "the load balancer demands it",
    variables: {
      node_traffic_percent: 0,
      secret_header_values: { blue },
      secret_header: { sent: true, enforced: true },
    },
    plan: [...nodeRules("condition"), contract, launchTemplate],
    then: { sent: blue, answers: { cloudfront: "application", others: "403" } },
  },
  {
    name: "the node answers, and both values are accepted",
    variables: {
      node_traffic_percent: 100,
      secret_header_values: { blue, green },
      secret_header: { sent: true, enforced: true },
    },
    plan: [...nodeRules("action", "condition"), contract, launchTemplate, policy, ...secret("create", "green")],
    then: { sent: blue, answers: { cloudfront: "node", others: "403" } },
  },
  {
    name: "CloudFront sends the other value",
    variables: {
      node_traffic_percent: 100,
      secret_header_values: { blue, green },
      secret_header: { sent: true, enforced: true, active: "green" },
    },
    plan: originOfDistribution,
    then: { sent: green, answers: { cloudfront: "node", others: "403" } },
  },
  {
    name: "the first value is refused",
    variables: {
      node_traffic_percent: 100,
      secret_header_values: { green },
      secret_header: { sent: true, enforced: true, active: "green" },
    },
    plan: [...nodeRules("condition"), launchTemplate, policy, ...secret("delete", "blue")],
    then: { sent: green, answers: { cloudfront: "node", others: "403" } },
  },
  {
    name: "back: the application answers, and the load balancer demands nothing",
    variables: {
      node_traffic_percent: 0,
      secret_header_values: { green },
      secret_header: { sent: true, active: "green" },
    },
    plan: [...nodeRules("action", "condition"), contract, launchTemplate],
    then: { sent: green, answers: { cloudfront: "application", others: "application" } },
  },
  {
    name: "CloudFront sends nothing",
    variables: { node_traffic_percent: 0, secret_header_values: { green }, secret_header: { active: "green" } },
    plan: originAndWait,
    then: { sent: undefined, answers: { cloudfront: "application", others: "application" } },
  },
] as const;
const prepared = { node_traffic_percent: 0, secret_header_values: { blue }, secret_header: {} };

describeInTestAll(["terraform", "moto_server", "aws"], "examples/cloudfront/alb-origin", () => {
  let aws: LocalAws;
  let application: ExistingApplication;
  let example: TerraformRoot;
  let distributionId: string;
  let before: { inventory: string[]; rules: string[]; origins: Origin[] };

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createExistingApplication(aws);
    distributionId = await createDistribution();
    before = { inventory: await inventory(aws), rules: await ruleTexts(), origins: await origins() };
    example = await TerraformRoot.init(aws, "examples/cloudfront/alb-origin", {
      ...application.albExampleVariables,
      distribution_id: distributionId,
      distribution_unsupported_settings: await unsupportedSettings(aws.endpoint, distributionId),
      origin_id: "shop",
      wait_for_deployment: false, // moto takes half a minute
    });
  }, 300_000);

  afterAll(() => aws.stop());

  test("to demand what is not sent is refused", async () => {
    await expect(example.plan({ ...prepared, secret_header: { enforced: true } })).rejects.toThrow(
      "secret_header.enforced needs secret_header.sent from an earlier apply. Otherwise, the load balancer refuses all requests.",
    );
  });

  test("the plan adds the node and the rules, imports the distribution, and changes nothing that is there", async () => {
    const planned = resourceChanges(await example.plan(prepared));
    expect(planned.filter((change) => !change.startsWith("create"))).toEqual([`import ${distribution}`]);
    expect(planned.filter((change) => change.includes("aws_lb_listener_rule")).sort()).toEqual(
      ["closing", "node"].flatMap((rule) =>
        Object.keys(routes)
          .sort()
          .map((route) => `create module.wallarm_routing.aws_lb_listener_rule.${rule}["${route}"]`),
      ),
    );
  });

  test("where a route cannot be added no closing rule is, which would refuse everybody", async () => {
    const { listener_arns, application_target_group_arn } = application.outputs;
    const { Rules: [clash] = [] } = await aws.elb.createRule({
      ListenerArn: listener_arns.public,
      Priority: 49999,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/clash"] } }],
      Actions: [{ Type: "forward", TargetGroupArn: application_target_group_arn }],
    });
    await expect(example.applyPlan()).rejects.toThrow(/PriorityInUse[^]*"rest"/);
    const rules = await ruleTexts();
    await aws.elb.deleteRule({ RuleArn: clash?.RuleArn });
    expect(rules).toContain("8: host-header shop.example.com -> forward shop-application 100, node 0");
    expect(rules.filter((rule) => rule.includes("403"))).toEqual([]);
  });

  describe("step by step", () => {
    let last: Present;

    test("prepared: the closing rules stand behind the routes, and nobody reaches them", async () => {
      await example.apply(prepared);
      last = await present();
      expect(await ruleTexts()).toEqual(expectedRules("forward shop-application 100, node 0"));
      expect(last.node).toEqual([]);
      expectAnswers(last, [blue], { sent: undefined, answers: { cloudfront: "application", others: "application" } });
    });

    // Each plan is the proof, too, that nothing of the step before is left to do.
    test.each(steps)("$name", async ({ variables, plan, then }) => {
      expect(
        resourceChanges(await example.plan(variables))
          .filter((change) => !ofMoto(change))
          .sort(),
      ).toEqual([...plan].sort());
      await example.applyPlan();

      const now = await present();
      const accepted = Object.values<string>(variables.secret_header_values);
      expectAnswers(now, accepted, then);
      // In an apply, the load balancer changes before CloudFront or after it: both times what is sent is accepted.
      expectAccepted(now, last.sent);
      expectAccepted(last, now.sent);
      last = now;

      const { enforced = false } = variables.secret_header as { enforced?: boolean };
      expect(now.node).toEqual(enforced ? accepted : []);
      expect(await ruleTexts()).toEqual(
        expectedRules(
          variables.node_traffic_percent === 100 ? "forward node" : "forward shop-application 100, node 0",
          enforced ? `http-header X-CloudFront-Secret ${accepted.join("|")}` : undefined,
        ),
      );
    });
  });

  test("the load balancer's owner is told the groups that admit CloudFront, and nobody else", async () => {
    const outputs = await example.outputs<{ load_balancer_security_group_ids: string[] }>();
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: outputs.load_balancer_security_group_ids }],
    });
    const ingress = SecurityGroupRules.filter(({ IsEgress }) => !IsEgress);
    const { PrefixLists: [list] = [] } = await aws.ec2.describeManagedPrefixLists({
      Filters: [{ Name: "prefix-list-name", Values: ["com.amazonaws.global.cloudfront.origin-facing"] }],
    });
    expect(ingress).toMatchObject([{ FromPort: 80, ToPort: 80, PrefixListId: list?.PrefixListId }]);
  });

  test("released and destroyed, it leaves the application and the distribution as they were", async () => {
    const unsent = steps[6].variables;
    await example.edit("main.tf", (text) =>
      text.replace(/^import \{[^]*?^\}\n/m, "").replace(/^module "cloudfront" \{[^]*?^\}\n/m, removed),
    );
    await example.edit("outputs.tf", () => undefined);
    await example.apply(unsent);
    await example.destroy(unsent);

    expect(await inventory(aws)).toEqual(before.inventory);
    expect(await ruleTexts()).toEqual(before.rules);
    expect(await origins()).toEqual(before.origins);
    expect(await application.root.changes()).toEqual([]);
  });

  /** Made by hand: no Terraform state has it. */
  async function createDistribution(): Promise<string> {
    const { Distribution } = await aws.cloudFront.createDistribution({
      DistributionConfig: {
        CallerReference: "shop",
        Comment: "The shop",
        Enabled: true,
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: "shop",
              DomainName: application.outputs.load_balancer_dns_name,
              OriginPath: "",
              ConnectionAttempts: 3,
              ConnectionTimeout: 10,
              CustomHeaders: { Quantity: 0 },
              CustomOriginConfig: {
                HTTPPort: 80,
                HTTPSPort: 443,
                OriginProtocolPolicy: "http-only",
                OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] },
                OriginReadTimeout: 30,
                OriginKeepaliveTimeout: 5,
              },
            },
          ],
        },
        DefaultCacheBehavior: {
          TargetOriginId: "shop",
          ViewerProtocolPolicy: "redirect-to-https",
          ForwardedValues: { QueryString: true, Cookies: { Forward: "all" } },
          MinTTL: 0,
        },
      },
    });
    return String(Distribution?.Id);
  }

  async function origins(): Promise<Origin[]> {
    const { DistributionConfig } = await aws.cloudFront.getDistributionConfig({ Id: distributionId });
    return DistributionConfig?.Origins?.Items ?? [];
  }

  async function present(): Promise<Present> {
    const [origin] = await origins();
    const header = origin?.CustomHeaders?.Items?.find(({ HeaderName }) => HeaderName === "X-CloudFront-Secret");
    const { Rules = [] } = await aws.elb.describeRules({ ListenerArn: application.outputs.listener_arns.public });
    const { TargetGroups = [] } = await aws.elb.describeTargetGroups();
    const names = new Map(TargetGroups.map((group) => [group.TargetGroupArn, group.TargetGroupName ?? ""]));
    return {
      sent: header?.HeaderValue,
      rules: Rules.map((rule) => ({ rule, answer: answerOf(rule, names) })),
      node: await acceptedByNode(),
    };
  }

  /** Its instances are told the names of its secrets, and none of them. */
  async function acceptedByNode(): Promise<string[]> {
    const script = await bootScript(aws);
    expect(script).toContain(":secret:wallarm-token-");
    for (const value of [blue, green]) expect(script).not.toContain(value);
    return [...script.matchAll(/:secret:shop-wallarm-header-(\w+)-/g)].map(([, color]) =>
      color === "blue" ? blue : green,
    );
  }

  async function ruleTexts(): Promise<string[]> {
    const rules = await listenerRules(aws, application.outputs.listener_arns.public);
    return rules.map((rule) => rule.replace(nodeGroup, "node"));
  }

  /**
   * The rules of the listener with those of the routes.
   *
   * @param forward what the routes do, of which one has another application
   * @param secret the condition that the routes have beside their own
   */
  function expectedRules(forward: string, secret?: string): string[] {
    const added = Object.values(routes).flatMap(({ priorities: [route, closing], conditions, before: application }) => [
      `${route}: ${[...conditions, ...(secret ? [secret] : [])].sort().join(" and ")} -> ${forward.replace("shop-application", application)}`,
      `${closing}: ${conditions.join(" and ")} -> fixed-response 403`,
    ]);
    return [...before.rules, ...added].sort((a, b) => priorityOf(a) - priorityOf(b));
  }
});

/** In place of the module cloudfront, for who gives the distribution back. */
const removed = `removed {
  from = module.cloudfront.aws_cloudfront_distribution.adopted

  lifecycle {
    destroy = false
  }
}
`;

const nodeGroup = /shop-wallarm-[0-9a-f]{8}/;

interface Present {
  /** The value that CloudFront sends, if it does. */
  readonly sent: string | undefined;
  /** The rules that the listener has. */
  readonly rules: readonly AnsweringRule[];
  /** The values that a booting node accepts; none if it checks nothing. */
  readonly node: readonly string[];
}

interface AnsweringRule {
  readonly rule: Rule;
  /** A target group that gets requests, a status code, or "redirect". */
  readonly answer: string;
}

function answerOf({ Actions: [action] = [] }: Rule, names: ReadonlyMap<string | undefined, string>): string {
  if (action?.Type === "fixed-response") return String(action.FixedResponseConfig?.StatusCode);
  if (action?.Type !== "forward") return String(action?.Type);
  const groups = action.ForwardConfig?.TargetGroups ?? [];
  const [first, ...others] = groups.filter(({ Weight }) => Weight !== 0);
  return others.length > 0 ? "several" : String(names.get(first?.TargetGroupArn)).replace(nodeGroup, "node");
}

function answer(rules: readonly AnsweringRule[], request: Request, secret: string | undefined): string | undefined {
  const headers: Request["headers"] = secret === undefined ? [] : [["X-CloudFront-Secret", secret]];
  const matching = matchingRule(
    rules.map(({ rule }) => rule),
    { ...request, headers: [...(request.headers ?? []), ...headers] },
  );
  return rules.find(({ rule }) => rule === matching)?.answer;
}

function expectAccepted({ rules, node }: Present, sent: string | undefined): void {
  if (node.length > 0) expect(node).toContain(sent);
  for (const { request } of Object.values(routes)) expect(answer(rules, request, sent)).toMatch(/^(node|shop-.*)$/);
}

/** Who answers CloudFront's requests of each route, and who others', whatever value they have that is not accepted. */
function expectAnswers(
  { sent, rules }: Present,
  accepted: readonly string[],
  expected: { sent: string | undefined; answers: { cloudfront: string; others: string } },
): void {
  expect(sent).toBe(expected.sent);
  const { cloudfront, others } = expected.answers;
  const refused = [undefined, "", "*", ...["0".repeat(32), blue, green].filter((value) => !accepted.includes(value))];
  for (const { request, before } of Object.values(routes)) {
    const named = (who: string) => (who === "application" ? before : who);
    expect(answer(rules, request, sent)).toBe(named(cloudfront));
    for (const value of refused) expect(answer(rules, request, value)).toBe(named(others));
  }
  // The rules without a route know no header.
  expect(answer(rules, { host: "www.example.com", path: "/old/a" }, undefined)).toBe("redirect");
  expect(answer(rules, { host: "www.example.com", path: "/maintenance" }, undefined)).toBe("503");
}

function priorityOf(rule: string): number {
  return rule.startsWith("default") ? Infinity : Number.parseInt(rule, 10);
}
