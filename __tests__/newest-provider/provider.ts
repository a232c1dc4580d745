import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { repository, type Result, subfolders, Workspace } from "../modules/workspace";
import { requireNarrower } from "../../synth/emit/version-constraint";
import { describeWithTools } from "../tools";
import { newestBindings, useNewestProvider } from "./support/newest-provider";

const { version } = newestBindings();

describe(`AWS provider ${version}`, () => {
  // Terraform compares no version with that of a provider that it does not start.
  test.each(subfolders("modules"))("is one that %s admits", async (path) => {
    const constraint = await awsConstraint(path);
    if (constraint !== undefined) requireNarrower(version, constraint);
  });

  test.each(["api-gateway-rest-alb", "security-group-exclusive"])("is the one in the README of %s", (module) => {
    const text = readFileSync(join(repository, "modules", module, "README.md"), "utf8").replaceAll("\n", " ");
    const [, found] = /schema of (?:provider|.{0,80}: version) ([\d.]+), /.exec(text) ?? [];
    expect(found).toBe(version.replace(/\.\d+$/, ""));
  });
});

useNewestProvider("modules/security-group-exclusive");

describeWithTools(["terraform"], "a provider that only has a schema", () => {
  const valid = { security_group_id: "sg-1", ingress_rule_ids: [], egress_rule_ids: [] };
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });

  afterEach(() => {
    workspace.remove();
  });

  test.each([
    ["accepts what is valid", valid, ""],
    ["has Terraform refuse an argument that there is not", { ...valid, rules: [] }, "Extraneous JSON object property"],
    ["has it refuse to do without one", { ...valid, egress_rule_ids: undefined }, "Missing required argument"],
    ["has it refuse a value of another type", { ...valid, security_group_id: [] }, "Incorrect attribute value type"],
  ])("%s", async (_, args, message) => {
    expect(await run(args, "validate")).toMatchObject({
      exitCode: message === "" ? 0 : 1,
      stderr: expect.stringContaining(message) as string,
    });
  });

  test("does not plan", async () => {
    expect((await run(valid, "plan")).stderr).toContain("Unsupported plugin method");
  });

  async function run(args: object, command: string): Promise<Result> {
    workspace.write("main.tf.json", { resource: { aws_vpc_security_group_rules_exclusive: { this: args } } });
    await workspace.terraform("", "init");
    return workspace.terraform("", command);
  }
});

async function awsConstraint(path: string): Promise<string | undefined> {
  const file = `${path}/versions.tf`;
  const { terraform } = (await parse(file, readFileSync(join(repository, file), "utf8"))) as {
    readonly terraform: readonly [
      { readonly required_providers?: readonly [Readonly<Record<string, { readonly version: string }>>] },
    ];
  };
  return terraform[0].required_providers?.[0].aws?.version;
}
