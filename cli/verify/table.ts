import { Verdict } from "./check";
import { Report } from "./verify";

export const VERDICTS: Readonly<Record<Verdict, string>> = { pass: "pass", fail: "FAIL", unknown: "unknown" };

/** The report as text. */
export function table({ findings, notes }: Report): string {
  const rows = [
    ["Verdict", "Test", "Target", "Reason"],
    ...findings.map(({ test, target, verdict, reason }) => [VERDICTS[verdict], test, target, reason]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const counts = (["pass", "fail", "unknown"] as const).map(
    (verdict) => `${findings.filter((one) => one.verdict === verdict).length} ${VERDICTS[verdict]}`,
  );
  return [...lines, "", `${counts.join(", ")}.`, ...notes].join("\n");
}
