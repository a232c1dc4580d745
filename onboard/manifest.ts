/** onboard.json: what `onboard` was asked, what the account said, and what was written. Committed beside the configuration. */
import * as z from "zod";
import { Composition, SCENARIOS, Wanted } from "./composition";

const VERSION = 1;

/** A part of the account at the time, and what became of it: see `Entry`. */
const ENTRY = z.object({
  words: z.string(),
  key: z.string().nullable(),
  priority: z.number().nullable(),
  target: z.string().nullable(),
});

const NEW_FLEET = z.strictObject({
  ...{ image: z.string(), imageOwner: z.string().nullable(), tokenSecretArn: z.string(), cloud: z.string() },
  ...{ subnetIds: z.array(z.string()).readonly(), backendUrl: z.string().nullable() },
  certificateSecretArn: z.string().nullable(),
});

const MANIFEST = z.object({
  schema_version: z.literal(VERSION),
  account_id: z.string(),
  region: z.string(),
  read_at: z.string(),
  scenario: z.enum(SCENARIOS),
  arguments: z.object({
    id: z.string(),
    name: z.string(),
    node: z.union([
      z.strictObject({ autoScalingGroup: z.string() }),
      z.strictObject({ instances: z.array(z.string()).readonly() }),
      z.strictObject({ addresses: z.array(z.string()).readonly() }),
      z.strictObject({ ecsService: z.string() }),
      z.strictObject({ listenerArn: z.string() }),
      z.strictObject({ newFleet: NEW_FLEET }),
    ]),
    source: z.string(),
    mirror: z.boolean(),
    adopt_listeners: z.boolean(),
    listener_ports: z.array(z.number()).nullable(),
    application_target_groups: z.array(z.string()),
    cloudfront: z
      .object({
        adopt_distribution: z.boolean(),
        node_domain_name: z.string().nullable(),
        application_origins: z.array(z.string()),
      })
      .optional(),
    rest_api: z.object({ adopt_api: z.boolean(), stage: z.string().nullable() }).optional(),
    tags: z.record(z.string(), z.string()),
  }),
  /** By ID, such as the ARN of a rule. */
  entries: z.record(z.string(), ENTRY),
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
  { scenario, entries }: Composition,
  about: Omit<Manifest, "schema_version" | "scenario" | "entries">,
): Manifest {
  const byId = entries.map(({ id, words, key, priority, target }) => [id, { words, key, priority, target }]);
  return { schema_version: VERSION, scenario, ...about, entries: Object.fromEntries(byId) as Manifest["entries"] };
}

type Arguments = Manifest["arguments"];

/** What is asked now, for the next time. */
export function argumentsOf(wanted: Wanted, more: Pick<Arguments, "source" | "tags">): Arguments {
  const { id, name, node, mirror, adoptListeners, listenerPorts, targetGroupArns, cloudFront, restApi } = wanted;
  return {
    ...{ id, name, node, mirror, ...more, adopt_listeners: adoptListeners },
    listener_ports: listenerPorts && [...listenerPorts],
    application_target_groups: [...targetGroupArns],
    ...(cloudFront && {
      cloudfront: {
        adopt_distribution: cloudFront.adoptDistribution,
        node_domain_name: cloudFront.nodeDomainName,
        application_origins: [...cloudFront.applicationOrigins],
      },
    }),
    ...(restApi && { rest_api: { adopt_api: restApi.adoptApi, stage: restApi.stage } }),
  };
}

/** What was asked then. */
export function wantedOf({ arguments: asked, entries }: Manifest): Wanted {
  return {
    ...{ id: asked.id, name: asked.name, mirror: asked.mirror, remembered: entries },
    ...{ adoptListeners: asked.adopt_listeners, listenerPorts: asked.listener_ports },
    targetGroupArns: asked.application_target_groups,
    node: asked.node,
    ...(asked.cloudfront && {
      cloudFront: {
        adoptDistribution: asked.cloudfront.adopt_distribution,
        nodeDomainName: asked.cloudfront.node_domain_name,
        applicationOrigins: asked.cloudfront.application_origins,
      },
    }),
    ...(asked.rest_api && { restApi: { adoptApi: asked.rest_api.adopt_api, stage: asked.rest_api.stage } }),
  };
}
