/** Lists of a distribution whose order CloudFront follows. */
const ORDERED = ["CacheBehaviors", "Members"];

/**
 * What a configuration says. AWS answers alike whether something empty was sent or nothing, and most lists have no order.
 * @param ordered whether the lists directly below have one
 */
export function meaningful(value: unknown, ordered = false): unknown {
  if (Array.isArray(value)) {
    const items = value.map((each) => meaningful(each)).filter(Boolean);
    if (items.length === 0) return undefined;
    return ordered ? items : items.sort(byText);
  }
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, meaningful(inner, ORDERED.includes(key) || (key === "Items" && ordered))] as const)
    .filter(([, inner]) => inner);
  return entries.length === 0 ? undefined : Object.fromEntries(entries.sort(byText));
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
