import { describeEachWithProviders } from "../modules/providers";
import { Workspace } from "../modules/workspace";
import { describeWithTools } from "../tools";
import { exampleRoots } from "./roots";

const success = { exitCode: 0 };

describeWithTools(["terraform"], "examples", () => {
  describeEachWithProviders(exampleRoots(), (path) => {
    let workspace: Workspace;

    beforeAll(async () => {
      workspace = new Workspace();
      workspace.copy(path);
      // Examples call modules by relative paths.
      workspace.copy("modules");
      expect(await workspace.terraform(path, "init")).toMatchObject(success);
    });

    afterAll(() => {
      workspace.remove();
    });

    test("is valid", async () => {
      expect(await workspace.terraform(path, "validate")).toMatchObject(success);
    });
  });
});
