import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { describeWithTools } from "../tools";
import { repository, Workspace } from "./workspace";

const path = "modules/security-group-exclusive";
const address = "aws_vpc_security_group_rules_exclusive.application";

// Source: documentation of AWS provider 6.29.0, resource aws_vpc_security_group_rules_exclusive.
test("the resource has the arguments that provider 6.29 requires, and no others", async () => {
  const { resource } = (await parse("main.tf", read("main.tf"))) as { resource: Record<string, unknown> };
  expect(resource).toEqual({
    aws_vpc_security_group_rules_exclusive: {
      application: [
        {
          count: expect.any(String) as string,
          security_group_id: "${var.security_group_id}",
          ingress_rule_ids: "${values(var.ingress_rule_ids)}",
          egress_rule_ids: expect.stringContaining("values(var.egress_rule_ids)") as string,
        },
      ],
    },
  });
});

/**
 * No provider 6.29 can be counted on, so that terraform.test.ts may have to skip the module. Without the one resource,
 * provider 5.100 knows everything in it: `terraform_data` stands in, with the same arguments as its input.
 */
describeWithTools(["terraform"], "the module security-group-exclusive with a stand-in for the resource", () => {
  const workspace = new Workspace();

  beforeAll(async () => {
    workspace.copy(path, ".");
    workspace.rewrite("main.tf", (text) =>
      text.replace(
        /resource "aws_vpc_security_group_rules_exclusive" "application" \{\n(.*\n)\n([^}]*)\}/,
        'resource "terraform_data" "stand_in" {\n$1\n  input = {\n$2  }\n}',
      ),
    );
    workspace.rewrite("versions.tf", (text) => text.replace(">= 6.29.0", ">= 5.100.0"));
    workspace.rewrite("tests/exclusive.tftest.hcl", (text) =>
      text.replaceAll(`${address}[0].`, "terraform_data.stand_in[0].input.").replaceAll(address, "terraform_data.stand_in"),
    );
    expect(await workspace.terraform("", "init")).toMatchObject({ exitCode: 0 });
  });

  afterAll(() => {
    workspace.remove();
  });

  test("is valid", async () => {
    expect(await workspace.terraform("", "validate")).toMatchObject({ exitCode: 0 });
  });

  test("passes its tests", async () => {
    const result = await workspace.terraform("", "test");
    expect(result).toMatchObject({ exitCode: 0 });
    expect(result.stdout).toMatch(/^Success! [1-9][0-9]* passed, 0 failed\.$/m);
  });
});

function read(file: string): string {
  return readFileSync(join(repository, path, file), "utf8");
}
