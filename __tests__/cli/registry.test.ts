import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { filesIn, writeFiles } from "../synth/support/folders";
import { generatedFiles, Program, REPOSITORY, VERSION } from "../synth/support/program";
import { describeInTestAll } from "../test-all";

const NEXT = "99.0.0";

const program = Program.build("registry");

const names = readdirSync(join(REPOSITORY, "modules"));
const version = (module: string, number = VERSION) => `v1/modules/acme/${module}/aws/${number}`;

/** What was published, by a run that had nothing to say but what it did. */
function published(from = program, registry = from.folder("registry"), ...args: string[]): string {
  const run = from.run(registry, "--out", ".", "--namespace", "acme", ...args);
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  return registry;
}

describe("a first publication", () => {
  const registry = program.folder("registry");
  const { exitCode, stdout } = program.run(registry, "--out", ".", "--namespace", "acme");
  const files = filesIn(registry);

  test("writes what the protocol asks for, and names every file", () => {
    expect(exitCode).toBe(0);
    const expected = names.flatMap((name) => [
      `v1/modules/acme/${name}/aws/versions`,
      ...["README.md", "SHA256SUMS", "download", "index.html", "module.tar.gz"].map(
        (file) => `${version(name)}/${file}`,
      ),
    ]);
    expect(Object.keys(files).sort()).toEqual([".well-known/terraform.json", "index.html", ...expected].sort());
    expect(stdout.trim().split("\n").sort()).toEqual(
      Object.keys(files)
        .map((path) => `created ${path}`)
        .sort(),
    );
    expect(JSON.parse(files[".well-known/terraform.json"] ?? "")).toEqual({ "modules.v1": "/v1/modules/" });
    for (const name of names)
      expect(JSON.parse(files[`v1/modules/acme/${name}/aws/versions`] ?? "")).toEqual({
        modules: [{ versions: [{ version: VERSION }] }],
      });
  });

  test("announces a version when everything else of it is there", () => {
    const order = stdout.trim().split("\n");
    const announced = order.findIndex((line) => line.endsWith("/versions"));
    expect(announced).toBeGreaterThan(0);
    expect(order.slice(announced).filter((line) => line.includes(`/${VERSION}/`))).toEqual([]);
  });

  test.each(names)("puts the module %s and its license into an archive that tells nothing of its maker", (name) => {
    const archive = join(registry, version(name), "module.tar.gz");
    const list = spawnSync("tar", ["--list", "--verbose", "--numeric-owner", "--full-time", "--utc", "-zf", archive], {
      encoding: "utf8",
    }).stdout;
    const entries = list.trim().split("\n");
    expect(entries.map((entry) => entry.split(" ").at(-1))).toEqual(["LICENSE", ...generatedFiles(name)].sort());
    for (const entry of entries) expect(entry).toMatch(/^-rw-r--r-- 0\/0 +\d+ 1970-01-01 00:00:00 /);

    const unpacked = program.folder("unpacked");
    spawnSync("tar", ["-xzf", archive, "-C", unpacked]);
    for (const [file, text] of Object.entries(filesIn(unpacked)))
      expect(text).toBe(readFileSync(join(REPOSITORY, file === "LICENSE" ? file : `modules/${name}/${file}`), "utf8"));
    // The header of the compression has a time too, in bytes 4 to 7.
    expect(readFileSync(archive).subarray(4, 8)).toEqual(Buffer.alloc(4));
  });

  test.each(names)("gives the checksum of %s to people, sha256sum and OpenTofu", (name) => {
    const folder = join(registry, version(name));
    const sum = createHash("sha256")
      .update(readFileSync(join(folder, "module.tar.gz")))
      .digest("hex");
    expect(spawnSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: folder }).status).toBe(0);
    expect(JSON.parse(files[`${version(name)}/download`] ?? "")).toEqual({
      location: `./module.tar.gz?checksum=sha256:${sum}`,
    });
    expect(files[`${version(name)}/index.html`]).toContain(sum);
  });

  test("is the same bytes elsewhere, at another time", () => {
    const other = published();
    for (const name of names) {
      const archive = `${version(name)}/module.tar.gz`;
      expect(readFileSync(join(other, archive)).equals(readFileSync(join(registry, archive)))).toBe(true);
    }
    expect(filesIn(other)).toEqual(files);
  });

  test("does nothing when repeated", () => {
    expect(program.run(registry, "--out", ".", "--namespace", "acme")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(filesIn(registry)).toEqual(files);
  });
});

