import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { NamedTest } from "./coverage";
import type { Mutation } from "./mutations";

/** Result of one test. "broken": it did not run, or failed for another reason than a test. */
export type Result = "passed" | "failed" | "broken";

/** A copy of the repository, in which tests run against changed sources. */
export class Copy {
  public readonly folder = mkdtempSync(join(tmpdir(), "mutate-"));
  private readonly initialized = new Set<string>();

  public constructor(repository: string) {
    const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const files = execFileSync("git", list, { cwd: repository, encoding: "utf8" }).split("\0").filter(Boolean);
    for (const file of files) cpSync(join(repository, file), join(this.folder, file));
    symlinkSync(join(repository, "node_modules"), join(this.folder, "node_modules"));
  }

  /** Runs an action with the mutation, and then reverts the mutation. */
  public with<T>({ file, search, replacement }: Mutation, action: () => T): T {
    const path = join(this.folder, file);
    const original = readFileSync(path, "utf8");
    const parts = original.split(search);
    if (parts.length !== 2)
      throw new Error(`${file} must have this text once, but has it ${parts.length - 1} times: ${search}`);
    try {
      writeFileSync(path, parts.join(replacement));
      this.synthesize(file);
      return action();
    } finally {
      writeFileSync(path, original);
      this.synthesize(file);
    }
  }

  public test({ file, name }: NamedTest): Result {
    return file.endsWith(".tftest.hcl") ? this.terraform(file, name) : this.jest(file, name);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private synthesize(changed: string): void {
    if (changed.startsWith("cli/")) return;
    const { status, output } = this.run("npm", "run", "--silent", "synth");
    if (status !== 0) throw new Error(`npm run synth fails:\n${output}`);
  }

  /** Runs one `run` block alone, because Terraform stops after one that fails. */
  private terraform(file: string, name: string): Result {
    const path = join(this.folder, file);
    const module = dirname(dirname(path));
    if (!this.initialized.has(module)) {
      // Stands in for import blocks, which Terraform does not mock.
      const imported = join(module, "tests", "imported_override.tf");
      if (existsSync(imported)) cpSync(imported, join(module, basename(imported)));
      const { status, output } = this.run("terraform", `-chdir=${module}`, "init", "-backend=false", "-input=false");
      if (status !== 0) throw new Error(`terraform init fails:\n${output}`);
      this.initialized.add(module);
    }
    const original = readFileSync(path, "utf8");
    try {
      const others = /^run "(.*)" \{\n[^]*?^\}\n/gm;
      writeFileSync(
        path,
        original.replace(others, (run, other) => (other === name ? run : "")),
      );
      const filter = `-filter=tests/${basename(file)}`;
      const { output } = this.run("terraform", `-chdir=${module}`, "test", "-json", filter);
      const lines = output
        .split("\n")
        .filter((line) => line.startsWith("{"))
        .map((line) => JSON.parse(line) as Line);
      const end = lines.find(({ test_run: run }) => run?.run === name && run.progress === "complete");
      if (end?.test_run?.status === "pass") return "passed";
      const errors = lines.flatMap(({ diagnostic }) => (diagnostic?.severity === "error" ? [diagnostic.summary] : []));
      return errors.length > 0 && errors.every((summary) => TEST_FAILURES.includes(summary)) ? "failed" : "broken";
    } finally {
      writeFileSync(path, original);
    }
  }

  private jest(file: string, name: string): Result {
    const report = join(this.folder, "build", "jest.json");
    mkdirSync(dirname(report), { recursive: true });
    rmSync(report, { force: true });
    // Titles contain placeholders for values, such as %s and $name.
    const title = name.replace(/[.*+?^{}()|[\]\\]/g, "\\$&").replace(/%\w|\$\w+/g, ".*");
    const pattern = ["--testNamePattern", `(^| )${title}$`];
    this.run("npx", "jest", "--runInBand", "--json", "--outputFile", report, ...pattern, "--runTestsByPath", file);
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(report, "utf8"),
    ) as Report;
    if (numRuntimeErrorTestSuites > 0 || numPassedTests + numFailedTests === 0) return "broken";
    return numFailedTests > 0 ? "failed" : "passed";
  }

  private run(command: string, ...args: string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...process.env, REQUIRE_TOOLS: "1" },
      maxBuffer: Infinity,
    });
    return { status, output: stdout + stderr };
  }
}

/** Messages of Terraform for a failed test, as opposed to an invalid configuration. */
const TEST_FAILURES = ["Test assertion failed", "Missing expected failure"];

/** A line of `terraform test -json`. */
interface Line {
  readonly test_run?: { readonly run: string; readonly progress: string; readonly status: string };
  readonly diagnostic?: { readonly severity: string; readonly summary: string };
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}
