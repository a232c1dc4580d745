/** The module block of a root configuration to which its findings belong. */
import { Anchor } from "./sarif";

/** A source of one of the modules that move traffic: a path, a registry address, or a Git URL. */
const SOURCE =
  /^\s*source\s*=\s*"[^"]*\b(alb|nlb|cloudfront|api-gateway-http|api-gateway-rest|api-gateway-rest-alb)\b[^"]*"/;

/** @param files texts of the .tf files of the root, by path. @returns the first block that calls a module, or the first file */
export function anchorOf(files: ReadonlyMap<string, string>): Anchor | null {
  const paths = [...files.keys()].sort();
  for (const file of paths) {
    const lines = (files.get(file) ?? "").split("\n");
    const source = lines.findIndex((line) => SOURCE.test(line));
    if (source === -1) continue;
    const before = lines.slice(0, source).map((line) => /^\s*module\s+"/.test(line));
    const block = before.lastIndexOf(true);
    return { file, line: (block === -1 ? source : block) + 1 };
  }
  const [first] = paths;
  return first === undefined ? null : { file: first, line: 1 };
}
