/**
 * Prints Terraform's JSON syntax as HCL, as a module author writes it by hand. Knows the language, not the stacks.
 * Source: https://developer.hashicorp.com/terraform/language/syntax/json
 */
import { wrap } from "./layout";
import {
  breaksOutsideBrackets,
  escapeQuoted,
  escapeTemplate,
  quoteLiteral,
  Segment,
  segments,
  wholeExpression,
} from "./template";

/** A value in Terraform's JSON syntax. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
// An interface, not a Record: the type refers to itself.

export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * Which keys of a body are nested blocks, and which of theirs. JSON does not tell a block from an attribute that holds
 * an object, so the caller says. What is not named here is a block if it is a list of objects.
 */
export type BlockKeys = Readonly<Record<string, { readonly isBlock: boolean; readonly inner: BlockKeys }>>;

/** Blocks of the language itself, in any resource, variable, output or check. */
const META_BLOCKS = new Set(["lifecycle", "validation", "precondition", "postcondition", "assert", "content"]);

/** Blocks of the language that hold no other blocks than those; elsewhere a list of objects can be one. */
const WITHOUT_OTHER_BLOCKS = new Set(["variable", "output", "check", "dynamic", "lifecycle", "moved", "removed"]);

/** Arguments whose strings JSON takes as they are, without interpolation, by the block that they are in. */
const LITERAL_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  variable: ["description", "default"],
  output: ["description"],
};

/** Arguments whose strings are addresses or types, not templates, by the block that they are in. */
const BARE_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  resource: ["depends_on", "provider"],
  data: ["depends_on", "provider"],
  output: ["depends_on"],
  variable: ["type"],
  lifecycle: ["ignore_changes", "replace_triggered_by"],
  dynamic: ["iterator"],
  moved: ["from", "to"],
  import: ["to", "provider"],
  removed: ["from"],
};

/** Arguments that stand first, in this order, and those that stand last; the rest keeps the order it came in. */
const FIRST = [
  "count",
  "for_each",
  "iterator",
  "provider",
  "source",
  "version",
  "description",
  "type",
  "default",
  "name",
  "from",
];
const LAST = ["tags", "depends_on"];

/** A block: `resource "aws_lb" "this" { … }`. Not yet formatted. */
export function printBlock(
  type: string,
  labels: readonly string[],
  body: JsonObject,
  blockKeys: BlockKeys = {},
): string {
  const entries = Object.entries(body);
  const blocks = entries.filter(([key, value]) => isBlock(type, key, value, blockKeys));
  const argumentsOf = entries
    .filter((entry) => !blocks.includes(entry))
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([key, value]) => ({ key, text: `${key} = ${printArgumentOf(type, key, value)}` }));
  const pick = (...keys: string[]) => argumentsOf.filter(({ key }) => keys.includes(key)).map(({ text }) => text);
  const meta = ["count", "for_each", "iterator", "depends_on"];

  const sections = [
    pick("count", "for_each", "iterator").join("\n"),
    argumentsOf
      .filter(({ key }) => !meta.includes(key))
      .map(({ text }) => text)
      .join("\n"),
    ...blocks.filter(([key]) => key !== "lifecycle").flatMap(([key, value]) => printNested(key, value, blockKeys)),
    ...blocks.filter(([key]) => key === "lifecycle").flatMap(([key, value]) => printNested(key, value, blockKeys)),
    pick("depends_on").join("\n"),
  ].filter((section) => section !== "");
  const header = [type, ...labels.map((label) => `"${label}"`)].join(" ");
  return sections.length === 0 ? `${header} {}` : `${header} {\n${sections.join("\n\n")}\n}`;
}

/** Lines to stand above a block or an argument. */
export function printComment(text: string): string {
  const wrapped = text.length < 119 ? text : text.replace(/(?=.{119})(.{1,118}) /g, "$1\n");
  return wrapped.replace(/^/gm, "# ").replace(/ $/gm, "");
}

/** An argument: `name = value`. */
export function printArgument(key: string, value: Json): string {
  return `${printKey(key)} = ${printValue(value)}`;
}

