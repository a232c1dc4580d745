import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repository } from "../modules/workspace";

/** The `terraform` block of a configuration, "" where it has none. */
export function terraformBlock(path: string): string {
  const files = readdirSync(join(repository, path)).filter((name) => name.endsWith(".tf"));
  const texts = files.map((name) => readFileSync(join(repository, path, name), "utf8"));
  return /^terraform \{\n[^]*?^\}\n/m.exec(texts.join("\n"))?.[0] ?? "";
}

/** The examples that Terraform runs in: every folder, at any depth, with a `terraform` block in its files. */
export function exampleRoots(): string[] {
  const files = readdirSync(join(repository, "examples"), { recursive: true, encoding: "utf8" });
  const folders = files
    .filter((path) => path.endsWith(".tf") && !path.includes(".terraform"))
    .map((path) => dirname(join("examples", path)));
  return [...new Set(folders)].filter((path) => terraformBlock(path) !== "").sort();
}
