import { basename } from "node:path";
import { modulesOfOldestProvider, subfolders, testFilters } from "../modules/workspace";
import { isTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import { useNewestProvider } from "./support/newest-provider";
import { inCopy } from "./support/workspace";

const success = { exitCode: 0 };
const modules = subfolders("modules");
/** Those that run with no other provider here. */
const onlyHere = modules.filter((path) => !hasSuite(path));

if (!isTestAll)
  process.stderr.write(
    "Skipped: the tests of modules that run with the oldest provider, too: TEST_ALL=1 npm run test:successor\n",
  );

useNewestProvider("modules");

describeWithTools(["terraform"], "modules with the newest AWS provider", () => {
  test.concurrent.each(modules)("%s is valid", async (path) => {
    await inCopy([path], async (terraform) => {
      expect(await terraform("validate")).toMatchObject(success);
    });
  });

  test.concurrent.each(isTestAll ? modules : onlyHere)(
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

/** Validations look at variables alone, so their generated tests run once, with one provider, and where all tests do. */
function filters(path: string): string[] {
  return testFilters(path, isTestAll && !hasSuite(path));
}

function hasSuite(path: string): boolean {
  return modulesOfOldestProvider.includes(basename(path));
}
