import { readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { JsonObject } from "../../synth/language/print/hcl";
import { filesIn, writeFiles } from "./support/folders";
import { generatedFiles, Program } from "./support/program";
import { expectSameMeaning } from "./support/read-hcl";

const program = Program.build("synth");

/** A run without options in a project without modules; the tests compare with it what others give. */
const synthesized = program.project();
const run = program.run(synthesized);
if (run.exitCode !== 0) throw new Error(run.stderr);
const modules = filesUnder(synthesized, "modules/");
const json = filesUnder(synthesized, "cdktf.out/");
const names = Object.keys((JSON.parse(json["cdktf.out/manifest.json"] ?? "{}") as { stacks: object }).stacks);

describe("a run without options", () => {
  test("writes every module, and CDKTF's own JSON of it, and names the files", () => {
    expect(names).toContain("alb");
    const files = names
      .flatMap((name) =>
        [...generatedFiles(name), "tests/validations.tftest.hcl"].map((file) => `modules/${name}/${file}`),
      )
      .sort();
    expect(Object.keys(modules)).toEqual(files);
    const stacks = names.map((name) => `cdktf.out/stacks/${name}/cdk.tf.json`).sort();
    expect(Object.keys(json)).toEqual(["cdktf.out/manifest.json", ...stacks]);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run.stdout.trim().split("\n").sort()).toEqual(files.map((path) => `created ${path}`));
  });

  test("writes HCL that says what CDKTF's JSON says", async () => {
    for (const name of names) {
      const module = without("//", stackJson(json, name));
      const files = generatedFiles(name).filter((file) => file.endsWith(".tf"));
      await expectSameMeaning(files.map((file) => modules[`modules/${name}/${file}`]).join("\n"), module);
    }
  });

  test("writes no path of this machine, no provider configuration, no backend and no import", () => {
    for (const text of Object.values({ ...modules, ...json })) expect(text).not.toContain(synthesized);
    for (const name of names) {
      const module = stackJson(json, name);
      expect(module).not.toHaveProperty("provider");
      expect(module).not.toHaveProperty("import");
      expect(module.terraform).not.toHaveProperty("backend");
    }
  });

  test("writes the same bytes elsewhere, and touches nothing when repeated", () => {
    const project = program.project();
    program.run(project);
    expect(filesUnder(project, "modules/")).toEqual(modules);
    expect(filesUnder(project, "cdktf.out/")).toEqual(json);

    const main = join(project, "modules/alb/main.tf");
    const before = statSync(main);
    expect(program.run(project)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(filesUnder(project, "modules/")).toEqual(modules);
    expect(statSync(main)).toMatchObject({ mtimeMs: before.mtimeMs, ino: before.ino });
  });
});

describe("a mistake ends with code 1, says what is valid, and writes nothing:", () => {
  test.each<[what: string, args: string[], context: object | undefined, said: string[]]>([
    [
      "an unknown option",
      ["--nonsense"],
      undefined,
      ["--nonsense", "--out", "--format", "--module", "--provider-version", "--check"],
    ],
    ["an unknown module", ["--module", "nonsense"], undefined, ["nonsense", ...names]],
    ["an unknown module among others", ["--module", "alb", "nonsense"], undefined, ["nonsense", ...names]],
    ["an unknown format", ["--format", "yaml"], undefined, ["yaml", "hcl", "json"]],
    ["an option without its value", ["--out"], undefined, ["--out"]],
    ["an argument", ["alb"], undefined, ["--module"]],
    ["what is no version constraint", ["--provider-version", "six"], undefined, ['"six"', "~> 6.10"]],
    ["a wider version constraint", ["--provider-version", ">= 6.0"], undefined, ['">= 6.0"', '">= 5.100.0, < 7.0.0"']],
    ["an unknown key in the context", [], { nonsense: 1 }, ["nonsense", "--out", "--format"]],
    ["an unknown module in the context", [], { module: ["nonsense"] }, ["nonsense", ...names]],
    ["an unknown format in the context", [], { format: "yaml" }, ["yaml", "hcl", "json"]],
    ["a wider constraint in the context", [], { "provider-version": ">= 6.0" }, ['">= 6.0"', '">= 5.100.0, < 7.0.0"']],
    // A flag stands in the place of a value of the context, not of all that is in it.
    ["an unknown key in the context beside flags", ["--format", "hcl"], { nonsense: 1 }, ["nonsense"]],
  ])("%s", (_, args, context, said) => {
    const project = program.project(context);
    const before = filesIn(project);
    const { exitCode, stdout, stderr } = program.run(project, ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    for (const text of said) expect(stderr).toContain(text);
    // People get a message, not a stack trace.
    expect(stderr).not.toMatch(/^ +at /m);
    // CDKTF makes its folder before it knows the stacks.
    expect(without("cdktf.out/stacks/", filesIn(project))).toEqual(before);
  });
});

test("--provider-version is in versions.tf, the README and CDKTF's JSON, and changes nothing else", () => {
  const project = program.project({ "provider-version": "~> 6.10", module: ["alb"] });
  program.run(project);
  const narrowed = filesUnder(project, "modules/");
  const changed = Object.keys(narrowed).filter((path) => narrowed[path] !== modules[path]);
  expect(changed).toEqual(["modules/alb/README.md", "modules/alb/versions.tf"]);
  expect(narrowed["modules/alb/versions.tf"]).toContain('version = "~> 6.10"');
  expect(narrowed["modules/alb/README.md"]).toContain("| hashicorp/aws | `~> 6.10` |");
  expect(stackJson(filesUnder(project, "cdktf.out/"), "alb").terraform).toMatchObject({
    required_providers: { aws: { version: "~> 6.10" } },
  });
});

describe("--check writes nothing, not even cdktf.out, and", () => {
  test("finds nothing after a run", () => {
    const project = program.project();
    writeFiles(project, modules);
    const before = filesIn(project);
    expect(program.run(project, "--check")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(filesIn(project)).toEqual(before);
  });

  test("shows what a run would change, create and remove, and fails", () => {
    const main = modules["modules/alb/main.tf"] ?? "";
    const project = program.project();
    writeFiles(project, {
      ...without("modules/alb/outputs.tf", modules),
      "modules/alb/main.tf": `${main}# Not of the stack.\n`,
      "modules/alb/renamed_part.tf": main,
      "modules/alb/by_hand.tf": "# By hand.\n",
      "modules/gone/main.tf": main,
    });
    const before = filesIn(project);
    const { exitCode, stdout, stderr } = program.run(project, "--check");
    expect(exitCode).toBe(1);
    expect(stderr).toContain('4 files are not up to date. Run "npm run synth".');
    expect(stdout).toMatch(/^--- modules\/alb\/main\.tf/m);
    expect(stdout).toMatch(/^-# Not of the stack\.$/m);
    expect(stdout).toMatch(/^--- modules\/alb\/outputs\.tf\tdoes not exist$/m);
    expect(stdout).toMatch(/^\+output "target_group_arn" \{$/m);
    expect(stdout).toMatch(/^\+\+\+ modules\/alb\/renamed_part\.tf\tdoes not exist$/m);
    expect(stdout).toMatch(/^\+\+\+ modules\/gone\/main\.tf\tdoes not exist$/m);
    expect(stdout).not.toContain("by_hand");
    expect(filesIn(project)).toEqual(before);
  });
});

test("the format json is one file for each module: the HCL goes, and comes back", () => {
  const project = program.project({ module: ["alb"], tests: true });
  const kept = { "modules/alb/tests/by-hand.tftest.hcl": "" };
  writeFiles(project, { ...modules, ...kept });

  const { stdout } = program.run(project, "--format", "json");
  expect(stdout).toContain("created modules/alb/main.tf.json\n");
  expect(stdout).toContain("removed modules/alb/variables.tf\n");
  expect(Object.keys(filesUnder(project, "modules/alb/"))).toEqual([
    "modules/alb/README.md",
    "modules/alb/main.tf.json",
    "modules/alb/tests/by-hand.tftest.hcl",
  ]);
  const module = JSON.parse(readFileSync(join(project, "modules/alb/main.tf.json"), "utf8")) as JsonObject;
  expect(without("//", module)).toEqual(without("//", stackJson(json, "alb")));

  program.run(project);
  expect(filesUnder(project, "modules/")).toEqual({ ...modules, ...kept });
});

test("options come from the context, and a flag stands in the place of one of them", () => {
  const project = program.project({ out: "from-context", format: "json", module: ["alb"] });
  program.run(project);
  expect(Object.keys(filesUnder(project, "from-context/"))).toEqual([
    "from-context/alb/README.md",
    "from-context/alb/main.tf.json",
  ]);
  program.run(project, "--format", "hcl", "--out", "from-flag");
  expect(Object.keys(filesUnder(project, "from-flag/"))).toEqual(
    generatedFiles("alb").map((file) => `from-flag/alb/${file}`),
  );
  // Not added to those of the context.
  const [other = ""] = names.filter((name) => name !== "alb");
  program.run(project, "--module", other, "--out", "other");
  expect(Object.keys(filesUnder(project, "other/"))).toEqual([
    `other/${other}/README.md`,
    `other/${other}/main.tf.json`,
  ]);
});

test("the modules may be in any folder, named by an absolute or a relative path", () => {
  const project = program.project();
  const [absolute, other] = [program.folder("absolute"), program.folder("relative")];
  program.run(project, "--module", "alb", "--out", absolute);
  program.run(project, "--module", "alb", "--out", relative(project, other));
  const files = [...generatedFiles("alb"), "tests/validations.tftest.hcl"];
  const alb = Object.fromEntries(files.map((file) => [`alb/${file}`, modules[`modules/alb/${file}`]]));
  expect(filesIn(absolute)).toEqual(alb);
  expect(filesIn(other)).toEqual(alb);
  expect(filesUnder(project, "modules/")).toEqual({});
});

test("a hand-written file in the way is named, and no module is written", () => {
  const project = program.project();
  writeFiles(project, { "modules/alb/main.tf": "# By hand.\n" });
  const { exitCode, stdout, stderr } = program.run(project);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain("modules/alb/main.tf");
  expect(filesUnder(project, "modules/")).toEqual({ "modules/alb/main.tf": "# By hand.\n" });
});

function filesUnder(project: string, path: string): Record<string, string> {
  return Object.fromEntries(Object.entries(filesIn(project)).filter(([name]) => name.startsWith(path)));
}

function without<Value>(key: string, object: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

function stackJson(files: Record<string, string>, name: string): JsonObject {
  return JSON.parse(files[`cdktf.out/stacks/${name}/cdk.tf.json`] ?? "") as JsonObject;
}
