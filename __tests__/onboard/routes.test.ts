import { rulesOf } from "../../model/rules";
import { reference } from "../../onboard/hcl";
import type { Remembered } from "../../onboard/composition";
import { routesOf } from "../../onboard/alb/routes";
import { forward, groupArn, host, loadBalancerOf, path, ruleArn, type Sketch, snapshotWith } from "./support/rules";

const NOTHING: Remembered = {};
const entry = (key: string | null, priority: number | null) => ({ key, priority, target: null });

function routes(
  sketches: readonly Sketch[],
  remembered = NOTHING,
  mirror = false,
  targetGroupArns: readonly string[] = [],
) {
  const questions = 2;
  const snapshot = snapshotWith(sketches);
  const { covered, leftOut } = routesOf(rulesOf(loadBalancerOf(snapshot), snapshot), {
    ...{ remembered, mirror, questions, targetGroupArns, isCopied: false },
  });
  return {
    covered: Object.fromEntries(covered.map(({ key, route }) => [key, route])),
    leftOut: leftOut.map(({ rule, step }) => [rule.priority, step]),
  };
}

describe("a route", () => {
  test("has the conditions and the target group of its rule, directly before it", () => {
    const { covered } = routes([{ priority: 10, conditions: [host("shop.example.com"), path("/api/*", "/v1/*")] }]);
    expect(covered).toEqual({
      "shop-example-com-api": {
        listener_arn: expect.stringContaining(":listener/app/") as string,
        priority: 9,
        conditions: [
          { host_header: { values: ["shop.example.com"] } },
          { path_pattern: { values: ["/api/*", "/v1/*"] } },
        ],
        application_target_group_arn: groupArn("shop"),
      },
    });
  });

  test("has queries, methods, and sources", () => {
    const conditions = [
      { Field: "query-string", QueryStringConfig: { Values: [{ Key: "a", Value: "1" }, { Value: "*" }] } },
      { Field: "http-request-method", HttpRequestMethodConfig: { Values: ["GET"] } },
      { Field: "source-ip", SourceIpConfig: { Values: ["192.0.2.0/24"] } },
    ];
    expect(routes([{ priority: 10, conditions }]).covered["rule-10"]).toMatchObject({
      conditions: [
        { query_string: { values: [{ key: "a", value: "1" }, { value: "*" }] } },
        { http_request_method: { values: ["GET"] } },
        { source_ip: { values: ["192.0.2.0/24"] } },
      ],
    });
  });

  test("mirrors a rule with a header, whose values are not in the snapshot, and every rule if asked to", () => {
    const header = { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-A", Values: ["digest:"] } };
    const mirror = { priority: 9, mirrors_rule_arn: ruleArn(10) };
    expect(routes([{ priority: 10, conditions: [header] }]).covered["rule-10"]).toMatchObject(mirror);
    expect(routes([{ priority: 10, conditions: [path("/*")] }], NOTHING, true).covered["rule-10"]).toMatchObject(
      mirror,
    );
  });

  test("takes what the default action forwards, after all rules", () => {
    const { covered } = routes([{ priority: "default" }]);
    expect(covered["rest-443"]).toEqual({
      listener_arn: expect.stringContaining(":listener/app/") as string,
      priority: 50000,
      conditions: [{ path_pattern: { values: ["/*"] } }],
      application_target_group_arn: groupArn("shop"),
    });
    expect(routes([{ priority: "default" }], NOTHING, true).covered["rest-443"]).toMatchObject({ catch_all: true });
    expect(routes([{ priority: 50000 }, { priority: "default" }]).leftOut).toEqual([[null, "room"]]);
  });

  test("of a rule that splits its requests asks for the target group, twice at most", () => {
    const split = [10, 20, 30].map((priority) => ({ priority, actions: [forward("shop", "beta")] }));
    const { covered, leftOut } = routes(split);
    expect(covered["rule-10"]?.application_target_group_arn).toEqual(reference("var.target_group_of_rule_10"));
    expect(Object.keys(covered)).toEqual(["rule-10", "rule-20"]);
    expect(leftOut).toEqual([
      [30, "groups"],
      [null, undefined],
    ]);
    expect(
      routes(split, NOTHING, true)
        .leftOut.slice(0, 3)
        .map(([, step]) => step),
    ).toEqual(["groups", "groups", "groups"]);
  });

  test("has a name of its own, which stays", () => {
    const same = [10, 20].map((priority) => ({ priority, conditions: [host("shop.example.com")] }));
    expect(Object.keys(routes(same).covered)).toEqual(["shop-example-com", "shop-example-com-2"]);
    const { covered } = routes(same, { [ruleArn(20)]: entry("shop-example-com", null) });
    expect(covered["shop-example-com"]).toMatchObject({ priority: 19 });
    expect(covered["shop-example-com-2"]).toMatchObject({ priority: 9 });
  });

  test("keeps its number while no rule of others is between it and its rule", () => {
    const remembered = { [ruleArn(30)]: entry("30-example-com", 19) };
    const at = (...priorities: number[]) =>
      routes(
        priorities.map((priority) => ({ priority, conditions: [host(`${priority}.example.com`)] })),
        remembered,
      );
    expect(at(10, 30).covered["30-example-com"]).toMatchObject({ priority: 19 });
    expect(at(20, 30).covered["30-example-com"]).toMatchObject({ priority: 29 });
  });
});

describe("no route", () => {
  test("for rules of another application", () => {
    const rules = [
      { priority: 10, conditions: [host("shop.example.com")] },
      { priority: 20, actions: [{ Type: "authenticate-oidc" }, forward("beta")] },
    ];
    const { covered, leftOut } = routes(rules, NOTHING, false, [groupArn("shop")]);
    expect(Object.keys(covered)).toEqual(["shop-example-com"]);
    expect(leftOut).toEqual([
      [20, undefined],
      [null, undefined],
    ]);
  });

  test.each<[string, Sketch, string | undefined]>([
    ["a login", { priority: 10, actions: [{ Type: "authenticate-oidc" }, forward("shop")] }, "login"],
    ["a token", { priority: 10, actions: [{ Type: "jwt-validation" }, forward("shop")] }, "login"],
    ["a redirect", { priority: 10, actions: [{ Type: "redirect" }] }, undefined],
    ["a rewrite", { priority: 10, transforms: [{ Type: "url-rewrite" }] }, "rewrite"],
    [
      "an expression",
      { priority: 10, conditions: [{ Field: "path-pattern", PathPatternConfig: { RegexValues: ["^/a"] } }] },
      "regex",
    ],
    ["the first number", { priority: 1 }, "room"],
  ])("for %s", (_, sketch, step) => {
    const { covered, leftOut } = routes([sketch]);
    expect(covered).toEqual({});
    expect(leftOut).toEqual([
      [sketch.priority, step],
      [null, undefined],
    ]);
  });

  test("between neighbors", () => {
    expect(routes([{ priority: 10 }, { priority: 11 }]).leftOut).toEqual([
      [11, "room"],
      [null, undefined],
    ]);
  });
});
