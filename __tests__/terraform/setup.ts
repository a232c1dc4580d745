import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PREPARED_PROVIDER } from "./prepared-provider";

/** Before the first suite: a folder for the provider, which is installed when a suite first needs it. */
export default function setup(): void {
  process.env[PREPARED_PROVIDER] = mkdtempSync(join(tmpdir(), "aws-provider-"));
}
