import { createHash } from "node:crypto";
import { type Fault, type Mode, MODES } from "./breaker";

/** One call of one step, broken in one way. */
export interface Trial {
  readonly scenario: string;
  readonly step: string;
  readonly fault: Fault;
}

/** How many calls of a step are chosen by the seed, beside the first and the last one, where not all are broken. */
const CHOSEN = 3;

/** The trials of a step: each call refused and its answer lost, and Terraform ended at some. */
export function trialsOf(scenario: string, step: string, calls: readonly string[], seed: string): Trial[] {
  return MODES.flatMap((mode) => {
    const faults = faultsOf(calls, mode);
    const isWanted = mode === "refuse" || mode === "lose" ? () => true : chosen(faults, `${seed}/${scenario}/${step}`);
    return faults.filter(isWanted).map((fault) => ({ scenario, step, fault }));
  });
}

function faultsOf(calls: readonly string[], mode: Mode): Fault[] {
  return calls.map((name, index) => ({
    ...{ mode, name },
    nth: calls.slice(0, index + 1).filter((other) => other === name).length,
  }));
}

function chosen(faults: readonly Fault[], seed: string): (fault: Fault) => boolean {
  const shuffled = bySeed(faults, seed, ({ mode, name, nth }) => `${mode} ${name} ${nth}`);
  const wanted = [faults[0], faults.at(-1), ...shuffled.slice(0, CHOSEN)];
  return (fault) => wanted.includes(fault);
}

/** In an order that only the seed decides. */
export function bySeed<Item>(items: readonly Item[], seed: string, key: (item: Item) => string): Item[] {
  const rank = (item: Item) =>
    createHash("sha256")
      .update(`${seed}/${key(item)}`)
      .digest("hex");
  return [...items].sort((one, other) => rank(one).localeCompare(rank(other)));
}

/** What repeats a trial: "alb/prepare/lose/1/elasticloadbalancing:CreateRule …". */
export function textOf({ scenario, step, fault }: Trial): string {
  return [scenario, step, fault.mode, fault.nth, fault.name].join("/");
}

/** @throws Error with what was received and what it must be */
export function parseTrial(text: string): Trial {
  const [, scenario = "", step = "", mode, nth, name = ""] = /^([^/]+)\/([^/]+)\/(\w+)\/(\d+)\/(.+)$/.exec(text) ?? [];
  if (mode === undefined)
    throw new Error(`A trial is SCENARIO/STEP/MODE/NTH/CALL, as "npm run faults" prints it. Received: "${text}".`);
  return { scenario, step, fault: { mode: parseMode(mode), nth: Number(nth), name } };
}

/** @throws Error with what was received and what it must be */
export function parseMode(text: string): Mode {
  const known = MODES.find((mode) => mode === text);
  if (known === undefined) throw new Error(`A mode is ${MODES.join(", ")}. Received: "${text}".`);
  return known;
}
