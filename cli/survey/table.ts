import { Row, State, STATES, Survey } from "../../onboard/survey/document";
import { columns } from "../../text/columns";

export const STATE_WORDS: Readonly<Record<State, string>> = {
  ready: "ready",
  "owner-first": "owner first",
  undetermined: "undetermined",
  "not-possible": "not possible",
  "behind-the-node": "behind the node",
  "not-an-application": "not an application",
};

/** The survey as text, in the order of its waves. */
export function table({ rows, unlisted }: Survey): string {
  const lines = columns([
    ["Wave", "State", "Account", "Region", "Application", "Module", "Routes", "Lockdown", "Details"],
    ...rows.map((row) => [
      ...[row.wave === null ? "-" : String(row.wave), STATE_WORDS[row.state], row.account_id, row.region],
      ...[printable(row.application), row.module ?? "-", row.routes === null ? "-" : String(row.routes)],
      ...[row.before_lockdown.length === 0 ? "-" : String(row.before_lockdown.length), printable(detailsOf(row))],
    ]),
  ]);
  const counts = STATES.map((state) => [rows.filter((row) => row.state === state).length, STATE_WORDS[state]] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`);
  return [
    ...lines,
    "",
    `${rows.length} entry points: ${counts.join(", ") || "none"}.`,
    ...unlisted.map(
      ({ account_id, region, what, error }) =>
        `not read: the ${what} of ${account_id ?? "an unknown account"} in ${region}: ${printable(error)}`,
    ),
  ].join("\n");
}

/** Why it is in its state, in a line. */
export function detailsOf({ reason, steps, questions, behind, leads_to, unread }: Row): string {
  return [
    ...(reason === null ? [] : [reason]),
    ...behind.map(({ name, percent, verdict, locks }) => `${name}: ${percent} percent, ${verdict}, ${locksIn(locks)}`),
    ...(leads_to.length === 0 ? [] : [`leads to ${leads_to.map(nameIn).join(", ")}`]),
    ...steps.map(({ title }) => title),
    ...questions.map(({ name }) => `var.${name}`),
    ...(unread.length === 0 ? [] : [`${unread.length} parts were not read`]),
  ].join("; ");
}

/** Of a load balancer. */
function nameIn(arn: string): string {
  return /\/([^/]+)\/[0-9a-f]+$/.exec(arn)?.[1] ?? arn;
}

function locksIn(locks: Row["behind"][number]["locks"]): string {
  const holding = Object.entries(locks).flatMap(([lock, state]) =>
    state === "closed" ? [lock.replace("_", " ")] : [],
  );
  return holding.length === 0 ? "no lock holds" : `locks that hold: ${holding.join(", ")}`;
}

/** Names and errors come from accounts. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
