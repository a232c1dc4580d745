import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, rememberingFormatter } from "../../../synth/emit/format";
import { temporaryFolders } from "../support/folders";

const temporaryFolder = temporaryFolders();

const texts = ["a = 1\nlong = 2\n", 'b = [\n"$${x}"\n]\n'];

async function run(folder: string, formatted: readonly string[]): Promise<string[]> {
  const formatter = rememberingFormatter("alb", folder);
  const answers = await Promise.all(formatted.map(formatter.format));
  formatter.save();
  return answers;
}

/** The one file in the folder. */
function kept(folder: string): string {
  const [file, ...more] = readdirSync(folder);
  expect(more).toEqual([]);
  return join(folder, file ?? "");
}

it("answers as the formatter does, the first time and from memory", async () => {
  const folder = join(temporaryFolder(), "cache");
  const expected = await Promise.all(texts.map(format));
  expect(expected[0]).toBe("a    = 1\nlong = 2\n");
  expect(await run(folder, texts)).toEqual(expected);
  expect(await run(folder, texts)).toEqual(expected);
});

it("does not format what it knows", async () => {
  const folder = temporaryFolder();
  await run(folder, texts);
  writeFileSync(kept(folder), JSON.stringify([[texts[0], "from memory"]]));
  expect(await run(folder, texts)).toEqual(["from memory", await format(texts[1] ?? "")]);
});

it("forgets what the last run did not ask, and leaves the file alone when nothing changed", async () => {
  const folder = temporaryFolder();
  await run(folder, texts);
  const [first = ""] = texts;
  await run(folder, [first]);
  expect(JSON.parse(readFileSync(kept(folder), "utf8"))).toEqual([[first, await format(first)]]);
  const sameWithSpaces = JSON.stringify([[first, await format(first)]], null, 2);
  writeFileSync(kept(folder), sameWithSpaces);
  await run(folder, [first]);
  expect(readFileSync(kept(folder), "utf8")).toBe(sameWithSpaces);
});

it.each(["", "{", "[1]", "null"])("formats again when the file is damaged: %j", async (damaged) => {
  const folder = temporaryFolder();
  await run(folder, texts);
  writeFileSync(kept(folder), damaged);
  expect(await run(folder, texts)).toEqual(await Promise.all(texts.map(format)));
});

it("does without memory where nothing can be written", async () => {
  const folder = temporaryFolder({ file: "not a folder" });
  expect(await run(join(folder, "file", "cache"), texts)).toEqual(await Promise.all(texts.map(format)));
});
