import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The environment variable that tells the workers of a test run the folder of the provider that they share. */
export const PREPARED_PROVIDER = "TESTS_PREPARED_PROVIDER";

/** @throws when no test run has prepared one */
export function preparedFolder(): string {
  const folder = process.env[PREPARED_PROVIDER];
  if (folder === undefined) throw new Error(`${PREPARED_PROVIDER} is not set: Jest's globalSetup does that.`);
  return folder;
}

/** What was prepared under this name, by whichever worker was the first to need it. */
export async function preparedOnce(name: string, prepare: () => Promise<Buffer>): Promise<Buffer> {
  const path = join(preparedFolder(), name);
  try {
    return await readFile(path);
  } catch {
    const content = await prepare();
    // Renamed, so that nobody reads half of it.
    await writeFile(`${path}.${process.pid}`, content);
    await rename(`${path}.${process.pid}`, path);
    return content;
  }
}
