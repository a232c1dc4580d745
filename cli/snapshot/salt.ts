import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

/** The salt of a file, which is created if it does not exist, or a new one. */
export function saltOf(file: string | undefined): string {
  const salt = randomBytes(32).toString("hex");
  if (file === undefined) return salt;
  try {
    writeFileSync(file, `${salt}\n`, { flag: "wx", mode: 0o600 });
    return salt;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return knownSalt(file);
}

/** @throws if the file is none that a snapshot was read with */
export function knownSalt(file: string): string {
  const found = readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(found))
    throw new Error(`${file} is not a salt that "snapshot --salt-file" wrote. Name a file that does not exist.`);
  return found;
}
