import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { filesIn, writeFiles } from "../synth/support/folders";
import { generatedFiles, Program, REPOSITORY, VERSION } from "../synth/support/program";

const MANIFEST = "copies/terraform-aws-wallarm-routing.json";
const NEXT = "99.0.0";

const program = Program.build("vendor");
const next = Program.build("vendor");
const main = readFileSync(join(REPOSITORY, "modules/alb/main.tf"), "utf8");
// A file of the module changes, one comes, and one goes.
next.release(NEXT, {
  "modules/alb/main.tf": `${main}# Of the next version.\n`,
  "modules/alb/checks.tf": "# New.\n",
  "modules/alb/outputs.tf": undefined,
});

const names = readdirSync(join(REPOSITORY, "modules"));
const copiesOf = (module: string) => ["LICENSE", ...generatedFiles(module)];

/** A folder with copies of these modules, in the first version. */
function vendored(...modules: string[]): string {
  const project = program.folder("project");
  expect(program.run(project, "copies", "--module", ...modules)).toMatchObject({ exitCode: 0, stderr: "" });
  return project;
}

function manifest(project: string): { modules: Record<string, { version: string; files: Record<string, string> }> } {
  return JSON.parse(readFileSync(join(project, MANIFEST), "utf8")) as ReturnType<typeof manifest>;
}

describe("a first run", () => {
  test("copies every module as it is, with the license and without its tests, and names the files", () => {
    const project = program.folder("project");
    const { exitCode, stdout } = program.run(project, "copies");
    expect(exitCode).toBe(0);
    const copies = filesIn(project);
    const expected = names.flatMap((name) => copiesOf(name).map((file) => `copies/${name}/${file}`));
    expect(Object.keys(copies).sort()).toEqual([...expected, MANIFEST].sort());
    for (const path of expected) {
      const source = path.endsWith("LICENSE") ? "LICENSE" : path.replace("copies", "modules");
      expect(copies[path]).toBe(readFileSync(join(REPOSITORY, source), "utf8"));
    }
    const lines = [...expected, MANIFEST].map((path) => `created ${path}`);
    expect(stdout.trim().split("\n").sort()).toEqual(lines.sort());
  });

  test("notes the version and the SHA-256 of each file", () => {
    const project = vendored("alb");
    expect(manifest(project).modules).toEqual({
      alb: {
        version: VERSION,
        files: Object.fromEntries(
          copiesOf("alb").map((file) => {
            const content = readFileSync(join(project, "copies/alb", file));
            return [file, createHash("sha256").update(content).digest("hex")];
          }),
        ),
      },
    });
  });
});

