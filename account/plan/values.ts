/** Values in a plan. What is known only after the apply is not nothing. */
import * as z from "zod";

/** Stands for a value that is known only after the apply. */
export class AfterApply {
  /**
   * @param id address of the new resource whose ID or ARN the value is, or null if that is not known, either
   * @param isWritten whether the configuration says something about it. If not, it is the provider's or AWS's default
   */
  constructor(
    public readonly id: string | null,
    public readonly isWritten: boolean,
  ) {}
}

export type Path = readonly (string | number)[];

/**
 * The values of a resource after the apply.
 * @param unknown the part of `after_unknown`: true where the value is known only after the apply
 * @param later what stands for it
 */
export function merged(after: unknown, unknown: unknown, later: (path: Path) => AfterApply, path: Path = []): unknown {
  if (unknown === true) return later(path);
  if (typeof unknown !== "object" || unknown === null) return after;
  const known = (after ?? {}) as Readonly<Record<string | number, unknown>>;
  if (Array.isArray(unknown)) {
    const parts: readonly unknown[] = unknown;
    return parts.map((part, index) => merged(known[index], part, later, [...path, index]));
  }
  const parts = Object.entries(unknown).map(([key, part]) => [key, merged(known[key], part, later, [...path, key])]);
  return { ...known, ...Object.fromEntries(parts) };
}

/** A new resource stands for its ID. */
const resolved = (value: unknown) => (value instanceof AfterApply && value.id !== null ? value.id : value);
const absent = (value: unknown) => (value === null || value === "" ? undefined : value);
const computed = (value: unknown) =>
  value instanceof AfterApply && !value.isWritten ? undefined : absent(resolved(value));

/** A schema refuses what is known only after the apply, unless it says so. */
export const TEXT = z.preprocess(resolved, z.string());
/** Terraform has null or "" for what is not set. */
export const OPTIONAL_TEXT = z.preprocess((value) => absent(resolved(value)), z.string().optional());
export const OPTIONAL_NUMBER = z.preprocess(absent, z.number().optional());
export const OPTIONAL_FLAG = z.preprocess(absent, z.boolean().optional());
/** Without it, AWS has a default. Not for blocks: the configuration does not show dynamic ones. */
export const COMPUTED_TEXT = z.preprocess(computed, z.string().optional());
export const COMPUTED_NUMBER = z.preprocess(computed, z.number().optional());
export const COMPUTED_FLAG = z.preprocess(computed, z.boolean().optional());
export const COMPUTED_TEXTS = z.preprocess((value) => computed(value) ?? [], z.array(z.string()));
export const TEXTS = z.preprocess((value) => value ?? [], z.array(TEXT));

/** Nested blocks. */
export function blocks<Block extends z.ZodType>(block: Block) {
  return z.preprocess((value) => value ?? [], z.array(block));
}

/** Null: known only after the apply. */
export function orLater<Value extends z.ZodType>(value: Value) {
  return z.union([value, z.instanceof(AfterApply).transform(() => null)]);
}
