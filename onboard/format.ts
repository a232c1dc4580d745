/** Text of a configuration, laid out as `terraform fmt` does. Without WebAssembly. */

/** Indents by brackets, and aligns the = of neighboring lines that each hold a whole argument. */
export function format(text: string): string {
  let depth = 0;
  const lines = text.split("\n").map((line) => {
    const bare = line.trim();
    const change = brackets(bare);
    const closesFirst = /^[\])}]/.test(bare);
    const own = closesFirst ? depth - 1 : depth;
    depth += change;
    return { bare, indent: "  ".repeat(Math.max(own, 0)), name: change === 0 ? argumentName(bare) : undefined };
  });
  return lines
    .map(({ bare, indent, name }, index) => {
      if (name === undefined) return bare === "" ? "" : indent + bare;
      const width = widthOfNeighbors(lines, index);
      return `${indent}${name.padEnd(width)}${bare.slice(name.length).trimStart().replace(/^=/, " =")}`;
    })
    .join("\n");
}

function widthOfNeighbors(lines: readonly { readonly name: string | undefined }[], index: number): number {
  const isArgument = (at: number) => lines[at]?.name !== undefined;
  let [start, end] = [index, index];
  while (isArgument(start - 1)) start--;
  while (isArgument(end)) end++;
  return Math.max(...lines.slice(start, end).map(({ name }) => name?.length ?? 0));
}

/** The name in `name = value`. */
function argumentName(line: string): string | undefined {
  return /^("(?:[^"\\]|\\.)*"|[\w-]+) *=(?![=>])/.exec(line)?.[1];
}

/** How many brackets a line opens more than it closes, outside of strings and comments. */
function brackets(line: string): number {
  if (line.startsWith("#")) return 0;
  const code = line.replace(/"(?:[^"\\]|\\.)*"/g, "");
  return (code.match(/[[({]/g)?.length ?? 0) - (code.match(/[\])}]/g)?.length ?? 0);
}
