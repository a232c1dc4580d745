/** The rows of the only table on a page, without its head, and their cells. */
export function rowsOf(page: string): { readonly line: string; readonly cells: readonly string[] }[] {
  const [, ...lines] = page.split("\n").filter((line) => /^\| ?[^ :-]/.test(line));
  return lines.map((line) => ({
    line,
    cells: line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  }));
}
