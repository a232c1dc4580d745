import { existsSync } from "node:fs";
import { join } from "node:path";
import { describeEachWithProviders } from "../modules/providers";
import { repository, subfolders, Workspace } from "../modules/workspace";
import { describeWithTools } from "../tools";

const success = { exitCode: 0 };
const roots = [...subfolders("examples"), ...subfolders("examples/pipelines")].filter((path) =>
  existsSync(join(repository, path, "versions.tf")),
);

describeWithTools(["terraform"], "examples", () => {
  describeEachWithProviders(roots, (path) => {
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
