/** Where an expression is broken into lines. */
import { breaksOutsideBrackets, closingQuote } from "./template";

/** An expression that is no longer stays on one line. */
const WIDTH = 110;

/** A line of an expression that has several. */
const LONG_LINE = 150;

/**
 * Operators that an expression is broken after, those that bind least first. What is short stays behind a comparison or a sum:
 * `length([…]) > 1`.
 */
const OPERATORS = [/ : /g, / \? /g, / \|\| /g, / && /g, / (?:[=!<>]=|[<>]) (?=.{12})/g, / \+ (?=.{12})/g];

/**
 * Breaks a long expression: after the operators that bind least, or if it has none, inside of its longest brackets. Of one that
 * has several lines already, only lines that are too long.
 */
export function wrap(text: string): string {
  if (text.includes("\n")) return text.split("\n").map(wrapLine).join("\n");
  if (text.length <= WIDTH) return text;
  return operands(text)?.map(wrapOperand).join("\n") ?? wrapBrackets(text);
}

/** A line of an expression, inside of brackets that others open: `name = value`, `name => value`, or an item. */
function wrapLine(line: string): string {
  if (line.length <= LONG_LINE) return line;
  const [, name = "", value = "", comma = ""] =
    /^(\s*(?:(?:[\w-]+|"[^"]*"|\(.*?\)|\w+\([^=]*\)) +=>? )?)(\S.*?)(,?)$/.exec(line) ?? [];
  if (!isBalanced(value)) return line;
  const lines = wrap(value);
  // In an object, a line break ends a field.
  return breaksOutsideBrackets(lines) ? line : `${name}${lines}${comma}`;
}

/** The parts of an expression around the operators that bind least, each with the operator behind it. */
function operands(text: string): string[] | undefined {
  const depths = brackets(text);
  const operator = OPERATORS.find((candidate) =>
    [...text.matchAll(candidate)].some(({ index }) => depths[index] === 0),
  );
  return operator && splitAfter(text, operator, depths);
}

/** Whether an expression is one call of a function: `can(…)`. */
export function isCall(text: string): boolean {
  const [name] = /^\w+\(/.exec(text) ?? [];
  return name !== undefined && groups(text)[0]?.end === text.length - 1;
}

/** How many loops of an expression are inside of one another. */
export function loopDepth(text: string): number {
  const loops: boolean[] = [];
  let deepest = 0;
  for (const [mark] of text.matchAll(/[[{(]\s*for\b|[[{(]|[\])}]/g)) {
    if (/[\])}]/.test(mark)) loops.pop();
    else loops.push(mark.endsWith("for"));
    deepest = Math.max(deepest, loops.filter((isLoop) => isLoop).length);
  }
  return deepest;
}

/** Indents the lines of an expression by two spaces for each bracket that is open, as `terraform fmt` does. */
export function indent(text: string, first: string): string {
  let before = 0;
  return text
    .split("\n")
    .map((line) => {
      const open = before + bracketsOpenedBy(line);
      const depth = /^[\])}]/.test(line) ? open : before;
      before = open;
      return `${first}${"  ".repeat(depth)}${line}`;
    })
    .join("\n");
}

/** An operand with the operator behind it. */
function wrapOperand(text: string): string {
  const [, operand = text, operator = ""] = /^(.*?)( (?:[?:]|\|\||&&|[=!<>]=|[<>]|\+))?$/s.exec(text) ?? [];
  return wrap(operand) + operator;
}

/** Breaks an expression inside of its longest brackets, however short it is. */
export function wrapBrackets(text: string): string {
  const [group] = groups(text).sort((a, b) => b.end - b.start - (a.end - a.start));
  if (group === undefined) return text;
  const inside = text.slice(group.start + 1, group.end).trim();
  const isLoop = inside.startsWith("for ");
  const items = isLoop ? clauses(inside) : splitAfter(inside, /, /g).map((item) => item.replace(/,$/, ""));
  const around = (lines: string) => text.slice(0, group.start + 1) + lines + text.slice(group.end);
  // Brackets inside of brackets open and close together: `alltrue([`.
  if (items.length === 1 && groups(inside).length > 0 && operands(inside) === undefined)
    return around(wrapBrackets(inside));
  const isObject = !isLoop && text[group.start] === "{";
  const lines = items.map(isObject ? wrapLine : wrapOperand).join(isObject || isLoop ? "\n" : ",\n");
  return around(`\n${lines}\n`);
}

/** The parts of a loop: `for … in … :`, the result, `if …`. */
function clauses(loop: string): string[] {
  const [head = "", ...rest] = splitAfter(loop, / : /g);
  const [result = "", ...condition] = splitBefore(rest.join(" "), / if /g);
  return [head, result, ...condition];
}

/** A pair of brackets that is inside of no other, by the indexes of the two signs. */
interface Group {
  readonly start: number;
  readonly end: number;
}

function groups(text: string): Group[] {
  const depths = brackets(text);
  return depths.flatMap((depth, start) => {
    if (depth !== 1 || (depths[start - 1] ?? 0) !== 0 || text[start] === '"') return [];
    return [{ start, end: depths.indexOf(0, start) }];
  });
}

/** Splits outside of brackets and strings. The separator stays with the part before it, without the space at its end. */
function splitAfter(text: string, separator: RegExp, depths = brackets(text)): string[] {
  return split(text, separator, (index, length) => index + length, depths);
}

function splitBefore(text: string, separator: RegExp): string[] {
  return split(text, separator, (index) => index, brackets(text));
}

function split(
  text: string,
  separator: RegExp,
  at: (index: number, length: number) => number,
  depths: readonly number[],
): string[] {
  const places = [...text.matchAll(separator)]
    .filter(({ index }) => depths[index] === 0)
    .map(({ index, 0: { length } }) => at(index, length));
  return [0, ...places].map((start, number) => text.slice(start, places[number]).trim());
}

/** The number of brackets that are open after each sign; inside of a string, one more. */
function brackets(text: string): number[] {
  const depths: number[] = [];
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charAt(index);
    if (sign === '"') {
      const end = closingQuote(text, index + 1);
      while (depths.length < end) depths.push(depth + 1);
      index = end;
    } else if ("([{".includes(sign)) depth += 1;
    else if (")]}".includes(sign)) depth -= 1;
    depths.push(depth);
  }
  return depths;
}

/** How many more brackets a line opens than it closes; several that open together count as one. */
function bracketsOpenedBy(line: string): number {
  const opened = /[([{]+$/.test(line) ? 1 : 0;
  return opened - (/^[\])}]/.test(line) ? 1 : 0);
}

function isBalanced(text: string): boolean {
  const depths = brackets(text);
  return depths.every((depth) => depth >= 0) && depths.at(-1) === 0;
}
