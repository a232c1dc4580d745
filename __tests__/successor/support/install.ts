import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../synth/support/program";

/** Installs CDK Terrain in a new folder. What it does not have is that of the repository, a folder further up. */
export default function install(): void {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "successor-test-")));
  const folder = join(root, "successor");
  mkdirSync(folder);
  symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"));
  for (const name of ["package.json", "package-lock.json"])
    cpSync(join(REPOSITORY, "__tests__/successor", name), join(folder, name));
  installIn(folder);
  process.env.SUCCESSOR_FOLDER = folder;
}

/** It takes seconds. Twice it did not end: it waited for an answer, or for a busy machine. */
function installIn(folder: string, attempts = 3): void {
  try {
    execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, stdio: "pipe", timeout: 300_000 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ETIMEDOUT" || attempts === 1) throw error;
    installIn(folder, attempts - 1);
  }
}
