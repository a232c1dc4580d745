import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Makes new folders for the tests of a suite, all of which are removed after it. */
export function temporaryFolders(): (files?: Readonly<Record<string, string>>) => string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "synth-test-")));
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });
  return (files = {}) => {
    const folder = mkdtempSync(join(root, "folder-"));
    writeFiles(folder, files);
    return folder;
  };
}

/** Writes files by their paths in a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The texts of all files in a folder in the order of their paths, and its empty folders, with a slash at the end. */
export function filesIn(folder: string, path = ""): Record<string, string> {
  const names = readdirSync(join(folder, path));
  if (names.length === 0 && path !== "") return { [`${path}/`]: "" };
  const entries = names.flatMap((name): [string, string][] => {
    const inner = join(path, name);
    if (statSync(join(folder, inner)).isDirectory()) return Object.entries(filesIn(folder, inner));
    return [[inner, readFileSync(join(folder, inner), "utf8")]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
