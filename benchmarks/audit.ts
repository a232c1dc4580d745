/**
 * Judges invented accounts, each in a process of its own, and prints a table. With a number, it judges one account with that
 * many resources, and prints what it measured as JSON.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inventedAccount, resourcesIn } from "../__tests__/audit/support/invented";
import { routings } from "../__tests__/audit/support/secure";
import { parseSnapshot } from "../account/snapshot";
import { network } from "../model/network/network";
import { judge } from "../model/verdict";

const COUNTS = [1000, 5000, 10_000, 15_000];
const TURNS = 5;
const BIGGEST = Math.max(...COUNTS);

interface Measured {
  readonly resources: number;
  readonly megabytes: number;
  readonly verdict: string;
  /** Seconds of JSON.parse alone. */
  readonly json: number;
  /** Seconds of JSON.parse and the check of the schema. */
  readonly read: number;
  readonly judged: number;
  /** Most memory of the process, in MB. */
  readonly memory: number;
}

function measured(file: string): Measured {
  const text = readFileSync(file, "utf8");
  const [json] = timed(() => void JSON.parse(text));
  const [read, snapshot] = timed(() => parseSnapshot(text, file));
  const [judged, { verdict }] = timed(() => judge(snapshot, routings(), network));
  const memory = process.resourceUsage().maxRSS / 1024;
  return { resources: resourcesIn(snapshot), megabytes: text.length / 1e6, verdict, json, read, judged, memory };
}

function timed<Result>(run: () => Result): [seconds: number, result: Result] {
  const start = process.hrtime.bigint();
  const result = run();
  return [Number(process.hrtime.bigint() - start) / 1e9, result];
}

/** The run in which judging took the median time. */
function ofAccount(count: number): Measured {
  const file = join(tmpdir(), `account-${process.pid}-${count}.json`);
  writeFileSync(file, JSON.stringify(inventedAccount(count)));
  const runs = Array.from({ length: TURNS }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [process.argv[1] ?? "", file], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Measured;
  });
  rmSync(file);
  const [median] = runs.sort((a, b) => a.judged - b.judged).slice(Math.floor(TURNS / 2));
  if (median === undefined) throw new Error("There was no run.");
  return median;
}

function table(): string {
  const rows = COUNTS.map(ofAccount);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) throw new Error("There is no account.");
  if (rows.some(({ verdict }) => verdict !== "proven")) throw new Error("The invented account is not proven.");
  const slope = (last.judged / last.resources) * (first.resources / first.judged);
  return [
    "| Resources | Document (MB) | JSON.parse (s) | Read and checked (s) | Judged (s) | Memory (MB) |",
    "|---|---|---|---|---|---|",
    ...rows.map(({ resources, megabytes, json, read, judged, memory }) => {
      const cells = [megabytes.toFixed(1), json.toFixed(3), read.toFixed(3), judged.toFixed(3), memory.toFixed(0)];
      return `| ${[resources, ...cells].join(" | ")} |`;
    }),
    "",
    "| Figure | Measured | Goal |",
    "|---|---|---|",
    `| judging ${BIGGEST} resources | ${last.judged.toFixed(2)} s | at most 1 s |`,
    `| memory of the process for ${BIGGEST} resources | ${last.memory.toFixed(0)} MB | at most 300 MB |`,
    `| judging, to JSON.parse | ${(last.judged / last.json).toFixed(1)} | at most 5 |`,
    `| time of one resource of ${BIGGEST}, to one of ${COUNTS[0]} | ${slope.toFixed(2)} | at most 1: linear |`,
  ].join("\n");
}

const [file] = process.argv.slice(2);
process.stdout.write(`${file === undefined ? table() : JSON.stringify(measured(file))}\n`);
