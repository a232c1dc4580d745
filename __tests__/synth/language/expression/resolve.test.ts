import { RootConstruct } from "constructs";
import { hcl } from "../../../../synth/language/expression/expression";
import { resolve } from "../../../../synth/language/expression/resolve";

const scope = new RootConstruct();
const text = hcl.string`var.a`;
const number = hcl.number`var.b`;

test.each<[what: string, value: unknown, expected: unknown]>([
  ["what is empty or falsy", { a: null, b: false, c: 0, d: "", e: [], f: {} }, undefined],
  ["numbers and text beside tokens", [1, "a ${b}", text, number], [1, "a ${b}", "${var.a}", "${var.b}"]],
  ["a text with tokens in it", `a-${text}:${number}`, "a-${var.a}:${var.b}"],
  ["text that looks like a number token", ["-1.9e+2", "1e+400", "TfToken["], undefined],
  ["keys that are tokens", { [text]: { [`a${text}`]: text } }, { "${var.a}": { "a${var.a}": "${var.a}" } }],
  ["lists and maps that are tokens", [hcl.list`var.a`, hcl.map`var.a`], ["${var.a}", "${var.a}"]],
  ["what is undefined", { a: undefined, b: [undefined, 1], c: { d: undefined } }, { b: [1], c: {} }],
  ["expressions", { a: hcl`1 + 1`, b: [hcl`var.c`] }, { a: "${1 + 1}", b: ["${var.c}"] }],
])("resolves %s", (_, value, expected) => {
  expect(resolve(value, scope)).toEqual(expected ?? value);
});

test("refuses what CDKTF refuses", () => {
  expect(() => resolve({ a: [() => 1] }, scope)).toThrow("function");
  expect(() => resolve({ a: scope }, scope)).toThrow("onstruct");
});
