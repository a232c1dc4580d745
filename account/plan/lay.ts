/** Lays a plan over a snapshot: the account as it will be after the apply. */
import { isDeepStrictEqual } from "node:util";
import { Digest } from "../schema/digest";
import { Snapshot } from "../snapshot";
import { Draft, PlanGap } from "./draft";
import { harmless } from "./harmless";
import { Plan, PlanError, PlannedResource } from "./plan";
import { Row } from "./row";
import { TABLE } from "./table";
import { AfterApply } from "./values";

export interface PlannedAccount {
  readonly snapshot: Snapshot;
  /** Addresses of the plan, by the ID of what they change. */
  readonly sources: ReadonlyMap<string, string>;
  /** What leaves open how the account will be. */
  readonly gaps: readonly PlanGap[];
}

/**
 * @param digest with the salt of the snapshot, or null if it is not known
 * @throws PlanError if the plan is of another account or Region
 */
export function withPlan(snapshot: Snapshot, plan: Plan, digest: Digest | null): PlannedAccount {
  const here = plan.resources.filter((one) => isIn(snapshot, one));
  if (here.length === 0 && plan.resources.length > 0)
    throw new PlanError(
      `${plan.name} plans nothing in the account ${snapshot.account_id} and the Region ${snapshot.region} of the snapshot. Name the plan of that account and Region.`,
    );
  const draft = new Draft(structuredClone(snapshot), digest, extendedBy(here));
  const rows = Object.entries(TABLE);
  const known = rows.flatMap(([type, row]) =>
    here.filter((one) => one.type === type).flatMap((one) => stepsOf(one, row, draft)),
  );
  for (const { address, remove } of [...known].reverse()) draft.by(address, remove);
  for (const { address, put } of known) draft.by(address, put);
  for (const one of here.filter(({ type }) => !(type in TABLE)))
    draft.by(one.address, () => {
      unknownType(one, draft);
    });
  return { snapshot: draft.snapshot, sources: draft.sources, gaps: [...plan.gaps, ...draft.gaps] };
}

interface Steps {
  readonly address: string;
  readonly remove: () => void;
  readonly put: () => void;
}

const nothing = () => undefined;

function stepsOf({ address, before, after, isReplaced }: PlannedResource, row: Row, draft: Draft): Steps[] {
  const [old, now] = [before, after].map((values) => (values === null ? null : row.matters.safeParse(values)));
  // Also the ID: a resource that is replaced has another one.
  if (old?.success && now?.success && !isReplaced && isDeepStrictEqual(old.data, now.data)) return [];
  const failed = [old, now].flatMap((one) => one?.error?.issues ?? []);
  if (failed.length > 0) {
    const places = [...new Set(failed.map(({ path }) => path.join(".")))];
    const words = `${places.join(", ")}: known only after the apply, or unknown to this version.`;
    const put = () => {
      draft.unknown(words);
    };
    return [{ address, remove: nothing, put }];
  }
  const isUpdated = before !== null && after !== null && !isReplaced;
  const remove = () => {
    if (old && !isUpdated) row.remove(old.data, draft);
  };
  const put = () => {
    if (isUpdated) row.update(old?.data, now?.data, draft);
    else if (now) row.put(now.data, draft);
  };
  return [{ address, remove, put }];
}

function unknownType({ type, before, after }: PlannedResource, draft: Draft): void {
  if (harmless(type) !== null || isDeepStrictEqual(untagged(before), untagged(after))) return;
  draft.unknown(`this version does not know what a change of ${type} does to the ways to an application.`);
}

function untagged(values: PlannedResource["before"]): object | null {
  if (values === null) return null;
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== "tags" && key !== "tags_all"));
}

/** New security groups, network ACLs, and route tables that other resources of the plan extend. */
function extendedBy(resources: readonly PlannedResource[]): ReadonlySet<string> {
  const names = ["security_group_id", "network_acl_id", "route_table_id"];
  const values = resources
    .filter(({ type }) => !type.endsWith("_association") && !type.endsWith("_attachment"))
    .flatMap(({ after }) => names.map((name) => after?.[name]));
  return new Set(values.flatMap((value) => (value instanceof AfterApply && value.id !== null ? [value.id] : [])));
}

/** What tells the account and Region of a resource: its own ARN, or that of what it belongs to. */
const ARNS = ["arn", "listener_arn", "load_balancer_arn", "target_group_arn", "lb_target_group_arn"];

/** CloudFront is in all Regions. */
function isIn(snapshot: Snapshot, { type, provider, region, before, after }: PlannedResource): boolean {
  if (!provider.endsWith("/aws")) return true;
  const values = { ...before, ...after };
  const [, ofArn, account] =
    ARNS.map((name) => /^arn:[^:]+:[^:]+:([^:]*):(\d+):/.exec(String(values[name]))).find((one) => one !== null) ?? [];
  const own = typeof values.region === "string" ? values.region : undefined;
  const place = [own, ofArn, region].find((one) => one !== undefined && one !== "" && one !== null);
  const isElsewhere = !type.startsWith("aws_cloudfront_") && place !== undefined && place !== snapshot.region;
  return !isElsewhere && (account === undefined || snapshot.account_id === null || account === snapshot.account_id);
}
