import { rmSync } from "node:fs";
import { PREPARED_PROVIDER } from "./prepared-provider";

/** After the last suite. */
export default function teardown(): void {
  rmSync(process.env[PREPARED_PROVIDER] ?? "", { recursive: true, force: true });
}
