/**
 * Changes of files that lose nothing on the way: a file is replaced whole or not at all. Loads nothing of CDKTF: all
 * commands write with it.
 */
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { createTwoFilesPatch } from "diff";

/** One file to create, replace or remove. */
export interface Change<Content extends string | Uint8Array = string> {
  readonly path: string;
  /** The text now, or undefined when the file does not exist. */
  readonly before: string | undefined;
  /** What is wanted, or undefined when the file is to go. */
  readonly after: Content | undefined;
}

/**
 * Makes the changes, in their order. New text is written beside its file first, so that a full disk leaves every file as
 * it was.
 */
export function apply(list: readonly Change<string | Uint8Array>[]): void {
  const written = list.filter(({ after }) => after !== undefined);
  try {
    for (const { path, after } of written) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(temporary(path), after ?? "");
    }
    for (const { path } of written) renameSync(temporary(path), path);
  } finally {
    for (const { path } of written) rmSync(temporary(path), { force: true });
  }
  for (const { path, after } of list) if (after === undefined) remove(path);
}

/** What a person reads when a change was made: "updated modules/alb/main.tf". */
export function summary({ path, before, after }: Change<string | Uint8Array>): string {
  return `${verb(before, after)} ${relative(process.cwd(), path)}`;
}

/** What a change changes, as a patch. */
export function difference({ path, before, after }: Change): string {
  const name = relative(process.cwd(), path);
  return createTwoFilesPatch(name, name, before ?? "", after ?? "", existence(before), existence(after));
}

/** Removes a file, and its folder if nothing else is in it. */
function remove(path: string): void {
  rmSync(path);
  if (readdirSync(dirname(path)).length === 0) rmdirSync(dirname(path));
}

function temporary(path: string): string {
  return `${path}.${process.pid}.tmp`;
}

function verb(before: unknown, after: unknown): string {
  if (before === undefined) return "created";
  return after === undefined ? "removed" : "updated";
}

function existence(text: string | undefined): string {
  return text === undefined ? "does not exist" : "";
}
