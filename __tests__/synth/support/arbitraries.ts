import fc from "fast-check";
import { BlockKeys, Json, JsonObject } from "../../../synth/language/print/hcl";

/** Texts that a printer of HCL could get wrong. */
const SNIPPETS = [
  "",
  " ",
  "\n",
  "\r\n",
  "\t",
  "  indented\n",
  "trailing  \n",
  "a line\n",
  '"',
  '\\"',
  "\\",
  "\\n",
  "\\u0041",
  "\\foo\\bar",
  "$",
  "%",
  "${",
  "%{",
  "$${",
  "%%{",
  "$$${",
  "}",
  "${~ a ~}",
  "%{ if true }",
  "EOT\n",
  "  EOT\n",
  "EOT_\n",
  "EOT",
  "<<EOT\n",
  "<<-EOT\n",
  "x = <<-EOT\n",
  "# comment\n",
  "// comment\n",
  "/* comment */",
  "null",
  "true",
  "0",
  "for",
  "é",
  // Composed and decomposed, and a sign whose normal form is another character.
  "e\u0301",
  "\u212b",
  "日本",
  "😀",
  "👨‍👩‍👧",
  "\u0000",
  "\u0007\b\f\u001b\u007f",
  "\u0085\u00a0\u2028\u2029\ufeff",
];

/** Any text: hostile pieces one after another, or any Unicode. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...SNIPPETS), { maxLength: 6 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary" }),
  fc.string(),
);

/** An accepted text with one of the pieces in it, any text, or the accepted text itself. */
export const around = (valid: string, pieces: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(...pieces), fc.nat(valid.length))
        .map(([piece, at]) => valid.slice(0, at) + piece + valid.slice(at)),
    },
    { weight: 1, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.constant(valid) },
  );

/** Expressions of one line, with what the end of an interpolation could be mistaken for. */
const EXPRESSIONS = [
  "var.a",
  "!var.a",
  "1 - var.a",
  "var.a[*].b",
  'var.a["}"]',
  'lookup(var.a, "\\"}", "${var.b}")',
  'format("%{if var.a}}%{endif} $${", 1)',
  "{ for key, value in var.a : key => value }",
  "[for value in var.a : value if value != null]",
  'var.a == "" ? "${var.b}-c" : null',
];

/** Expressions of several lines, as a stack's author writes them. */
const LONG_EXPRESSIONS = [
  "merge(\n  var.a,\n  var.b\n)",
  "[\n  for value in var.a : value\n  if value != null\n]",
  "var.a == null\n  ? 1\n  : 2",
  'var.a == "("\n  && var.b',
];

/** A text that means itself in a template, to be followed by anything: a sign at its end would open or escape that. */
const literalTemplate = hostileText.map((text) =>
  text.replace(/[$%]\{/g, (opening) => opening.charAt(0) + opening).replace(/[$%]$/, (sign) => `${sign} `),
);

const interpolation = fc.constantFrom(...EXPRESSIONS, ...LONG_EXPRESSIONS).map((expression) => `\${${expression}}`);

// As hcl2json writes them: without spaces inside the braces, and with something in every branch.
const directive = fc.oneof(
  fc.tuple(literalTemplate, literalTemplate).map(([yes, no]) => `%{if var.a == "}"}y${yes}%{else}n${no}%{endif}`),
  literalTemplate.map((text) => `%{for value in var.a}\${value}${text}%{endfor}`),
);

const template: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: literalTemplate },
  { weight: 1, arbitrary: interpolation },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.oneof(literalTemplate, interpolation, directive), { minLength: 2, maxLength: 4 })
      .map((parts) => parts.join("")),
  },
  // Whole lines: most of these can be read in a heredoc.
  {
    weight: 1,
    arbitrary: fc
      .array(
        fc.constantFrom(
          "text",
          "",
          "  indented",
          "trailing  ",
          "  ",
          "EOT",
          "a = <<-EOT",
          "é 😀",
          "${var.a}",
          "$${a} \\n",
        ),
      )
      .map((lines) => `first\n${lines.map((line) => `${line}\n`).join("")}`),
  },
);

const number = fc.oneof(
  fc.constantFrom(0, -1, 0.1, -2.5, 1e21, 1e-7, 65535, Number.MAX_SAFE_INTEGER),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const key = fc.oneof(
  fc.constantFrom("a", "a_b", "a-b", "for", "null", "true", "if", "_", "1", "a.b", "a b", "${var.key}", "a-${var.key}"),
  literalTemplate,
);

/** Any value of Terraform's JSON syntax. */
export const { json } = fc.letrec<{ json: Json; list: Json[]; object: JsonObject }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, depthIdentifier: "json" },
    fc.oneof({ weight: 3, arbitrary: template }, number, fc.constantFrom(null, true, false, "")),
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("json"), { maxLength: 3, depthIdentifier: "json" }),
  object: objectOf(key, tie("json")),
}));

/**
 * The names of arguments and of blocks in the bodies below. The former are of all kinds of rank; `a_` and `b_` tell a
 * reader, and the test, which should be which.
 */
const ARGUMENTS = ["a_text", "name", "tags", "description", "a_last"];
const BLOCKS = ["b_one", "b_two"];

const keys: Record<string, BlockKeys[string]> = {};
for (const name of ARGUMENTS) keys[name] = { isBlock: false, inner: {} };
for (const name of BLOCKS) keys[name] = { isBlock: true, inner: keys };

