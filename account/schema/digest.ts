/** What stands in a snapshot in place of a value that may be a secret. */
import { createHmac } from "node:crypto";
import * as z from "zod";

const LITERAL = "[0-9a-f]{16}/\\d+";

/**
 * A digest of each part between the wildcards * and ?, with its length: "9f86d081884c7d65/6*". Equal values have equal
 * digests in all documents with the same salt. A schema that has it refuses a value in clear.
 */
export const DIGEST = z.string().regex(new RegExp(`^digest:(${LITERAL}|[*?])*$`));

export type Digest = (value: string) => string;

/** @param salt without it, a short value could be guessed from its digest */
export function digestWith(salt: string): Digest {
  const literal = (text: string) =>
    `${createHmac("sha256", salt).update(text).digest("hex").slice(0, 16)}/${text.length}`;
  return (value) => `digest:${value.replace(/[^*?]+/g, literal)}`;
}
