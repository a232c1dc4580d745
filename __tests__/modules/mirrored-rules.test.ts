import { afterLogin } from "../apply/harness/listener";
import { LocalAws } from "../apply/harness/local-aws";
import { TerraformRoot } from "../apply/harness/terraform";
import { describeWithTools } from "../tools";
import {
  createListener,
  forward,
  host,
  path,
  type PlannedRule,
  plannedRules,
  type PlannedTargetGroup,
  type RuleParts,
  type TargetGroups,
} from "./listener";

/*
 * Routes of the module alb that mirror existing rules. Terraform cannot mock what is made of nested blocks, as
 * data.aws_lb_listener_rule is, so these are read by the real provider.
 */

describeWithTools(["terraform", "moto_server"], "mirrored rules", () => {
  let aws: LocalAws;
  let root: TerraformRoot;
  let targetGroups: TargetGroups;
  let mirror: (priority: number) => { listener_arn: string; priority: number; mirrors_priority: number };

  beforeAll(async () => {
    aws = await LocalAws.start();
    const listener = await createListener(aws, rules);
    ({ targetGroups } = listener);
    mirror = (priority) => ({ listener_arn: listener.arn, priority: priority - 1, mirrors_priority: priority });
    root = await TerraformRoot.init(aws, "__tests__/modules/routes", { vpc_id: listener.vpcId });
  });

  afterAll(() => aws.stop());

  describe("that forward", () => {
    let canary: Map<string, PlannedRule>;

    beforeAll(async () => {
      const routes = {
        host: mirror(10),
        path_and_method: mirror(20),
        headers_and_address: mirror(30),
        parameters: mirror(40),
        idle_group: mirror(50),
        named_application: { ...mirror(60), application_target_group_arn: targetGroups.api },
      };
      canary = plannedRules(await root.plan({ node_traffic_percent: 10, routes }), "node");
    });

    const expectedConditions: Record<string, unknown[]> = {
      host: [{ host_header: [{ values: ["shop.example.com", "www.example.com"] }] }],
      path_and_method: [
        { http_request_method: [{ values: ["GET", "POST"] }] },
        { path_pattern: [{ values: ["/api/*"] }] },
      ],
      headers_and_address: [
        { http_header: [{ http_header_name: "X-Stage", values: ["beta"] }] },
        { http_header: [{ http_header_name: "X-Tenant", values: ["a", "b"] }] },
        { source_ip: [{ values: ["198.51.100.0/24"] }] },
      ],
      parameters: [
        {
          query_string: [
            { key: "", value: "beta" }, // any name
            { key: "partner", value: "*" },
          ],
        },
      ],
    };

    test.each(Object.entries(expectedConditions))("lend their conditions: %s", (route, conditions) => {
      expect(sorted(kindsOf(canary.get(route)))).toEqual(sorted(conditions));
    });

    test("share out with their target group", () => {
      expect(groupsOf(canary.get("host"))).toEqual([
        { arn: undefined, weight: 10 },
        { arn: targetGroups.shop, weight: 90 },
      ]);
      expect(groupsOf(canary.get("path_and_method"))).toContainEqual({ arn: targetGroups.api, weight: 90 });
    });

    test("may have a second target group that gets no requests", () => {
      expect(groupsOf(canary.get("idle_group"))).toContainEqual({ arn: targetGroups.shop, weight: 90 });
    });

    test("may have several target groups when the route names one", () => {
      expect(groupsOf(canary.get("named_application"))).toContainEqual({ arn: targetGroups.api, weight: 90 });
    });

    test("are out of it after the cutover, even with several target groups", async () => {
      const routes = { host: mirror(10), several_groups: mirror(60) };
      const cutover = plannedRules(await root.plan({ node_traffic_percent: 100, routes }), "node");
      expect([...cutover.values()].map(groupsOf)).toEqual([
        [{ arn: undefined, weight: 100 }],
        [{ arn: undefined, weight: 100 }],
      ]);
    });
  });

  describe("that cannot be put behind the node are refused:", () => {
    let refusal: string;

    beforeAll(async () => {
      const routes = {
        weighted: mirror(60),
        redirect: mirror(70),
        answer: mirror(80),
        authentication: mirror(90),
        hidden_condition: mirror(100),
      };
      refusal = await root.plan({ node_traffic_percent: 99, routes }).then(
        () => "",
        (error: unknown) => (error as Error).message,
      );
    });

    const actions = (route: string, priority: number, types: string) =>
      `routes["${route}"]: the rule with priority ${priority} has the actions "${types}", and a route can only replace a single "forward". Remove the route.`;

    test("several target groups", () => {
      expect(refusal).toMatch(
        /routes\["weighted"\]: the rule with priority 60 forwards to 2 target groups \(.*\)\. Set application_target_group_arn to the one behind the node; if this is a deployment, wait until it is complete\./,
      );
      expect(refusal).toContain(targetGroups.shop);
      expect(refusal).toContain(targetGroups.api);
    });

    test("a redirect", () => {
      expect(refusal).toContain(actions("redirect", 70, "redirect"));
    });

    test("an answer", () => {
      expect(refusal).toContain(actions("answer", 80, "fixed-response"));
    });

    test("an authentication", () => {
      expect(refusal).toContain(
        `routes["authentication"]: the rule with priority 90 authenticates clients (authenticate-cognito, forward), and a route would take its requests without a login. Remove the route, and let the owner's rule forward to the node after the login, as the output forward_action says.`,
      );
    });

    test("a condition that the provider does not show", () => {
      expect(refusal).toContain(
        'routes["hidden_condition"]: the rule with priority 100 has a condition that this version of the AWS provider cannot read, such as a regular expression, so a mirror would match other requests, too. Set conditions and current_rule_arn for the route.',
      );
    });

    test("and nothing else is", () => {
      expect(refusal.match(/routes\["\w+"\]:/g)).toHaveLength(5);
    });
  });
});

