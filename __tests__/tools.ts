import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The packages of Python that some suites import, and how to get them. */
const packages = {
  cfn_guard_rs: "pip install cfn-guard-rs==0.3.3",
  localstack: "pip install --no-deps localstack-core==4.9.2",
};

/** The programs that some suites run, and how to get them. */
const tools = {
  terraform: "https://developer.hashicorp.com/terraform/install",
  moto_server: "pip install 'moto[server]==5.2.1'",
  nginx: "apt-get install nginx-light",
  openssl: "apt-get install openssl",
  shellcheck: "apt-get install shellcheck",
  python3: "apt-get install python3",
  ...packages,
};

export type Tool = keyof typeof tools;

/**
 * `describe`, for a suite that runs programs which not every machine has. Where one is missing the suite is skipped,
 * with a line that says so; `REQUIRE_TOOLS=1` makes that a failure.
 */
export function describeWithTools(required: readonly Tool[], name: string, suite: () => void): void {
  const missing = required.filter((tool) => !isInstalled(tool));
  if (missing.length === 0) {
    describe(name, suite);
    return;
  }

  const reason = `"${name}" needs ${missing.map((tool) => `${tool} (${tools[tool]})`).join(" and ")}`;
  if (process.env.REQUIRE_TOOLS === "1") throw new Error(reason);
  // Not console.warn: jest adds a stack trace of several lines to it.
  process.stderr.write(`Skipped: ${reason}\n`);
  describe.skip(name, suite);
}

function isInstalled(tool: Tool): boolean {
  if (tool in packages) return isImportable(tool);
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.some((folder) => existsSync(join(folder, tool)));
}

function isImportable(name: string): boolean {
  try {
    execFileSync("python3", ["-c", `import ${name}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
