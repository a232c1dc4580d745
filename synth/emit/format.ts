/**
 * The layout of `terraform fmt`, by HashiCorp's own formatter in WebAssembly. It takes longer than all the rest of the
 * synthesis, and most of a module is as it was last time, so its answers are kept beside the package.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Lays HCL out; what its strings and heredocs say stays as it is. */
export type Formatter = (text: string) => Promise<string>;

export const format: Formatter = async (text) => {
  // Not at the top: loading it takes a tenth of a second.
  const { format } = await import("@cdktf/hcl-tools");
  return format(text);
};

/** Formats printed blocks as `terraform fmt` does, with the text of heredocs indented like the code around them. */
export async function formatHcl(text: string, formatter: Formatter = format): Promise<string> {
  let marker: string | undefined;
  let indent = "";
  return (await formatter(text))
    .split("\n")
    .map((line) => {
      if (marker === undefined) {
        [, indent, marker] = /^(\s*)[^#\s].*<<-(EOT_*)$/s.exec(line) ?? [line, "", undefined];
        return line;
      }
      if (line.trim() !== marker) return line === "" ? line : `${indent}  ${line}`;
      marker = undefined;
      return `${indent}${line}`;
    })
    .join("\n");
}

/** A formatter that remembers, and what makes the next one know it. */
export interface RememberingFormatter {
  readonly format: Formatter;
  /** Keeps the texts that were formatted since it was made, and forgets those that were not. */
  readonly save: () => void;
}

const manifest = require.resolve("@cdktf/hcl-tools/package.json");
/** The conventional place; it goes when the dependencies are installed anew. */
export const FORMATTED = resolve(dirname(manifest), "../../.cache/hcl-tools");

/** @param name of the texts that are formatted together, such as a module's */
export function rememberingFormatter(name: string, folder = FORMATTED): RememberingFormatter {
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const path = join(folder, `${name}-${version}.json`);
  const known = read(path);
  const used = new Map<string, string>();
  return {
    format: async (text) => {
      const formatted = known.get(text) ?? (await format(text));
      used.set(text, formatted);
      return formatted;
    },
    save: () => {
      if (used.size !== known.size || [...used.keys()].some((text) => !known.has(text))) write(path, used);
    },
  };
}

function read(path: string): ReadonlyMap<string, string> {
  try {
    return new Map(JSON.parse(readFileSync(path, "utf8")) as [string, string][]);
  } catch {
    return new Map(); // nothing was kept
  }
}

/** Whole or not at all: another program may read it, or write it too. */
function write(path: string, texts: ReadonlyMap<string, string>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, JSON.stringify([...texts]));
    renameSync(temporary, path);
  } catch {
    // Dependencies that may not be written to, or a full disk: the next run takes as long again.
    if (existsSync(temporary)) rmSync(temporary);
  }
}
