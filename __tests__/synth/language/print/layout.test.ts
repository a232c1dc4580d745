import { isCall, loopDepth, wrap } from "../../../../synth/language/print/layout";

const LONG = "a".repeat(60);

describe("a long expression", () => {
  test("that fits into a line stays as it is", () => {
    expect(wrap("a ? b : c && d")).toBe("a ? b : c && d");
  });

  test("is broken after the operators that bind least", () => {
    expect(wrap(`${LONG} && b || c && ${LONG}`)).toBe(`${LONG} && b ||\nc && ${LONG}`);
  });

  test("is broken at the operators of a conditional first", () => {
    expect(wrap(`${LONG} == null ? true : ${LONG} > 0`)).toBe(`${LONG} == null ? true :\n${LONG} > 0`);
  });

  test("without an operator is broken inside of its longest brackets", () => {
    expect(wrap(`can(regex("${LONG}", ${LONG}))`)).toBe(`can(regex(\n"${LONG}",\n${LONG}\n))`);
  });

  test("is broken into the parts of a loop", () => {
    expect(wrap(`[for one in ${LONG} : one if ${LONG}]`)).toBe(`[\nfor one in ${LONG} :\none\nif ${LONG}\n]`);
  });

  test("is not broken inside of a string", () => {
    const string = `"${LONG} && (${LONG}"`;
    expect(wrap(`f(${string})`)).toBe(`f(\n${string}\n)`);
  });

  test("that has several lines stays as it is", () => {
    const text = `${LONG} &&\n${LONG}`;
    expect(wrap(text)).toBe(text);
  });
});

test.each([
  ["can(a)", true],
  ["can(a) && b", false],
  ["can(a) && can(b)", false],
  ["(a)", false],
  ['f(")")', true],
])("%s is one call of a function: %s", (text, expected) => {
  expect(isCall(text)).toBe(expected);
});

test.each([
  ["a", 0],
  ["[for a in b : a]", 1],
  ["[for a in b : a] && [for c in d : c]", 1],
  ["[for a in b : [for c in a : c]]", 2],
  ["[for a in [for c in d : c] : a]", 2],
  ["{ for a in f(b) : a => alltrue([for c in a : anytrue([for d in c : d])]) }", 3],
])("loops of %s are %d deep", (text, depth) => {
  expect(loopDepth(text)).toBe(depth);
});
