import { isDeepStrictEqual } from "node:util";

/** The part of `terraform show -json <plan>` that tests look at. */
export interface Plan {
  resource_changes?: ResourceChange[];
  output_changes?: Record<string, Change>;
  checks?: Check[];
}

export interface ResourceChange {
  address: string;
  previous_address?: string;
  type: string;
  change: Change<Attributes | null>;
}

export interface Change<Value = unknown> {
  actions: ("no-op" | "create" | "read" | "update" | "delete" | "forget")[];
  before: Value;
  /** Without what is known only after apply. */
  after: Value;
  importing?: { id?: string };
  replace_paths?: (string | number)[][];
}

export type Attributes = Record<string, unknown>;

export interface Check {
  address: { kind: "resource" | "output_value" | "check" | "var"; to_display: string };
  status: CheckStatus;
  instances?: { status: CheckStatus; problems?: { message: string }[] }[];
}

export type CheckStatus = "pass" | "fail" | "error" | "unknown";

/** Everything that a plan would change, in words; empty when it would change nothing. */
export function changes(plan: Plan): string[] {
  return [...resourceChanges(plan), ...outputChanges(plan)];
}

/** For example `create aws_lb_target_group.node` and `update aws_lb_listener_rule.node: action`. */
export function resourceChanges(plan: Plan): string[] {
  return (plan.resource_changes ?? []).flatMap(describeResource);
}

/** For example `create output.target_group_arn`. */
export function outputChanges(plan: Plan): string[] {
  return Object.entries(plan.output_changes ?? {})
    .filter(([, change]) => verb(change) !== "no-op")
    .map(([name, change]) => `${verb(change)} output.${name}`);
}

/** What the checks of a plan warn of. */
export function warnings({ checks = [] }: Plan): string[] {
  const failed = ({ address, status }: Check) => address.kind === "check" && status === "fail";
  return checks
    .filter(failed)
    .flatMap(({ instances = [] }) => instances.flatMap(({ problems = [] }) => problems.map(({ message }) => message)));
}

function describeResource({ address, previous_address, change }: ResourceChange): string[] {
  const lines: string[] = [];
  if (previous_address) lines.push(`move ${previous_address} to ${address}`);
  if (change.importing) lines.push(`import ${address}`);
  if (verb(change) !== "no-op") lines.push(`${verb(change)} ${address}${details(change)}`);
  return lines;
}

function verb({ actions }: Change): string {
  return actions.length > 1 ? "replace" : actions.join();
}

/** The attributes that are updated, or that force a replacement. */
function details(change: ResourceChange["change"]): string {
  const forcing = change.replace_paths?.map(([attribute]) => attribute);
  const attributes = forcing ?? (verb(change) === "update" ? changedAttributes(change) : []);
  return attributes.length > 0 ? `: ${attributes.join(", ")}` : "";
}

function changedAttributes({ before, after }: ResourceChange["change"]): string[] {
  return Object.keys(before ?? {}).filter((name) => !isDeepStrictEqual(before?.[name], after?.[name]));
}
