import type { Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import { LocalAws } from "../apply/harness/local-aws";
import { TerraformRoot } from "../apply/harness/terraform";
import { describeWithTools } from "../tools";
import { asRule, createListener, forward, host, type Listener, path, plannedRules, type RuleParts } from "./listener";
import { matchingRule, type Request } from "./matching-rule";

/*
 * The secret header of the module alb, as requests meet it: who answers by the planned rules and those of a listener that
 * was there before. What is expected follows from the purpose, and from how AWS compares
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HttpHeaderConditionConfig.html).
 */

const blue = "0123456789abcdef0123456789abcdef";
const green = "fedcba9876543210fedcba9876543210";
const both = { blue, green };

const secret = (value: string, name = "X-CloudFront-Secret"): Request["headers"] => [[name, value]];

/** What a request may bring along that is no accepted value, whatever the accepted ones are. */
const refusedSecrets: Record<string, Request["headers"]> = {
  "without the header": [],
  "with a wrong value": secret("0".repeat(32)),
  "with an empty value": secret(""),
  "with a wildcard for a value": secret("*"),
  "with the start of a value": secret(blue.slice(0, 31)),
  "with more than a value": secret(`${blue}0`),
  "with both values in one": secret(`${blue}, ${green}`),
  "with the value in another header": secret(blue, "X-CloudFront"),
};

const secrets: Record<string, Request["headers"]> = {
  ...refusedSecrets,
  "with the blue value": secret(blue),
  "with the green value": secret(green),
};

/** Requests that a route is for, with the one who answered before there was a node. */
const routed: Record<string, { request: Request; before: string }> = {
  "a mirrored rule's": { request: { host: "shop.example.com" }, before: "shop" },
  "a mirrored rule's with a header": {
    request: { host: "www.example.com", path: "/api/carts", headers: [["X-Api-Version", "1"]] },
    before: "api",
  },
  "a route's with conditions": { request: { host: "www.example.com", path: "/search/a" }, before: "api 20, shop 80" },
  "the catch-all's": { request: { host: "www.example.com", path: "/" }, before: "shop" },
};

/** Requests of rules without a route. The last one is a way around the header, and around the node: the README says so. */
const others: readonly (readonly [name: string, request: Request, answer: string])[] = [
  ["a redirect's", { host: "www.example.com", path: "/old/a" }, "redirect"],
  ["an answer's", { host: "www.example.com", path: "/maintenance" }, "503"],
  ["a forwarding rule's without a route", { host: "www.example.com", path: "/internal/a" }, "shop"],
];

describeWithTools(["terraform", "moto_server"], "the secret header of the module alb", () => {
  let aws: LocalAws;
  let listener: Listener;
  let existing: Rule[];
  let root: TerraformRoot;

  beforeAll(async () => {
    aws = await LocalAws.start();
    listener = await createListener(aws, rules);
    ({ Rules: existing = [] } = await aws.elb.describeRules({ ListenerArn: listener.arn }));
    root = await TerraformRoot.init(aws, "__tests__/modules/routes", { vpc_id: listener.vpcId });
  });

  afterAll(() => aws.stop());

  test("is a question only where somebody answers", () => {
    for (const { request, before } of Object.values(routed)) expect(answer(existing, request)).toBe(before);
    for (const [, request, expected] of others) expect(answer(existing, request)).toBe(expected);
  });

  describe("where it is enforced, at 100 %", () => {
    let all: Rule[];

    beforeAll(async () => {
      all = await listenerWith({ percent: 100, enforced: true, values: both });
    });

    describe.each(Object.entries(routed))("%s request", (_, { request }) => {
      test.each(Object.entries(secrets))("%s", (name, headers) => {
        expect(answer(all, request, headers)).toBe(name in refusedSecrets ? "403" : "node");
      });
    });

    test("name and value are compared without regard to case, as AWS does", () => {
      const request = { host: "shop.example.com" };
      expect(answer(all, request, secret(blue, "x-cloudfront-secret"))).toBe("node");
      expect(answer(all, request, secret(blue.toUpperCase()))).toBe("node");
    });

    test.each(others)("%s request is answered as before", (_, request, expected) => {
      for (const headers of Object.values(secrets)) expect(answer(all, request, headers)).toBe(expected);
    });
  });

  test("one value is enough, and the other is refused then", async () => {
    const all = await listenerWith({ percent: 0, enforced: true, values: { blue } });
    // At 0 the application answers, and demands the header too.
    for (const { request } of Object.values(routed)) expect(answer(all, request, secret(green))).toBe("403");
    expect(answer(all, { host: "shop.example.com" }, secret(blue))).toBe("shop");
    expect(answer(all, { host: "shop.example.com" })).toBe("403");
  });

  test("before it is enforced, nobody is refused", async () => {
    const all = await listenerWith({ percent: 10, enforced: false, values: both });
    expect(all.filter(({ Actions }) => Actions?.[0]?.FixedResponseConfig?.StatusCode === "403")).toHaveLength(4);
    for (const headers of Object.values(secrets)) {
      expect(answer(all, { host: "shop.example.com" }, headers)).toBe("node 10, shop 90");
      expect(answer(all, { host: "www.example.com" }, headers)).toBe("node 10, shop 90");
      for (const [, request, expected] of others) expect(answer(all, request, headers)).toBe(expected);
    }
  });

  test("one closing rule is enough for routes that all stand before it, and it before the rules that they mirror", async () => {
    const all = await listenerWith({
      percent: 100,
      enforced: true,
      values: { green },
      routes: {
        shop: { priority: 1, mirrors_priority: 10 },
        api: { priority: 2, mirrors_priority: 20 },
        rest: { priority: 3, catch_all: true, closing_priority: 4 },
      },
    });
    const everything = [
      ...Object.values(routed).map(({ request }) => request),
      ...others.map(([, request]) => request),
    ];
    for (const request of everything) {
      expect(answer(all, request, secret(green))).toBe("node");
      for (const headers of Object.values(refusedSecrets)) expect(answer(all, request, headers)).toBe("403");
    }
  });

  describe("is refused by a rule that", () => {
    let refusal: string;

    beforeAll(async () => {
      refusal = await listenerWith({
        percent: 100,
        enforced: false,
        values: both,
        routes: {
          several_hosts: { priority: 68, closing_priority: 69, mirrors_priority: 70 },
          own_secret: { priority: 78, closing_priority: 79, mirrors_priority: 80 },
          rest: { priority: 49999, closing_priority: 50000, catch_all: true },
        },
      }).then(
        () => "",
        (error: unknown) => (error as Error).message,
      );
    });

    test("has too many values for it to be added", () => {
      expect(refusal).toContain(
        'routes["several_hosts"]: the rule with priority 70 has 4 values in its conditions, and AWS allows five in a rule, including the two of secret_header_values. Use several routes with conditions, with at most 3 values each.',
      );
    });

    test("demands the same header already", () => {
      expect(refusal).toContain(
        'routes["own_secret"]: the rule with priority 80 already has a condition on the header in secret_header, and a request would have to match both. Set conditions without it for the route or, if all routes have one, set secret_header = null.',
      );
    });

    test("and by nothing else", () => {
      expect(refusal.match(/routes\["\w+"\]:/g)).toHaveLength(2);
    });
  });

  interface Given {
    readonly percent: number;
    readonly enforced: boolean;
    readonly values: { readonly blue?: string; readonly green?: string };
    /** Without their listener. @default - one of each way, each with a closing rule directly behind it */
    readonly routes?: Readonly<Record<string, object>>;
  }

  /** The listener's rules with those that the module would add. */
  async function listenerWith({ percent, enforced, values, routes = defaultRoutes() }: Given): Promise<Rule[]> {
    const plan = await root.plan({
      node_traffic_percent: percent,
      secret_header: { enforced },
      secret_header_values: values,
      routes: Object.fromEntries(
        Object.entries(routes).map(([name, route]) => [name, { listener_arn: listener.arn, ...route }]),
      ),
    });
    const planned = [...plannedRules(plan, "node").values(), ...plannedRules(plan, "closing").values()];
    return [...existing, ...planned.map(asRule)];
  }

  function defaultRoutes(): Record<string, object> {
    return {
      shop: { priority: 8, closing_priority: 9, mirrors_priority: 10 },
      api: { priority: 18, closing_priority: 19, mirrors_priority: 20 },
      search: {
        priority: 48,
        closing_priority: 49,
        conditions: [{ path_pattern: { values: ["/search/*"] } }],
        application_target_group_arn: listener.targetGroups.shop,
      },
      rest: { priority: 49999, closing_priority: 50000, catch_all: true },
    };
  }

  /** Who answers: target groups by their names, with weights where there are several; a status code; or "redirect". */
  function answer(all: readonly Rule[], request: Request, more: Request["headers"] = []): string {
    const headers = [...(request.headers ?? []), ...more];
    const { Actions: [action] = [] } = matchingRule(all, { ...request, headers });
    if (action?.Type === "fixed-response") return String(action.FixedResponseConfig?.StatusCode);
    if (action?.Type !== "forward") return String(action?.Type);
    const groups = (action.ForwardConfig?.TargetGroups ?? []).filter(({ Weight }) => Weight !== 0);
    const name = (arn: string | undefined) =>
      arn === undefined ? "node" : arn === listener.targetGroups.shop ? "shop" : "api";
    return groups
      .map(({ TargetGroupArn, Weight }) => `${name(TargetGroupArn)}${groups.length > 1 ? ` ${Weight}` : ""}`)
      .sort()
      .join(", ");
  }
});

/** The rules of the existing listener. */
function rules({ shop, api }: Listener["targetGroups"]): RuleParts[] {
  return [
    [[host("shop.example.com")], forward({ [shop]: 1 })],
    [
      [
        path("/api/*"),
        { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Api-Version", Values: ["1", "1.*"] } },
      ],
      forward({ [api]: 1 }),
    ],
    [[path("/old/*")], [{ Type: "redirect", RedirectConfig: { Path: "/", StatusCode: "HTTP_301" } }]],
    [
      [path("/maintenance")],
      [{ Type: "fixed-response", FixedResponseConfig: { ContentType: "text/plain", StatusCode: "503" } }],
    ],
    [[path("/search/*")], forward({ [shop]: 80, [api]: 20 })],
    [[path("/internal/*")], forward({ [shop]: 1 })],
    [[host("a.example.com", "b.example.com", "c.example.com", "d.example.com")], forward({ [shop]: 1 })],
    [
      [
        host("eu.example.com"),
        { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "x-cloudfront-secret", Values: [green] } },
      ],
      forward({ [shop]: 1 }),
    ],
  ];
}
