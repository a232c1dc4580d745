/** survey.json: what each entry point of the accounts is, and what putting a node in front of it takes. */
import * as z from "zod";
import { LOCKS } from "../../model/verdict";
import { SCENARIOS } from "../composition";

/** A version only adds fields. Another version has another number. */
export const VERSION = 1;

export const STATES = [
  "ready",
  "owner-first",
  "undetermined",
  "not-possible",
  "behind-the-node",
  "not-an-application",
] as const;
export type State = (typeof STATES)[number];

/** A configuration that is applied in front of an entry point, as the model judges it. */
const BEHIND = z.object({
  name: z.string(),
  percent: z.number(),
  verdict: z.enum(["proven", "bypass", "undetermined"]),
  locks: z.record(z.enum(LOCKS), z.enum(["closed", "open", "unknown"])),
});

export const ROW = z.object({
  /** Name of the load balancer or the API, or the first name of the distribution. */
  application: z.string(),
  account_id: z.string(),
  /** Of a distribution: that of the application. */
  region: z.string(),
  /** Of the application: its node runs in it. Null: nothing tells. */
  vpc_id: z.string().nullable(),
  /** Null: `onboard` knows nothing of the kind. */
  scenario: z.enum(SCENARIOS).nullable(),
  /** ARN of the load balancer, or ID of the API or the distribution. */
  id: z.string(),
  module: z.string().nullable(),
  /** Of the resources, and of the folder of the root configuration. */
  name: z.string(),
  folder: z.string(),
  /** Rules, listeners, origins, or routes that a configuration covers. Null: nothing tells. */
  routes: z.number().nullable(),
  state: z.enum(STATES),
  /** 1: no owner's step, 2: one, 3: more. Null: nothing to roll out here. */
  wave: z.literal([1, 2, 3]).nullable(),
  /** Why it is in this state, if that is not in the other fields. */
  reason: z.string().nullable(),
  /** What other owners do up to 100 percent, and what somebody has to decide. */
  steps: z.array(z.object({ when: z.string(), title: z.string() })),
  questions: z.array(z.object({ name: z.string(), description: z.string() })),
  /** What other owners do before the lockdown. */
  before_lockdown: z.array(z.string()),
  behind: z.array(BEHIND),
  /** IDs of load balancers that it leads to, and that have rows of their own: put the node behind one of the two. */
  leads_to: z.array(z.string()),
  /** What could not be read, and does not change the configuration. */
  unread: z.array(z.object({ action: z.string(), resource: z.string().nullable(), error: z.string() })),
});
export type Row = z.infer<typeof ROW>;

export const SURVEY = z.object({
  schema_version: z.literal(VERSION),
  documents: z.array(z.object({ account_id: z.string().nullable(), region: z.string(), read_at: z.string() })),
  rows: z.array(ROW),
  /** Entry points that nobody could list: there may be more rows. */
  unlisted: z.array(
    z.object({ account_id: z.string().nullable(), region: z.string(), what: z.string(), error: z.string() }),
  ),
});
export type Survey = z.infer<typeof SURVEY>;

/** @throws Error if it is not a survey of this version */
export function parseSurvey(text: string, path: string): Survey {
  try {
    return SURVEY.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} is not a survey of version ${VERSION}. Write one with "survey --json > ${path}".`);
  }
}
