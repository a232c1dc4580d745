import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for each test, which goes with the test. */
export interface TestFolder {
  readonly path: (...names: string[]) => string;
  /** Writes text as it is, and anything else as JSON. @returns the path */
  readonly file: (name: string, content: unknown) => string;
}

export function testFolder(): TestFolder {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "test-folder-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const path = (...names: string[]) => join(folder, ...names);
  return {
    path,
    file: (name, content) => {
      writeFileSync(path(name), typeof content === "string" ? content : JSON.stringify(content));
      return path(name);
    },
  };
}
