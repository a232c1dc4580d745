import { readFileSync } from "node:fs";
import { join } from "node:path";
import { changelogMistakes } from "../../release/changelog";
import { REPOSITORY, VERSION } from "../synth/support/program";

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.0.0] - 2026-01-31

### Added

- All.
`;

test("the project's own has no mistake, and this one neither", () => {
  expect(changelogMistakes(readFileSync(join(REPOSITORY, "CHANGELOG.md"), "utf8"), VERSION, [])).toEqual([]);
  expect(changelogMistakes(CHANGELOG, "1.0.0", ["1.0.0"])).toEqual([]);
  expect(changelogMistakes(CHANGELOG, "1.0.1", ["1.0.0"])).toEqual([]);
});

test.each<[what: string, text: string, said: string]>([
  ["has no place for what comes next", CHANGELOG.replace("## [Unreleased]\n", ""), '"## [Unreleased]"'],
  ["has no section for a release", CHANGELOG.replace("1.0.0", "0.9.0"), "no section for the release 1.0.0"],
  ["has a release without a date", CHANGELOG.replace(" - 2026-01-31", ""), '"## [1.0.0]" must have the form'],
  ["has a date that is none", CHANGELOG.replace("01-31", "13-31"), '"## [1.0.0] - 2026-13-31" must have the form'],
  ["has a version that is none", CHANGELOG.replace("1.0.0", "v1"), '"## [v1] - 2026-01-31" must have the form'],
  ["has a kind of change of its own", CHANGELOG.replace("Added", "News"), '"### News" must be one of'],
  ["has releases in another order", `${CHANGELOG}\n## [1.0.1] - 2026-02-01\n`, "the newest version must come first"],
  ["has a release that is later than the package", CHANGELOG.replace("1.0.0", "1.1.0"), "1.1.0 is later than"],
])("one that %s has", (_, text, said) => {
  expect(changelogMistakes(text, "1.0.1", ["1.0.0"]).join("\n")).toContain(said);
});
