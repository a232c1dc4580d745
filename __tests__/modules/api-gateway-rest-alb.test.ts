import { describeWithTools } from "../tools";
import { Workspace } from "./workspace";

const path = "modules/api-gateway-rest-alb";
const listener =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2";

/** By run in tests/conditions.tftest.hcl, what its caller reads. */
const messages = [
  `load_balancer.listener_arn: ${listener} is a listener for UDP, and API Gateway speaks HTTP. Name a listener for HTTP, HTTPS, TCP or TLS.`,
  `node.protocol is HTTP, and load_balancer.listener_arn, ${listener}, is a listener for HTTPS. Set node.protocol to what it understands.`,
  `node.port is 8443, and load_balancer.listener_arn, ${listener}, is a listener on 443. Set node.port to that.`,
  "Methods of the API would still reach the application without the node: GET /forgotten. Add them to routes, or to accepted_routes those that may.",
  "secret_header and secret_header_value must be given both, or none.",
  "all_routes and openapi both say which methods the API has. Leave one of them out.",
];

/**
 * No provider 6.25 can be counted on, so that terraform.test.ts may have to skip the module. Without the one argument,
 * provider 5.100 knows everything in it: `terraform_data` stands in for the argument, with its value as the input.
 */
describeWithTools(["terraform"], "the module api-gateway-rest-alb with a stand-in for integration_target", () => {
  const workspace = new Workspace();

  beforeAll(async () => {
    workspace.copy(path, ".");
    workspace.rewrite("main.tf", (text) => {
      const [line = "", value = ""] = /^ +integration_target += (.+)\n/m.exec(text) ?? [];
      const [forEach = ""] = /"adopted" \{\n( +for_each = .+)\n/.exec(text)?.slice(1) ?? [];
      return `${text.replace(line, "")}\nresource "terraform_data" "stand_in" {\n${forEach}\n  input = ${value}\n}\n`;
    });
    workspace.rewrite("versions.tf", (text) => text.replace(">= 6.25.0", ">= 5.100.0"));
    workspace.rewrite("tests/integrations.tftest.hcl", (text) =>
      text.replace(
        /aws_api_gateway_integration\.adopted(\["[^"]+"\])\.integration_target/g,
        "terraform_data.stand_in$1.input",
      ),
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

  test("says what is refused", async () => {
    // Terraform stops at the first run of a file that fails unexpectedly.
    const files = messages.map((_, index) => `tests/refused_${index}.tftest.hcl`);
    files.forEach((copy, index) => {
      workspace.copy(`${path}/tests/conditions.tftest.hcl`, copy);
      workspace.rewrite(copy, (text) => {
        const [head = "", ...runs] = text.split(/^run /m);
        return `${head}run ${runs[index]}`.replace(/^ +expect_failures = .*$/m, "");
      });
    });
    const { stdout } = await workspace.terraform("", "test", "-json", ...files.map((file) => `-filter=${file}`));
    expect(messages.filter((message) => !stdout.includes(message))).toEqual([]);
  });
});
