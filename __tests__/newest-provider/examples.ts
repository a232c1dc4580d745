import { existsSync } from "node:fs";
import { join } from "node:path";
import { repository, subfolders } from "../modules/workspace";
import { describeWithTools } from "../tools";
import { useNewestProvider } from "./support/newest-provider";
import { inCopy } from "./support/workspace";

const roots = [...subfolders("examples"), ...subfolders("examples/pipelines")].filter((path) =>
  existsSync(join(repository, path, "versions.tf")),
);

useNewestProvider("modules", "examples");

describeWithTools(["terraform"], "examples with the newest AWS provider", () => {
  test.concurrent.each(roots)("%s is valid", async (path) => {
    await inCopy([path, "modules"], async (terraform) => {
      expect(await terraform("validate")).toMatchObject({ exitCode: 0 });
    });
  });
});