test("a second run changes nothing, and asks for no module that is not there", () => {
  const project = vendored("alb");
  const path = join(project, "copies/alb/main.tf");
  const { ino, mtimeMs } = statSync(path);
  expect(program.run(project, "copies")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  expect(statSync(path)).toMatchObject({ ino, mtimeMs });
  expect(Object.keys(manifest(project).modules)).toEqual(["alb"]);
});

describe("an update", () => {
  test("replaces, adds and removes files of the module, and keeps what is not of the package", () => {
    const project = vendored("alb");
    writeFiles(project, { "copies/alb/extra.tf": "# Ours.\n", "copies/NOTES.md": "Ours.\n" });
    const { exitCode, stdout } = next.run(project, "copies");
    expect(exitCode).toBe(0);
    expect(stdout.trim().split("\n")).toEqual([
      "created copies/alb/checks.tf",
      "updated copies/alb/main.tf",
      "removed copies/alb/outputs.tf",
      `updated ${MANIFEST}`,
    ]);
    const files = filesIn(project);
    expect(files["copies/alb/main.tf"]).toBe(`${main}# Of the next version.\n`);
    expect(files).toMatchObject({ "copies/alb/extra.tf": "# Ours.\n", "copies/NOTES.md": "Ours.\n" });
    expect(files).not.toHaveProperty(["copies/alb/outputs.tf"]);
    expect(manifest(project).modules.alb?.version).toBe(NEXT);
  });

  test("of one module leaves the others in their version", () => {
    const project = vendored("alb", "nlb");
    expect(next.run(project, "copies", "--module", "alb").exitCode).toBe(0);
    expect(manifest(project).modules).toMatchObject({ alb: { version: NEXT }, nlb: { version: VERSION } });
  });

  test("forgets a module whose folder is gone, and restores a file that is", () => {
    const project = vendored("alb", "nlb");
    rmSync(join(project, "copies/nlb"), { recursive: true });
    rmSync(join(project, "copies/alb/versions.tf"));
    const { stdout } = program.run(project, "copies");
    expect(stdout.trim().split("\n")).toEqual(["created copies/alb/versions.tf", `updated ${MANIFEST}`]);
    expect(Object.keys(manifest(project).modules)).toEqual(["alb"]);
  });

  test("restores a module whose folder is gone when it is asked for", () => {
    const project = vendored("alb", "nlb");
    const before = filesIn(project);
    rmSync(join(project, "copies/nlb"), { recursive: true });
    expect(program.run(project, "copies", "--module", "nlb").exitCode).toBe(0);
    expect(filesIn(project)).toEqual(before);
  });

  test("that no longer has a module says what to do", () => {
    const project = vendored("alb");
    const text = readFileSync(join(project, MANIFEST), "utf8");
    writeFiles(project, { [MANIFEST]: text.replace('"alb"', '"gone"'), "copies/gone/main.tf": "" });
    const { exitCode, stderr } = program.run(project, "copies");
    expect(exitCode).toBe(1);
    expect(stderr).toContain('has no module "gone"');
    expect(stderr).toContain("or remove copies/gone");
  });
});

describe("a file that was edited", () => {
  const edit = { "copies/alb/main.tf": `${main}# Edited.\n` };

  test("stops an update of anything, and the difference is shown", () => {
    const project = vendored("alb", "nlb");
    writeFiles(project, edit);
    const before = filesIn(project);
    const { exitCode, stdout, stderr } = next.run(project, "copies");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("copies/alb/main.tf");
    expect(stderr).not.toContain("variables.tf");
    expect(stderr).toContain("--overwrite-edited");
    expect(stdout).toMatch(/^-# Edited\.$/m);
    expect(stdout).toMatch(/^\+# Of the next version\.$/m);
    expect(filesIn(project)).toEqual(before);
  });

  test("is replaced when asked to, and the difference is shown", () => {
    const project = vendored("alb");
    writeFiles(project, edit);
    const { exitCode, stdout } = next.run(project, "copies", "--overwrite-edited");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^-# Edited\.$/m);
    expect(filesIn(project)["copies/alb/main.tf"]).toBe(`${main}# Of the next version.\n`);
  });

  test("is one that the next version does not have, too", () => {
    const project = vendored("alb");
    writeFiles(project, { "copies/alb/outputs.tf": "# Edited.\n" });
    expect(next.run(project, "copies").exitCode).toBe(1);
    expect(filesIn(project)).toHaveProperty(["copies/alb/outputs.tf"], "# Edited.\n");
  });

  test("is one that was there before the first run, unless it is the same", () => {
    const project = program.folder("project");
    writeFiles(project, { "copies/alb/main.tf": "# By hand.\n" });
    expect(program.run(project, "copies").exitCode).toBe(1);
    expect(Object.keys(filesIn(project))).toEqual(["copies/alb/main.tf"]);
    writeFiles(project, { "copies/alb/main.tf": main });
    expect(program.run(project, "copies").exitCode).toBe(0);
  });
});

describe("--check writes nothing and", () => {
  test("finds nothing after a run", () => {
    const project = vendored("alb");
    expect(program.run(project, "copies", "--check")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("names every file that is edited, missing, added, or of another version", () => {
    const project = vendored("alb", "nlb");
    writeFiles(project, {
      "copies/alb/variables.tf": "# Edited.\n",
      "copies/alb/main_override.tf": "# Added.\n",
      // Terraform does not read these.
      "copies/alb/notes.txt": "",
    });
    rmSync(join(project, "copies/alb/versions.tf"));
    const before = filesIn(project);
    const { exitCode, stdout, stderr } = next.run(project, "copies", "--check");
    expect(exitCode).toBe(1);
    expect(stdout.trim().split("\n")).toEqual([
      "missing: copies/alb/checks.tf",
      "from another version: copies/alb/main.tf",
      "added: copies/alb/main_override.tf",
      "from another version: copies/alb/outputs.tf",
      "edited: copies/alb/variables.tf",
      "missing: copies/alb/versions.tf",
    ]);
    expect(stderr).toContain(`alb is version ${VERSION}. The package is version ${NEXT}.`);
    expect(filesIn(project)).toEqual(before);
  });

  test("fails for a module of another version with the same files, and for one that was never copied", () => {
    const project = vendored("nlb");
    const { exitCode, stdout, stderr } = next.run(project, "copies", "--check");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(`nlb is version ${VERSION}. The package is version ${NEXT}.`);
    expect(program.run(project, "copies", "--check", "--module", "alb").exitCode).toBe(1);
    expect(program.run(project, "elsewhere", "--check").exitCode).toBe(1);
  });
});

describe("a mistake ends with code 1, says what is valid, and writes nothing:", () => {
  test.each<[what: string, args: string[], said: string[]]>([
    [
      "an unknown option",
      ["copies", "--modul"],
      ["--modul", "(Did you mean --module?)", "--check", "--overwrite-edited"],
    ],
    ["an unknown module", ["copies", "--module", "nonsense"], ["nonsense", ...names]],
    ["no folder", [], ["missing required argument 'folder'", "--module"]],
    ["two folders", ["copies", "others"], ["too many arguments"]],
  ])("%s", (_, args, said) => {
    const project = program.folder("project");
    const { exitCode, stdout, stderr } = program.run(project, ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    for (const text of said) expect(stderr).toContain(text);
    expect(filesIn(project)).toEqual({});
  });

  test("a manifest that is no JSON", () => {
    const project = vendored("alb");
    writeFiles(project, { [MANIFEST]: "<<<<<<<" });
    const { exitCode, stderr } = program.run(project, "copies");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${MANIFEST} cannot be read`);
    expect(filesIn(project)[MANIFEST]).toBe("<<<<<<<");
  });
});
