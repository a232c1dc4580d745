import {
  type Change,
  changes,
  descriptionLostByMoto,
  outputChanges,
  type Plan,
  resourceChanges,
  toldByMotoAlone,
} from "./plan";

type ResourceChange = NonNullable<Plan["resource_changes"]>[number];

function resource(change: Partial<ResourceChange["change"]>, type = "aws_lb_listener_rule"): ResourceChange {
  const unchanged: ResourceChange["change"] = { actions: ["no-op"], before: {}, after: {} };
  return { address: `${type}.node`, type, change: { ...unchanged, ...change } };
}

function output(...actions: Change["actions"]): Change {
  return { actions, before: null, after: null };
}

describe("changes of a plan, in words", () => {
  test.each<[string, Partial<ResourceChange["change"]>, string[]]>([
    ["nothing", {}, []],
    ["creation", { actions: ["create"], before: null, after: { priority: 1 } }, ["create aws_lb_listener_rule.node"]],
    [
      "destruction",
      { actions: ["delete"], before: { priority: 1 }, after: null },
      ["delete aws_lb_listener_rule.node"],
    ],
    [
      "update, of a known and of an unknown value",
      { actions: ["update"], before: { id: "1", action: [1], arn: "a" }, after: { id: "1", action: [2] } },
      ["update aws_lb_listener_rule.node: action, arn"],
    ],
    [
      "replacement",
      {
        actions: ["delete", "create"],
        before: { listener_arn: "a", arn: "b" },
        after: { listener_arn: "c" },
        replace_paths: [["listener_arn"]],
      },
      ["replace aws_lb_listener_rule.node: listener_arn"],
    ],
    ["import", { importing: { id: "1" } }, ["import aws_lb_listener_rule.node"]],
    [
      "import with an update",
      { actions: ["update"], before: { action: [1] }, after: { action: [2] }, importing: { id: "1" } },
      ["import aws_lb_listener_rule.node", "update aws_lb_listener_rule.node: action"],
    ],
  ])("%s", (_, change, expected) => {
    expect(resourceChanges({ resource_changes: [resource(change)] })).toEqual(expected);
  });

  test("move", () => {
    const moved = { ...resource({}), previous_address: "aws_lb_listener_rule.old" };
    expect(resourceChanges({ resource_changes: [moved] })).toEqual([
      "move aws_lb_listener_rule.old to aws_lb_listener_rule.node",
    ]);
  });

  test("outputs", () => {
    expect(outputChanges({ output_changes: { arn: output("create"), id: output("no-op") } })).toEqual([
      "create output.arn",
    ]);
  });

  test("all of them", () => {
    const plan = { resource_changes: [resource({ actions: ["delete"] })], output_changes: { arn: output("delete") } };
    expect(changes(plan)).toEqual(["delete aws_lb_listener_rule.node", "delete output.arn"]);
    expect(changes({})).toEqual([]);
  });
});

describe("the description that moto loses", () => {
  const before = { description: "", referenced_security_group_id: "sg-1", to_port: 80 };
  const rule = (change: Partial<ResourceChange["change"]>, type = "aws_vpc_security_group_ingress_rule") => ({
    resource_changes: [
      resource({ actions: ["update"], before, after: { ...before, description: "From the node" }, ...change }, type),
    ],
  });

  test("is a change", () => {
    expect(changes(rule({}))).toEqual(["update aws_vpc_security_group_ingress_rule.node: description"]);
  });

  test("is tolerated on request", () => {
    expect(changes(rule({}), descriptionLostByMoto)).toEqual([]);
    expect(changes(rule({}, "aws_vpc_security_group_egress_rule"), descriptionLostByMoto)).toEqual([]);
  });

  test("is tolerated where the rule refers to a prefix list", () => {
    const ofList = { description: "", referenced_security_group_id: null, prefix_list_id: "pl-1" };
    const plan = rule({ before: ofList, after: { ...ofList, description: "From CloudFront" } });
    expect(changes(plan, descriptionLostByMoto)).toEqual([]);
  });

  test.each<[string, Plan]>([
    ["another attribute as well", rule({ after: { ...before, description: "From the node", to_port: 81 } })],
    ["a description that was there", rule({ before: { ...before, description: "Old" } })],
    ["a rule without a referenced group", rule({ before: { description: "" }, after: { description: "Anybody" } })],
    ["a replacement", rule({ actions: ["delete", "create"] })],
    ["another type", rule({}, "aws_security_group")],
  ])("does not excuse %s", (_, plan) => {
    expect(changes(plan, descriptionLostByMoto)).toHaveLength(1);
  });
});

describe("what moto alone tells of a distribution", () => {
  const after = { comment: "Shop", default_cache_behavior: [{ cache_policy_id: "a" }], viewer_certificate: [{}] };
  const before = {
    comment: "Shop",
    default_cache_behavior: [{ cache_policy_id: "a", forwarded_values: [{ query_string: false }] }],
    viewer_certificate: [{ ssl_support_method: "sni-only" }],
  };
  const distribution = (change: Partial<ResourceChange["change"]>, type = "aws_cloudfront_distribution") => ({
    resource_changes: [resource({ actions: ["update"], before, after, ...change }, type)],
  });

  test("is tolerated on request", () => {
    expect(changes(distribution({}))).toHaveLength(1);
    expect(changes(distribution({}), toldByMotoAlone)).toEqual([]);
  });

  test.each<[string, Plan]>([
    ["another attribute as well", distribution({ after: { ...after, comment: "Other" } })],
    ["another cache policy", distribution({ after: { ...after, default_cache_behavior: [{ cache_policy_id: "b" }] } })],
    ["a replacement", distribution({ actions: ["delete", "create"] })],
    ["another type", distribution({}, "aws_lb")],
  ])("does not excuse %s", (_, plan) => {
    expect(changes(plan, toldByMotoAlone)).toHaveLength(1);
  });
});
