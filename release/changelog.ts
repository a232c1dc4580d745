import { rcompare, valid } from "semver";

const CHANGES = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

/**
 * What is wrong with a changelog. Source: https://keepachangelog.com/en/1.1.0/
 * @param version of the package: no release in the changelog is later
 * @param released versions, each of which it must have
 */
export function changelogMistakes(text: string, version: string, released: readonly string[]): string[] {
  const [first, ...headings] = [...text.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading);
  const releases = headings.map((heading) => /^\[(\S+)\] - (\d{4}-\d{2}-\d{2})$/.exec(heading)?.slice(1) ?? []);
  const versions = releases.map(([number = ""]) => number);
  const dates = releases.map(([, date = ""]) => date);
  const kinds = [...text.matchAll(/^### (.*)$/gm)].map(([, kind = ""]) => kind);
  return [
    ...(first === "[Unreleased]" ? [] : ['its first section is not "## [Unreleased]"']),
    ...headings
      .filter((_, index) => valid(versions[index]) !== versions[index] || Number.isNaN(Date.parse(dates[index] ?? "")))
      .map((heading) => `"## ${heading}" is not like "## [1.2.3] - 2026-01-31"`),
    ...kinds.filter((kind) => !CHANGES.includes(kind)).map((kind) => `"### ${kind}" is none of ${CHANGES.join(", ")}`),
    ...(isSorted(
      versions.filter((one) => valid(one)),
      rcompare,
    )
      ? []
      : ["the newest version does not stand first"]),
    ...versions
      .filter((one) => valid(one) && rcompare(one, version) < 0)
      .map((one) => `${one} is later than the package's ${version}`),
    ...released.filter((one) => !versions.includes(one)).map((one) => `it has no section for the release ${one}`),
  ];
}

function isSorted(values: readonly string[], compare: (a: string, b: string) => number): boolean {
  return values.join() === [...values].sort(compare).join();
}
