import type { Rule, RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import { matchingRule, type Request } from "./matching-rule";

const host = (...Values: string[]): RuleCondition => ({ Field: "host-header", HostHeaderConfig: { Values } });
const path = (...Values: string[]): RuleCondition => ({ Field: "path-pattern", PathPatternConfig: { Values } });
const method = (...Values: string[]): RuleCondition => ({
  Field: "http-request-method",
  HttpRequestMethodConfig: { Values },
});
const header = (HttpHeaderName: string, ...Values: string[]): RuleCondition => ({
  Field: "http-header",
  HttpHeaderConfig: { HttpHeaderName, Values },
});
const parameter = (Key: string | undefined, Value: string): RuleCondition => ({
  Field: "query-string",
  QueryStringConfig: { Values: [{ Key, Value }] },
});
const source = (...Values: string[]): RuleCondition => ({ Field: "source-ip", SourceIpConfig: { Values } });

const rule = (priority: number, ...Conditions: RuleCondition[]): Rule => ({ Priority: String(priority), Conditions });
const last: Rule = { Priority: "default", IsDefault: true, Conditions: [] };

/**
 * Whether a condition is met. The expectations are what AWS says of each kind, on
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html and the pages of its kinds.
 */
test.each<[string, RuleCondition, Request, boolean]>([
  ["a host", host("shop.example.com"), { host: "shop.example.com" }, true],
  ["a host in other case", host("Shop.example.com"), { host: "SHOP.EXAMPLE.COM" }, true],
  ["another host", host("shop.example.com"), { host: "shop.example.org" }, false],
  ["a point is a point", host("shop.example.com"), { host: "shop-example.com" }, false],
  ["a host below", host("*.example.com"), { host: "a.b.example.com" }, true],
  ["not the host above", host("*.example.com"), { host: "example.com" }, false],
  ["one of several", host("a.example.com", "b.example.com"), { host: "b.example.com" }, true],

  ["a path", path("/img"), { path: "/img" }, true],
  ["a path in other case", path("/img"), { path: "/IMG" }, false],
  ["a longer path", path("/img"), { path: "/img/a" }, false],
  ["* is any characters, and the slash", path("/img/*"), { path: "/img/a/b.png" }, true],
  ["* is none too", path("/img/*"), { path: "/img/" }, true],
  ["* does not make the rest optional", path("/img/*"), { path: "/img" }, false],
  ["? is one character", path("/v?/a"), { path: "/v1/a" }, true],
  ["? is not none", path("/v?/a"), { path: "/v/a" }, false],
  ["? is not two", path("/v?/a"), { path: "/v10/a" }, false],
  ["every path", path("/*"), { path: "/" }, true],
  ["a path without the query", path("/a"), { path: "/a", query: "b=1" }, true],

  ["a method", method("GET", "HEAD"), { method: "HEAD" }, true],
  ["a method in other case", method("GET"), { method: "get" }, false],
  ["no wildcards in methods", method("*"), { method: "GET" }, false],

  ["a header", header("X-Stage", "beta"), { headers: [["X-Stage", "beta"]] }, true],
  ["a header's name in other case", header("X-Stage", "beta"), { headers: [["x-stage", "beta"]] }, true],
  ["a header's value in other case", header("X-Stage", "beta"), { headers: [["X-Stage", "BETA"]] }, true],
  ["a header with another value", header("X-Stage", "beta"), { headers: [["X-Stage", "alpha"]] }, false],
  ["a header with the value in it", header("X-Stage", "beta"), { headers: [["X-Stage", "betas"]] }, false],
  ["a header with the value behind it", header("X-Stage", "beta"), { headers: [["X-Stage", "a beta"]] }, false],
  ["another header", header("X-Stage", "beta"), { headers: [["X-Tenant", "beta"]] }, false],
  ["no header", header("X-Stage", "*"), {}, false],
  ["an empty header", header("X-Stage", "beta"), { headers: [["X-Stage", ""]] }, false],
  ["any value of a header", header("X-Stage", "*"), { headers: [["X-Stage", ""]] }, true],
  ["a wildcard in a header", header("X-Stage", "b?t*"), { headers: [["X-Stage", "beta"]] }, true],
  ["a wildcard in the request is none", header("X-Stage", "beta"), { headers: [["X-Stage", "*"]] }, false],
  [
    "a header that comes twice, with either value",
    header("X-Stage", "beta"),
    {
      headers: [
        ["X-Stage", "alpha"],
        ["X-Stage", "beta"],
      ],
    },
    true,
  ],

  ["a parameter", parameter("stage", "beta"), { query: "a=1&stage=beta" }, true],
  ["a parameter in other case", parameter("Stage", "beta"), { query: "stage=BETA" }, true],
  ["a parameter with another value", parameter("stage", "beta"), { query: "stage=alpha" }, false],
  ["a parameter with any value", parameter("stage", "*"), { query: "stage=" }, true],
  ["a value of any parameter", parameter(undefined, "beta"), { query: "a=beta" }, true],
  ["a value of any parameter, as the provider reads it", parameter("", "beta"), { query: "a=beta" }, true],
  ["no parameter", parameter("stage", "*"), {}, false],

  ["an address", source("198.51.100.0/24"), { source: "198.51.100.255" }, true],
  ["another address", source("198.51.100.0/24"), { source: "198.51.101.0" }, false],
  ["an address in IPv6", source("198.51.100.0/24", "2001:db8::/32"), { source: "2001:db8:1::1" }, true],
  [
    "not the address in a header",
    source("198.51.100.0/24"),
    { source: "203.0.113.1", headers: [["X-Forwarded-For", "198.51.100.1"]] },
    false,
  ],
])("%s", (_, condition, request, met) => {
  expect(matchingRule([rule(1, condition), last], request).Priority).toBe(met ? "1" : "default");
});

test("all conditions of a rule must be met", () => {
  const rules = [rule(1, path("/a"), header("X-Stage", "beta")), last];
  expect(matchingRule(rules, { path: "/a", headers: [["X-Stage", "beta"]] }).Priority).toBe("1");
  expect(matchingRule(rules, { path: "/a" }).Priority).toBe("default");
  expect(matchingRule(rules, { path: "/b", headers: [["X-Stage", "beta"]] }).Priority).toBe("default");
});

test("the lowest priority number answers, whatever the order, and the default rule last", () => {
  const rules = [last, rule(10, path("/*")), rule(9, path("/a")), rule(100, path("/a"))];
  expect(matchingRule(rules, { path: "/a" }).Priority).toBe("9");
  expect(matchingRule(rules, { path: "/b" }).Priority).toBe("10");
});

test("what is not known here is no answer", () => {
  expect(() => matchingRule([rule(1, path("/a"))], { path: "/b" })).toThrow("The listener has no default rule.");
  const regex: RuleCondition = { Field: "path-pattern", PathPatternConfig: { RegexValues: ["^/a$"] } };
  expect(() => matchingRule([rule(1, regex), last], {})).toThrow("A condition has no values.");
  expect(() => matchingRule([rule(1, { Field: "cookie" }), last], {})).toThrow("cookie is no condition of");
});
