/** The namespaces of `namespaces.py`: what the kernel says about connections. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Commands of `ip`, and then of `nft`. */
export type Step = readonly [namespace: string, commands: readonly string[], rules: readonly string[]];
export type Attempt = readonly [
  namespace: string,
  source: string,
  sourcePort: number,
  target: string,
  targetPort: number,
];

export interface Question {
  readonly steps: readonly Step[];
  readonly listen: Readonly<Record<string, readonly number[]>>;
  readonly attempts: readonly Attempt[];
  /** In seconds. */
  readonly patience: number;
}

export class Kernel {
  private readonly answers: AsyncIterator<string>;

  private constructor(
    private readonly process: ChildProcess & { stdin: NodeJS.WritableStream },
    output: NodeJS.ReadableStream,
  ) {
    this.answers = createInterface({ input: output })[Symbol.asyncIterator]();
  }

  static start(): Kernel {
    const process = spawn(
      "unshare",
      ["--user", "--map-root-user", "--net", "python3", join(__dirname, "namespaces.py")],
      {
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
    return new Kernel(process, process.stdout);
  }

  /** @returns the attempts that succeeded, by their index */
  async ask(question: Question): Promise<ReadonlySet<number>> {
    this.process.stdin.write(`${JSON.stringify(question)}\n`);
    const line = await this.answers.next();
    const answer = JSON.parse(line.done === true ? '{ "error": "The namespaces ended." }' : line.value) as {
      readonly opened?: number[];
      readonly error?: string;
    };
    if (answer.opened === undefined) throw new Error(answer.error);
    return new Set(answer.opened);
  }

  stop(): void {
    this.process.stdin.end();
  }
}
