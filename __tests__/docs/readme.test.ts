import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository, subfolders } from "../modules/workspace";

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const readme = read("README.md");

test("the README's tables have every module", () => {
  const rows = readme.split("\n").filter((line) => line.startsWith("| "));
  for (const path of subfolders("modules")) expect(rows.join("\n")).toContain(`](${path})`);
});

test("the README's call is the minimal example, which Terraform validates", () => {
  const [, call = ""] = /```hcl\n([^]*?)```\n/.exec(readme) ?? [];
  const source = "./modules/alb";
  expect(call).toContain(`  source = "${source}"\n`);
  expect(read("examples/alb/minimal/main.tf").endsWith(`\n\n${call.replace(source, "../../../modules/alb")}`)).toBe(
    true,
  );
});
