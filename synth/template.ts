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
  let literal = "";
  let index = 0;
  while (index < template.length) {
    if (template.startsWith("$${", index) || template.startsWith("%%{", index)) {
      literal += template.slice(index, index + 3);
      index += 3;
      continue;
    }
    const kind = opening(template, index);
    if (kind === undefined) {
      literal += template.charAt(index);
      index += 1;
      continue;
    }
    const end = closingBrace(template, index + 2);
    if (literal !== "") result.push({ kind: "literal", text: literal });
    literal = "";
    result.push({ kind, text: template.slice(index + 2, end) });
    index = end + 1;
  }
  if (literal !== "") result.push({ kind: "literal", text: literal });
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
  let depth = 0;
  for (let index = 0; index < expression.length; index++) {
    const character = expression.charAt(index);
    if (character === '"') index = closingQuote(expression, index + 1);
    else if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) depth -= 1;
    else if (character === "\n" && depth === 0) return true;
  }
  return false;
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

function opening(template: string, index: number): "interpolation" | "directive" | undefined {
  if (template[index + 1] !== "{") return undefined;
  if (template[index] === "$") return "interpolation";
  return template[index] === "%" ? "directive" : undefined;
}

/** The index of the brace that closes an interpolation whose inside starts at `start`. */
function closingBrace(template: string, start: number): number {
  let depth = 0;
  for (let index = start; index < template.length; index++) {
    const character = template[index];
    if (character === '"') index = closingQuote(template, index + 1);
    else if (character === "{") depth += 1;
    else if (character === "}" && depth === 0) return index;
    else if (character === "}") depth -= 1;
  }
  throw new Error(
    `Unclosed interpolation in the template ${JSON.stringify(template)}: write "$\${" for a literal "\${".`,
  );
}

/** The index of the quote that closes a quoted string whose inside starts at `start`. */
function closingQuote(template: string, start: number): number {
  for (let index = start; index < template.length; index++) {
    if (template[index] === "\\") index += 1;
    else if (template.startsWith("$${", index) || template.startsWith("%%{", index)) index += 2;
    else if (opening(template, index) !== undefined) index = closingBrace(template, index + 2);
    else if (template[index] === '"') return index;
  }
  throw new Error(`Unclosed quote inside an interpolation of the template ${JSON.stringify(template)}.`);
}
