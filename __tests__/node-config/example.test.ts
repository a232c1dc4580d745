import { Workspace } from "../modules/workspace";
import { describeWithTools } from "../tools";
import { run } from "./support/machine";
import { secretArn } from "./support/module";

describeWithTools(["terraform"], "examples/node-config/complete", () => {
  test("is applied without an AWS account, settles, and renders a script that boots", async () => {
    const workspace = new Workspace();
    try {
      const path = "examples/node-config/complete";
      workspace.copy(path);
      workspace.copy("modules/node-config");
      for (const args of [["init"], ["apply", "-auto-approve"], ["plan", "-detailed-exitcode"]])
        expect(await workspace.terraform(path, ...args)).toMatchObject({ exitCode: 0 });

      const { stdout } = await workspace.terraform(path, "output", "-raw", "user_data");
      const header = JSON.stringify({ current: "a".repeat(32), previous: "b".repeat(32) });
      const secrets = { [secretArn("wallarm-token")]: "token", [secretArn("cloudfront-header")]: header };
      expect(await run(stdout, { secrets })).toMatchObject({ failed: false });
    } finally {
      workspace.remove();
    }
  });
});
