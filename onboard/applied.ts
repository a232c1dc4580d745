/** What of the configuration is not applied, by the output `routing` of its module, one line each. */
import { Routing } from "../contract/routing";
import { Manifest } from "./manifest";

/** @returns nothing for listeners that stay with their owner: the output does not have them */
export function notApplied(manifest: Manifest, { entry_points }: Routing): string[] {
  if (manifest.scenario === "nlb" && !manifest.arguments.adopt_listeners) return [];
  const applied = new Map(Object.entries(entry_points).map(([name, point]) => [name.replace(/^route\//, ""), point]));
  const written = Object.values(manifest.entries).filter(({ key }) => key !== null);
  const missing = written
    .filter(({ key, target }) => target !== null && !applied.has(key ?? ""))
    .map(({ words }) => `+ ${words}: not applied`);
  // A distribution has all of its origins in the configuration, also those that others serve.
  const known = Object.entries(manifest.entries).map(([id, { key }]) => key ?? id.replace(/^origin /, ""));
  const gone = [...applied.keys()]
    .filter((name) => !known.includes(name))
    .map((name) => `- "${name}": applied, and not in the configuration`);
  const changed = written.flatMap(({ key, words, target }) => {
    const point = applied.get(key ?? "");
    const now = point?.application_target_group_arn ?? point?.application_integration_id ?? null;
    return target === null || now === null || now === target ? [] : [`~ ${words}: applied with ${now}`];
  });
  return [...missing, ...gone, ...changed];
}
