/** What has changed in the account since the configuration was written, one line each. */
import { Entry } from "./composition";
import { Manifest } from "./manifest";

/** @param entries of the account now, without those of the module itself */
export function changesOf(manifest: Manifest, entries: readonly Entry[]): string[] {
  const now = new Map(entries.map((entry) => [entry.id, entry]));
  const before = new Map(Object.entries(manifest.entries));
  const added = entries
    .filter(({ id, key, needsOwner }) => !before.has(id) && (key !== null || needsOwner))
    .map(({ words }) => `+ ${words}: not covered`);
  const gone = [...before]
    .filter(([id, { key }]) => !now.has(id) && key !== null)
    .map(([, { words, key }]) => `- ${words}: gone, but "${key}" is still in the configuration`);
  const changed = [...before].flatMap(([id, { words, target }]) => {
    const entry = now.get(id);
    if (entry === undefined) return [];
    if (entry.words !== words) return [`~ ${words}: now ${entry.words}`];
    // Such as the port or a timeout of an origin, or another target group of the same name.
    return entry.target === target ? [] : [`~ ${words}: was ${target ?? "nothing"}, now ${entry.target ?? "nothing"}`];
  });
  return [...added, ...gone, ...changed];
}
