import { readdirSync } from "node:fs";
import { join } from "node:path";
import { repository, Workspace } from "../modules/workspace";
import { describeWithTools } from "../tools";
import { call, secretArn } from "./support/module";

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

/** Has every file and script in it. */
const inputs = {
  backend: { url: "https://app.internal", tls_ca_certificates: PEM },
  listener: { port: 8443, tls_certificate_secret: { arn: secretArn("tls") } },
  client_certificate: PEM,
  secret_header: { name: "X-Secret", secrets: [{ arn: secretArn("header") }] },
  snippets: { http: "# one\n# two\n", server: "# three\n# four\n" },
};

const withWindowsLineEnds = (text: string) => text.replaceAll("\n", "\r\n");

describeWithTools(["terraform"], "line ends of Windows, in a checkout or an input,", () => {
  test("change nothing", async () => {
    const workspace = new Workspace();
    for (const name of ["unix", "windows"]) workspace.copy("modules/node-config", name);
    for (const file of readdirSync(join(repository, "modules/node-config")).filter((name) => name.endsWith(".tf")))
      workspace.rewrite(`windows/${file}`, withWindowsLineEnds);
    const windowsInputs = JSON.parse(JSON.stringify(inputs), (_, value: unknown) =>
      typeof value === "string" ? withWindowsLineEnds(value) : value,
    ) as typeof inputs;
    workspace.write("main.tf.json", {
      module: {
        unix: { source: "./unix", ...call(inputs) },
        windows: { source: "./windows", ...call(windowsInputs) },
      },
      output: Object.fromEntries(["unix", "windows"].map((name) => [name, { value: `\${module.${name}}` }])),
    });
    expect(await workspace.terraform("", "init")).toMatchObject({ exitCode: 0 });
    expect(await workspace.terraform("", "apply", "-auto-approve")).toMatchObject({ exitCode: 0 });
    const { stdout } = await workspace.terraform("", "output", "-json");
    workspace.remove();
    const { unix, windows } = JSON.parse(stdout) as Record<string, { value: object } | undefined>;
    expect(windows?.value).toEqual(unix?.value);
    expect(JSON.stringify(unix?.value)).toContain("# three\\n# four");
    expect(JSON.stringify(windows?.value)).not.toContain("\\r");
  });
});
