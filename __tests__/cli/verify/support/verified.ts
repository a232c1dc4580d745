import { type Given, readSettings } from "../../../../cli/verify/settings";
import { type Report, verify } from "../../../../cli/verify/verify";

/** What the command reports, with a short timeout. */
export function verified(given: Given, environment: NodeJS.ProcessEnv = {}): Promise<Report> {
  return verify(readSettings({ timeout: 1, ...given }, undefined, environment), () => undefined);
}
