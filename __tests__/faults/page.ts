import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { format, resolveConfig } from "prettier";

const DOCS = resolve(__dirname, "../../docs");

/** The text of a page in docs/, or nothing. */
export function readPage(name: string): string {
  const path = resolve(DOCS, name);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

export async function writePage(name: string, text: string): Promise<void> {
  const path = resolve(DOCS, name);
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), parser: "markdown" }));
}

/** When a result was made, and of which commit: "2026-11-27, 26f7da5". */
export function today(): string {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  return `${new Date().toISOString().slice(0, 10)}, ${commit}`;
}
