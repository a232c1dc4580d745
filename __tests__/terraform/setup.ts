import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startForks } from "../apply/harness/moto-server";
import { pathOf } from "../tools";
import { PREPARED_PROVIDER } from "./prepared-provider";

/** Before the first suite: what the suites share. It costs nothing before a suite first needs it. */
export default async function setup(): Promise<void> {
  process.env[PREPARED_PROVIDER] = mkdtempSync(join(tmpdir(), "aws-provider-"));
  if (pathOf("moto_server") !== undefined) await startForks();
}
