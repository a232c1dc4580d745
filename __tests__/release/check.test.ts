import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolders, writeFiles } from "../synth/support/folders";
import { copy, REPOSITORY, Run } from "../synth/support/program";
import { describeInTestAll } from "../test-all";

const newFolder = temporaryFolders();

const UNRELEASED = "# Changelog\n\n## [Unreleased]\n";
const RELEASED = `${UNRELEASED}\n## [1.0.0] - 2026-01-31\n\n### Added\n\n- All.\n`;

/** A repository with modules of this one, in the version 1.0.0. */
class Repository {
  public readonly folder = newFolder({ "CHANGELOG.md": UNRELEASED, "docs/upgrading.md": "# Upgrading\n" });

  public constructor(modules: readonly string[]) {
    for (const name of ["release", "synth", ...modules.map((name) => `modules/${name}`)]) copy(name, this.folder);
    symlinkSync(join(REPOSITORY, "node_modules"), join(this.folder, "node_modules"));
    this.bump("1.0.0");
    this.git("init", "--quiet");
    this.commit();
  }

  public bump(version: string): void {
    writeFiles(this.folder, { "package.json": JSON.stringify({ version, type: "commonjs" }) });
  }

  public release(): void {
    writeFiles(this.folder, { "CHANGELOG.md": RELEASED });
    this.commit();
    this.git("tag", "v1.0.0");
  }

  public edit(path: string, change: (text: string) => string): void {
    const before = readFileSync(join(this.folder, path), "utf8");
    const after = change(before);
    expect(after).not.toBe(before);
    writeFiles(this.folder, { [path]: after });
  }

  public commit(): void {
    this.git("add", "--all");
    this.git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "Change");
  }

  public git(...args: string[]): void {
    execFileSync("git", args, { cwd: this.folder });
  }

  public check(folder = this.folder): Run {
    const { status, stdout, stderr } = spawnSync("node_modules/.bin/tsx", ["release/check.mts"], {
      cwd: folder,
      encoding: "utf8",
    });
    return { exitCode: status, stdout, stderr };
  }
}

/** Each check takes longer by each module. */
const FEW = ["alb", "security-group-audit"];

const addressOf = (text: string) => /^resource "([^"]+)" "([^"]+)"/m.exec(text)?.slice(1).join(".") ?? "";

describeInTestAll([], "npm run release:check", () => {
  test("before the first release there is nothing to compare with, and a tag of something else is none", () => {
    const repository = new Repository(FEW);
    repository.git("tag", "verified");
    const { exitCode, stdout, stderr } = repository.check();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("There is no release yet");
  });

  test("a clone without its history does not pass for one without releases", () => {
    const repository = new Repository(FEW);
    repository.release();
    repository.bump("1.0.1");
    repository.commit();
    const clone = newFolder();
    const url = `file://${repository.folder}`;
    execFileSync("git", ["clone", "--quiet", "--depth", "1", "--no-tags", url, join(clone, "clone")]);
    expect(repository.check(join(clone, "clone"))).toMatchObject({ exitCode: 1 });
  });

  describe("after a release", () => {
    const repository = new Repository(FEW);
    repository.release();

    beforeEach(() => {
      repository.git("reset", "--hard", "--quiet", "v1.0.0");
      repository.git("clean", "-fdq");
    });

    test("what is taken from any module is found, and a module that is gone", () => {
      const all = readdirSync(join(REPOSITORY, "modules"));
      const repository = new Repository(all);
      repository.release();
      const modules = all.filter((name) => name !== "alb");
      for (const module of modules)
        repository.edit(`modules/${module}/outputs.tf`, (text) => text.replace(/^output "/m, "$&renamed_"));
      rmSync(join(repository.folder, "modules/alb"), { recursive: true });
      const { exitCode, stderr } = repository.check();
      expect(exitCode).toBe(1);
      const lines = stderr.trim().split("\n");
      expect(lines).toContain("modules/alb was removed or renamed");
      expect(lines).toHaveLength(modules.length + 1);
      for (const module of modules)
        expect(stderr).toMatch(new RegExp(`^modules/${module}: output \\w+ was removed or renamed$`, "m"));
    });

    describe("a renamed resource", () => {
      const file = "modules/alb/main.tf";
      const address = addressOf(readFileSync(join(REPOSITORY, file), "utf8"));
      const [type = "", name = ""] = address.split(".");
      const rename = (text: string) => text.replace(`resource "${type}" "${name}"`, `resource "${type}" "renamed"`);

      test("is found, in a minor version too", () => {
        repository.edit(file, rename);
        repository.bump("1.1.0");
        const { exitCode, stderr } = repository.check();
        expect({ exitCode, stderr }).toEqual({
          exitCode: 1,
          stderr: `modules/alb: ${address} was removed or renamed: add a moved block\n`,
        });
      });

      test("is accepted with a moved block", () => {
        const moved = `moved {\n  from = ${address}\n  to   = ${type}.renamed\n}\n`;
        repository.edit(file, (text) => `${rename(text)}\n${moved}`);
        const { exitCode, stdout, stderr } = repository.check();
        expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "Compared with v1.0.0.\n", stderr: "" });
      });

      test("is accepted in a major version whose upgrade notes say what to do", () => {
        repository.edit(file, rename);
        repository.bump("2.0.0");
        const { exitCode, stderr } = repository.check();
        expect(exitCode).toBe(1);
        expect(stderr).toContain('docs/upgrading.md: "## 2.0.0" is missing');
        expect(stderr).toContain(address);
        repository.edit("docs/upgrading.md", (text) => `${text}\n## 2.0.0\n\nMove it.\n`);
        expect(repository.check()).toMatchObject({ exitCode: 0, stderr: "" });
      });
    });

    describe("a validation", () => {
      const variables = "modules/security-group-audit/variables.tf";

      test("that is gone is found", () => {
        repository.edit(variables, (text) => text.replace(/\n {2}validation \{[^]*?\n {2}\}\n/, ""));
        const { exitCode, stderr } = repository.check();
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(
          /^modules\/security-group-audit: what the run "\w+" of tests\/validations\.tftest\.hcl has is no longer refused$/m,
        );
      });

      test("that accepts less is none of its business", () => {
        repository.edit(variables, (text) => text.replace(/condition( +)= /, "condition$1= false && "));
        expect(repository.check()).toMatchObject({ exitCode: 0, stderr: "" });
      });
    });

    test("a version number before the release's is found, and what is wrong with the changelog", () => {
      repository.bump("0.9.0");
      writeFiles(repository.folder, { "CHANGELOG.md": UNRELEASED });
      const { exitCode, stderr } = repository.check();
      expect(exitCode).toBe(1);
      expect(stderr).toContain("package.json: 0.9.0 is earlier than the release v1.0.0\n");
      expect(stderr).toContain("CHANGELOG.md: there is no section for the release 1.0.0\n");
    });
  });
});
