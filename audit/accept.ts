/** What the owner accepts, in a file: printed, counted, and no reason to fail. */
import { parseDocument } from "yaml";
import * as z from "zod";
import { AuditError } from "./error";

const ENTRY = z.strictObject({
  class: z.string(),
  resource: z.string(),
  reason: z.string().min(1),
  until: z.iso.date(),
});

export type Acceptance = z.infer<typeof ENTRY>;

/** @throws AuditError with the entry, the value, and what it must be */
export function parseAcceptances(text: string, name: string): Acceptance[] {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new AuditError(`${name} is not valid YAML: ${document.errors[0]?.message}`);
  const value: unknown = document.toJS() ?? [];
  const { data, error } = z.array(ENTRY).safeParse(value, { reportInput: true });
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const place = issue?.path.join(".") ?? "";
  throw new AuditError(
    `${name} must be a list of entries with class, resource, reason, and until (YYYY-MM-DD). At ${place === "" ? "the top" : place}: ${issue?.message}. Received: ${JSON.stringify(issue?.input ?? null)}.`,
  );
}

/** @param today in the form YYYY-MM-DD */
export function isExpired({ until }: Acceptance, today: string): boolean {
  return until < today;
}
