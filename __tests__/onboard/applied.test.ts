import type { Routing } from "../../contract/routing";
import { notApplied } from "../../onboard/applied";
import { compose } from "../../onboard/compose";
import type { Scenario, Wanted } from "../../onboard/composition";
import { argumentsOf, manifestOf } from "../../onboard/manifest";
import { NETWORK_ARN, networkSnapshotWith } from "./support/listeners";
import { forward, groupArn, host, LOAD_BALANCER_ARN, snapshotWith } from "./support/rules";

function manifest(scenario: Scenario, more: Partial<Wanted> = {}) {
  const wanted: Wanted = {
    ...{ id: scenario === "alb" ? LOAD_BALANCER_ARN : NETWORK_ARN, name: "shop-wallarm" },
    ...{ node: { autoScalingGroup: "nodes" }, mirror: false, adoptListeners: false, listenerPorts: null },
    ...{ targetGroupArns: [], remembered: {}, ...more },
  };
  const rules = [
    { priority: 10, conditions: [host("shop.example.com")] },
    { priority: 20, conditions: [host("beta.example.com")], actions: [forward("shop", "beta")] },
  ];
  const snapshot = scenario === "alb" ? snapshotWith(rules) : networkSnapshotWith([{ port: 80 }]);
  return manifestOf(compose(scenario, snapshot, wanted), {
    ...{ account_id: "123456789012", region: "us-east-1", read_at: snapshot.read_at, files: {} },
    arguments: argumentsOf(wanted, { source: "vendor", tags: {} }),
  });
}

const applied = (points: Readonly<Record<string, string | null>>) => {
  const entry_points = Object.entries(points).map(([name, arn]) => [name, { application_target_group_arn: arn }]);
  return { entry_points: Object.fromEntries(entry_points) as Routing["entry_points"] } as Routing;
};

const WORDS = "rule 10 of 443 (shop.example.com) → shop";

describe("routes", () => {
  test.each<[string, Readonly<Record<string, string | null>>, readonly string[]]>([
    ["are applied", { "shop-example-com": groupArn("shop") }, []],
    ["are applied at 100, where the application gets no requests", { "shop-example-com": null }, []],
    ["are not applied", {}, [`+ ${WORDS}: not applied`]],
    [
      "are still applied",
      { "shop-example-com": groupArn("shop"), old: groupArn("shop") },
      ['- "old": applied, and not in the configuration'],
    ],
    [
      "have another target group",
      { "shop-example-com": groupArn("beta") },
      [`~ ${WORDS}: applied with ${groupArn("beta")}`],
    ],
  ])("%s", (_, points, lines) => {
    expect(notApplied(manifest("alb"), applied(points))).toEqual(lines);
  });

  test("that a question leaves out or decides are not compared", () => {
    const points = { "shop-example-com": groupArn("shop"), "beta-example-com": groupArn("beta") };
    expect(notApplied(manifest("alb"), applied(points))).toEqual([]);
  });
});

test("listeners are compared if the module has them", () => {
  expect(notApplied(manifest("nlb"), applied({}))).toEqual([]);
  expect(notApplied(manifest("nlb", { adoptListeners: true }), applied({}))).toEqual([
    "+ listener TCP 80 → shop: not applied",
  ]);
});

test("routes of an HTTP API have a prefix in the output", () => {
  const document = { ...manifest("alb"), scenario: "http-api" as const };
  expect(notApplied(document, applied({ "route/shop-example-com": null }))).toEqual([]);
});

test("a distribution has origins that others serve", () => {
  const origin = {
    key: null,
    priority: null,
    target: "{}",
    words: "origin pictures",
    reason: "A bucket.",
    needsOwner: false,
  };
  const document = { ...manifest("alb"), scenario: "cloudfront" as const };
  const entries = { ...document.entries, "origin pictures": origin };
  const points = { "shop-example-com": null, pictures: null };
  expect(notApplied({ ...document, entries }, applied(points))).toEqual([]);
  expect(notApplied({ ...document, entries }, applied({ ...points, old: null }))).toEqual([
    '- "old": applied, and not in the configuration',
  ]);
});
