import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { writeFiles } from "./folders";

export const REPOSITORY = resolve(__dirname, "../../..");

/** The version of the package. */
export const { version: VERSION } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
  version: string;
};

export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the program reads of the package that it is in. */
const PACKAGE = ["package.json", "LICENSE", "modules", "stacks", "examples"];

/** The program in a package of its own, built once for a suite, and projects for it to run in. */
export class Program {
  /** The folder with the bundles, which are the same for all programs of a suite. */
  private static bundles?: string;

  private constructor(
    /** The folder of the package. */
    public readonly root: string,
    private readonly command: readonly string[],
  ) {}

  /** @param command that every run is of @default - none: the arguments begin with it */
  public static build(...command: string[]): Program {
    const root = realpathSync(mkdtempSync(join(tmpdir(), "synth-test-")));
    afterAll(() => {
      rmSync(root, { recursive: true, force: true });
    });
    // Above the projects, so that a listing of one does not have it.
    symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"));
    for (const name of PACKAGE) copy(name, root);
    const build = join(root, "build");
    if (Program.bundles === undefined)
      execFileSync("npm", ["run", "--silent", "build", "--", build], { cwd: REPOSITORY });
    else cpSync(Program.bundles, build, { recursive: true });
    Program.bundles ??= build;
    return new Program(root, command);
  }

  /** Makes the package another version of itself, with these files by path; a file without a text goes. */
  public release(version: string, files: Readonly<Record<string, string | undefined>>): void {
    const settings = JSON.parse(readFileSync(join(this.root, "package.json"), "utf8")) as object;
    writeFiles(this.root, { "package.json": JSON.stringify({ ...settings, version }) });
    for (const [path, content] of Object.entries(files))
      if (content === undefined) rmSync(join(this.root, path));
      else writeFiles(this.root, { [path]: content });
  }

  /** A folder to run in, with the context of cdktf.json or with ours. */
  public project(context?: object): string {
    const folder = mkdtempSync(join(this.root, "project-"));
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
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.path, ...this.command, ...args], {
      cwd: project,
      encoding: "utf8",
    });
    return { exitCode: status, stdout, stderr };
  }

  private get path(): string {
    return join(this.root, "build", "cli.js");
  }
}

/** The names of a module's generated files, in their order. */
export function generatedFiles(module: string): string[] {
  return readdirSync(join(REPOSITORY, "modules", module))
    .filter((name) => /\.(tf|md)$/.test(name))
    .sort();
}

/** Copies a file or folder of the repository, without what Terraform left there. */
export function copy(name: string, folder: string): void {
  cpSync(join(REPOSITORY, name), join(folder, name), {
    recursive: true,
    filter: (path) => !/^\.terraform|\.tfstate/.test(basename(path)),
  });
}
