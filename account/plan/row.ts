/** How the change of a resource type changes a snapshot. */
import * as z from "zod";
import { Draft } from "./draft";

export interface Row {
  /** What of the resource matters. A change of anything else is none. */
  readonly matters: z.ZodType;
  /** As it was. */
  readonly remove: (before: unknown, draft: Draft) => void;
  /** As it will be. */
  readonly put: (after: unknown, draft: Draft) => void;
  readonly update: (before: unknown, after: unknown, draft: Draft) => void;
}

export interface Lay<Values> {
  readonly remove: (before: Values, draft: Draft) => void;
  readonly put: (after: Values, draft: Draft) => void;
  /** @default - removed as it was, and put as it will be */
  readonly update?: (before: Values, after: Values, draft: Draft) => void;
}

/** @param matters the schema of what matters: the functions get what it gives */
export function row<Schema extends z.ZodType>(matters: Schema, lay: Lay<z.infer<Schema>>): Row {
  const { remove, put } = lay;
  const update =
    lay.update ??
    ((before, after, draft) => {
      remove(before, draft);
      put(after, draft);
    });
  return { matters, remove, put, update } as Row;
}
