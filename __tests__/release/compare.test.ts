import { breakingChanges } from "../../release/compare";
import { readInterface } from "../../release/interface";

/** What breaks between two texts of a module. */
async function between(before: string, after: string): Promise<string[]> {
  return breakingChanges(await readInterface(before), await readInterface(after));
}

const variable = (type: string, rest = "") => `variable "a" {\n  type = ${type}\n  ${rest}\n}\n`;
const terraform = (version: string, provider: string) => `
  terraform {
    required_version = "${version}"
    required_providers {
      aws = {
        source  = "hashicorp/aws"
        version = "${provider}"
      }
    }
  }
`;

describe("breaks callers or their states:", () => {
  test.each<[what: string, before: string, after: string, said: string]>([
    ["a resource that is gone", `resource "b" "c" {}`, "", "b.c was removed or renamed: add a moved block"],
    ["a renamed one", `resource "b" "c" {}`, `resource "b" "d" {}`, "b.c was removed or renamed"],
    [
      "one that is moved to where nothing is",
      `resource "b" "c" {}`,
      `moved {\n  from = b.c\n  to = b.d\n}`,
      "b.c was removed or renamed",
    ],
    [
      "one that is moved in a circle",
      `resource "b" "c" {}`,
      `moved {\n  from = b.c\n  to = b.d\n}\nmoved {\n  from = b.d\n  to = b.c\n}`,
      "b.c was removed or renamed",
    ],
    [
      "for_each where there was none",
      `resource "b" "c" {}`,
      `resource "b" "c" {\n  for_each = {}\n}`,
      "b.c now has for_each",
    ],
    [
      "for_each taken away",
      `resource "b" "c" {\n  for_each = {}\n}`,
      `resource "b" "c" {}`,
      "b.c no longer has for_each",
    ],
    [
      "a moved block of an earlier release that is gone",
      `resource "b" "c" {}\nmoved {\n  from = b.d\n  to = b.c\n}`,
      `resource "b" "c" {}`,
      "b.d was removed or renamed",
    ],
    ["a variable that is gone", variable("string"), "", "variable a was removed or renamed"],
    ["a new one that is required", "", variable("string"), "variable a is new and required"],
    [
      "one that is required now",
      variable("string", "default = null"),
      variable("string"),
      "variable a is now required",
    ],
    [
      "one that may not be null",
      variable("string"),
      variable("string", "nullable = false"),
      "variable a can no longer be null",
    ],
    ["a narrower type", variable("any"), variable("string"), "variable a changed from type any to type string"],
    ["another collection", variable("list(string)"), variable("set(string)"), "variable a changed from type list"],
    [
      "a narrower element",
      variable("map(string)"),
      variable("map(number)"),
      "variable a[*] changed from type string to type number",
    ],
    ["a field that is gone", variable("object({ b = string })"), variable("object({})"), "variable a.b was removed"],
    [
      "a new field that is required",
      variable("object({})"),
      variable("object({ b = string })"),
      "variable a.b is new and required",
    ],
    [
      "a field that is required now",
      variable("object({ b = optional(string) })"),
      variable("object({ b = string })"),
      "variable a.b is now required",
    ],
    [
      "a narrower field, deep inside",
      variable(`list(object({ b = optional(map(object({ "c" = bool })), {}) }))`),
      variable(`list(object({ b = optional(map(object({ "c" = number })), {}) }))`),
      "variable a[*].b[*].c changed from type bool to type number",
    ],
    ["an output that is gone", `output "a" {\n  value = 1\n}`, "", "output a was removed or renamed"],
    [
      "an output that is sensitive now",
      `output "a" {\n  value = 1\n}`,
      `output "a" {\n  value = 1\n  sensitive = true\n}`,
      "output a is now sensitive",
    ],
    [
      "a later version of Terraform",
      terraform(">= 1.9", ">= 5.0"),
      terraform(">= 1.10", ">= 5.0"),
      'Terraform changed from ">= 1.9" to ">= 1.10"',
    ],
    [
      "fewer versions of a provider",
      terraform(">= 1.9", ">= 5.100.0, < 7.0.0"),
      terraform(">= 1.9", ">= 5.100.0, < 6.0.0"),
      'hashicorp/aws changed from ">= 5.100.0, < 7.0.0" to ">= 5.100.0, < 6.0.0"',
    ],
  ])("%s", async (_, before, after, said) => {
    const changes = await between(before, after);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toContain(said);
  });
});

describe("breaks nobody:", () => {
  test.each<[what: string, before: string, after: string]>([
    ["a new resource and output", "", `resource "b" "c" {}\noutput "a" {\n  value = 1\n}`],
    ["a resource that is moved", `resource "b" "c" {}`, `resource "b" "d" {}\nmoved {\n  from = b.c\n  to = b.d\n}`],
    [
      "one that is moved on",
      `resource "b" "d" {}\nmoved {\n  from = b.c\n  to = b.d\n}`,
      `resource "b" "e" {}\nmoved {\n  from = b.c\n  to = b.d\n}\nmoved {\n  from = b.d\n  to = b.e\n}`,
    ],
    [
      "for_each with a moved block",
      `resource "b" "c" {}`,
      `resource "b" "c" {\n  for_each = {}\n}\nmoved {\n  from = b.c\n  to = b.c["a"]\n}`,
    ],
    ["count, which Terraform moves by itself", `resource "b" "c" {}`, `resource "b" "c" {\n  count = 1\n}`],
    ["a data source that is gone", `data "b" "c" {}`, ""],
    ["a new variable with a default", "", variable("string", "default = null")],
    ["a new default", variable("string"), variable("string", 'default = "b"')],
    ["a wider type", variable("number"), variable("string")],
    ["any type", variable("object({ b = string })"), variable("any")],
    ["a new optional field", variable("object({})"), variable("object({ b = optional(string, null) })")],
    ["a field that is optional now", variable("object({ b = string })"), variable("object({ b = optional(string) })")],
    ["more versions", terraform(">= 1.9", "~> 5.100"), terraform(">= 1.8", ">= 5.100.0, < 7.0.0")],
  ])("%s", async (_, before, after) => {
    expect(await between(before, after)).toEqual([]);
  });
});
