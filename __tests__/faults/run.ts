/**
 * Breaks the applies of the modules, one call at a time, and writes docs/reliability.md.
 *
 *     npm run faults                         all scenarios
 *     npm run faults -- alb network-acl/back  scenarios, or steps of them
 *     npm run faults -- --sample 3           three trials of each step and mode
 *     npm run faults -- --mode lose          only in this way: refuse, lose, expire, kill, or interrupt
 *     npm run faults -- --lanes 8            so many applies beside each other
 *     npm run faults -- --resume             without the trials whose results are there
 *     npm run faults -- --trial TEXT         one trial again, as it was printed
 *     npm run faults -- --orders alb         takes out what keeps an order in a module, and writes docs/orders.md
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import setup from "../terraform/setup";
import teardown from "../terraform/teardown";
import { Bench } from "./bench";
import { readPage, today, writePage } from "./page";
import { pageOf } from "./reliability";
import { appendResult, clearResults, readResults, type Result } from "./results";
import { SCENARIOS } from "./scenarios";
import { MODULES } from "./terraform";
import { bySeed, parseMode, parseTrial, textOf, type Trial, trialsOf } from "./trials";
import { tryOrders } from "./try-orders";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    sample: { type: "string" },
    mode: { type: "string" },
    lanes: { type: "string", default: String(2 * availableParallelism()) },
    resume: { type: "boolean", default: false },
    trial: { type: "string" },
    orders: { type: "boolean", default: false },
  },
});
const { seed, sample, mode, lanes, resume, trial, orders } = values;
const PAGE = "reliability.md";
process.env.GOGC ??= "400"; // as in jest.config.js

async function main(): Promise<void> {
  if (!orders) checkOptions();
  await setup();
  try {
    if (orders) await tryOrders(positionals);
    else await breakCalls();
  } finally {
    await teardown();
  }
}

/** @throws Error with what was received and what there is */
function checkOptions(): void {
  if (mode !== undefined) parseMode(mode);
  if (!/^[1-9]\d?$/.test(lanes)) throw new Error(`--lanes must be a whole number from 1 to 99. Received: "${lanes}".`);
  const known = Object.entries(SCENARIOS).flatMap(([scenario, { steps }]) => [
    scenario,
    ...Object.keys(steps).map((step) => `${scenario}/${step}`),
  ]);
  const [unknown] = positionals.filter((one) => !known.includes(one));
  if (unknown !== undefined) throw new Error(`There is no "${unknown}". There are ${known.join(", ")}.`);
}

async function breakCalls(): Promise<void> {
  const bench = await Bench.start(MODULES, trial === undefined ? Number(lanes) : 1);
  try {
    if (trial !== undefined) await repeat(bench, parseTrial(trial));
    else await runAll(bench);
  } finally {
    await bench.stop();
  }
}

async function repeat(bench: Bench, one: Trial): Promise<void> {
  console.log(JSON.stringify(await bench.break(one), undefined, 2));
}

async function runAll(bench: Bench): Promise<void> {
  const started = Date.now();
  console.log(`seed ${seed}`);
  if (!resume) clearResults();
  const calls = new Map<string, number>();
  const known = new Set(readResults().map((result) => result.trial));
  for (const [scenario, { steps }] of Object.entries(SCENARIOS)) {
    for (const step of Object.keys(steps)) {
      if (!isWanted(scenario, step)) continue;
      const faultless = await bench.reach(scenario, step);
      calls.set(`${scenario} | ${step}`, faultless.calls.length);
      for (const fault of faultless.broken) console.log(`  ${scenario}/${step}: ${fault}`);
      const trials = chosen(trialsOf(scenario, step, faultless.calls, seed)).filter((one) => !known.has(textOf(one)));
      await Promise.all(trials.map((one) => run(bench, one)));
      await writePage(PAGE, pageOf(readResults(), { seed, calls, when: today() }, readPage(PAGE)));
    }
  }
  console.log(`${Math.round((Date.now() - started) / 1000)} s`);
}

function isWanted(scenario: string, step: string): boolean {
  return positionals.length === 0 || positionals.includes(scenario) || positionals.includes(`${scenario}/${step}`);
}

/** Those of the mode, and so many of each. */
function chosen(all: readonly Trial[]): readonly Trial[] {
  const trials = all.filter(({ fault }) => mode === undefined || fault.mode === mode);
  if (sample === undefined) return trials;
  const shuffled = bySeed(trials, seed, textOf);
  return trials.filter((one) => {
    const same = shuffled.filter(({ fault }) => fault.mode === one.fault.mode);
    return same.indexOf(one) < Number(sample);
  });
}

async function run(bench: Bench, one: Trial): Promise<void> {
  const outcomes = await bench.break(one).catch((error: unknown) => ({
    ...{ broken: [], refusals: [], first: "", recovery: "recovery" as const, seconds: 0 },
    stuck: [String(error)],
  }));
  const result = { trial: textOf(one), ...outcomes };
  appendResult(result);
  report(result);
}

function report({ trial: text, broken, recovery, stuck, first, seconds }: Result): void {
  const isGood = broken.length === 0 && stuck.length === 0;
  console.log(`${isGood ? "ok" : "NOT OK"} ${seconds.toFixed(1)} s, ${recovery}: ${text.slice(0, 160)}`);
  if (isGood) return;
  for (const line of broken) console.log(`    broken: ${line.slice(0, 300)}`);
  for (const line of stuck) console.log(`    stuck: ${line.slice(0, 600)}`);
  console.log(`    first: ${first.slice(0, 300)}`);
  console.log(`    npm run faults -- --trial '${text}'`);
}

void main();
