/** An operation of a JSON patch: https://datatracker.ietf.org/doc/html/rfc6902 */
export interface Operation {
  readonly op: "add" | "replace" | "remove";
  readonly path: string;
  readonly value?: unknown;
}

export const add = (path: string, value: unknown): Operation => ({ op: "add", path, value });
export const replace = (path: string, value: unknown): Operation => ({ op: "replace", path, value });
export const remove = (path: string): Operation => ({ op: "remove", path });

/** @returns a changed copy */
export function patched<Document>(document: Document, operations: readonly Operation[]): Document {
  const copy = structuredClone(document);
  // A later operation may change what an earlier one adds.
  for (const { op, path, value } of structuredClone(operations)) {
    const keys = path.split("/").slice(1);
    const last = keys.pop() ?? "";
    const place = keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], copy);
    if (typeof place !== "object" || place === null) throw new Error(`The patch names ${path}, which is not there.`);
    if (Array.isArray(place)) {
      if (op === "add") place.splice(last === "-" ? place.length : Number(last), 0, value);
      else place.splice(Number(last), 1, ...(op === "remove" ? [] : [value]));
    } else if (op === "remove") Reflect.deleteProperty(place, last);
    else Reflect.set(place, last, value);
  }
  return copy;
}
