import { access } from "node:fs/promises";
import { describeWithTools } from "../../tools";
import { LocalRestApis } from "./local-rest-apis";

describeWithTools(["localstack"], "local REST APIs", () => {
  test("leave nothing behind when they are stopped", async () => {
    const apis = await LocalRestApis.start();
    try {
      process.kill(apis.pid, 0); // throws, unless there is such a process
      await access(apis.folder);
      expect((await apis.apiGateway.getRestApis()).items).toEqual([]);
    } finally {
      await apis.stop();
    }

    expect(() => process.kill(apis.pid, 0)).toThrow("ESRCH");
    await expect(access(apis.folder)).rejects.toThrow("ENOENT");
    await expect(fetch(apis.endpoint)).rejects.toThrow();
  });
});
