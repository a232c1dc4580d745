import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY, VERSION } from "../synth/support/program";

const PINNED = /(?:terraform-aws-wallarm-routing@|\?ref=v|registry\.example\.com\/acme\/[^~]+"~> )(\d[\w.-]*)/g;

test("documents, examples and the READMEs of modules name the version of the package, and no other", () => {
  const paths = execFileSync("git", ["ls-files", "README.md", "docs", "examples", "modules/*/README.md"], {
    cwd: REPOSITORY,
    encoding: "utf8",
  });
  const pins = paths
    .trim()
    .split("\n")
    .flatMap((path) => {
      const text = readFileSync(join(REPOSITORY, path), "utf8");
      return [...text.matchAll(PINNED)].map(([, version]) => `${path}: ${version}`);
    });
  expect(pins.length).toBeGreaterThan(15);
  for (const pin of pins) expect(pin).toMatch(new RegExp(`: ${VERSION}$`));
});
