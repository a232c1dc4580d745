import { moduleFiles } from "../../../synth/emit/module-files";
import { hcl } from "../../../synth/language/expression/expression";
import { JsonObject } from "../../../synth/language/print/hcl";
import { distinct, matches, notEmpty, oneOf, wholeNumber, zeroOr } from "../../../synth/variables/rules";
import {
  list,
  map,
  number,
  object,
  optional,
  Optional,
  Rule,
  Schema,
  sensitiveObject,
  set,
  string,
} from "../../../synth/variables/schema";
import { describeWithTools } from "../../tools";
import { synthesized, variableOf } from "../support/example-stack";
import { temporaryFolders } from "../support/folders";
import { plan } from "../support/terraform";

const digit = number("Digit.", wholeNumber(1, 9));
const ordered: Rule<{ readonly low: number; readonly high: number }> = {
  test: ({ low, high }) => hcl`${low} < ${high}`,
  requirement: "have low below high",
  refuses: [{ low: 2, high: 1 }],
};
const letters = matches(/^[a-z]+$/, "be lower-case letters", { accepts: ["abc"], refuses: ["TOP-SECRET"] });
const range = object("Range.", { low: number("Low."), high: number("High.") }, ordered);

/**
 * A variable for each place in which a value can stand, with a value that is accepted, one that is as empty as may be,
 * and one that is refused, and what is said to that.
 */
const VARIABLES: Record<
  string,
  { declaration: Schema | Optional; good: unknown; empty?: unknown; bad: unknown; message: string }
