import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { IConstruct } from "constructs";
import { mayHoldToken } from "./tokens";

/**
 * A value with its tokens resolved, and without what is undefined. CDKTF resolves each key and each value in a context of its
 * own; most of them hold no token, and are copied here instead.
 */
export function resolve(value: unknown, scope: IConstruct): unknown {
  if (isLiteral(value)) return value;
  if (Array.isArray(value) && !value.some(mayHoldToken))
    return value.map((item: unknown) => resolve(item, scope)).filter((item) => item !== undefined);
  if (isPlainObject(value) && !Object.keys(value).some(mayHoldToken)) {
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const resolved = resolve(value[key], scope);
      if (resolved !== undefined) result[key] = resolved;
    }
    return result;
  }
  return Tokenization.resolve(value, { scope, resolver: RESOLVER, preparing: false });
}

const RESOLVER = new DefaultTokenResolver(new StringConcat());

function isLiteral(value: unknown): boolean {
  if (typeof value === "string") return !mayHoldToken(value);
  return value === undefined || value === null || typeof value === "boolean";
}

/** Whether a value is an object without a class: neither a list, nor a token, nor a construct. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
