import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { successorFolder } from "./installation";

export default function remove(): void {
  rmSync(dirname(successorFolder()), { recursive: true, force: true });
}
