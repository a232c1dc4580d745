import fc from "fast-check";
import { digestWith } from "../../account/schema/digest";
import { liveRules, overlap, takesAll } from "../../model/layer7/rule-order";
import type { Rule } from "../../model/rules";
import { matchingRule, type Request } from "../modules/matching-rule";

type Condition = Rule["conditions"][number];
type Sketch = readonly Condition[];

const digest = digestWith("salt");

/** As the snapshot has it: the values of headers are digests. */
function rule(priority: number | null, conditions: Sketch): Rule {
  return {
    ...{ arn: `rule/${priority}`, priority, actions: [], tags: {}, rewrites: false, targetGroupArns: [], words: "" },
    listener: { ListenerArn: "listener", DefaultActions: [], Rules: [] },
    conditions: conditions.map(({ HttpHeaderConfig, ...condition }) =>
      HttpHeaderConfig === undefined
        ? condition
        : { ...condition, HttpHeaderConfig: { ...HttpHeaderConfig, Values: HttpHeaderConfig.Values?.map(digest) } },
    ),
  };
}

const host = (...Values: string[]): Condition => ({ Field: "host-header", HostHeaderConfig: { Values } });
const path = (...Values: string[]): Condition => ({ Field: "path-pattern", PathPatternConfig: { Values } });
const method = (...Values: string[]): Condition => ({
  Field: "http-request-method",
  HttpRequestMethodConfig: { Values },
});
const source = (...Values: string[]): Condition => ({ Field: "source-ip", SourceIpConfig: { Values } });
const header = (HttpHeaderName: string, ...Values: string[]): Condition => ({
  ...{ Field: "http-header", HttpHeaderConfig: { HttpHeaderName, Values } },
});
const query = (Value: string, Key?: string): Condition => ({
  ...{ Field: "query-string", QueryStringConfig: { Values: [{ Key, Value }] } },
});

const texts = fc.array(fc.constantFrom("a", "b", "/", ".", "*", "?"), { maxLength: 4 }).map((some) => some.join(""));
const words = fc.array(fc.constantFrom("a", "b", "A", "/", "."), { maxLength: 5 }).map((some) => some.join(""));
const patterns = fc.array(texts, { minLength: 1, maxLength: 2 });
const condition: fc.Arbitrary<Condition> = fc.oneof(
  patterns.map((some) => host(...some)),
  patterns.map((some) => path(...some.map((one) => `/${one}`))),
  fc.subarray(["GET", "PUT", "get"], { minLength: 1 }).map((some) => method(...some)),
  fc.subarray(["10.0.0.0/8", "10.1.0.0/16", "192.0.2.1/32"], { minLength: 1 }).map((some) => source(...some)),
  fc
    .tuple(fc.constantFrom("X-A", "x-a", "X-B"), fc.constantFrom("a", "b", "*", "a*"))
    .map(([name, value]) => header(name, value)),
  fc.tuple(texts, fc.constantFrom("a", "b", undefined)).map(([value, key]) => query(value, key)),
);
const sketches = fc.array(condition, { minLength: 1, maxLength: 2 });
const requests: fc.Arbitrary<Request> = fc.record({
  host: words,
  path: words.map((one) => `/${one}`),
  method: fc.constantFrom("GET", "PUT", "get"),
  source: fc.constantFrom("10.1.2.3", "10.2.0.1", "192.0.2.1"),
  query: words.chain((value) => fc.constantFrom(`a=${value}`, `b=${value}`, value)),
  headers: fc.constantFrom([], [["X-A", "a"] as const], [["x-b", "b"] as const, ["X-A", "ab"] as const]),
});

