import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../modules/workspace";

export interface TypesInUse {
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
}

/** The AWS types that Terraform's files in these folders of the repository name, mocks among them. */
export function typesInUse(folders: readonly string[]): TypesInUse {
  const text = folders.flatMap(terraformFiles).map((path) => readFileSync(path, "utf8"));
  const named = (kind: string): string[] => {
    const pattern = new RegExp(`^ *(?:mock_)?${kind} "(aws_\\w+)"`, "gm");
    return [...new Set(text.flatMap((one) => [...one.matchAll(pattern)].map(([, type = ""]) => type)))];
  };
  return { resources: named("resource"), dataSources: named("data") };
}

function terraformFiles(folder: string): string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(tf|hcl)$/.test(path) && !path.includes(".terraform/"))
    .map((path) => join(repository, folder, path));
}
