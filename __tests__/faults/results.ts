import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Outcomes } from "./bench";

const FILE = resolve(__dirname, "../../build/faults.jsonl");

export interface Result extends Outcomes {
  readonly trial: string;
}

export function readResults(): Result[] {
  if (!existsSync(FILE)) return [];
  const lines = readFileSync(FILE, "utf8").trim().split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Result);
}

/** Written at once: a run that ends goes on with --resume. */
export function appendResult(result: Result): void {
  mkdirSync(dirname(FILE), { recursive: true });
  appendFileSync(FILE, `${JSON.stringify(result)}\n`);
}

export function clearResults(): void {
  rmSync(FILE, { force: true });
}
