/** The files in tests/ of a module, as far as we read them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { repository } from "./workspace";

/** Arguments of a module, in Terraform's JSON syntax. */
export type Arguments = Readonly<Record<string, unknown>>;

export interface Override {
  readonly target: string;
  readonly values: unknown;
}

/** A `run`. */
interface Run {
  readonly expect_failures?: readonly string[];
  readonly variables?: readonly [Arguments];
  readonly override_data?: readonly Override[];
  readonly override_resource?: readonly Override[];
}

export interface TestFile {
  readonly variables?: readonly [Arguments];
  readonly override_data?: readonly Override[];
  readonly run: Readonly<Record<string, readonly [Run]>>;
}

/** Those that are written by hand. */
export function testFilesOf(module: string): Promise<TestFile[]> {
  const path = `modules/${module}/tests`;
  const names = readdirSync(join(repository, path)).filter((name) => name.endsWith(".tftest.hcl"));
  return Promise.all(
    names.filter((name) => name !== "validations.tftest.hcl").map((name) => hcl<TestFile>(`${path}/${name}`)),
  );
}

/** What the runs of all files share. */
export function testVariables(module: string): Promise<Arguments> {
  return hcl<Arguments>(`modules/${module}/tests/terraform.tfvars`);
}

/** The arguments of the smallest call of a module, as its tests have them. */
export async function defaultsOf(module: string): Promise<Arguments> {
  const { variable } = await hcl<{ variable: object }>(`modules/${module}/variables.tf`);
  const defaults = await testVariables(module);
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => name in variable));
}

async function hcl<T>(path: string): Promise<T> {
  return (await parse(path, readFileSync(join(repository, path), "utf8"))) as T;
}
