import { formatHcl } from "../../../synth/emit/format";
import { hcl } from "../../../synth/language/expression/expression";
import { printBlock } from "../../../synth/language/print/hcl";
import { matches, notEmpty, oneOf, wholeNumber, zeroOr } from "../../../synth/variables/rules";
import {
  bool,
  list,
  map,
  nullable,
  number,
  object,
  optional,
  Rule,
  Schema,
  sensitiveObject,
  set,
  string,
  Value,
  withRules,
} from "../../../synth/variables/schema";
import { moduleOf, variableOf } from "../support/example-stack";

const port = number("Port.", wholeNumber(1, 65535));

describe("the type constraint", () => {
  test.each<[type: string, schema: Schema]>([
    ["string", string("A.")],
    ["number", number("A.")],
    ["bool", bool("A.")],
    ["list(string)", list("A.", "one", string("B."))],
    ["set(number)", set("A.", "one", port)],
    ["map(list(bool))", map("A.", "one", list("B.", "two", bool("C.")))],
    ["object({\na = string\n})", object("A.", { a: string("B.") })],
    [
      "map(object({\na = list(object({\nb = bool\n}))\n}))",
      map("A.", "one", object("B.", { a: list("C.", "two", object("D.", { b: bool("E.") })) })),
    ],
  ])("is %j", (type, schema) => {
    expect(variableOf(schema)).toMatchObject({ type });
  });

  test.each<[expected: string, declared: ReturnType<typeof optional>]>([
    ["optional(string)", optional(string("A."))],
    ['optional(string, "")', optional(string("A."), "")],
    ["optional(number, 0)", optional(number("A."), 0)],
    ["optional(bool, false)", optional(bool("A."), false)],
    ["optional(list(string), [])", optional(list("A.", "one", string("B.")), [])],
    ["optional(map(string), {})", optional(map("A.", "one", string("B.")), {})],
    ["optional(set(number), [80, 443])", optional(set("A.", "one", port), [80, 443])],
    [
      'optional(map(string), { camelCase = "a", "b c" = "d" })',
      optional(map("A.", "one", string("B.")), { camelCase: "a", "b c": "d" }),
    ],
    // The constraint is HCL, where this would be an interpolation and JSON's escape no escape.
    ['optional(string, "$${a}\\u0008")', optional(string("A."), "${a}\b")],
  ])("of a field is %s", (expected, declared) => {
    expect(variableOf(object("O.", { field: declared }))).toMatchObject({ type: `object({\nfield = ${expected}\n})` });
  });

  test("is formatted with a field a line, aligned", async () => {
    const schema = object("O.", {
      a: string("A."),
      long_name: optional(number("B."), 1),
      c: optional(object("C.", { d: bool("D.") })),
    });
    const { type } = variableOf(schema) as { type: string };
    expect(await formatHcl(`${printBlock("variable", ["o"], { type })}\n`)).toBe(`\
variable "o" {
  type = object({
    a         = string
    long_name = optional(number, 1)
    c = optional(object({
      d = bool
    }))
  })
}
`);
  });
});

describe("the default", () => {
  test.each<[Value]>([
    [false],
    [0],
    [""],
    [[]],
    [{}],
    [{ camelCase: { innerKey: null }, PascalCase: [{ yetAnother: 0 }] }],
    ["${not.a.reference}"],
  ])("%j is kept as it is, and null is no value", (value) => {
    expect(variableOf(optional(string("A."), value))).toEqual({
      description: "A.",
      type: "string",
      default: value,
      nullable: false,
    });
  });

  test("may be null, and then null is a value", () => {
    expect(variableOf(optional(string("A.")))).toEqual({ description: "A.", type: "string", default: null });
  });

  test("may be there, and null a value nevertheless", () => {
    const schema = map("A.", "one", string("B.", oneOf("on", "off")));
    const emitted = variableOf(nullable(optional(schema, {})));
    expect(emitted).toMatchObject({ default: {} });
    expect(emitted).not.toHaveProperty("nullable");
    expect(emitted).toHaveProperty("validation.0.condition", expect.stringContaining("== null ? true :"));
  });

  test("is absent from a required variable, for which null is no value", () => {
    expect(variableOf(string("A."))).toEqual({ description: "A.", type: "string", nullable: false });
  });
});

