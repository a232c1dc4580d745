import { readFileSync } from "node:fs";

/**
 * What leaves everything that a module has adopted, or the logs that it keeps, in place of its call: the blocks in the
 * runbook of its README.
 * @param others what the module has adopted besides, for which the README says to write the same block
 */
export function removedBlocks(module: string, ...others: string[]): string {
  const readme = readFileSync(`modules/${module}/README.md`, "utf8");
  const [, blocks] = /^ *```hcl\n( *removed \{[^]*?)```/m.exec(readme) ?? [];
  if (blocks === undefined) throw new Error(`The README of ${module} has no removed block.`);
  const [block = ""] = blocks.split(/\n\n(?= *removed)/);
  const more = others.map((address) => block.replace(/(?<=module\.wallarm_routing\.)\S+/, address));
  return [blocks, ...more].join("\n");
}

/**
 * The configuration of an example without the imports, with the README's blocks in place of the call. What else reads from
 * the call has to go, too.
 */
export function released(configuration: string, module: string): string {
  return configuration
    .replace(/^import \{[^]*?^\}\n/gm, "")
    .replace(/^module "wallarm_(routing|verification)" \{[^]*?^\}\n/m, removedBlocks(module));
}
