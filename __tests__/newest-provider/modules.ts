import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { repository, subfolders, testFilters } from "../modules/workspace";
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
        const result = await terraform("test", ...filters(path));
        expect(result).toMatchObject(success);
        expect(result.stdout).toMatch(/^Success! [1-9][0-9]* passed, 0 failed\.$/m);
      });
    },
    600_000,
  );
});

/** Validations look at variables alone. They run here for the modules that do not run with the oldest provider. */
function filters(path: string): string[] {
  const hasSuite = existsSync(join(repository, "__tests__/modules/terraform", `${basename(path)}.test.ts`));
  return testFilters(path, !hasSuite);
}
