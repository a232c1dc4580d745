/** onboard.json: what `onboard` was asked, what the account said, and what was written. Committed beside the configuration. */
import * as z from "zod";
import { Composition } from "./composition";
import { Remembered } from "./routes";

const VERSION = 1;

/** A rule of the account at the time, and what became of it. */
const RULE = z.object({
  /** "rule 10 of 443 (shop.example.com) → shop". */
  words: z.string(),
  /** Null: left out. */
  key: z.string().nullable(),
  priority: z.number().nullable(),
});

const MANIFEST = z.object({
  schema_version: z.literal(VERSION),
  account_id: z.string(),
  region: z.string(),
  read_at: z.string(),
  scenario: z.literal("alb"),
  arguments: z.object({
    load_balancer_arn: z.string(),
    name: z.string(),
    node_autoscaling_group: z.string().nullable(),
    node_instances: z.array(z.string()),
    source: z.string(),
    mirror: z.boolean(),
    tags: z.record(z.string(), z.string()),
  }),
  /** By ARN. */
  rules: z.record(z.string(), RULE),
  /** SHA-256 of each file as it was written, by name. */
  files: z.record(z.string(), z.string()),
});

export type Manifest = z.infer<typeof MANIFEST>;

export const MANIFEST_FILE = "onboard.json";

/** @throws Error if it is not the manifest of this version */
export function parseManifest(text: string, path: string): Manifest {
  try {
    return MANIFEST.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} is not a manifest that this version of "onboard" wrote. Restore it from version control.`);
  }
}

export function manifestOf(
  { routes }: Pick<Composition, "routes">,
  about: Omit<Manifest, "schema_version" | "scenario" | "rules">,
): Manifest {
  const covered = routes.covered.map(({ rule, key, route }) => [
    rule.arn,
    { words: rule.words, key, priority: Number(route.priority) },
  ]);
  const leftOut = routes.leftOut.map(({ rule }) => [rule.arn, { words: rule.words, key: null, priority: null }]);
  const rules = Object.fromEntries([...covered, ...leftOut]) as Manifest["rules"];
  return { schema_version: VERSION, scenario: "alb", ...about, rules };
}

/** The keys and numbers of routes stay when the command runs again. */
export function remembered(manifest: Manifest | undefined): Remembered {
  const rules = Object.entries(manifest?.rules ?? {});
  return {
    keys: Object.fromEntries(rules.flatMap(([arn, { key }]) => (key === null ? [] : [[arn, key]]))),
    priorities: Object.fromEntries(
      rules.flatMap(([arn, { priority }]) => (priority === null ? [] : [[arn, priority]])),
    ),
  };
}
