import { MODES } from "./breaker";
import type { Result } from "./results";
import { SCENARIOS } from "./scenarios";
import { rowsOf } from "./table";
import { parseTrial } from "./trials";

interface About {
  readonly seed: string;
  /** The day and the commit. */
  readonly when: string;
  /** How many calls each step has, by "module | step". */
  readonly calls: ReadonlyMap<string, number>;
}

/**
 * docs/reliability.md with a row for each step and mode that has results. Rows of other steps stay as they are.
 * @param previous the page as it was
 */
export function pageOf(results: readonly Result[], about: About, previous: string): string {
  const groups = new Map<string, Result[]>();
  for (const result of results) groups.set(keyOf(result), [...(groups.get(keyOf(result)) ?? []), result]);
  const rows = new Map([...rowsIn(previous), ...[...groups].map(([key, of]) => [key, rowOf(of, about)] as const)]);
  const bad = [
    ...itemsIn(previous).filter((item) => !groups.has(item.slice(1).split("/").slice(0, 3).join(" | "))),
    ...results.filter(({ broken, stuck }) => broken.length > 0 || stuck.length > 0).map(itemOf),
  ];
  const ordered = Object.entries(SCENARIOS).flatMap(([scenario, { steps: names }]) =>
    Object.keys(names).flatMap((name) => MODES.flatMap((mode) => rows.get([scenario, name, mode].join(" | ")) ?? [])),
  );
  return [
    HEAD,
    [
      "| Module | Step | Mode | Calls | Broken | Invariants held | Converged | Of these, after recovery | Run |",
      "|---|---|---|---|---|---|---|---|---|",
      ...ordered,
    ].join("\n"),
    bad.length === 0
      ? "All converged, and no invariant was broken."
      : `Not as it should be:\n\n${bad.map((item) => `- ${item}`).join("\n")}`,
  ].join("\n\n");
}

function keyOf({ trial }: Result): string {
  const { scenario, step, fault } = parseTrial(trial);
  return [scenario, step, fault.mode].join(" | ");
}

/** "alb | prepare" of "alb | prepare | lose". */
function stepOf(key: string): string {
  return key.split(" | ").slice(0, 2).join(" | ");
}

/** The rows of a page, by module, step, and mode. */
function rowsIn(page: string): [string, string][] {
  return rowsOf(page).map(({ line, cells }) => [cells.slice(0, 3).join(" | "), line]);
}

/** What a page says is not as it should be. */
function itemsIn(page: string): string[] {
  const [, list = ""] = page.split("Not as it should be:");
  return list.split("\n").flatMap((line) => (line.startsWith("- `") ? [line.slice(2)] : []));
}

function rowOf(results: readonly Result[], { seed, calls, when }: About): string {
  const [first] = results;
  if (first === undefined) throw new Error("A row has results.");
  const held = results.filter(({ broken }) => broken.length === 0);
  const converged = results.filter(({ stuck }) => stuck.length === 0);
  const recovered = converged.filter(({ recovery }) => recovery === "recovery");
  const all = calls.get(stepOf(keyOf(first))) ?? "not counted";
  const counts = [all, results.length, held.length, converged.length, recovered.length];
  return `| ${[keyOf(first), ...counts, `${when}, seed ${seed}`].join(" | ")} |`;
}

function itemOf({ trial, broken, stuck }: Result): string {
  const [reason = ""] = [...broken, ...stuck];
  return `\`${trial.slice(0, 120)}\`: ${reason.slice(0, 200)}`;
}

const HEAD = `# What a broken apply leaves behind

<!-- Written by "npm run faults". Do not edit. -->

Each row is an apply of the runbook on a local AWS API, in which one call was broken at a time:

- refuse: AWS refuses the call.
- lose: AWS carries out the call, and its answer is lost.
- expire: AWS carries out and answers the call, and refuses all that follow, reads too, as when credentials expire.
- kill, interrupt: Terraform is killed, or gets Ctrl-C, at the call.

After each broken apply, and after each call of an apply without a fault, these invariants hold:

- Each request gets the answer that it got before, or the one that it is to get. In a REST API, that is the answer of the
  deployment that the stage or its canary serves.
- Whatever answers has healthy targets, and the node reaches the application through security groups and network ACLs.
- Clients get to each API: its default endpoint is enabled, or a domain leads to it.
- Nobody is admitted who was not admitted before and is not to be.
- No instance fails a health check for which its Auto Scaling group would replace it.

_Converged_ means that a second apply succeeds, a third plan is empty, and the account is as after an apply without a fault.
_After recovery_ means that [recovery](recovery.md) had something to import or to untaint.

_Run_ is when a row was written, at which commit, and with which seed. A run of some modules or steps writes only their rows.
With --resume, results of earlier runs count too. _Not counted_: the last run did not apply the step. Runs of commits before
f128a13 did not notice an object that was there twice.

Nothing was applied on AWS.`;
