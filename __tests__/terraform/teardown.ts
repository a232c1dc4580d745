import { rmSync } from "node:fs";
import { stopForks } from "../apply/harness/moto-server";
import { PREPARED_PROVIDER } from "./prepared-provider";

/** After the last suite. */
export default async function teardown(): Promise<void> {
  await stopForks();
  rmSync(process.env[PREPARED_PROVIDER] ?? "", { recursive: true, force: true });
}
