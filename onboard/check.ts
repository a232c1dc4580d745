/** What has changed in the account since the configuration was written, one line each. */
import { Rule } from "../model/rules";
import { Manifest } from "./manifest";

/** @param rules of the account now, without those of the module itself */
export function changesOf(manifest: Manifest, rules: readonly Rule[]): string[] {
  const now = new Map(rules.map((rule) => [rule.arn, rule]));
  const before = new Map(Object.entries(manifest.rules));
  const added = rules
    .filter(({ arn, targetGroupArns }) => !before.has(arn) && targetGroupArns.length > 0)
    .map(({ words }) => `+ ${words}: not covered`);
  const gone = [...before]
    .filter(([arn, { key }]) => !now.has(arn) && key !== null)
    .map(([, { words, key }]) => `- ${words}: gone, but the route "${key}" is still there`);
  const changed = [...before].flatMap(([arn, { words }]) => {
    const rule = now.get(arn);
    return rule === undefined || rule.words === words ? [] : [`~ ${words}: now ${rule.words}`];
  });
  return [...added, ...gone, ...changed];
}
