import { format } from "@cdktf/hcl-tools";
import { parse } from "@cdktf/hcl2json";
import { Json, JsonObject } from "../../../synth/language/print/hcl";
import { closingQuote, segments, wholeExpression } from "../../../synth/language/print/template";

/**
 * Asserts that HCL says what a module in Terraform's JSON syntax says, and nothing else: it is read back with
 * `@cdktf/hcl2json`, another parser than the one that formats it. What that writes otherwise than we do and means the
 * same is brought to one form, and nothing more:
 *
 * - Blocks are lists there, even where there can be one only (`lifecycle`, `content`, a resource). Where our JSON has
 *   an object, the only element of a list stands for it.
 * - Addresses and types are strings in our JSON (`depends_on = ["aws_lb.this"]`), and interpolations there.
 * - An interpolation of a list is the list there, a condition may be a directive, and so on: each template of ours is
 *   formatted and read like the module.
 * - Descriptions and defaults are no templates in JSON, so a literal `${` is not escaped in them; in HCL it is.
 * - White space and commas in an expression, and parentheses around one of several lines, mean nothing.
 * - HCL's strings are in Unicode's normal form C.
 */
export async function expectSameMeaning(hcl: string, module: JsonObject): Promise<void> {
  const parsed = (await parse("module.tf", hcl)) as JsonObject;
  const expected = await withParsedTemplates(withTemplates(module));
  expect(canonical(like(mergedLocals(parsed), expected))).toStrictEqual(canonical(expected));
}

/** Arguments that hold addresses, in quotes never, and those that hold addresses or types in some blocks. */
const ADDRESSES = ["depends_on", "ignore_changes", "replace_triggered_by"];
const BARE = [...ADDRESSES, "provider", "type", "iterator", "from", "to"];

/** Each `locals` block is one element there; in JSON there is one object. */
function mergedLocals(module: JsonObject): JsonObject {
  if (module.locals === undefined) return module;
  const blocks = module.locals as readonly JsonObject[];
  const names = blocks.flatMap((block) => Object.keys(block));
  expect(new Set(names).size).toBe(names.length);
  return { ...module, locals: Object.assign({}, ...blocks) as JsonObject };
}

/** What was read, with a block as an object and an address as a string where the model has them so. */
function like(read: Json | undefined, model: Json | undefined, key = ""): Json | undefined {
  if (isObject(model)) {
    const body = Array.isArray(read) && read.length === 1 ? (read[0] as Json) : read;
    if (!isObject(body)) return body;
    return Object.fromEntries(
      Object.entries(body).map(([name, value]) => [name, like(value, model[name], name) ?? null]),
    );
  }
  if (Array.isArray(model) && Array.isArray(read))
    return read.map((item: Json, index) => like(item, model[index] as Json | undefined, key) ?? null);
  if (typeof read !== "string" || typeof model !== "string" || !BARE.includes(key)) return read;
  if (withoutLayout(read) === withoutLayout(`\${${model}}`)) return model;
  return ADDRESSES.includes(key) ? `in quotes: ${read}` : read;
}

/** The module with its literal texts as the templates that mean them. */
function withTemplates(module: JsonObject): JsonObject {
  const variable = mapValues(module.variable, (body) => ({
    ...body,
    ...("description" in body ? { description: escaped(body.description) } : {}),
    ...("default" in body ? { default: escaped(body.default) } : {}),
  }));
  const output = mapValues(module.output, (body) => ({
    ...body,
    ...("description" in body ? { description: escaped(body.description) } : {}),
  }));
  return { ...module, ...(module.variable && { variable }), ...(module.output && { output }) };
}

function mapValues(blocks: Json | undefined, map: (body: JsonObject) => JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(blocks ?? {}).map(([name, body]) => [name, map(body as JsonObject)]));
}

function escaped(value: Json): Json {
  if (typeof value === "string") return value.replace(/[$%]\{/g, (opening) => opening.charAt(0) + opening);
  if (Array.isArray(value)) return value.map(escaped);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [escaped(key) as string, escaped(inner)]));
}

/** The module with each string that interpolates something as hcl2json reads it. */
async function withParsedTemplates(module: JsonObject): Promise<JsonObject> {
  const templates = new Set<string>();
  walk(module, (text) => {
    if (segments(text).some(({ kind }) => kind !== "literal")) templates.add(text);
  });
  const items = [...templates].map((template) => `${sourceOf(template)}\n,\n`);
  // In a list, where an expression may have several lines.
  const text = await format(`list = [\n${items.join("")}]\n`);
  const { list } = (await parse("templates.tf", text)) as { list: readonly Json[] };
  const parsed = new Map(
    [...templates].map((template, index) => {
      const value = list[index] as Json;
      if (wholeExpression(template) !== undefined) return [template, value];
      return [template, (value as string).slice(0, -1).replaceAll(inPlaceOfCr(template), "\r")];
    }),
  );
  return replaced(module, (text) => parsed.get(text) ?? text) as JsonObject;
}

/**
 * A template as an HCL expression, without any escapes: a heredoc that is not indented, and so has a line end more. A
 * carriage return, which no heredoc can hold, is another character in it.
 */
function sourceOf(template: string): string {
  return (
    wholeExpression(template) ??
    `<<END_OF_TEMPLATE\n${template.replaceAll("\r", inPlaceOfCr(template))}\nEND_OF_TEMPLATE`
  );
}

/** A character for private use that the template does not have. */
function inPlaceOfCr(template: string): string {
  for (let code = 0xe000; ; code++) {
    const character = String.fromCharCode(code);
    if (!template.includes(character)) return character;
  }
}

function canonical(value: Json | undefined): Json {
  if (typeof value === "string") return canonicalText(value);
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [canonicalKey(key), canonical(inner)]));
}

/** A key that is one interpolation stands in brackets in HCL. */
function canonicalKey(key: string): string {
  return canonicalText(key).replace(/^\$\{\((.*)\)\}$/s, "${$1}");
}

function canonicalText(template: string): string {
  const expression = wholeExpression(template);
  if (expression !== undefined) return `\${${withoutLayout(withoutParentheses(expression))}}`;
  return segments(template)
    .map(({ kind, text }) => {
      if (kind === "literal") return text;
      return `${kind === "interpolation" ? "$" : "%"}{${withoutLayout(text)}}`;
    })
    .join("")
    .normalize("NFC");
}

/** An expression without the parentheses that let it go on in the next line. */
function withoutParentheses(expression: string): string {
  return /^\(\n([^]*)\n\s*\)$/.exec(expression.trim())?.[1] ?? expression;
}

/** An expression without white space, and without commas, in place of which a line break may stand; text as it is. */
function withoutLayout(expression: string): string {
  let text = "";
  for (let index = 0; index < expression.length;) {
    const end = expression.charAt(index) === '"' ? closingQuote(expression, index + 1) + 1 : index + 1;
    text +=
      end > index + 1 ? canonicalText(expression.slice(index, end)) : expression.charAt(index).replace(/[\s,]/, "");
    index = end;
  }
  return text;
}

function walk(value: Json, visit: (text: string) => void): void {
  if (typeof value === "string") visit(value);
  else if (Array.isArray(value)) for (const item of value) walk(item as Json, visit);
  else if (isObject(value)) for (const inner of Object.values(value)) walk(inner, visit);
}

function replaced(value: Json, replace: (text: string) => Json): Json {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((item: Json) => replaced(item, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, replace)]));
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
