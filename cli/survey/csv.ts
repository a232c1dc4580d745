import { Survey } from "../../onboard/survey/document";
import { detailsOf, STATE_WORDS } from "./table";

/** The survey for a spreadsheet: https://datatracker.ietf.org/doc/html/rfc4180 */
export function csv({ rows, unlisted }: Survey): string {
  const lines = rows.map((row) => [
    ...[row.wave ?? "", STATE_WORDS[row.state], row.account_id, row.region, row.application, row.id, row.module ?? ""],
    ...[row.routes ?? "", row.steps.length + row.questions.length, row.before_lockdown.length, detailsOf(row)],
  ]);
  const missing = unlisted.map(({ account_id, region, what, error }) => [
    ...["", "not read", account_id ?? "", region, `all ${what}`, "", "", "", "", "", error],
  ]);
  return [HEADER, ...lines, ...missing].map((line) => line.map(cell).join(",")).join("\r\n");
}

const HEADER = [
  ...["Wave", "State", "Account", "Region", "Application", "ID", "Module", "Routes"],
  ...["Steps", "Steps before the lockdown", "Details"],
];

/** A spreadsheet takes a text that begins like a formula for one: https://owasp.org/www-community/attacks/CSV_Injection */
function cell(value: string | number): string {
  const text = /^[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
