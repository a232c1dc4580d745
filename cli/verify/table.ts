import { columns } from "../../text/columns";
import { Verdict } from "./check";
import { Report } from "./verify";

export const VERDICTS: Readonly<Record<Verdict, string>> = { pass: "pass", fail: "FAIL", unknown: "unknown" };

/** The report as text. */
export function table({ findings, notes }: Report): string {
  const lines = columns([
    ["Verdict", "Test", "Target", "Reason"],
    ...findings.map(({ test, target, verdict, reason }) => [VERDICTS[verdict], test, target, reason]),
  ]);
  const counts = (["pass", "fail", "unknown"] as const).map(
    (verdict) => `${findings.filter((one) => one.verdict === verdict).length} ${VERDICTS[verdict]}`,
  );
  return [...lines, "", `${counts.join(", ")}.`, ...notes].join("\n");
}
