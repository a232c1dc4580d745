/** What a snapshot could not read: it is unknown, and never nothing. */
import { Snapshot } from "../account/snapshot";
import { Unknown } from "./fact";

/** @param resource that the question is about, or null if any resource matters */
export function unreadOf({ unread }: Snapshot, action: string, resource: string | null = null): Unknown[] {
  return unread
    .filter((one) => one.action === action || one.action.startsWith(`${action} (`))
    .filter((one) => resource === null || one.resource === null || one.resource === resource)
    .map((one) => ({
      words: `${one.action} failed${one.resource === null ? "" : ` for ${one.resource}`}: ${one.error}`,
      resource: one.resource,
      action: one.action,
    }));
}
