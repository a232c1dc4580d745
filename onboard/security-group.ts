/** A security group in the configuration. */
import { Expression, reference } from "./hcl";

/** The only one that all network interfaces have, or the answer to a question. */
export function groupOf(whose: "node" | "application", ids: readonly string[]): string | Expression {
  return ids.length === 1 ? (ids[0] ?? "") : reference(`var.${whose}_security_group_id`);
}
