import { existsSync, readFileSync } from "node:fs";

/** The text of a file that the user names. @throws Error if there is none */
export function textOf(path: string): string {
  if (!existsSync(path)) throw new Error(`The file "${path}" does not exist.`);
  return readFileSync(path, "utf8");
}