test("a rule that takes all of another one's requests matches each of them", () => {
  let covered = 0;
  fc.assert(
    fc.property(sketches, sketches, fc.array(requests, { minLength: 20, maxLength: 20 }), (wide, narrow, some) => {
      if (!takesAll(rule(1, wide), rule(2, narrow))) return;
      covered++;
      const matches = (conditions: Sketch, request: Request) =>
        matchingRule(
          [
            { Priority: "1", Conditions: [...conditions] as never },
            { Priority: "default", IsDefault: true },
          ],
          request,
        ).Priority === "1";
      for (const request of some) if (matches(narrow, request)) expect(matches(wide, request)).toBe(true);
    }),
    { numRuns: 3000, seed: 19 },
  );
  expect(covered).toBeGreaterThan(100);
});

test.each<[string, Sketch, Sketch, boolean]>([
  ["the same conditions", [path("/a/*")], [path("/a/*")], true],
  ["one condition more", [path("/a/*")], [path("/a/*"), host("a.example.com")], true],
  ["one condition less", [path("/a/*"), host("a.example.com")], [path("/a/*")], false],
  ["a path below", [path("/a/*")], [path("/a/b/*")], true],
  ["a path above", [path("/a/b/*")], [path("/a/*")], false],
  ["every path", [path("/*")], [host("a.example.com")], true],
  ["every host, but a request may have none", [host("*")], [path("/a")], false],
  ["a host in other case", [host("A.example.com")], [host("a.EXAMPLE.com")], true],
  ["? is not *", [path("/a?")], [path("/a*")], false],
  ["one of two values", [path("/a", "/b")], [path("/b")], true],
  ["one value of two", [path("/a")], [path("/a", "/b")], false],
  ["a block in a block", [source("10.0.0.0/8")], [source("10.1.0.0/16")], true],
  ["a block around a block", [source("10.1.0.0/16")], [source("10.0.0.0/8")], false],
  ["an equal secret", [path("/*"), header("X-Secret", "a")], [path("/b"), header("x-secret", "a")], true],
  ["another secret", [header("X-Secret", "a")], [header("X-Secret", "b")], false],
  ["any value of a header", [header("X-Secret", "*")], [header("X-Secret", "b")], true],
  ["no header", [header("X-Secret", "*")], [path("/*")], false],
  ["no wildcards in methods", [method("*")], [method("GET")], false],
  ["a query of any key", [query("a")], [query("a", "key")], false],
])("%s", (_, wide, narrow, expected) => {
  expect(takesAll(rule(1, wide), rule(2, narrow))).toBe(expected);
});

test("a regular expression takes only its equal", () => {
  const regex = (...RegexValues: string[]): Condition => ({
    Field: "path-pattern",
    PathPatternConfig: { RegexValues },
  });
  expect(takesAll(rule(1, [regex("^/a")]), rule(2, [regex("^/a")]))).toBe(true);
  expect(takesAll(rule(1, [regex(".*")]), rule(2, [regex("^/a")]))).toBe(false);
  expect(takesAll(rule(1, [path("/a")]), rule(2, [regex("/a")]))).toBe(false);
  expect(takesAll(rule(1, [regex("/*")]), rule(2, [path("/a")]))).toBe(false);
});

test("a rule of which no condition is known takes nothing", () => {
  expect(takesAll(rule(1, []), rule(2, [path("/a")]))).toBe(false);
  expect(takesAll(rule(1, [{ Field: "new-kind" }]), rule(2, [{ Field: "new-kind" }]))).toBe(false);
});

test("rules stay live until one rule takes all of their requests", () => {
  const rules = [
    rule(1, [path("/a")]),
    rule(2, [path("/*"), host("a.example.com")]),
    rule(3, [path("/a")]),
    rule(null, []),
  ];
  expect(liveRules(rules).map(({ priority }) => priority)).toEqual([1, 2, null]);
});

test.each([
  ["10.0.0.0/8", "10.1.0.0/16", true],
  ["10.1.0.0/16", "10.0.0.0/8", true],
  ["10.1.0.0/16", "10.2.0.0/16", false],
  ["::/0", "0.0.0.0/0", false],
  ["nothing", "10.0.0.0/8", false],
])("%s and %s overlap: %s", (one, other, expected) => {
  expect(overlap(one, other)).toBe(expected);
});
