import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { repository, subfolders } from "../modules/workspace";
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
        const result = await terraform("test", ...testFiles(path).map((file) => `-filter=${file}`));
        expect(result).toMatchObject(success);
        expect(result.stdout).toMatch(/^Success! [1-9][0-9]* passed, 0 failed\.$/m);
      });
    },
    600_000,
  );
});

/** Validations look at variables alone. They run here for the modules that do not run with the oldest provider. */
function testFiles(path: string): string[] {
  const files = readdirSync(join(repository, path, "tests"))
    .filter((name) => name.endsWith(".tftest.hcl"))
    .map((name) => `tests/${name}`);
  const hasSuite = existsSync(join(repository, "__tests__/modules/terraform", `${basename(path)}.test.ts`));
  return hasSuite ? files.filter((file) => file !== "tests/validations.tftest.hcl") : files;
}
