import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { moduleNames, repository, subfolders } from "../modules/workspace";
import { VERSION } from "../synth/support/program";
import { exampleRoots } from "./roots";

const read = (path: string) => readFileSync(join(repository, path), "utf8");

describe.each(moduleNames)("%s", (module) => {
  const minimal = `examples/${module}/minimal`;
  const text = read(`${minimal}/main.tf`);

  test("has a minimal and a complete example", () => {
    expect(subfolders(`examples/${module}`)).toEqual(expect.arrayContaining([minimal, `examples/${module}/complete`]));
    expect(exampleRoots()).toEqual(expect.arrayContaining(subfolders(`examples/${module}`)));
  });

  test("has a minimal example of one file beside its data, which is short and needs no variables", () => {
    expect(
      readdirSync(join(repository, minimal)).filter((name) => !/^\.terraform|\.tfstate|\.json$/.test(name)),
    ).toEqual(["README.md", "main.tf"]);
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
    expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(160);
    expect(text).not.toMatch(/^(?:variable|locals|output|data)\b|\b(?:var|local)\./m);
  });

  test("shows the minimal example in its README, from a registry", () => {
    const [, usage = ""] = /^## Usage\n\n```hcl\n([^]*?)```\n/m.exec(read(`modules/${module}/README.md`)) ?? [];
    const registry = (name: string) =>
      `  source  = "registry.example.com/acme/${name}/aws"\n  version = "~> ${VERSION}"\n`;
    expect(usage).toContain(registry(module));
    // A module may need another one beside it.
    const called = moduleNames.reduce(
      (text, name) => text.replace(registry(name), `  source = "../../../modules/${name}"\n`),
      usage,
    );
    expect(text.endsWith(`\n\n${called}`)).toBe(true);
    const before = text.slice(0, -called.length);
    expect(before.match(/^\w.*\{/gm)).toEqual(["terraform {", 'provider "aws" {']);
  });
});

test.each(exampleRoots().filter((path) => !path.startsWith("examples/pipelines/")))("%s has a README", (path) => {
  expect(existsSync(join(repository, path, "README.md"))).toBe(true);
  expect(read(`${path}/README.md`)).toMatch(/^# \S.*\n\n/);
});
