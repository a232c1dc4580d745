import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { runTerraform } from "../terraform/run";

export const repository = resolve(__dirname, "../..");

/** The folders in a folder of the repository: "modules/alb". */
export function subfolders(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`);
}

/** The names of the emitted modules. */
export const moduleNames = subfolders("modules").map((path) => basename(path));

/** Those that the oldest supported provider can validate. Each has a suite. */
export const modulesOfOldestProvider = readdirSync(join(__dirname, "terraform")).map((file) =>
  basename(file, ".test.ts"),
);

/** The Terraform files of a module, by name, in the order of their names. */
export function moduleFiles(module: string): Map<string, string> {
  const folder = join(repository, "modules", module);
  const names = readdirSync(folder).filter((name) => name.endsWith(".tf"));
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** The text of all of them, which says the same in one file. */
export function moduleText(module: string): string {
  return [...moduleFiles(module).values()].join("\n");
}

/** What somebody who ran Terraform in the original left there. */
const leftover = /^\.terraform|\.tfstate/;

export interface Result {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** In the tests of a module that adopts: the arguments that show a missing import, as they are after one. */
const IMPORTED = "imported_override.tf";

/** A temporary folder in which Terraform may leave what it likes. */
export class Workspace {
  public readonly folder = mkdtempSync(join(tmpdir(), "modules-test-"));

  /** Copies a file or folder of the repository. @param to where, if not to the same place. */
  public copy(path: string, to = path): void {
    const filter = (source: string) => !leftover.test(basename(source));
    cpSync(join(repository, path), join(this.folder, to), { recursive: true, filter });
    this.pretendImports(path, to);
  }

  /** Makes a copy of a module, if it adopts, one in which everything was imported: Terraform mocks no import. */
  public pretendImports(module: string, to: string): void {
    const override = join(repository, module, "tests", IMPORTED);
    if (existsSync(override)) cpSync(override, join(this.folder, to, IMPORTED));
  }

  public write(path: string, content: unknown): void {
    writeFileSync(join(this.folder, path), JSON.stringify(content));
  }

  /** Changes the text of a file of this workspace. @throws when there is nothing to change */
  public rewrite(path: string, change: (text: string) => string): void {
    const file = join(this.folder, path);
    const before = readFileSync(file, "utf8");
    const after = change(before);
    if (after === before) throw new Error(`Nothing to change in ${path}.`);
    writeFileSync(file, after);
  }

  /** Runs Terraform in a folder of this workspace, without any AWS. A failure is a result like another. */
  public async terraform(path: string, ...args: string[]): Promise<Result> {
    try {
      return { exitCode: 0, ...(await runTerraform(args, { folder: join(this.folder, path) })) };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: unknown; stdout: string; stderr: string };
      if (typeof code !== "number") throw error;
      return { exitCode: code, stdout, stderr };
    }
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Arguments of `terraform test` for the tests of a module, with those that are generated from its validations or without. */
export function testFilters(path: string, withValidations: boolean): string[] {
  return readdirSync(join(repository, path, "tests"))
    .filter((name) => name.endsWith(".tftest.hcl") && (withValidations || name !== "validations.tftest.hcl"))
    .map((name) => `-filter=tests/${name}`);
}
