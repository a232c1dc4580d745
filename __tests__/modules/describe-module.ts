import { isTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import { testFilters, Workspace } from "./workspace";

const success = { exitCode: 0 };

/**
 * What holds for every module: it is valid, and passes its own tests. validations.test.ts makes a call for each rule, so only
 * `npm run test:all` runs the generated tests of the validations.
 */
export function describeModule(name: string): void {
  const path = `modules/${name}`;
  describeWithTools(["terraform"], path, () => {
    let workspace: Workspace;

    beforeAll(async () => {
      workspace = new Workspace();
      workspace.copy(path);
      expect(await workspace.terraform(path, "init")).toMatchObject(success);
    });

    afterAll(() => {
      workspace.remove();
    });

    test("is valid", async () => {
      expect(await workspace.terraform(path, "validate")).toMatchObject(success);
    });

    test("passes its tests", async () => {
      const { stdout, stderr } = await workspace.terraform(path, "test", "-no-color", ...testFilters(path, isTestAll));
      // The runs that pass say nothing of those that fail.
      const lines = stdout.split("\n").filter((line) => !/\.\.\. (pass|in progress|tearing down)$/.test(line));
      expect(`${lines.join("\n")}\n${stderr}`).toMatch(/^Success! [1-9][0-9]* passed, 0 failed\.$/m);
    }, 600_000);
  });
}
