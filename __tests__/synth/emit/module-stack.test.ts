import { TerraformDataSource, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../../synth/language/expression/check";
import { hcl } from "../../../synth/language/expression/expression";
import { local } from "../../../synth/language/expression/local";
import { number } from "../../../synth/variables/schema";
import { moduleOf, synthesized } from "../support/example-stack";

test("a module has what was declared and nothing else: no backend, no provider, no metadata", () => {
  const module = moduleOf((stack) => {
    resource(stack, "aws_lb", "this");
  });
  expect(module).toEqual({
    "//": expect.anything() as unknown,
    terraform: {
      required_version: ">= 1.9",
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.0, < 7.0" } },
    },
    resource: { aws_lb: { this: {} } },
  });
});

test("names are the construct ids, however deep in parts and however long the ids of those", () => {
  const module = moduleOf((stack) => {
    const part = new Construct(new Construct(stack, "part"), "inner part with a long name");
    stack.variable("node", number("N."));
    resource(part, "aws_lb", "node");
    new TerraformDataSource(part, "existing", { terraformResourceType: "aws_lb_listener" });
    local(part, "weights", hcl`1`);
    new Check(part, "all_traffic", { condition: hcl`true`, errorMessage: "No." });
    stack.output("node", "N.", hcl`aws_lb.node.arn`);
  });
  expect(module).toMatchObject({
    variable: { node: {} },
    resource: { aws_lb: { node: {} } },
    data: { aws_lb_listener: { existing: {} } },
    locals: { weights: "${1}" },
    check: { all_traffic: { assert: [{ condition: "${true}", error_message: "No." }] } },
    output: { node: { value: "${aws_lb.node.arn}" } },
  });
});

test.each<[address: string, declare: (part: Construct) => void]>([
  ["resource.aws_lb.node", (part) => resource(part, "aws_lb", "node")],
  ["data.aws_lb.node", (part) => new TerraformDataSource(part, "node", { terraformResourceType: "aws_lb" })],
  ["locals.weights", (part) => local(part, "weights", hcl`1`)],
  ["check.all", (part) => new Check(part, "all", { condition: hcl`true`, errorMessage: "No." })],
])("%s in two parts is refused by name", (address, declare) => {
  const synthesize = () =>
    synthesized((stack) => {
      declare(new Construct(stack, "first"));
      declare(new Construct(stack, "second"));
    });
  expect(synthesize).toThrow(`${address} is declared twice in the module example`);
});

test("constructs of one part may have one name: what stands before a dot in an id tells them apart", () => {
  const module = moduleOf((stack) => {
    resource(stack, "aws_sns_topic", "notifications");
    resource(stack, "aws_kms_key", "key.notifications");
    local(stack, "arn", hcl`${resource(stack, "aws_kms_alias", "alias.of_key.notifications").fqn}.arn`);
  });
  expect(module).toMatchObject({
    resource: {
      aws_sns_topic: { notifications: {} },
      aws_kms_key: { notifications: {} },
      aws_kms_alias: { notifications: {} },
    },
    locals: { arn: "${aws_kms_alias.notifications.arn}" },
  });
});

test("a resource, a data source, a local, a variable and an output may have one name", () => {
  const module = moduleOf((stack) => {
    stack.variable("one", number("N."));
    resource(new Construct(stack, "a"), "aws_lb", "one");
    resource(new Construct(stack, "b"), "aws_lb_listener", "one");
    new TerraformDataSource(new Construct(stack, "c"), "one", { terraformResourceType: "aws_lb" });
    local(stack, "one", hcl`1`);
    stack.output("one", "O.", hcl`1`);
  });
  expect(Object.keys(module.resource as object)).toEqual(["aws_lb", "aws_lb_listener"]);
});

test("null, false, zero and what is empty are kept, at any depth", () => {
  const falsy = { no: false, zero: 0, text: "", list: [], object: {}, nothing: null };
  const module = moduleOf((stack) => {
    resource(stack, "terraform_data", "this").addOverride("input", { ...falsy, deep: [{ ...falsy }] });
  });
  expect(module.resource).toEqual({ terraform_data: { this: { input: { ...falsy, deep: [falsy] } } } });
});

test("a resource that was renamed in its part moves in the module", () => {
  const module = moduleOf((stack) => {
    const part = new Construct(stack, "part");
    resource(part, "aws_lb", "new").moveFromId("aws_lb.old");
    resource(part, "aws_lb", "other").moveFromId("aws_lb.another");
  });
  expect(module.moved).toEqual([
    { from: "aws_lb.old", to: "aws_lb.new" },
    { from: "aws_lb.another", to: "aws_lb.other" },
  ]);
});

test("an output says what it is for", () => {
  const module = moduleOf((stack) => {
    stack.output("a", "What it is for.", hcl`1 + 1`);
  });
  expect(module.output).toEqual({ a: { description: "What it is for.", value: "${1 + 1}" } });
});

test("an output may be hidden, and says so", () => {
  const module = moduleOf((stack) => {
    stack.sensitiveOutput("a", "What it is for.", hcl`var.a`);
  });
  expect(module.output).toEqual({
    a: { description: "What it is for. Sensitive.", value: "${var.a}", sensitive: true },
  });
});

test("an output may depend on resources that its value does not refer to", () => {
  const module = moduleOf((stack) => {
    const resource = new TerraformResource(stack, "a", { terraformResourceType: "terraform_data" });
    stack.output("a", "A.", "a", { dependsOn: [resource] });
  });
  expect(module.output).toMatchObject({ a: { depends_on: ["terraform_data.a"] } });
});

test("an output may have to meet a condition", () => {
  const module = moduleOf((stack) => {
    const precondition = { condition: hcl`var.a != ${0}`, errorMessage: `Not ${hcl`var.a`}.` };
    stack.output("a", "A.", "a", { precondition });
  });
  expect(module.output).toMatchObject({
    a: { precondition: { condition: "${var.a != 0}", error_message: "Not ${var.a}." } },
  });
});

describe("a narrower provider", () => {
  test("replaces the module's own", () => {
    const module = moduleOf((stack) => {
      stack.narrowProvider("aws", "~> 6.10");
    });
    expect(module.terraform).toMatchObject({
      required_providers: { aws: { source: "hashicorp/aws", version: "~> 6.10" } },
    });
  });

  test("is refused when it is wider", () => {
    expect(() =>
      synthesized((stack) => {
        stack.narrowProvider("aws", ">= 5.0");
      }),
    ).toThrow('">= 5.0, < 7.0"');
  });

  test("is no affair of a module without it", () => {
    const module = moduleOf((stack) => {
      stack.narrowProvider("google", "~> 6.10");
    });
    expect(module.terraform).toMatchObject({ required_providers: { aws: { version: ">= 5.0, < 7.0" } } });
  });
});

function resource(scope: Construct, type: string, id: string): TerraformResource {
  return new TerraformResource(scope, id, { terraformResourceType: type });
}
