import { subfolders } from "../modules/workspace";
import { describeWithTools } from "../tools";
import { useNewestProvider } from "./support/newest-provider";
import { inCopy } from "./support/workspace";

const success = { exitCode: 0 };
const modules = subfolders("modules");

useNewestProvider("modules");

describeWithTools(["terraform"], "modules with the newest AWS provider", () => {
  test.concurrent.each(modules)("%s is valid", async (path) => {
    await inCopy([path], async (terraform) => {
      expect(await terraform("validate")).toMatchObject(success);
    });
  });

  test.concurrent.each(modules)(
    "%s passes its tests",
    async (path) => {
      await inCopy([path], async (terraform) => {
        const result = await terraform("test");
        expect(result).toMatchObject(success);
        expect(result.stdout).toMatch(/^Success! [1-9][0-9]* passed, 0 failed\.$/m);
      });
    },
    600_000,
  );
});
