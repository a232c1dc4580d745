/** What a plan of Terraform says in JSON of the resources that it would create. */
import * as z from "zod";
import { IMPORT_IDS, Planned } from "./recipes";

const CHANGE = z.object({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  /** The key of an object whose replacement has begun. */
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change: z.object({
    actions: z.array(z.string()),
    after: z.record(z.string(), z.unknown()).nullable(),
    importing: z.object({ id: z.string().optional() }).nullish(),
  }),
});

const PLAN = z.object({
  format_version: z.string(),
  resource_changes: z.array(CHANGE).default([]),
  prior_state: z.unknown().optional(),
});

export type ResourceChange = z.infer<typeof CHANGE>;

export interface Plan {
  readonly changes: readonly ResourceChange[];
  /** IDs and ARNs of everything in the state, and what an import takes instead. */
  readonly managed: ReadonlySet<string>;
}

/** @throws Error if it is not the output of "terraform show -json PLAN" */
export function parsePlan(text: string, path: string): Plan {
  try {
    const { resource_changes, prior_state } = PLAN.parse(JSON.parse(text));
    return { changes: resource_changes, managed: new Set(idsIn(prior_state)) };
  } catch {
    throw new Error(
      `${path} is not a plan in JSON. Write one: terraform plan -out=plan.tfplan && terraform show -json plan.tfplan > plan.json`,
    );
  }
}

/** Resources are at any depth: modules have modules. */
function idsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const { id, arn, type, values } = value as Readonly<Record<string, unknown>>;
  const importId = typeof type === "string" ? IMPORT_IDS[type]?.(values as Planned) : undefined;
  const own = [id, arn, importId].filter((text) => typeof text === "string");
  return [...own, ...Object.values(value).flatMap(idsIn)];
}
