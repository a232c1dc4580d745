import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environment } from "../apply/harness/environment";
import { describeUnless } from "../describe-unless";
import { terraformBlock } from "../examples/roots";

/** The providers that the machines of CI have: a configuration that admits these needs no look. */
const usual = '">= 5.100.0, < 7.0.0"';

/**
 * `describe` for each of these configurations, whose providers may be newer than those on this machine. Where they cannot
 * be installed the suite is skipped, with a line that says so.
 */
export function describeEachWithProviders(paths: readonly string[], suite: (path: string) => void): void {
  for (const path of paths)
    describeWithProviders(path, () => {
      suite(path);
    });
}

function describeWithProviders(path: string, suite: () => void): void {
  const required = terraformBlock(path);
  if (!required.includes("required_providers") || required.includes(usual) || areInstallable(required)) {
    describe(path, suite);
    return;
  }
  const constraint = /\bversion += (".*")/.exec(required)?.[1];
  const reason = ` needs the AWS provider ${constraint}, which cannot be installed here. npm run test:successor checks it by a schema`;
  describeUnless(reason, path, suite);
}

function areInstallable(required: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), "providers-"));
  try {
    writeFileSync(join(folder, "versions.tf"), required);
    execFileSync("terraform", ["init"], { cwd: folder, env: environment(), stdio: "ignore" });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
