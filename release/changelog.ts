import { rcompare, valid } from "semver";

const CHANGES = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

/**
 * Mistakes in a changelog. Source: https://keepachangelog.com/en/1.1.0/
 * @param version of the package. No release in the changelog may be later
 * @param released versions that the changelog must have
 */
export function changelogMistakes(text: string, version: string, released: readonly string[]): string[] {
  const [first, ...headings] = [...text.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading);
  const releases = headings.map((heading) => /^\[(\S+)\] - (\d{4}-\d{2}-\d{2})$/.exec(heading)?.slice(1) ?? []);
  const versions = releases.map(([number = ""]) => number);
  const dates = releases.map(([, date = ""]) => date);
  const kinds = [...text.matchAll(/^### (.*)$/gm)].map(([, kind = ""]) => kind);
  return [
    ...(first === "[Unreleased]" ? [] : ['the first section must be "## [Unreleased]"']),
    ...headings
      .filter((_, index) => valid(versions[index]) !== versions[index] || Number.isNaN(Date.parse(dates[index] ?? "")))
      .map((heading) => `"## ${heading}" must have the form "## [1.2.3] - 2026-01-31"`),
    ...kinds
      .filter((kind) => !CHANGES.includes(kind))
      .map((kind) => `"### ${kind}" must be one of ${CHANGES.join(", ")}`),
    ...(isSorted(
      versions.filter((one) => valid(one)),
      rcompare,
    )
      ? []
      : ["the newest version must come first"]),
    ...versions
      .filter((one) => valid(one) && rcompare(one, version) < 0)
      .map((one) => `${one} is later than version ${version} of the package`),
    ...released.filter((one) => !versions.includes(one)).map((one) => `there is no section for the release ${one}`),
  ];
}

function isSorted(values: readonly string[], compare: (a: string, b: string) => number): boolean {
  return values.join() === [...values].sort(compare).join();
}
