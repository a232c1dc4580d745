/** Terraform's version constraints. Source: https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
import { subset, validRange } from "semver";

/**
 * Checks that a constraint admits nothing that another does not.
 * @throws when it is no constraint, or admits nothing, or admits more
 */
export function requireNarrower(constraint: string, than: string): void {
  const range = semverRange(constraint);
  if (range === undefined)
    throw new Error(`"${constraint}" is not a version constraint: write for example ">= 6.0, < 7.0" or "~> 6.10".`);
  if (subset(range, NOTHING)) throw new Error(`No version meets the provider constraint "${constraint}".`);
  if (!subset(range, semverRange(than) ?? ""))
    throw new Error(`The provider constraint "${constraint}" admits versions outside "${than}": narrow it to those.`);
}

/** A range that no version meets. */
const NOTHING = "<0.0.0-0";

/** The constraint in the notation of semver, which has no `~>` and no commas; undefined if it is none. */
function semverRange(constraint: string): string | undefined {
  const parts = constraint.split(",").map((part) => /^\s*(=|>=?|<=?|~>)?\s*(\d+(?:\.\d+){0,2})\s*$/.exec(part));
  if (parts.some((part) => part === null)) return undefined;
  const range = parts.map((part) => {
    const [, operator = "=", version = ""] = part ?? [];
    const numbers = version.split(".");
    const full = [...numbers, "0", "0"].slice(0, 3).join(".");
    if (operator !== "~>") return `${operator}${full}`;
    const upper = numbers.length > 2 ? [numbers[0], Number(numbers[1]) + 1, 0] : [Number(numbers[0]) + 1, 0, 0];
    return `>=${full} <${upper.join(".")}`;
  });
  return validRange(range.join(" ")) ?? undefined;
}
