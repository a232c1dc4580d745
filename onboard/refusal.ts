import { Snapshot } from "../account/snapshot";

/** What cannot be onboarded, with the way out. Nothing is written. */
export class Refusal extends Error {}

/** What could not be read decides, so nothing is known. */
export class UnreadRefusal extends Refusal {}

/** @param needed actions whose answer the configuration depends on */
export function refuseUnread({ unread }: Snapshot, needed: RegExp): void {
  const missing = unread.filter(({ action }) => needed.test(action));
  if (missing.length === 0) return;
  const shown = missing
    .slice(0, 5)
    .map(({ action, resource, error }) => `${action}${resource === null ? "" : ` of ${resource}`}: ${error}`);
  throw new UnreadRefusal(
    `These parts could not be read, and a path in them would go around the node:\n${shown.join("\n")}\nRead them with the policy that "snapshot --policy" prints.`,
  );
}

export function listed(names: readonly string[]): string {
  if (names.length === 0) return "none";
  return names.length <= 10 ? names.join(", ") : `${names.slice(0, 10).join(", ")}, and ${names.length - 10} more`;
}
