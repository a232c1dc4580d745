import { environment } from "./environment";

describe("environment of the programs that tests run", () => {
  const original = process.env;
  afterEach(() => {
    process.env = original;
  });

  test("knows no account of the developer, and no settings of other Terraform work", () => {
    process.env = {
      AWS_PROFILE: "production",
      AWS_ACCESS_KEY_ID: "production",
      AWS_SESSION_TOKEN: "production",
      AWS_CONFIG_FILE: "production",
      AWS_ENDPOINT_URL_EC2: "production",
      TF_VAR_name: "production",
      TF_CLI_ARGS_apply: "production",
      TF_WORKSPACE: "production",
    };
    expect(Object.values(environment("http://127.0.0.1:5000"))).not.toContain("production");
  });

  test("keeps what Terraform needs to find its providers", () => {
    process.env = { PATH: "/usr/bin", TF_CLI_CONFIG_FILE: "terraform.rc", TF_PLUGIN_CACHE_DIR: "plugins" };
    expect(environment()).toMatchObject(process.env);
  });
});
