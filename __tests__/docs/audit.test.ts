import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BYPASSES } from "../../audit/bypasses";
import { catalog, remedies, unexplained } from "../audit/support/catalog";
import { moduleText, subfolders } from "../modules/workspace";
import { REPOSITORY } from "../synth/support/program";

const PAGE = join(REPOSITORY, "docs/audit.md");

function withTable(text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  expect(text).toContain(start);
  expect(text).toContain(end);
  return `${text.slice(0, text.indexOf(start))}${start}\n\n<!-- prettier-ignore -->\n${table}\n\n${text.slice(text.indexOf(end))}`;
}

test("docs/audit.md lists the 55 classes and their remedies", () => {
  const page = readFileSync(PAGE, "utf8");
  const expected = withTable(withTable(page, "classes", catalog()), "remedies", remedies());
  if (process.env.UPDATE_AUDIT === "1") writeFileSync(PAGE, expected);
  else expect(page).toBe(expected);
});

test("each class is found or explained", () => {
  expect(unexplained()).toEqual([]);
});

test("remedies name variables, and fields of them or of the output routing", () => {
  const blocks = subfolders("modules").flatMap((path) =>
    moduleText(path.replace("modules/", ""))
      .split(/^(?=\w+ ")/m)
      .filter((block) => /^variable |^resource "terraform_data" "routing"/.test(block)),
  );
  const hasField = (block: string, name: string) => new RegExp(`^ +${name} += `, "m").test(block);
  const isOf = (block: string, name: string) =>
    block.startsWith("variable") ? block.startsWith(`variable "${name}"`) : hasField(block, name);
  const exists = (path: string) => {
    const [first = "", ...fields] = path.split(".");
    if (fields.length > 0)
      return blocks.some((block) => isOf(block, first) && fields.every((name) => hasField(block, name)));
    return blocks.some((block) => isOf(block, first) || hasField(block, first));
  };
  const paths = BYPASSES.flatMap(
    ({ remedy }) => remedy.match(/\b[a-z]+(_[a-z]+)+(\.[a-z_]+)*|\b[a-z]+\.[a-z_]+/g) ?? [],
  );
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !exists(path))).toEqual([]);
});

test("each row of the guide that a class names exists", () => {
  const guide = readFileSync(join(REPOSITORY, "docs/guide-coverage.md"), "utf8");
  const rows = new Set([...guide.matchAll(/^\| (\d+) \| “/gm)].map(([, row]) => Number(row)));
  for (const { guideRows } of BYPASSES) for (const row of guideRows) expect(rows).toContain(row);
});
