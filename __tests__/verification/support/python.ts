import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Asks a program of this folder: JSON in, JSON out. */
export function askPython(program: string, question: unknown): unknown {
  const output = execFileSync("python3", [join(__dirname, program)], { input: JSON.stringify(question) });
  return JSON.parse(output.toString());
}
