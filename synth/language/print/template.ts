/**
 * Terraform's template strings: literal text with `${expression}` and `%{directive}` parts. A string in Terraform's JSON
 * syntax is the same template as a quoted one in HCL, but for the backslash escapes of the latter.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/strings
 */

/** A part of a template: literal text (escapes `$${` and `%%{` kept), or an interpolation or directive, verbatim. */
export type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "interpolation" | "directive"; readonly text: string };

/**
 * Splits a template into its parts.
 * @throws when an interpolation, a directive or a string inside one is not closed
 */
export function segments(template: string): Segment[] {
  const result: Segment[] = [];
  // With its sign twice, it is an escape, which opens nothing.
  const markers = /([$%])\1?\{/g;
  let end = 0;
  for (let match = markers.exec(template); match !== null; match = markers.exec(template)) {
    if (match[0].length === 3) continue;
    if (match.index > end) result.push({ kind: "literal", text: template.slice(end, match.index) });
    const closing = closingBrace(template, markers.lastIndex);
    const text = template.slice(markers.lastIndex, closing);
    result.push({ kind: match[0] === "${" ? "interpolation" : "directive", text });
    end = closing + 1;
    markers.lastIndex = end;
  }
  if (end < template.length) result.push({ kind: "literal", text: template.slice(end) });
  return result;
}

/** The expression of a template that is one interpolation and nothing else (`"${var.name}"`), or undefined. */
export function wholeExpression(template: string): string | undefined {
  if (!template.startsWith("${") || !template.endsWith("}")) return undefined;
  const [first, ...rest] = segments(template);
  if (first?.kind !== "interpolation" || rest.length > 0) return undefined;
  // The markers strip white space beside the interpolation, and there is none.
  return first.text.replace(/^~|~$/g, "").trim();
}

/** Whether an expression goes on after a line end outside of brackets, where HCL would take it for finished. */
export function breaksOutsideBrackets(expression: string): boolean {
  const marks = /["()[\]{}\n]/g;
  let depth = 0;
  for (let match = marks.exec(expression); match !== null; match = marks.exec(expression)) {
    const [mark] = match;
    if (mark === '"') marks.lastIndex = closingQuote(expression, marks.lastIndex) + 1;
    else if (mark !== "\n") depth += "([{".includes(mark) ? 1 : -1;
    else if (depth === 0) return true;
  }
  return false;
}

/** A part of a template that is put together: text that means itself, or a template. */
export interface TemplatePart {
  readonly kind: "literal" | "template";
  readonly text: string;
}

/** Puts a template together. Literal text never opens or escapes an interpolation, not with its neighbors either. */
export function joinTemplate(parts: readonly TemplatePart[]): string {
  let template = "";
  let literal = "";
  for (const { kind, text } of parts) {
    if (kind === "literal") literal += text;
    else {
      template += beforeTemplate(escapeTemplate(literal), text) + text;
      literal = "";
    }
  }
  return template + escapeTemplate(literal);
}

/** "$" before "${" would be an escape, so it is interpolated too. */
function beforeTemplate(literal: string, template: string): string {
  return literal.replace(template.startsWith("%{") ? /%+$/ : /\$+$/, (signs) => `\${"${signs}"}`);
}

/** Text as a template in which nothing is interpolated. */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}

/** Text as an HCL quoted string in which nothing is interpolated. */
export function quoteLiteral(text: string): string {
  return `"${escapeQuoted(escapeTemplate(text))}"`;
}

/**
 * Escapes text for the inside of an HCL quoted string; HCL knows no `\b` and `\f`, which JSON would write.
 * @throws when the text is not Unicode, which no file can hold
 */
export function escapeQuoted(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new Error(`Half of a surrogate pair in ${JSON.stringify(text)}: remove it.`);
  const escapes: Record<string, string> = { "\\b": "\\u0008", "\\f": "\\u000c" };
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\./g, (escape) => escapes[escape] ?? escape);
}

/** The index of the brace that closes an interpolation whose inside starts at `start`. */
function closingBrace(template: string, start: number): number {
  const marks = /["{}]/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let match = marks.exec(template); match !== null; match = marks.exec(template)) {
    const [mark] = match;
    if (mark === '"') marks.lastIndex = closingQuote(template, marks.lastIndex) + 1;
    else if (mark === "{") depth += 1;
    else if (depth === 0) return match.index;
    else depth -= 1;
  }
  throw new Error(
    `Unclosed interpolation in the template ${JSON.stringify(template)}: write "$\${" for a literal "\${".`,
  );
}

/** The index of the quote that closes a quoted string whose inside starts at `start`. */
export function closingQuote(template: string, start: number): number {
  const marks = /\\.|"|([$%])\1?\{/gs;
  marks.lastIndex = start;
  for (let match = marks.exec(template); match !== null; match = marks.exec(template)) {
    const [mark] = match;
    if (mark === '"') return match.index;
    if (mark === "${" || mark === "%{") marks.lastIndex = closingBrace(template, marks.lastIndex) + 1;
  }
  throw new Error(`Unclosed quote inside an interpolation of the template ${JSON.stringify(template)}.`);
}
