import { moduleFiles } from "../../../../synth/emit/module-files";
import { linesFor, linesIf } from "../../../../synth/language/expression/directives";
import { hcl } from "../../../../synth/language/expression/expression";
import { bool, list, string } from "../../../../synth/variables/schema";
import { describeWithTools } from "../../../tools";
import { synthesized } from "../../support/example-stack";
import { temporaryFolders } from "../../support/folders";
import { plan } from "../../support/terraform";

const stack = synthesized((one) => {
  const enabled = one.variable("enabled", bool("E."));
  const names = one.variable("names", list("N.", "name", string("N.")));
  const each = linesFor("name", names, `    name "${hcl`name`}";${linesIf(hcl`name == "b"`, "    # b")}`);
  one.output("text", "T.", `server {${linesIf(enabled, `  enabled;\n  # $\${literally}${each}`)}\n  end;${each}\n}\n`);
});

describeWithTools(["terraform"], "lines with a directive around them", () => {
  const folder = temporaryFolders();
  const read = async (syntax: string, variables: Record<string, unknown>) => {
    const { output, variable } = stack.toTerraform();
    const hclFiles = await moduleFiles(stack, "hcl");
    const files: Record<string, string> =
      syntax === "JSON"
        ? { "main.tf.json": JSON.stringify({ output, variable }) }
        : { "main.tf": ["outputs.tf", "variables.tf"].map((name) => hclFiles.get(name)).join("\n") };
    return plan(folder(files), variables).outputs.text;
  };

  test.each(["JSON", "HCL"])("are there or not, whole, in %s", async (syntax) => {
    expect(await read(syntax, { enabled: false, names: [] })).toBe("server {\n  end;\n}\n");
    expect(await read(syntax, { enabled: true, names: ["a", "b"] })).toBe(`\
server {
  enabled;
  # \${literally}
    name "a";
    name "b";
    # b
  end;
    name "a";
    name "b";
    # b
}
`);
  });

  test("are a heredoc to read", async () => {
    expect((await moduleFiles(stack, "hcl")).get("outputs.tf")).toContain(
      "value       = <<-EOT\n    server {%{if var.enabled}\n",
    );
  });
});
