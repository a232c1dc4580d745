import { type Given, readSettings } from "../../../../cli/verify/settings";
import { type Report, verify } from "../../../../cli/verify/verify";

/** What the command reports, with a short timeout. */
export async function verified(given: Given, environment: NodeJS.ProcessEnv = {}): Promise<Report> {
  return verify(await readSettings({ timeout: 1, ...given }, undefined, environment), () => undefined);
}
