import { parse } from "@cdktf/hcl2json";
import fc from "fast-check";
import {
  breaksOutsideBrackets,
  escapeQuoted,
  escapeTemplate,
  quoteLiteral,
  Segment,
  segments,
  wholeExpression,
} from "../../../../synth/language/print/template";
import { hostileText } from "../../support/arbitraries";

const literal = (text: string): Segment => ({ kind: "literal", text });
const interpolation = (text: string): Segment => ({ kind: "interpolation", text });
const directive = (text: string): Segment => ({ kind: "directive", text });

describe("segments", () => {
  test.each<[template: string, expected: Segment[]]>([
    ["", []],
    ["plain $ % { } text", [literal("plain $ % { } text")]],
    ["${var.a}", [interpolation("var.a")]],
    ["a${b}c", [literal("a"), interpolation("b"), literal("c")]],
    ["${a}${b}", [interpolation("a"), interpolation("b")]],
    ["%{if a}b%{endif}", [directive("if a"), literal("b"), directive("endif")]],
    // Escaped: nothing opens, so the brace closes nothing.
    ["$${a}", [literal("$${a}")]],
    ["%%{a}", [literal("%%{a}")]],
    // Only the last two of several signs are the escape.
    ["$$${a}", [literal("$$${a}")]],
    ["$$${a}${b}", [literal("$$${a}"), interpolation("b")]],
    // Braces of objects, of strings and of templates in strings do not close the interpolation.
    ["${{ a = { b = 1 } }}x", [interpolation("{ a = { b = 1 } }"), literal("x")]],
    ['${f("}")}x', [interpolation('f("}")'), literal("x")]],
    ['${f("\\"}")}x', [interpolation('f("\\"}")'), literal("x")]],
    ['${f("\\\\")}x', [interpolation('f("\\\\")'), literal("x")]],
    ['${f("${g("}")}}")}x', [interpolation('f("${g("}")}}")'), literal("x")]],
    ['${f("$${")}x', [interpolation('f("$${")'), literal("x")]],
    ['${f("%{if a}}%{endif}")}x', [interpolation('f("%{if a}}%{endif}")'), literal("x")]],
  ])("of %j", (template, expected) => {
    expect(segments(template)).toEqual(expected);
  });

  test.each(["a ${b", "%{if a", '${f("}', '${f("${a}', "${{ }"])("refuses the unclosed %j and shows it", (template) => {
    expect(() => segments(template)).toThrow(JSON.stringify(template));
  });

  test("put together again are the template, with the interpolations that went in", () => {
    const expressions = ["var.a", 'f("}")', "{ a = 1 }", '"${var.b}"', 'f("\\"", "$${", "%{if c}}%{endif}")'];
    const part = fc.oneof(
      // Without signs: one at the end of a literal would escape the interpolation after it.
      hostileText.map((text) => literal(text.replace(/[$%]/g, ""))),
      fc.constantFrom("$${", "%%{", "$ ", "% ", "{", "}").map(literal),
      fc.constantFrom(...expressions).map(interpolation),
      fc.constantFrom("if var.a", "else", "endif ~", 'if var.a == "}"').map(directive),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const template = parts.map(sourceOf).join("");
        const found = segments(template);
        expect(found.map(sourceOf).join("")).toBe(template);
        const notLiteral = ({ kind }: Segment) => kind !== "literal";
        expect(found.filter(notLiteral)).toEqual(parts.filter(notLiteral));
      }),
    );
  });
});

describe("wholeExpression", () => {
  test.each([
    ["${var.a}", "var.a"],
    ["${ var.a }", "var.a"],
    ["${~ var.a ~}", "var.a"],
    ['${f("${a}")}', 'f("${a}")'],
    ["${{ a = 1 }}", "{ a = 1 }"],
  ])("of %j is %j", (template, expected) => {
    expect(wholeExpression(template)).toBe(expected);
  });

  test.each(["", "var.a", "${a}${b}", "${a}-${b}", "x${a}", "${a}x", " ${a}", "${a} ", "$${a}", "$$${a}", "%{if a}"])(
    "is not what %j has",
    (template) => {
      expect(wholeExpression(template)).toBeUndefined();
    },
  );
});

describe("breaksOutsideBrackets", () => {
  test.each([
    ["a == null\n? 1 : 2", true],
    ['"(" == a\n|| b', true],
    ["f(a)\n+ b", true],
    ["a + b", false],
    ["f(\na\n)", false],
    ["[\nfor a in b : {\nc = a\n}\n]", false],
    ['f(")",\na)', false],
  ])("of %j is %j", (expression, expected) => {
    expect(breaksOutsideBrackets(expression)).toBe(expected);
  });
});

describe("literals", () => {
  test.each([
    ["", '""'],
    ["a", '"a"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ["a\nb\r\tc", '"a\\nb\\r\\tc"'],
    ["${a} %{b}", '"$${a} %%{b}"'],
    // Already looks escaped, and has to read so.
    ["$${a}", '"$$${a}"'],
    ["$ % {", '"$ % {"'],
    // HCL has no \b and \f, and these are neither.
    ["C:\\foo\\bar", '"C:\\\\foo\\\\bar"'],
    ["\b\f\u0000", '"\\u0008\\u000c\\u0000"'],
    ["é 😀", '"é 😀"'],
  ])("%j is quoted as %s", (text, expected) => {
    expect(quoteLiteral(text)).toBe(expected);
  });

  test("a template keeps what it interpolates when escaped for quotes", () => {
    expect(escapeQuoted('${a} "b"')).toBe('${a} \\"b\\"');
  });

  test("half of a surrogate pair, which no file can hold, is refused and shown", () => {
    expect(() => quoteLiteral("a\ud800b")).toThrow('"a\\ud800b"');
  });

  test("are read by HCL as they were", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const read = (await parse("literal.tf", `value = ${quoteLiteral(text)}\n`)) as { value: string };
        // hcl2json gives back templates, in which a literal "${" is escaped; and HCL's strings are in Unicode's normal
        // form C, whatever form they are written in.
        expect(read.value).toBe(escapeTemplate(text).normalize("NFC"));
      }),
      { numRuns: 300 },
    );
  });
});

/** How a part is written in its template. */
function sourceOf({ kind, text }: Segment): string {
  if (kind === "literal") return text;
  return `${kind === "interpolation" ? "$" : "%"}{${text}}`;
}
