import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY } from "../synth/support/program";

test("every relative link in a Markdown file leads to a file or folder of the repository", () => {
  const list = execFileSync("git", ["ls-files", "*.md"], { cwd: REPOSITORY, encoding: "utf8" });
  const links = list
    .trim()
    .split("\n")
    .flatMap((path) => {
      const prose = readFileSync(join(REPOSITORY, path), "utf8").replace(/^```[^]*?^```/gm, "");
      const targets = [...prose.matchAll(/\]\(([^)#\s]+)/g)].map(([, target = ""]) => target);
      return targets.filter((target) => !/^\w+:/.test(target)).map((target) => ({ path, target }));
    });
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter(({ path, target }) => !existsSync(join(REPOSITORY, dirname(path), target)))).toEqual([]);
});
