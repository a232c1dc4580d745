import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync, type Metafile } from "esbuild";

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a program of its own, built once for a suite. */
export class Program {
  private readonly path: string;
  /** What went into it. */
  public readonly metafile: Metafile;

  public constructor(public readonly folder = mkdtempSync(join(tmpdir(), "verify-test-"))) {
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });
    this.path = join(folder, "verify.js");
    const command = resolve(__dirname, "../../../../cli/verify/command");
    this.metafile = buildSync({
      stdin: {
        contents: `import { verifyCommand } from ${JSON.stringify(command)}; verifyCommand().parseAsync().then(() => process.exit());`,
        resolveDir: __dirname,
      },
      bundle: true,
      platform: "node",
      target: "node20",
      outfile: this.path,
      // Loaded for --snapshot only.
      external: [resolve(__dirname, "../../../../cli/account.ts")],
      logLevel: "warning",
      metafile: true,
    }).metafile;
  }

  /** Servers of the test answer meanwhile. */
  public run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Run> {
    return new Promise((done, fail) => {
      const options = { cwd: this.folder, env: { ...process.env, ...environment } };
      execFile(process.execPath, [this.path, ...args], options, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : error.code;
        if (typeof exitCode === "number") done({ exitCode, stdout, stderr });
        else fail(error ?? new Error("No exit code."));
      });
    });
  }
}
