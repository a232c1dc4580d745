import { exampleRoots } from "../examples/roots";
import { moduleNames, modulesOfOldestProvider } from "../modules/workspace";
import { isTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import { useNewestProvider } from "./support/newest-provider";
import { inCopy } from "./support/workspace";

const roots = exampleRoots();
/** Those of modules that no other provider here can validate. */
const onlyHere = roots.filter((path) => {
  const [, name = ""] = path.split("/");
  return moduleNames.includes(name) && !modulesOfOldestProvider.includes(name);
});

if (!isTestAll)
  process.stderr.write(
    "Skipped: the examples that are valid with the oldest provider, too: TEST_ALL=1 npm run test:successor\n",
  );

useNewestProvider("modules", "examples");

describeWithTools(["terraform"], "examples with the newest AWS provider", () => {
  test("are some that need it", () => {
    expect(onlyHere).toContain("examples/api-gateway-rest-alb/complete");
  });

  test.concurrent.each(isTestAll ? roots : onlyHere)("%s is valid", async (path) => {
    await inCopy([path, "modules"], async (terraform) => {
      expect(await terraform("validate")).toMatchObject({ exitCode: 0, stderr: "" });
    });
  });
});
