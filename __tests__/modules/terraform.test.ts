import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { satisfies } from "semver";
import { OLDEST_VERSION } from "../terraform/aws-provider";
import { describeWithTools } from "../tools";
import { repository, subfolders, Workspace } from "./workspace";

const modules = subfolders("modules");

test.each(modules)("%s has a suite, if the oldest provider is among those that it admits", (path) => {
  const suite = join(__dirname, "terraform", `${basename(path)}.test.ts`);
  const versions = readFileSync(join(repository, path, "versions.tf"), "utf8");
  const [, constraint = "*"] = /\bsource += "hashicorp\/aws"\s+version += "(.*)"/.exec(versions) ?? [];
  expect(existsSync(suite)).toBe(satisfies(OLDEST_VERSION, constraint.replaceAll(",", "")));
});

describeWithTools(["terraform"], "formatting", () => {
  test.each([...modules, ...subfolders("examples")])("%s", async (path) => {
    const workspace = new Workspace();
    workspace.copy(path);
    expect(await workspace.terraform(path, "fmt", "-check", "-diff", "-recursive")).toMatchObject({ exitCode: 0 });
    workspace.remove();
  });
});
