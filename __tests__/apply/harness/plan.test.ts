import { type Change, changes, outputChanges, type Plan, resourceChanges } from "./plan";

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
