import { readFileSync } from "node:fs";

/**
 * The configuration of an example that gives back what it has adopted: the block of the module's README stands in place
 * of the call, and the imports are gone. What else reads from the call has to go, too.
 */
export function released(configuration: string, module: string): string {
  const readme = readFileSync(`modules/${module}/README.md`, "utf8");
  const [, removed = ""] = /^ *```hcl\n( *removed \{[^]*?)```/m.exec(readme) ?? [];
  return configuration
    .replace(/^import \{[^]*?^\}\n/gm, "")
    .replace(/^module "wallarm_routing" \{[^]*?^\}\n/m, removed);
}