describe("a secret", () => {
  const secret = sensitiveObject("The secret.", { value: string("Value.") });

  test("is marked", () => {
    expect(variableOf(secret)).toMatchObject({ sensitive: true, nullable: false });
    expect(variableOf(string("Name."))).not.toHaveProperty("sensitive");
  });

  test("inside another variable, where Terraform would show it, is refused and named", () => {
    expect(() => variableOf(object("The node.", { secret }))).toThrow('"The secret."');
    expect(() => variableOf(map("Nodes.", "node", object("The node.", { secret: optional(secret) })))).toThrow(
      '"The node."',
    );
  });
});

describe("the description", () => {
  test("of a simple variable is one line, with what its rules require", () => {
    expect(variableOf(port)).toMatchObject({ description: "Port. Must be a whole number from 1 to 65535." });
    expect(variableOf(set("Ports.", "port", port, notEmpty("port")))).toMatchObject({
      description: "Ports. Must have at least one port. Each must be a whole number from 1 to 65535.",
    });
  });

  test("of a structured variable lists its fields with their defaults, falsy ones too, at any depth", () => {
    const schema = object("The node.", {
      name: string("Name."),
      port: optional(port, 80),
      tls: optional(bool("Whether it speaks TLS."), false),
      probe: optional(object("Probe.", { path: optional(string("Path."), "") })),
      rules: map("Rules.", "rule", object("Rule.", { priority: number("Priority.", wholeNumber(1, 9)) })),
    });
    expect(variableOf(schema).description).toBe(`\
The node.

- \`name\`: Name.
- \`port\`: Port. Must be a whole number from 1 to 65535. Default: \`80\`.
- \`tls\`: Whether it speaks TLS. Default: \`false\`.
- \`probe\`: Probe. Optional.
  - \`path\`: Path. Default: \`""\`.
- \`rules\`: Rules.
  - \`priority\`: Priority. Must be a whole number from 1 to 9.
`);
  });
});

describe("the requirement of", () => {
  test.each([
    [wholeNumber(0, 100), "be a whole number from 0 to 100"],
    [wholeNumber(1, 300, "seconds"), "be a whole number from 1 to 300 seconds"],
    [zeroOr(30, 900), "be 0 or a whole number from 30 to 900"],
    [matches(/^a/, 'start with "a"', { accepts: ["a"], refuses: ["b"] }), 'start with "a"'],
    [oneOf("HTTP", "HTTPS"), "be one of HTTP, HTTPS"],
    [notEmpty("port"), "have at least one port"],
  ])("a rule is in words", ({ requirement }, words) => {
    expect(requirement).toBe(words);
  });
});

test("references are by field, and of an element by each.value", () => {
  const module = moduleOf((stack) => {
    const node = stack.variable("node", object("N.", { inner: optional(object("I.", { port })) }));
    const routes = stack.variable("routes", map("R.", "route", object("R.", { priority: number("P.") })));
    const name = stack.variable("name", optional(string("N.")));
    stack.output(
      "a",
      "A.",
      hcl`[${node}, ${node.inner}, ${node.inner.port}, ${routes}, ${routes.each.priority}, ${name}]`,
    );
  });
  expect(module.output).toMatchObject({
    a: { value: "${[var.node, var.node.inner, var.node.inner.port, var.routes, each.value.priority, var.name]}" },
  });
});

test("rules that are added to a declaration come last, and may compare it with other variables", () => {
  const comparison: Rule<number> = {
    test: (value) => hcl`${value} < var.other`,
    requirement: "be less than other",
    refuses: [2],
  };
  expect(variableOf(withRules(port, comparison)).validation).toEqual([
    {
      condition: "${var.example >= 1 && var.example <= 65535 && floor(var.example) == var.example}",
      error_message: "example must be a whole number from 1 to 65535.",
    },
    { condition: "${var.example < var.other}", error_message: "example must be less than other." },
  ]);
});
