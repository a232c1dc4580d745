import { parse } from "@cdktf/hcl2json";
import { Fn, TerraformResource, Token } from "cdktf";
import fc from "fast-check";
import { hcl } from "../../../../synth/language/expression/expression";
import { local } from "../../../../synth/language/expression/local";
import { text } from "../../../../synth/language/expression/text";
import { segments } from "../../../../synth/language/print/template";
import { hostileText } from "../../support/arbitraries";
import { moduleOf } from "../../support/example-stack";

const name = hcl.string`var.name`;
const port = hcl.number`var.port`;

test.each<[what: string, value: string, expected: string]>([
  ["nothing", text``, ""],
  ["a reference", text`${name}-node`, "${var.name}-node"],
  ["an expression", text`${hcl`each.key`}: ${hcl`var.a + 1`}`, "${each.key}: ${var.a + 1}"],
  ["a number, and a reference to one", text`${80}-${port}`, "80-${var.port}"],
  ["plain text", text`${"a"}${"${b}"}`, "a$${b}"],
  ["text with references in it", text`<${`${name}/${port}`}>`, "<${var.name}/${var.port}>"],
  ["a text", text`a ${text`b ${name}`} c`, "a b ${var.name} c"],
  ["quotes, backslashes and line breaks", text`"a"\\\n`, '"a"\\\n'],
  ["what looks like an interpolation", text`$\{a} %{ if b } $$\{c}`, "$${a} %%{ if b } $$${c}"],
  ["a dollar before a reference", text`$${name} $$${name}`, '${"$"}${var.name} ${"$$"}${var.name}'],
  ["a dollar before a brace", text`$${""}{a} $${text`$`}{b}`, "$${a} $$${b}"],
  ["what looks like a number token", text`${"-1.9e+2"} 1e+400`, "-1.9e+2 1e+400"],
  ["a function of CDKTF", text`${Token.asString(Fn.lower(name))}!`, "${lower(var.name)}!"],
])("a text holds %s", (_, value, expected) => {
  expect(moduleOf((stack) => local(stack, "a", value)).locals).toEqual({ a: expected });
});

test("a text is an operand of a function of CDKTF, in quotes", () => {
  const module = moduleOf((stack) => local(stack, "a", Token.asString(Fn.lower(text`${name}-node`))));
  expect(module.locals).toEqual({ a: '${lower("${var.name}-node")}' });
});

test("a text holds attributes of resources", () => {
  const module = moduleOf((stack) => {
    const resource = new TerraformResource(stack, "this", { terraformResourceType: "aws_lb" });
    local(stack, "a", text`${resource.getStringAttribute("arn")}:${resource.getNumberAttribute("port")}/*`);
  });
  expect(module.locals).toEqual({ a: "${aws_lb.this.arn}:${aws_lb.this.port}/*" });
});

test("a text is read by HCL as it was written, whatever stands around its references", async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, hostileText, async (before, after) => {
      // hcl2json takes the quotes off ${"$"}, which is then an escape.
      fc.pre(!/[$%]$/.test(before));
      const { locals } = moduleOf((stack) => local(stack, "a", hcl`${text`${before}${hcl`x`}${after}`}`));
      const [, code = ""] = /^\$\{(.*)\}$/s.exec((locals as { a: string }).a) ?? [];
      const read = (await parse("a.tf", `a = ${code}\n`)) as { a: string };
      // HCL's strings are in Unicode's normal form C.
      expect(meaning(read.a)).toBe(`${before}${REFERENCE}${after}`.normalize("NFC"));
    }),
    { numRuns: 300 },
  );
});

const REFERENCE = "\u{10fffd}";

/** What a template says, with a mark for a reference. */
function meaning(template: string): string {
  return segments(template)
    .map(({ kind, text }) => {
      if (kind === "literal") return text.replace(/([$%])\1\{/g, "$1{");
      return text === "x" ? REFERENCE : (JSON.parse(text) as string);
    })
    .join("");
}
