import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { writeFiles } from "./folders";

export const REPOSITORY = resolve(__dirname, "../../..");

export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program, built once for a suite, and projects for it to run in. */
export class Program {
  private constructor(private readonly root: string) {}

  public static build(): Program {
    const root = realpathSync(mkdtempSync(join(tmpdir(), "synth-test-")));
    afterAll(() => {
      rmSync(root, { recursive: true, force: true });
    });
    // Above the projects, so that a listing of one does not have it.
    symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"));
    const program = new Program(root);
    // As in package.json.
    buildSync({
      entryPoints: [join(REPOSITORY, "main.ts")],
      bundle: true,
      packages: "external",
      platform: "node",
      target: "node20",
      outfile: program.path,
      logLevel: "warning",
    });
    return program;
  }

  /** A project without modules: what the program reads, with the context of cdktf.json or with ours. */
  public project(context?: object): string {
    const folder = mkdtempSync(join(this.root, "project-"));
    for (const name of ["stacks", "examples"])
      cpSync(join(REPOSITORY, name), join(folder, name), {
        recursive: true,
        filter: (path) => !/^\.terraform|\.tfstate/.test(basename(path)),
      });
    const settings = JSON.parse(readFileSync(join(REPOSITORY, "cdktf.json"), "utf8")) as object;
    writeFiles(folder, {
      "cdktf.json": JSON.stringify({ ...settings, ...(context && { context: { modules: context } }) }),
    });
    return folder;
  }

  /** A folder beside the projects. */
  public folder(name: string): string {
    const folder = join(mkdtempSync(join(this.root, "folder-")), name);
    mkdirSync(folder);
    return folder;
  }

  public run(project: string, ...args: string[]): Run {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.path, ...args], {
      cwd: project,
      encoding: "utf8",
    });
    return { exitCode: status, stdout, stderr };
  }

  private get path(): string {
    return join(this.root, "build", "main.js");
  }
}
