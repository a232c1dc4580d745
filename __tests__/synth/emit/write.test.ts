import { mkdirSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { apply } from "../../../files/change";
import { Files, generatedLine } from "../../../synth/emit/module-files";
import { changes, Wanted } from "../../../synth/emit/write";
import { synthesized } from "../support/example-stack";
import { filesIn, temporaryFolders, writeFiles } from "../support/folders";

const LINE = generatedLine(synthesized(() => undefined));
const generated = (text: string) => `# ${LINE}\n\n${text}\n`;
const HAND_WRITTEN = "# Written by hand.\n";

const newFolder = temporaryFolders();

/** What was asked of a folder, for one module or more, of those that exist. */
function wanted(
  folder: string,
  modules: Record<string, Record<string, string>>,
  existing = Object.keys(modules),
): Wanted {
  return {
    folder,
    modules: new Map(
      Object.entries(modules).map(([name, files]): [string, Files] => [name, new Map(Object.entries(files))]),
    ),
    existing,
  };
}

function bring(...asked: Parameters<typeof wanted>): void {
  apply(changes(wanted(...asked)));
}

test("files and folders that are missing are created", () => {
  const folder = join(newFolder(), "not", "there");
  const files = { "main.tf": generated("a"), "README.md": generated("b") };
  bring(folder, { alb: files });
  expect(filesIn(folder)).toEqual({ "alb/main.tf": files["main.tf"], "alb/README.md": files["README.md"] });
});

test("changed files are replaced, and unchanged ones are not touched", () => {
  const folder = newFolder({ "alb/main.tf": generated("old"), "alb/outputs.tf": generated("same") });
  const main = join(folder, "alb/main.tf");
  const outputs = join(folder, "alb/outputs.tf");
  for (const path of [main, outputs]) utimesSync(path, 1, 1);
  const before = { main: statSync(main), outputs: statSync(outputs) };

  bring(folder, { alb: { "main.tf": generated("new"), "outputs.tf": generated("same") } });

  expect(filesIn(folder)).toEqual({ "alb/main.tf": generated("new"), "alb/outputs.tf": generated("same") });
  const after = statSync(outputs);
  expect([after.mtimeMs, after.ctimeMs, after.ino]).toEqual([
    before.outputs.mtimeMs,
    before.outputs.ctimeMs,
    before.outputs.ino,
  ]);
  // Another file took the name: who reads the old one reads all of it.
  expect(statSync(main).ino).not.toBe(before.main.ino);
});

test("nothing changes when all is as it should be", () => {
  const folder = newFolder({ "alb/main.tf": generated("a") });
  expect(changes(wanted(folder, { alb: { "main.tf": generated("a") } }))).toEqual([]);
});

test("finding out what has to change writes nothing", () => {
  const files = { "alb/main.tf": generated("old"), "gone/main.tf": generated("old") };
  const folder = newFolder(files);
  const list = changes(wanted(folder, { alb: { "main.tf": generated("new"), "outputs.tf": generated("new") } }));
  expect(list).toEqual([
    { path: join(folder, "alb/main.tf"), before: generated("old"), after: generated("new") },
    { path: join(folder, "alb/outputs.tf"), before: undefined, after: generated("new") },
    { path: join(folder, "gone/main.tf"), before: generated("old"), after: undefined },
  ]);
  expect(filesIn(folder)).toEqual(files);
});

describe("a hand-written file", () => {
  test("in the way is named, and nothing is written", () => {
    const files = { "alb/main.tf": generated("old"), "alb/outputs.tf": HAND_WRITTEN };
    const folder = newFolder(files);
    const asked = { alb: { "main.tf": generated("new"), "outputs.tf": generated("new") } };
    expect(() => {
      bring(folder, asked);
    }).toThrow(join(folder, "alb/outputs.tf"));
    expect(() => {
      bring(folder, asked);
    }).not.toThrow(join(folder, "alb/main.tf"));
    expect(filesIn(folder)).toEqual(files);
  });

  test("that is empty is one too", () => {
    const folder = newFolder({ "alb/main.tf": "" });
    expect(() => {
      bring(folder, { alb: { "main.tf": generated("new") } });
    }).toThrow("alb/main.tf");
  });

  test("beside the generated ones stays, and tests of the module too", () => {
    const kept = { "alb/locals.tf": HAND_WRITTEN, "alb/tests/alb.tftest.hcl": HAND_WRITTEN, "README.md": HAND_WRITTEN };
    const folder = newFolder({ ...kept, "alb/main.tf": generated("old") });
    bring(folder, { alb: { "main.tf": generated("new") } });
    expect(filesIn(folder)).toEqual({ ...kept, "alb/main.tf": generated("new") });
  });
});

describe("a module that is gone", () => {
  test("leaves nothing behind, not even its folder", () => {
    const folder = newFolder({
      "gone/main.tf": generated("old"),
      "gone/README.md": `<!-- ${LINE} -->\n`,
      "alb/main.tf": generated("a"),
    });
    bring(folder, { alb: { "main.tf": generated("a") } });
    expect(filesIn(folder)).toEqual({ "alb/main.tf": generated("a") });
  });

  test("leaves what was written by hand", () => {
    const kept = { "gone/tests/gone.tftest.hcl": HAND_WRITTEN, "gone/notes.md": HAND_WRITTEN };
    const folder = newFolder({
      ...kept,
      "gone/main.tf": generated("old"),
      "gone/main.tf.json": `{\n  "//": "${LINE}"\n}\n`,
    });
    bring(folder, { alb: { "main.tf": generated("a") } });
    expect(filesIn(folder)).toEqual({ ...kept, "alb/main.tf": generated("a") });
  });

  test("is not one that exists and was not asked for", () => {
    const folder = newFolder({ "nlb/main.tf": generated("old") });
    bring(folder, { alb: { "main.tf": generated("a") } }, ["alb", "nlb"]);
    expect(filesIn(folder)).toEqual({ "alb/main.tf": generated("a"), "nlb/main.tf": generated("old") });
  });
});

test("a part that is renamed leaves nothing under its old name, and no file that was written by hand goes", () => {
  const folder = newFolder({ "alb/old.tf": generated("a"), "alb/by_hand.tf": HAND_WRITTEN });
  bring(folder, { alb: { "new.tf": generated("a") } });
  expect(filesIn(folder)).toEqual({ "alb/by_hand.tf": HAND_WRITTEN, "alb/new.tf": generated("a") });
});

test("another format leaves nothing of the first", () => {
  const folder = newFolder({
    "alb/main.tf": generated("a"),
    "alb/variables.tf": generated("b"),
    "alb/tests/a.tftest.hcl": HAND_WRITTEN,
  });
  const json = `{\n  "//": "${LINE}"\n}\n`;
  bring(folder, { alb: { "main.tf.json": json } });
  expect(filesIn(folder)).toEqual({ "alb/main.tf.json": json, "alb/tests/a.tftest.hcl": HAND_WRITTEN });
  bring(folder, { alb: { "main.tf": generated("a") } });
  expect(filesIn(folder)).toEqual({ "alb/main.tf": generated("a"), "alb/tests/a.tftest.hcl": HAND_WRITTEN });
});

describe("what fails halfway", () => {
  test("leaves every file as it was, and no temporary one", () => {
    const files = { "alb/main.tf": generated("old"), "gone/main.tf": generated("old") };
    const folder = newFolder(files);
    const list = changes(
      wanted(folder, {
        alb: { "main.tf": generated("new"), "outputs.tf": generated("new") },
        nlb: { "main.tf": generated("new") },
      }),
    );
    // By now the first module has been written beside its files.
    writeFiles(folder, { nlb: HAND_WRITTEN });
    expect(() => {
      apply(list);
    }).toThrow("nlb");
    expect(filesIn(folder)).toEqual({ ...files, nlb: HAND_WRITTEN });
  });

  test("when files take their names leaves each of them old or new, and no temporary one", () => {
    const folder = newFolder({ "alb/main.tf": generated("old"), "gone/main.tf": generated("old") });
    const list = changes(wanted(folder, { alb: { "main.tf": generated("new"), "outputs.tf": generated("new") } }));
    mkdirSync(join(folder, "alb/outputs.tf"));
    expect(() => {
      apply(list);
    }).toThrow("outputs.tf");
    expect(filesIn(folder)).toEqual({
      "alb/main.tf": generated("new"),
      "alb/outputs.tf/": "",
      "gone/main.tf": generated("old"),
    });
  });

  test("such as a folder with the name of a file is said before anything is written", () => {
    const folder = newFolder({ "alb/main.tf": generated("old") });
    mkdirSync(join(folder, "alb/outputs.tf"));
    expect(() => {
      bring(folder, { alb: { "main.tf": generated("new"), "outputs.tf": generated("new") } });
    }).toThrow();
    expect(filesIn(folder)).toEqual({ "alb/main.tf": generated("old"), "alb/outputs.tf/": "" });
  });
});

test("a link that leads nowhere, as an editor's lock is, is no obstacle", () => {
  const folder = newFolder({ "alb/main.tf": generated("old") });
  symlinkSync("nowhere", join(folder, "alb/.#main.tf"));
  bring(folder, { alb: { "main.tf": generated("new") } });
  expect(changes(wanted(folder, { alb: { "main.tf": generated("new") } }))).toEqual([]);
});
