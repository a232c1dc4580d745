import { mkdir, readFile, rename, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The environment variable that tells the workers of a test run the folder of the provider that they share. */
export const PREPARED_PROVIDER = "TESTS_PREPARED_PROVIDER";

/** @throws when no test run has prepared one */
export function preparedFolder(): string {
  const folder = process.env[PREPARED_PROVIDER];
  if (folder === undefined) throw new Error(`${PREPARED_PROVIDER} is not set: Jest's globalSetup does that.`);
  return folder;
}

/** What is prepared under this name once: by the worker that first needs it, while the others wait. */
export async function preparedOnce(name: string, prepare: () => Promise<Buffer>): Promise<Buffer> {
  const path = join(preparedFolder(), name);
  const lock = `${path}.lock`;
  for (;;) {
    const prepared = await readFile(path).catch(() => undefined);
    if (prepared !== undefined) return prepared;
    const isFirst = await mkdir(lock).then(
      () => true,
      () => false,
    );
    if (!isFirst) {
      await sleep(50);
      continue;
    }
    try {
      // Renamed, so that nobody reads half of it.
      await writeFile(`${path}.new`, await prepare());
      await rename(`${path}.new`, path);
    } finally {
      await rmdir(lock);
    }
  }
}