// Of a registry that exists. Publications take more than a second each.
describeInTestAll([], "npm run registry, again", () => {
  const next = Program.build("registry");
  const main = readFileSync(join(REPOSITORY, "modules/alb/main.tf"), "utf8");
  next.release(NEXT, { "modules/alb/main.tf": `${main}# Of the next version.\n` });

  describe("a second version", () => {
    const versions = (registry: string, module = "alb") =>
      (
        JSON.parse(filesIn(registry)[`v1/modules/acme/${module}/aws/versions`] ?? "") as {
          modules: [{ versions: { version: string }[] }];
        }
      ).modules[0].versions.map((one) => one.version);

    test("keeps the first, byte for byte", () => {
      const registry = published();
      const before = filesIn(registry);
      published(next, registry);
      const after = filesIn(registry);
      for (const path of Object.keys(before).filter((one) => one.includes(`/${VERSION}/`)))
        expect(after[path]).toBe(before[path]);
      expect(versions(registry)).toEqual([NEXT, VERSION]);
    });

    test("that is older leaves the newest on the start page, as a release candidate of the next does not", () => {
      const registry = published(next);
      published(program, registry);
      expect(versions(registry)).toEqual([NEXT, VERSION]);
      expect(filesIn(registry)["index.html"]).toContain(`version = "${NEXT}"`);
      expect(filesIn(registry)["index.html"]).not.toContain(`version = "${VERSION}"`);
      published(program, registry, "--version", `${NEXT}-rc.1`);
      expect(versions(registry)).toEqual([NEXT, `${NEXT}-rc.1`, VERSION]);
    });

    test("stands beside modules of another namespace and other services of the host", () => {
      const registry = program.folder("registry");
      writeFiles(registry, { ".well-known/terraform.json": '{ "providers.v1": "/providers/" }' });
      published(program, registry);
      expect(program.run(registry, "--out", ".", "--namespace", "other").exitCode).toBe(0);
      const files = filesIn(registry);
      expect(JSON.parse(files[".well-known/terraform.json"] ?? "")).toEqual({
        "providers.v1": "/providers/",
        "modules.v1": "/v1/modules/",
      });
      for (const namespace of ["acme", "other"]) expect(files["index.html"]).toContain(`HOST/${namespace}/alb/aws`);
    });

    test("is finished by the next run when the first was interrupted", () => {
      const registry = published();
      const whole = filesIn(registry);
      // Everything but what announces it.
      rmSync(join(registry, "v1/modules/acme/alb/aws/versions"));
      rmSync(join(registry, "index.html"));
      writeFiles(registry, { [`${version("alb")}/module.tar.gz`]: "half" });
      expect(filesIn(published(program, registry))).toEqual(whole);
    });
  });

  describe("nothing is written, and the exit code is 1, when", () => {
    test("the version was published with other files", () => {
      const registry = published();
      const before = filesIn(registry);
      const { exitCode, stdout, stderr } = next.run(
        registry,
        "--out",
        ".",
        "--namespace",
        "acme",
        "--version",
        VERSION,
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr).toContain("acme/alb/aws");
      expect(stderr).not.toContain("acme/nlb/aws");
      expect(stderr).toContain("Publish another version");
      expect(filesIn(registry)).toEqual(before);
    });

    test("an archive that was published is gone", () => {
      const registry = published();
      rmSync(join(registry, version("alb"), "module.tar.gz"));
      expect(program.run(registry, "--out", ".", "--namespace", "acme").exitCode).toBe(1);
    });

    test.each<[what: string, file: Record<string, string>, said: string]>([
      ["the start page is somebody else's", { "index.html": "<h1>Ours</h1>" }, "index.html"],
      [
        "the modules of the host are elsewhere",
        { ".well-known/terraform.json": '{ "modules.v1": "/m/" }' },
        'at "/m/", not at "/v1/modules/"',
      ],
      [
        "a file of the registry is no JSON",
        { "v1/modules/acme/alb/aws/versions": "<<<<" },
        "aws/versions cannot be read as JSON",
      ],
    ])("%s", (_, file, said) => {
      const registry = program.folder("registry");
      writeFiles(registry, file);
      const { exitCode, stdout, stderr } = program.run(registry, "--out", ".", "--namespace", "acme");
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr).toContain(said);
      expect(stderr).not.toMatch(/^ +at /m);
      expect(filesIn(registry)).toEqual(file);
    });

    test.each<[what: string, args: string[], said: string[]]>([
      ["a namespace is none", ["--namespace", "a/b"], ["'a/b'", "letters, digits", "--out"]],
      ["a version is none", ["--namespace", "acme", "--version", "v1.0"], ["'v1.0'", "1.2.3", "--out"]],
      [
        "an option is unknown",
        ["--namespace", "acme", "--versio"],
        ["(Did you mean --version?)", "--out", "--namespace"],
      ],
      ["the namespace is missing", [], ["required option '--namespace <name>' not specified", "--out"]],
    ])("%s", (_, args, said) => {
      const registry = program.folder("registry");
      const { exitCode, stdout, stderr } = program.run(registry, "--out", ".", ...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      for (const text of said) expect(stderr).toContain(text);
      expect(filesIn(registry)).toEqual({});
    });
  });
});
