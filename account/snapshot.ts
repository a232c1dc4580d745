/**
 * What an AWS account says about the paths to its applications, in a Region: a JSON document, read once and judged without
 * any access to the account.
 */
import * as z from "zod";
import { API_GATEWAY_HTTP, API_GATEWAY_REST } from "./schema/api-gateway";
import { CLOUDFRONT } from "./schema/cloudfront";
import { AUTO_SCALING, ECS } from "./schema/compute";
import { EC2 } from "./schema/ec2";
import { LOAD_BALANCING } from "./schema/load-balancing";

/** A version only adds fields. Another version has another number. */
export const VERSION = 1;

/** A call that failed. What it would have told is unknown, and not nothing. */
export const UNREAD = z.object({
  /** For example "elasticloadbalancing:DescribeRules". */
  action: z.string(),
  /** ARN or ID, or null if the call lists a whole Region. */
  resource: z.string().nullable(),
  error: z.string(),
});

/** A service that was not asked is null. What was asked and could not be read is in `unread`. */
export const SNAPSHOT = z.object({
  schema_version: z.literal(VERSION),
  /** Null: not even the account could be found out. */
  account_id: z.string().nullable(),
  region: z.string(),
  read_at: z.string(),
  /** The load balancer of the application in question. Null: all load balancers are read whole. */
  focus: z.string().nullable(),
  unread: z.array(UNREAD),
  ec2: EC2.nullable(),
  elastic_load_balancing: LOAD_BALANCING.nullable(),
  auto_scaling: AUTO_SCALING.nullable(),
  ecs: ECS.nullable(),
  /** Global: only the document of the first Region of an account has it. */
  cloudfront: CLOUDFRONT.nullable(),
  api_gateway_rest: API_GATEWAY_REST.nullable(),
  api_gateway_http: API_GATEWAY_HTTP.nullable(),
});

export type Snapshot = z.infer<typeof SNAPSHOT>;
export type Unread = z.infer<typeof UNREAD>;

export class SnapshotError extends Error {}

/** @throws SnapshotError, which names what is wrong, but shows no value of the document */
export function parseSnapshot(text: string, name: string): Snapshot {
  const { schema_version, ...document } = parseJson(text, name);
  if (schema_version !== VERSION)
    throw new SnapshotError(
      `${name} is not a snapshot of version ${VERSION}: its schema_version is ${JSON.stringify(schema_version)}. Read it again with this version of the package.`,
    );
  const { data, error } = SNAPSHOT.safeParse({ schema_version, ...document });
  if (data !== undefined) return data;
  const places = error.issues.slice(0, 5).map(({ path }) => path.join("."));
  throw new SnapshotError(`${name} is damaged at ${places.join(", ")}. Read it again.`);
}

function parseJson(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === "object" && document !== null) return document as Record<string, unknown>;
  } catch {
    // The message of the parser shows a part of the text.
  }
  throw new SnapshotError(`${name} is not a JSON document. Write snapshots with "snapshot --out FILE".`);
}