> = {
  scalar: {
    declaration: digit,
    good: 9,
    empty: 1,
    bad: 0,
    message: "scalar must be a whole number from 1 to 9.",
  },
  nullable: {
    declaration: optional(digit),
    good: 1,
    empty: null,
    bad: 1.5,
    message: "nullable must be a whole number from 1 to 9.",
  },
  zero_or: {
    declaration: number("Number.", zeroOr(30, 900)),
    good: 900,
    empty: 0,
    bad: 29,
    message: "zero_or must be 0 or a whole number from 30 to 900.",
  },
  text: {
    // The pattern and the words are no templates, though they look so; the value is shown with its quotes.
    declaration: string(
      "Text.",
      matches(/^["\\/\d$]+\{*$/, 'be digits, or a quote " as in "${1}"', { accepts: ["1"], refuses: ["a"] }),
    ),
    good: '"1\\/${',
    empty: "1",
    bad: 'a"${b}\n',
    message: 'text must be digits, or a quote " as in "${1}".',
  },
  choice: {
    declaration: string("Choice.", oneOf('a "b"', "${c}")),
    good: "${c}",
    empty: 'a "b"',
    bad: "c",
    message: 'choice must be one of a "b", ${c}.',
  },
  several_names: {
    declaration: list("Names.", "name", string("Name."), distinct("name", ["a", "a"])),
    good: ["a", "b"],
    empty: [],
    bad: ["a", "b", "a"],
    message: "several_names must name each name once. Refused: a.",
  },
  secret: {
    // Nothing is said of the value.
    declaration: optional(
      sensitiveObject("Secret.", {
        values: optional(list("Values.", "value", string("Value.", letters))),
      }),
    ),
    good: { values: ["abc"] },
    empty: null,
    bad: { values: ["abc", "TOP-SECRET"] },
    message: "secret.values[*] must be lower-case letters.",
  },
  empty_secret: {
    declaration: sensitiveObject("Secret.", {
      value: optional(string("Value.", letters)),
    }),
    good: { value: "abc" },
    empty: {},
    bad: { value: "TOP-SECRET" },
    message: "empty_secret.value must be lower-case letters.",
  },
  field: {
    declaration: object("Object.", { digit }),
    good: { digit: 1 },
    empty: { digit: 9 },
    bad: { digit: 10 },
    message: "field.digit must be a whole number from 1 to 9.",
  },
  deep_field: {
    declaration: optional(object("Object.", { inner: optional(object("Inner.", { digit: optional(digit) })) })),
    good: { inner: { digit: 1 } },
    empty: null,
    bad: { inner: { digit: 10 } },
    message: "deep_field.inner.digit must be a whole number from 1 to 9.",
  },
  empty_field: {
    declaration: optional(object("Object.", { inner: optional(object("Inner.", { digit: optional(digit) })) })),
    good: {},
    empty: { inner: {} },
    bad: { inner: { digit: -1 } },
    message: "empty_field.inner.digit must be a whole number from 1 to 9.",
  },
  whole: {
    declaration: optional(range),
    good: { low: 1, high: 2 },
    empty: null,
    bad: { low: 2, high: 1 },
    message: "whole must have low below high.",
  },
  digits: {
    declaration: set("Digits.", "digit", digit),
    good: [1, 9],
    empty: [],
    bad: [1, 10],
    message: "digits[*] must be a whole number from 1 to 9. Refused: 10.",
  },
  several: {
    declaration: optional(list("Digits.", "digit", digit, notEmpty("digit"))),
    good: [1],
    empty: null,
    bad: [0, 1, 10],
    message: "several[*] must be a whole number from 1 to 9. Refused: 0, 10.",
  },
  not_empty: {
    declaration: optional(list("Digits.", "digit", digit, notEmpty("digit"))),
    good: [1],
    empty: null,
    bad: [],
    message: "not_empty must have at least one digit.",
  },
  by_name: {
    declaration: map("Objects.", "one", object("Object.", { digit, other: optional(digit) })),
    good: { a: { digit: 1, other: 2 } },
    empty: { a: { digit: 1, other: null } },
    bad: { a: { digit: 1 }, 'b "c"': { digit: 10 } },
    message: 'by_name[*].digit must be a whole number from 1 to 9. Refused: b "c".',
  },
  ranges: {
    declaration: map("Ranges.", "range", optional(range).schema),
    good: { a: { low: 1, high: 2 } },
    empty: {},
    bad: { a: { low: 1, high: 2 }, b: { low: 3, high: 2 } },
    message: "ranges[*] must have low below high. Refused: b.",
  },
  groups: {
    declaration: optional(
      object("Object.", {
        groups: optional(
          map("Groups.", "group", object("Group.", { digits: optional(list("Digits.", "digit", digit)) })),
        ),
      }),
    ),
    good: { groups: { a: { digits: [1] }, b: {}, c: { digits: [] } } },
    empty: { groups: null },
    bad: { groups: { a: { digits: [1, 10] }, b: {}, c: { digits: [0] } } },
    message: "groups.groups[*].digits[*] must be a whole number from 1 to 9. Refused: a, c.",
  },
  nested: {
    declaration: optional(map("Sets.", "ports", set("Set.", "port", optional(digit).schema))),
    good: { a: [1, 2], b: [] },
    empty: null,
    bad: { a: [1], b: [2, 10] },
    message: "nested[*][*] must be a whole number from 1 to 9. Refused: b.",
  },
};

describeWithTools(["terraform"], "a validation, in Terraform", () => {
  const folder = temporaryFolders();
  const names = Object.keys(VARIABLES);
  const stack = synthesized((one) => {
    for (const [name, { declaration }] of Object.entries(VARIABLES)) one.variable(name, declaration);
  });
  // The variables alone: with the required provider, Terraform would want it installed.
  const asHcl = async () => ({ "variables.tf": (await moduleFiles(stack, "hcl")).get("variables.tf") ?? "" });
  const asJson = () => ({ "variables.tf.json": JSON.stringify({ variable: stack.toTerraform().variable }) });
  const values = (kind: "good" | "empty" | "bad") =>
    Object.fromEntries(names.map((name) => [name, VARIABLES[name]?.[kind]]));

  test.each(["good", "empty"] as const)("accepts a value that is %s, without a word", async (kind) => {
    const { succeeded, diagnostics } = plan(folder(await asHcl()), values(kind));
    expect(diagnostics).toEqual([]);
    expect(succeeded).toBe(true);
  });

  test.each(["HCL", "JSON"])("refuses a bad value and names it and its place, from %s", async (syntax) => {
    const { succeeded, diagnostics } = plan(folder(syntax === "HCL" ? await asHcl() : asJson()), values("bad"));
    expect(succeeded).toBe(false);
    const messages = diagnostics.map(({ detail }) => detail.split("\n\nThis was checked by")[0]);
    expect(messages.sort()).toEqual(names.map((name) => VARIABLES[name]?.message).sort());
    // The lines of the caller's own file aside, which Terraform shows.
    const shown = diagnostics.map(({ detail, snippet }) => [detail, snippet?.values]);
    expect(JSON.stringify(shown)).not.toContain("TOP-SECRET");
  });
});

describe("the condition", () => {
  const positive: Rule<number> = { test: (value) => hcl`${value} > 0`, requirement: "be positive", refuses: [0] };

  test("of a value that cannot be null has no guard", () => {
    expect(conditions(object("O.", { a: optional(digit, 1) }))).toEqual([
      "${var.example.a >= 1 && var.example.a <= 9 && floor(var.example.a) == var.example.a}",
    ]);
  });

  test("of a value in an object has a guard for each null on the way, outermost first", () => {
    const schema = optional(object("O.", { a: optional(object("A.", { b: optional(number("B.", positive)) })) }));
    expect(conditions(schema)).toEqual([
      "${var.example == null ? true : var.example.a == null ? true : var.example.a.b == null ? true : var.example.a.b > 0}",
    ]);
  });

  test("of elements of collections in a collection is one loop over all", () => {
    const schema = map("M.", "group", list("L.", "port", number("N.", positive)));
    expect(conditions(schema)).toEqual([
      "${alltrue([\n    for port in flatten(values(var.example)[*]) :\n    port > 0\n  ])}",
    ]);
  });
});

describe("the message", () => {
  const even = (requirement: string): Rule<number> => ({
    test: (value) => hcl`${value} % 2 == 0`,
    requirement,
    refuses: [1],
  });
  const message = (requirement: string) =>
    (variableOf(list("L.", "one", number("N.", even(requirement)))).validation as readonly JsonObject[])[0]
      ?.error_message as string;

  test("names at most five of what is refused", () => {
    expect(message("be even")).toBe(
      'example[*] must be even. Refused: ${join(", ", try(chunklist([for one in var.example : one if !(one % 2 == 0)], 5)[0], []))}.',
    );
  });

  test("is on several lines where it would get longer than 300 characters", () => {
    const room = 300 - `"${message("")}"`.length;
    expect(message("x".repeat(room))).not.toContain("\n");
    expect(message("x".repeat(room + 1)).split("Refused: ")[1]).toBe(`\
\${join(", ", try(chunklist([
      for one in var.example :
      one
      if !(one % 2 == 0)
    ], 5)[0], []))}.`);
  });
});

function conditions(declaration: Schema | Optional): unknown[] {
  return (variableOf(declaration).validation as readonly JsonObject[]).map(({ condition }) => condition);
}
