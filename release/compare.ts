import { requireNarrower } from "../synth/emit/version-constraint";
import type { InputVariable, Interface } from "./interface";
import { narrowings } from "./type";

/** Changes between two releases of a module that break callers or their states. */
export function breakingChanges(before: Interface, after: Interface): string[] {
  return [
    ...resourceChanges(before, after),
    ...variableChanges(before.variables, after.variables),
    ...outputChanges(before.outputs, after.outputs),
    ...requirementChanges(before.requirements, after.requirements),
  ];
}

/**
 * Resources that a state may have but the module no longer has, neither at their address nor at the target of a `moved`
 * block. States of earlier releases count, so a `moved` block must stay.
 */
function resourceChanges(before: Interface, after: Interface): string[] {
  const states = [
    ...before.resources,
    ...before.moved.map(({ from }) => [withoutKey(from), from !== withoutKey(from)] as const),
  ];
  return states.flatMap(([address, hasKeys]) => {
    const target = destination(address, after);
    const now = after.resources.get(target);
    if (now === undefined) return [`${address} was removed or renamed: add a moved block`];
    const moved = target !== address || after.moved.some(({ from }) => withoutKey(from) === address);
    if (now === hasKeys || moved) return [];
    return [
      `${address} ${now ? "now has" : "no longer has"} for_each, so its address in the state changes: add moved blocks`,
    ];
  });
}

/** The address after all `moved` blocks in sequence. */
function destination(address: string, { resources, moved }: Pick<Interface, "resources" | "moved">): string {
  const next = moved.find(({ from }) => withoutKey(from) === address);
  if (next === undefined || resources.has(address)) return address;
  const rest = moved.filter((one) => one !== next);
  return destination(withoutKey(next.to), { resources, moved: rest });
}

function withoutKey(address: string): string {
  return address.replace(/\[.*\]$/s, "");
}

function variableChanges(
  before: ReadonlyMap<string, InputVariable>,
  after: ReadonlyMap<string, InputVariable>,
): string[] {
  const kept = [...before].flatMap(([name, variable]) => {
    const now = after.get(name);
    if (now === undefined) return [`variable ${name} was removed or renamed`];
    return [
      ...(!variable.required && now.required ? [`variable ${name} is now required`] : []),
      ...(variable.nullable && !now.nullable ? [`variable ${name} can no longer be null`] : []),
      ...narrowings(variable.type, now.type, `variable ${name}`),
    ];
  });
  const added = [...after].filter(([name, { required }]) => !before.has(name) && required);
  return [...kept, ...added.map(([name]) => `variable ${name} is new and required`)];
}

function outputChanges(before: ReadonlyMap<string, boolean>, after: ReadonlyMap<string, boolean>): string[] {
  return [...before].flatMap(([name, sensitive]) => {
    const now = after.get(name);
    if (now === undefined) return [`output ${name} was removed or renamed`];
    return now && !sensitive ? [`output ${name} is now sensitive`] : [];
  });
}

function requirementChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...before].flatMap(([name, constraint]) => {
    const now = after.get(name);
    if (now === undefined) return [];
    try {
      requireNarrower(constraint, now);
      return [];
    } catch {
      return [`${name} changed from "${constraint}" to "${now}", which accepts fewer versions`];
    }
  });
}