/** What is a block and what is not, in every body below. */
export const blockKeys: BlockKeys = keys;

const argumentsOnly: fc.Arbitrary<JsonObject> = objectOf(fc.constantFrom(...ARGUMENTS), json);

/** A body that may hold nested and dynamic blocks, which may hold others. */
const { body } = fc.letrec<{ body: JsonObject; blocks: JsonObject; dynamic: JsonObject }>((tie) => ({
  body: fc.oneof(
    { maxDepth: 2, depthIdentifier: "body" },
    argumentsOnly,
    fc
      .tuple(argumentsOnly, tie("blocks"), tie("dynamic"))
      .map(([arguments_, blocks, dynamic]): JsonObject => ({ ...arguments_, ...blocks, ...dynamic })),
  ),
  blocks: objectOf(fc.constantFrom(...BLOCKS), fc.array(tie("body"), { minLength: 1, maxLength: 2 })),
  dynamic: fc
    .record(
      {
        b_dynamic: fc.record(
          { for_each: json, iterator: fc.constant("one"), content: contentOf(tie("body")) },
          { requiredKeys: ["for_each", "content"] },
        ),
        b_several: fc.array(fc.record({ for_each: json, content: contentOf(tie("body")) }), {
          minLength: 2,
          maxLength: 3,
        }),
      },
      { requiredKeys: [] },
    )
    .map((dynamic): JsonObject => (Object.keys(dynamic).length === 0 ? {} : { dynamic: dynamic })),
}));

const condition = fc.record({
  condition: fc.constantFrom("${var.a}", "${var.a != null\n  && var.b}"),
  error_message: template,
});
const address = fc.constantFrom("a_b.c", 'a_b.c["d e"]', "module.a", "data.a.b");

const lifecycle = fc.record(
  {
    create_before_destroy: fc.boolean(),
    ignore_changes: fc.oneof(fc.constant("all"), fc.array(fc.constantFrom("tags", 'tags["a b"]', "b_one[0].a"))),
    replace_triggered_by: fc.array(address),
    precondition: fc.array(condition, { minLength: 1, maxLength: 2 }),
    postcondition: fc.array(condition, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const resource = fc
  .tuple(
    body,
    fc.record(
      {
        count: fc.constantFrom(0, "${var.a ? 1 : 0}"),
        depends_on: fc.array(address),
        provider: fc.constantFrom("aws.other"),
        lifecycle,
      },
      { requiredKeys: [] },
    ),
  )
  .map(([arguments_, meta]): JsonObject => ({ ...arguments_, ...meta }));

const variable = fc.record(
  {
    // No templates: whatever they look like, they mean themselves.
    description: hostileText,
    default: fc.oneof(json, hostileText, fc.constant([{ a: 1 }, { a: "${b}" }])),
    type: fc.constantFrom("string", "object({\n    a = optional(list(number), [1])\n  })", "any"),
    nullable: fc.boolean(),
    validation: fc.array(condition, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const output = fc.record(
  {
    value: fc.oneof(json, fc.constant([{ a: 1 }])),
    description: hostileText,
    sensitive: fc.boolean(),
    precondition: fc.array(condition, { minLength: 1, maxLength: 1 }),
  },
  { requiredKeys: ["value"] },
);

const named = <T extends Json>(arbitrary: fc.Arbitrary<T>) => objectOf(fc.constantFrom("one", "two"), arbitrary, 1);
const typed = <T extends Json>(arbitrary: fc.Arbitrary<T>) =>
  objectOf(fc.constantFrom("a_type", "another"), named(arbitrary), 1);

/** A module in Terraform's JSON syntax. */
export const moduleJson: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      resource: typed(resource),
      data: typed(body),
      variable: named(variable),
      output: named(output),
      locals: named(json),
      check: named(fc.record({ assert: fc.array(condition, { minLength: 1, maxLength: 2 }) })),
      moved: fc.array(fc.record({ from: address, to: address }), { minLength: 1, maxLength: 2 }),
      removed: fc.array(fc.record({ from: address, lifecycle: fc.constant({ destroy: false }) }), {
        minLength: 1,
        maxLength: 1,
      }),
    },
    { requiredKeys: [] },
  )
  // As it comes out of a file: with no minus zero, and with objects of one kind.
  .map((parts) => JSON.parse(JSON.stringify(parts)) as JsonObject);

/** In Unicode's normal form, in which HCL reads them, no two keys may be the same. */
function objectOf(keys: fc.Arbitrary<string>, values: fc.Arbitrary<Json>, minLength = 0): fc.Arbitrary<JsonObject> {
  return fc
    .uniqueArray(fc.tuple(keys, values), {
      minLength,
      maxLength: 3,
      selector: ([name]) => name.normalize("NFC"),
      depthIdentifier: "json",
    })
    .map((entries) => Object.fromEntries(entries));
}

/** Nothing says what is a block in the content of a dynamic block: a list of objects is one. */
function contentOf(bodies: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> {
  return bodies.filter(isUnambiguous);
}

function isUnambiguous(content: JsonObject): boolean {
  return Object.entries(content).every(([name, value]) => {
    if (BLOCKS.includes(name)) return (value as readonly JsonObject[]).every(isUnambiguous);
    return !isListOfObjects(value);
  });
}

function isListOfObjects(value: Json): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => item !== null && typeof item === "object" && !Array.isArray(item))
  );
}
