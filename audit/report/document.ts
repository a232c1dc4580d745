/** The JSON document: its schema, and the baseline that a former one is. */
import * as z from "zod";
import { AuditError } from "../error";

const FACT = z.object({ words: z.string(), resource: z.string(), action: z.string() });
const UNKNOWN = z.object({ words: z.string(), resource: z.string().nullable(), action: z.string().nullable() });
const VERDICT = z.enum(["proven", "bypass", "undetermined"]);
const LOCK = z.object({
  state: z.enum(["closed", "open", "unknown"]),
  facts: z.array(FACT),
  unknowns: z.array(UNKNOWN),
});

export const DOCUMENT = z.object({
  /** A version only adds fields. */
  schema_version: z.literal(1),
  verdict: VERDICT,
  exit_code: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  roots: z.array(
    z.object({
      name: z.string(),
      verdict: VERDICT,
      findings: z.array(
        z.object({
          class: z.string(),
          title: z.string(),
          severity: z.enum(["high", "medium", "intended"]),
          remedy: z.string(),
          kind: z.enum(["way", "lock"]),
          certain: z.boolean(),
          intended: z.string().nullable(),
          steps: z.array(
            z.object({
              place: z.enum(["source", "edge", "load balancer", "node", "application"]),
              words: z.string(),
              facts: z.array(FACT),
            }),
          ),
          unknowns: z.array(UNKNOWN),
          resources: z.array(z.string()),
          fingerprint: z.string(),
          status: z.enum(["open", "accepted", "known", "allowed"]),
        }),
      ),
      locks: z.object({ security_group: LOCK, network_acl: LOCK, route: LOCK, layer_7: LOCK }),
      unknowns: z.array(UNKNOWN),
      assumptions: z.array(z.string()),
    }),
  ),
  acceptances: z.array(
    z.object({
      class: z.string(),
      resource: z.string(),
      reason: z.string(),
      until: z.string(),
      matches: z.number(),
    }),
  ),
  problems: z.array(z.string()),
  /** Reports of earlier versions have none. */
  calls: z.number().nullable().optional(),
});

/**
 * Fingerprints of what a former report knew for certain: what was unknown then is not known now.
 * @throws AuditError if the file is no report
 */
export function parseBaseline(text: string, name: string): ReadonlySet<string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const { data } = DOCUMENT.safeParse(value);
  if (data === undefined)
    throw new AuditError(`${name} is not a report of version 1. Write one with "audit --json > ${name}".`);
  return new Set(
    data.roots.flatMap(({ findings }) => findings.filter(({ certain }) => certain).map((one) => one.fingerprint)),
  );
}
