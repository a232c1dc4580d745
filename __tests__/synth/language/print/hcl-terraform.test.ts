import fc from "fast-check";
import { formatHcl } from "../../../../synth/emit/format";
import { JsonObject, printBlock } from "../../../../synth/language/print/hcl";
import { describeWithTools } from "../../../tools";
import { hostileText, json } from "../../support/arbitraries";
import { temporaryFolders } from "../../support/folders";
import { plan } from "../../support/terraform";

// hcl2json is not what will read the modules: Terraform is, and it reads both syntaxes.
describeWithTools(["terraform"], "Terraform", () => {
  const folder = temporaryFolders();

  test("reads the printed HCL as it reads the JSON", async () => {
    const values = fc.sample(json, 150).filter((value) => !/[$%]\{/.test(JSON.stringify(value)));
    const texts = fc.sample(hostileText, 150);
    const templates = [
      "a ${local.one}",
      "${local.one}",
      "%{ if local.one == 1 ~} yes %{ else }no%{ endif }",
      "$${a}",
      "$$${a}",
    ];
    const lines = "first\n\n  ${local.one}\nEOT\n$${x} \\n\n";
    const outputs = [...values, ...templates, lines, [lines]];

    const hcl = [
      `locals {\none = 1\n}`,
      ...outputs.map((value, index) => printBlock("output", [`hcl_${index}`], { value })),
      ...texts.map((text, index) =>
        printBlock("variable", [`hcl_${index}`], { default: [text, { a: text }], description: text }),
      ),
      ...texts.map((_, index) => printBlock("output", [`hcl_text_${index}`], { value: `\${var.hcl_${index}}` })),
    ];
    const module: JsonObject = {
      output: Object.fromEntries([
        ...outputs.map((value, index) => [`json_${index}`, { value }] as const),
        ...texts.map((_, index) => [`json_text_${index}`, { value: `\${var.json_${index}}` }] as const),
      ]),
      variable: Object.fromEntries(
        texts.map((text, index) => [`json_${index}`, { default: [text, { a: text }], description: text }] as const),
      ),
    };
    const {
      succeeded,
      diagnostics,
      outputs: read,
    } = plan(folder({ "main.tf": await formatHcl(`${hcl.join("\n\n")}\n`), "same.tf.json": JSON.stringify(module) }));
    expect({ succeeded, diagnostics }).toEqual({ succeeded: true, diagnostics: [] });

    const startingWith = (prefix: string) =>
      Object.fromEntries(
        Object.entries(read).flatMap(([name, value]) =>
          name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
        ),
      );
    expect(Object.keys(startingWith("hcl_"))).toHaveLength(outputs.length + texts.length);
    expect(startingWith("hcl_")).toEqual(startingWith("json_"));
    texts.forEach((text, index) => {
      expect(read[`hcl_text_${index}`]).toEqual([text.normalize("NFC"), { a: text.normalize("NFC") }]);
    });
  });
});
