import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { describeUnless } from "./describe-unless";

/** Where __tests__/apply/localstack/install puts LocalStack. */
export const LOCALSTACK = resolve(__dirname, "../.localstack");

/** The programs that some suites run, and how to get them. */
const tools = {
  terraform: "https://developer.hashicorp.com/terraform/install",
  moto_server: "pip install 'moto[server]==5.2.1'",
  aws: "pip install awscli",
  nginx: "apt-get install nginx-light",
  openssl: "apt-get install openssl",
  shellcheck: "apt-get install shellcheck",
  "chromium-headless-shell": "apt-get install chromium-headless-shell",
  python3: "apt-get install python3",
  localstack: "__tests__/apply/localstack/install",
  curl: "apt-get install curl",
  jq: "apt-get install jq",
  "check-jsonschema": "pip install check-jsonschema==0.39.0",
  zizmor: "pip install zizmor==1.32.0",
};

export type Tool = keyof typeof tools;

/**
 * `describe`, for a suite that runs programs which not every machine has. Where one is missing the suite is skipped,
 * with a line that says so; `REQUIRE_TOOLS=1` makes that a failure.
 */
export function describeWithTools(required: readonly Tool[], name: string, suite: () => void): void {
  const missing = required.filter((tool) => pathOf(tool) === undefined);
  const needs = ` needs ${missing.map((tool) => `${tool} (${tools[tool]})`).join(" and ")}`;
  if (missing.length > 0 && process.env.REQUIRE_TOOLS === "1") throw new Error(`"${name}"${needs}`);
  describeUnless(missing.length > 0 ? needs : undefined, name, suite);
}

/** The path of a program, or undefined where it is not installed. */
export function pathOf(tool: Tool): string | undefined {
  const path = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, tool));
  return (tool === "localstack" ? [join(LOCALSTACK, "requirements.txt")] : path).find((place) => existsSync(place));
}
