import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { environment } from "./environment";

/** The query in the README of the module cloudfront, which its runbook has callers run. */
export function unsupportedSettingsQuery(): string {
  const readme = readFileSync("modules/cloudfront/README.md", "utf8");
  const [, query] =
    /aws cloudfront get-distribution .*--query '([^']*)' > unsupported-settings\.json/.exec(readme) ?? [];
  if (query === undefined) throw new Error("The README of the module cloudfront has no query for the settings.");
  return query;
}

/** What AWS answers to it, as the AWS CLI prints it. */
export async function unsupportedSettings(endpoint: string, id: string): Promise<Record<string, string[]>> {
  const args = [
    "cloudfront",
    "get-distribution",
    "--id",
    id,
    "--output",
    "json",
    "--query",
    unsupportedSettingsQuery(),
  ];
  const { stdout } = await promisify(execFile)("aws", args, {
    env: environment(endpoint),
  });
  return JSON.parse(stdout) as Record<string, string[]>;
}
