import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import type { Result } from "./results";
import { parseTrial } from "./trials";

const PAGE = resolve(__dirname, "../../docs/reliability.md");

/** Writes the page, with a row for each step and mode that has results. */
export async function writeReliability(results: readonly Result[], about: About): Promise<void> {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const text = pageOf(results, about, `${new Date().toISOString().slice(0, 10)}, commit ${commit}`);
  writeFileSync(PAGE, await format(text, { ...(await resolveConfig(PAGE)), parser: "markdown" }));
}

interface About {
  readonly seed: string;
  /** How many calls each step has, by "module | step". */
  readonly calls: ReadonlyMap<string, number>;
}

export function pageOf(results: readonly Result[], { seed, calls }: About, when: string): string {
  const groups = new Map<string, Result[]>();
  for (const result of results) groups.set(keyOf(result), [...(groups.get(keyOf(result)) ?? []), result]);
  const minutes = results.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  const bad = results.filter(({ broken, stuck }) => broken.length > 0 || stuck.length > 0);
  return [
    HEAD,
    `${when}, seed ${seed}: ${results.length} calls broken in ${Math.ceil(minutes)} minutes.`,
    [
      "| Module | Step | Mode | Calls | Broken | Invariants held | Converged | Of these, after recovery |",
      "|---|---|---|---|---|---|---|---|",
    ]
      .concat([...groups.values()].map((of) => rowOf(of, calls)))
      .join("\n"),
    bad.length === 0
      ? "All converged, and no invariant was broken."
      : `Not as it should be:\n\n${bad.map(itemOf).join("\n")}`,
  ].join("\n\n");
}

function keyOf({ trial }: Result): string {
  const { scenario, step, fault } = parseTrial(trial);
  return [scenario, step, fault.mode].join(" | ");
}

function rowOf(results: readonly Result[], calls: About["calls"]): string {
  const [first] = results;
  if (first === undefined) throw new Error("A row has results.");
  const held = results.filter(({ broken }) => broken.length === 0);
  const converged = results.filter(({ stuck }) => stuck.length === 0);
  const recovered = converged.filter(({ recovery }) => recovery === "recovery");
  const all = calls.get(keyOf(first).replace(/ \| \w+$/, "")) ?? "not counted";
  return `| ${[keyOf(first), all, results.length, held.length, converged.length, recovered.length].join(" | ")} |`;
}

function itemOf({ trial, broken, stuck }: Result): string {
  const [reason = ""] = [...broken, ...stuck];
  return `- \`${trial.slice(0, 120)}\`: ${reason.slice(0, 200)}`;
}

const HEAD = `# What a broken apply leaves behind

<!-- Written by "npm run faults". Do not edit. -->

Each row is an apply of the runbook on a local AWS API, in which one call was broken at a time:

- refuse: AWS refuses the call.
- lose: AWS carries out the call, and its answer is lost.
- kill, interrupt: Terraform is killed, or gets Ctrl-C, at the call.

After each broken apply, and after each call of an apply without a fault, these invariants hold:

- Each request gets the answer that it got before, or the one that it is to get.
- Whatever answers has healthy targets, and the node reaches the application through security groups and network ACLs.
- Nobody is admitted who was not admitted before and is not to be.
- No instance fails a health check for which its Auto Scaling group would replace it.

_Converged_ means that a second apply succeeds, a third plan is empty, and the account is as after an apply without a fault.
_After recovery_ means that [recovery](recovery.md) had something to import or to untaint.

With --resume, the results of earlier runs count too, and the commit is that of the last one. _Not counted_: the last run
did not apply the step.

Nothing was applied on AWS.`;