/** The rules of the existing listener: conditions and actions, with the priorities 10, 20, … */
function rules({ shop, api }: TargetGroups): RuleParts[] {
  return [
    [[host("shop.example.com", "www.example.com")], forward({ [shop]: 1 })],
    [
      [path("/api/*"), { Field: "http-request-method", HttpRequestMethodConfig: { Values: ["GET", "POST"] } }],
      forward({ [api]: 1 }),
    ],
    [
      [
        { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Tenant", Values: ["a", "b"] } },
        { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Stage", Values: ["beta"] } },
        { Field: "source-ip", SourceIpConfig: { Values: ["198.51.100.0/24"] } },
      ],
      forward({ [shop]: 1 }),
    ],
    [
      [
        {
          Field: "query-string",
          QueryStringConfig: { Values: [{ Key: "partner", Value: "*" }, { Value: "beta" }] },
        },
      ],
      forward({ [shop]: 1 }),
    ],
    [[host("idle.example.com")], forward({ [shop]: 100, [api]: 0 })],
    [[host("weighted.example.com")], forward({ [shop]: 90, [api]: 10 })],
    [
      [host("old.example.com")],
      [{ Type: "redirect", RedirectConfig: { Host: "shop.example.com", StatusCode: "HTTP_301" } }],
    ],
    [
      [host("closed.example.com")],
      [{ Type: "fixed-response", FixedResponseConfig: { ContentType: "text/plain", StatusCode: "403" } }],
    ],
    [[host("staff.example.com")], afterLogin(shop)],
    // Which the provider is too old for.
    [[{ Field: "host-header", HostHeaderConfig: { RegexValues: ["^legacy\\."] } }], forward({ [shop]: 1 })],
  ];
}

/** The conditions of a rule, each without the kinds that it is not of. */
function kindsOf(rule: PlannedRule | undefined): unknown[] {
  return (rule?.condition ?? []).map((condition) =>
    Object.fromEntries(
      Object.entries(condition)
        .filter(([, blocks]) => blocks.length > 0)
        .map(([kind, blocks]) => [kind, sorted(blocks)]),
    ),
  );
}

function groupsOf(rule: PlannedRule | undefined): PlannedTargetGroup[] {
  const groups = rule?.action[0]?.forward[0]?.target_group ?? [];
  return groups.map(({ arn, weight }) => ({ arn, weight })).sort((a, b) => a.weight - b.weight);
}

/** Sets have no order. */
function sorted<T>(set: readonly T[]): T[] {
  return [...set].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
