/** Text of a root configuration: literals of the account next to references. */
import { Json, printComment, printLiteral } from "../synth/language/print/hcl";

/** A reference or another expression, as it is. */
export class Expression {
  public constructor(public readonly text: string) {}
}

export type Value = Json | Expression | Fields;

export interface Fields {
  readonly [key: string]: Value;
}

export const reference = (text: string) => new Expression(text);

/** Arguments, one on a line. */
export function body(fields: Fields): string {
  return Object.entries(fields)
    .map(([key, value]) => `${printKey(key)} = ${print(value)}`)
    .join("\n");
}

/** A block with the sections of its arguments. */
export function block(header: string, sections: readonly Fields[]): string {
  return `${header} {\n${sections
    .map(body)
    .filter((section) => section !== "")
    .join("\n\n")}\n}\n`;
}

/** Text of an account stays in its comment, whatever is in it. */
export function comment(text: string): string {
  return printComment(text.replace(/[\p{Cc}\u2028\u2029]/gu, " "));
}

function print(value: Value): string {
  if (value instanceof Expression) return value.text;
  if (isList(value)) return printList(value);
  if (value === null || typeof value !== "object") return printLiteral(value);
  const entries = Object.entries(value).map(([key, inner]) => `${printKey(key)} = ${print(inner)}`);
  const line = entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  return line.length <= 90 && !line.includes("\n") ? line : `{\n${entries.join("\n")}\n}`;
}

function printList(list: readonly Json[]): string {
  const line = printLiteral(list);
  return line.length <= 120 ? line : `[\n${list.map((item) => `${printLiteral(item)},`).join("\n")}\n]`;
}

function isList(value: Value): value is readonly Json[] {
  return Array.isArray(value);
}

/** A name or a number may be a key as it is. */
function printKey(key: string): string {
  return /^(?!for$)([A-Za-z_][\w-]*|\d+)$/.test(key) ? key : printLiteral(key);
}
