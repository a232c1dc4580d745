import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { LOCALSTACK } from "../../tools";

/** Asks a program of this folder: JSON in, JSON out. */
export function askPython(program: string, question: unknown): unknown {
  const output = execFileSync(join(LOCALSTACK, "bin/python"), [join(__dirname, program)], {
    input: JSON.stringify(question),
  });
  return JSON.parse(output.toString());
}