/** A value in which nothing is interpolated, on one line. */
export function printLiteral(value: Json): string {
  if (typeof value === "string") return quoteLiteral(value);
  if (Array.isArray(value)) return `[${value.map(printLiteral).join(", ")}]`;
  if (!isObject(value)) return String(value);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${printKey(escapeTemplate(key))} = ${printLiteral(inner)}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** A value inside of an expression: on one line where it is short, and an object also where it has only one field. */
export function printOperand(value: Json): string {
  if (typeof value === "string") return printTemplate(value);
  if (Array.isArray(value)) return printList(value.map(printOperand));
  if (!isObject(value)) return String(value);
  const fields = Object.entries(value).map(([key, inner]) => `${printKey(key)} = ${printOperand(inner)}`);
  if (fields.length === 0) return "{}";
  const line = `{ ${fields.join(", ")} }`;
  const onOneLine = isShort(line) || (fields.length === 1 && !line.includes("\n"));
  return onOneLine ? line : `{\n${fields.join("\n")}\n}`;
}

/** A template inside of an expression, in quotes if it is more than a single interpolation. */
export function printTemplate(template: string): string {
  return printString(template, printQuoted);
}

/** A value in which nothing is interpolated, on one line where it is short. */
export function printData(value: Json): string {
  const line = printLiteral(value);
  if (line.length <= 100) return line;
  if (Array.isArray(value)) return `[\n${value.map((item: Json) => `${printData(item)},`).join("\n")}\n]`;
  if (!isObject(value)) return line;
  const fields = Object.entries(value).map(([key, inner]) => `${printKey(escapeTemplate(key))} = ${printData(inner)}`);
  return `{\n${fields.join("\n")}\n}`;
}

function isBlock(type: string, key: string, value: Json, blockKeys: BlockKeys): boolean {
  const bodies = [value].flat();
  if (bodies.length === 0 || !bodies.every(isObject)) return false;
  if (META_BLOCKS.has(key) || key === "dynamic") return true;
  return !WITHOUT_OTHER_BLOCKS.has(type) && (blockKeys[key]?.isBlock ?? Array.isArray(value));
}

function printNested(key: string, value: Json, blockKeys: BlockKeys): string[] {
  if (key === "dynamic")
    return Object.entries(value as JsonObject).flatMap(([name, dynamic]) =>
      ([dynamic].flat() as JsonObject[]).map((body) => printBlock("dynamic", [name], body)),
    );
  return ([value].flat() as JsonObject[]).map((body) => printBlock(key, [], body, blockKeys[key]?.inner));
}

function rank(key: string): number {
  if (LAST.includes(key)) return FIRST.length + 1 + LAST.indexOf(key);
  return FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length;
}

function printArgumentOf(type: string, key: string, value: Json): string {
  if (BARE_ARGUMENTS[type]?.includes(key)) return printBare(value);
  return printValue(LITERAL_ARGUMENTS[type]?.includes(key) ? withoutTemplates(value) : value);
}

/** The value with its strings escaped, so that they mean themselves. */
function withoutTemplates(value: Json): Json {
  if (typeof value === "string") return escapeTemplate(value);
  if (Array.isArray(value)) return value.map(withoutTemplates);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [escapeTemplate(key), withoutTemplates(inner)]),
  );
}

function printBare(value: Json): string {
  if (Array.isArray(value)) return printList(value.map(printBare));
  return typeof value === "string" ? (wholeExpression(value) ?? value) : String(value);
}

function printValue(value: Json): string {
  if (typeof value === "string") return printString(value);
  if (Array.isArray(value)) return printList(value.map(printItem));
  return isObject(value) ? printObject(value) : String(value);
}

/** An item of a list. No heredoc: after its end nothing can stand, not even the comma. */
function printItem(value: Json): string {
  return typeof value === "string" ? printTemplate(value) : printValue(value);
}

/** On one line where it is short and simple. */
function printList(items: readonly string[]): string {
  const line = `[${items.join(", ")}]`;
  return isShort(line) ? line : `[\n${items.map((item) => `${item},`).join("\n")}\n]`;
}

function isShort(line: string): boolean {
  return line.length <= 80 && !line.includes("\n");
}

function printObject(value: JsonObject): string {
  const lines = Object.entries(value).map(([key, inner]) => printArgument(key, inner));
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n}`;
}

/** An object key is a template too, an interpolation alone stands in parentheses, and `for` would begin an expression. */
function printKey(key: string): string {
  if (/^(?!for$)[A-Za-z_][A-Za-z0-9_-]*$/.test(key)) return key;
  const expression = wholeExpression(key);
  return expression === undefined ? printQuoted(key) : `(${expression})`;
}

function printString(template: string, printText = printReadable): string {
  const expression = wholeExpression(template);
  if (expression === undefined) return printText(template);
  const lines = wrap(expression);
  return breaksOutsideBrackets(lines) ? `(\n${lines}\n)` : lines;
}

function printReadable(template: string): string {
  return isReadableHeredoc(template) ? printHeredoc(template) : printQuoted(template);
}

function printQuoted(template: string): string {
  return `"${partsOf(template)
    .map(({ kind, text }) => {
      if (kind === "literal") return escapeQuoted(text);
      return `${kind === "directive" ? "%" : "$"}{${text}}`;
    })
    .join("")}"`;
}

/**
 * @throws when a strip marker reaches a line end: in JSON it takes off the white space of that line, in a quoted string
 * that of all lines, and in an indented heredoc the next line keeps its indentation
 */
function partsOf(template: string): Segment[] {
  const parts = segments(template);
  const strips = (part: Segment | undefined, marker: RegExp) =>
    part?.kind !== "literal" && marker.test(part?.text ?? "");
  const unclear = parts.some(
    ({ kind, text }, index) =>
      kind === "literal" &&
      ((strips(parts[index - 1], /~$/) && /^\s*\n/.test(text)) ||
        (strips(parts[index + 1], /^~/) && /\n\s*$/.test(text))),
  );
  if (unclear)
    throw new Error(`A strip marker beside a line end in ${JSON.stringify(template)}: write it without "~".`);
  return parts;
}

/** A text of whole lines, the first not indented, that an indented heredoc gives back as it is. */
function isReadableHeredoc(template: string): boolean {
  return (
    /^\S.*\n(.*\n)+$/.test(template) &&
    // From a line of spaces alone, HCL does not take the indentation off.
    !/^ +$/m.test(template) &&
    // Control characters are written with escapes, which a heredoc does not have.
    !/[^\P{C}\n]/u.test(template) &&
    partsOf(template).every(({ kind, text }) => kind === "literal" || !text.includes("\n"))
  );
}

function printHeredoc(template: string): string {
  const lines = template.split("\n");
  let marker = "EOT";
  while (lines.some((line) => line.trim() === marker)) marker += "_";
  return `<<-${marker}\n${template}${marker}`;
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
