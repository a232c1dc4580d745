/** Terraform's type constraints, to compare one release of a module with the next. */
import { getExpressionAst, TFExpressionSyntaxTree as Syntax } from "@cdktf/hcl2json";

export type Type =
  | { readonly kind: "string" | "number" | "bool" | "any" }
  | { readonly kind: "list" | "set" | "map"; readonly element: Type }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, Field> };

interface Field {
  readonly type: Type;
  readonly optional: boolean;
}

/** @param text as in a variable block: "object({ port = optional(number, 80) })" */
export async function parseType(text: string): Promise<Type> {
  const expression = await getExpressionAst("type.tf", text);
  if (expression === null) throw new Error(`"${text}" is not a type.`);
  return typeOf(expression);
}

function typeOf(expression: Syntax.ExpressionType): Type {
  const { value } = expression.meta;
  if (value === "string" || value === "number" || value === "bool" || value === "any") return { kind: value };
  if (Syntax.isFunctionCallExpression(expression)) {
    const { name } = expression.meta;
    const [argument] = expression.children;
    if (argument !== undefined && (name === "list" || name === "set" || name === "map"))
      return { kind: name, element: typeOf(argument) };
    if (argument !== undefined && name === "object" && Syntax.isObjectExpression(argument))
      return { kind: "object", fields: fieldsOf(argument) };
  }
  throw new Error(`release/type.ts cannot compare the type "${value}". Add it there.`);
}

function fieldsOf(object: Syntax.ObjectExpression): Map<string, Field> {
  // Names and values alternate.
  const values = object.children.filter((_, index) => index % 2 === 1);
  return new Map(
    Object.entries(object.meta.items).map(([name, text]) => {
      const value = values.find(({ meta }) => meta.value === text);
      if (value === undefined) throw new Error(`The field "${name}" has no type.`);
      return [name.replace(/^"(.*)"$/, "$1"), fieldOf(value)];
    }),
  );
}

function fieldOf(value: Syntax.ExpressionType): Field {
  const [type] = value.children;
  if (Syntax.isFunctionCallExpression(value) && value.meta.name === "optional" && type !== undefined)
    return { type: typeOf(type), optional: true };
  return { type: typeOf(value), optional: false };
}

/** What callers with a value of the first type must change for the second type, one sentence each. */
export function narrowings(before: Type, after: Type, path: string): string[] {
  if (after.kind === "any") return [];
  if (after.kind === "string" && (before.kind === "number" || before.kind === "bool")) return [];
  if (before.kind === "object" && after.kind === "object") return fieldNarrowings(before.fields, after.fields, path);
  if ("element" in before && "element" in after && before.kind === after.kind)
    return narrowings(before.element, after.element, `${path}[*]`);
  return before.kind === after.kind ? [] : [`${path} changed from type ${before.kind} to type ${after.kind}`];
}

function fieldNarrowings(
  before: ReadonlyMap<string, Field>,
  after: ReadonlyMap<string, Field>,
  path: string,
): string[] {
  // Terraform silently drops unknown fields.
  const kept = [...before].flatMap(([name, field]) => {
    const now = after.get(name);
    if (now === undefined) return [`${path}.${name} was removed`];
    const required = field.optional && !now.optional ? [`${path}.${name} is now required`] : [];
    return [...required, ...narrowings(field.type, now.type, `${path}.${name}`)];
  });
  const added = [...after].filter(([name, { optional }]) => !before.has(name) && !optional);
  return [...kept, ...added.map(([name]) => `${path}.${name} is new and required`)];
}
