import { TerraformDataSource, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { isGenerated } from "../../../synth/emit/module-files";
import { readme, ReadmeSources } from "../../../synth/emit/readme";
import { hcl } from "../../../synth/language/expression/expression";
import { oneOf } from "../../../synth/variables/rules";
import { list, map, number, object, optional, sensitiveObject, string } from "../../../synth/variables/schema";
import { ExampleStack, synthesized } from "../support/example-stack";

const HAND_WRITTEN = `\
## What it does

It does **this**.

### In detail

That.

## Runbook

1. Apply.

## What it does not protect from

Rain.

## What is tested

All.
`;

const CALL = `\
import {
  to = module.wallarm_routing.aws_lb.this
  id = "a"
}

module "wallarm_routing" {
  source = "../../../modules/example"

  node = {
    port = 80
  }
}

resource "aws_lb" "other" {}`;

const SOURCES: ReadmeSources = {
  handWritten: HAND_WRITTEN,
  example: `terraform {\n  required_providers {\n    aws = {}\n  }\n}\n\nprovider "aws" { region = "a" }\n\nprovider "b" {\n  c {\n  }\n}\n\n${CALL}\n`,
  permissions: {
    aws_lb: ["b:Create", "a:Tag"],
    "data.aws_lb": ["b:Describe", "a:Tag"],
    aws_instance: ["c:Run"],
  },
  registryCall: (module) => ({ source: `registry.test/${module}`, version: "~> 1.2.3" }),
};

const stack = synthesized((one) => {
  one.variable("name", string("Name."));
  one.variable("mode", optional(string("Mode.", oneOf("a", "b")), "a|b"));
  one.variable("ports", optional(list("Ports.", "port", number("Port.")), []));
  one.variable("node", object("The node.", { port: number("Port.") }));
  one.variable(
    "routes",
    optional(map("Routes | ways.", "route", object("Route.", { weight: optional(number("Weight."), 0) }))),
  );
  one.variable("secret", sensitiveObject("Secret.", { value: string("Value.") }));
  resource(one, "aws_lb", "this");
  new TerraformDataSource(new Construct(one, "part"), "existing", { terraformResourceType: "aws_lb" });
  resource(one, "terraform_data", "contract");
  one.output("arn", "ARN | name.", hcl`aws_lb.this.arn`);
  one.output("name", "Name.", hcl`var.name`);
});

describe("the README", () => {
  test("has the sections in the order of every module, with those that are written by hand as they are", async () => {
    const text = await readme(stack, "hcl", SOURCES);
    expect(text.match(/^#{1,2} .*$/gm)).toEqual([
      "# example",
      "## What it does",
      "## Usage",
      "## Runbook",
      "## Inputs",
      "## Outputs",
      "## Resources",
      "## Requirements",
      "## Permissions",
      "## What it does not protect from",
      "## What is tested",
    ]);
    expect(text).toContain(
      "\n# example\n\nAn example.\n\n## What it does\n\nIt does **this**.\n\n### In detail\n\nThat.\n\n## Usage\n",
    );
    expect(text).toContain("\n## Runbook\n\n1. Apply.\n\n## Inputs\n");
    expect(text).toMatch(/\n## What it does not protect from\n\nRain\.\n\n## What is tested\n\nAll\.\n$/);
  });

  test("is known as generated", async () => {
    expect(isGenerated(await readme(stack, "hcl", SOURCES))).toBe(true);
  });

  test("shows the minimal example as it is with a registry, without the terraform and provider blocks", async () => {
    const usage = await section("Usage");
    const call = CALL.replace(
      '  source = "../../../modules/example"\n',
      '  source  = "registry.test/example"\n  version = "~> 1.2.3"\n',
    );
    expect(usage).toContain(`\`\`\`hcl\n${call}\n\`\`\``);
    for (const name of ["minimal", "complete"])
      expect(usage).toContain(`[examples/example/${name}](../../examples/example/${name})`);
  });

  test("has a row for each input, and a part for each structured one", async () => {
    expect(await section("Inputs")).toBe(`\
| Name | Type | Default | Description |
|---|---|---|---|
| \`name\` | \`string\` | required | Name. |
| \`mode\` | \`string\` | \`"a\\|b"\` | Mode. |
| \`ports\` | \`list(number)\` | \`[]\` | Ports. |
| [\`node\`](#node) | \`object\` | required | The node. |
| [\`routes\`](#routes) | \`map\` | \`null\` | Routes \\| ways. |
| [\`secret\`](#secret) | \`object\` | required | Secret. Sensitive. |

### \`node\`

The node.

- \`port\`: Port.

\`\`\`hcl
type = object({
  port = number
})
\`\`\`

### \`routes\`

Routes | ways.

- \`weight\`: Weight. Default: \`0\`.

\`\`\`hcl
type = map(object({
  weight = optional(number, 0)
}))
\`\`\`

### \`secret\`

Secret.

- \`value\`: Value.

\`\`\`hcl
type = object({
  value = string
})
\`\`\``);
  });

  test("has a row for each output", async () => {
    expect(await section("Outputs")).toBe(
      "| Name | Description |\n|---|---|\n| `arn` | ARN \\| name. |\n| `name` | Name. |",
    );
  });

  test("says so where a module has no resources, and needs no permissions", async () => {
    const text = await readme(
      synthesized(() => undefined),
      "hcl",
      SOURCES,
    );
    expect(text).toContain("## Resources\n\nNone.\n");
    expect(text).toContain("## Permissions\n\nNone: the module asks AWS nothing.\n");
  });

  test("lists resources and data sources by file, in the form of the module", async () => {
    expect(await section("Resources")).toBe(`\
| File | Resources and data sources |
|---|---|
| [main.tf](main.tf) | \`aws_lb.this\`<br>\`terraform_data.contract\` |
| [part.tf](part.tf) | \`data.aws_lb.existing\` |`);
    expect(await readme(stack, "json", SOURCES)).toContain(
      "\n| [main.tf.json](main.tf.json) | `aws_lb.this`<br>`data.aws_lb.existing`<br>`terraform_data.contract` |\n",
    );
  });

  test("lists what they need, and each permission once", async () => {
    expect(await section("Requirements")).toBe(
      "| Name | Version |\n|---|---|\n| Terraform | `>= 1.9` |\n| hashicorp/aws | `>= 5.0, < 7.0` |",
    );
    expect(await section("Permissions")).toContain('```json\n[\n  "a:Tag",\n  "b:Create",\n  "b:Describe"\n]\n```');
  });
});

describe("a mistake is named:", () => {
  test.each<[what: string, sources: Partial<ReadmeSources>, said: string[]]>([
    [
      "a section that is missing",
      { handWritten: HAND_WRITTEN.replace(/## Runbook[^#]*/, "") },
      ["stacks/example/README.md", '"What it does", "What it does not protect from"', '"Runbook"'],
    ],
    ["a section that is unknown", { handWritten: `${HAND_WRITTEN}\n## Extra\n\nText.\n` }, ['"Extra"']],
    [
      "a section that is there twice",
      { handWritten: `${HAND_WRITTEN}\n## Runbook\n\nOther.\n` },
      ['"What is tested", "Runbook"'],
    ],
    [
      "a text that is in no section",
      { handWritten: `Lost.\n\n${HAND_WRITTEN}` },
      ["stacks/example/README.md", '"Lost."'],
    ],
    [
      "an example that does not call the module",
      { example: CALL.replace("/example", "/other") },
      ["examples/example/minimal/main.tf", "modules/example"],
    ],
    ["a call that is a comment", { example: CALL.replace(/^/gm, "# ") }, ["examples/example/minimal/main.tf"]],
    ["a resource without permissions", { permissions: { "data.aws_lb": [] } }, ['"aws_lb"', "provider"]],
    ["a data source without permissions", { permissions: { aws_lb: [] } }, ['"data.aws_lb"', "provider"]],
  ])("%s", async (_, wrong, said) => {
    const text = readme(stack, "hcl", { ...SOURCES, ...wrong });
    for (const words of said) await expect(text).rejects.toThrow(words);
  });
});

async function section(heading: string): Promise<string> {
  const [, ...sections] = (await readme(stack, "hcl", SOURCES)).split(/^## /m);
  const found = sections.find((one) => one.startsWith(`${heading}\n`));
  return found?.slice(heading.length + 1).trim() ?? "";
}

function resource(scope: ExampleStack, type: string, id: string): void {
  new TerraformResource(scope, id, { terraformResourceType: type });
}
