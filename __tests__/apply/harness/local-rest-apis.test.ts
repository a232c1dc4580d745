import { access } from "node:fs/promises";
import { describeInTestAll } from "../../test-all";
import { describeWithTools } from "../../tools";
import { restApis } from "../moto/rows/rest-apis";
import { RestWorld } from "../moto/rows/rest-world";
import {
  expectListed,
  expectRows,
  expectSources,
  type Rule,
  rulesOf,
  testRows,
  testRowsAlone,
} from "../moto/rows/rules";
import { LocalRestApis } from "./local-rest-apis";

describeWithTools(["localstack"], "local REST APIs", () => {
  let apis: LocalRestApis;
  let world: RestWorld;
  let rules: Rule[];

  beforeAll(async () => {
    apis = await LocalRestApis.start();
    world = new RestWorld(apis);
    rules = await rulesOf(apis);
  }, 60_000);

  afterAll(() => apis.stop());

  test("are none at first", async () => {
    expect((await apis.apiGateway.getRestApis()).items).toEqual([]);
  });

  test("each strict rule has a row, a source, and a summary, and the README lists it", async () => {
    expectRows(rules, restApis);
    expectSources(rules);
    await expectListed(rules, "rules of REST APIs");
  });

  testRows(
    restApis,
    () => apis,
    () => world,
  );

  // It learns with a new version alone.
  describeInTestAll([], "LocalStack alone", () => {
    let plain: LocalRestApis;
    let plainWorld: RestWorld;

    beforeAll(async () => {
      plain = await LocalRestApis.start({ strict: false });
      plainWorld = new RestWorld(plain);
    }, 60_000);

    afterAll(() => plain.stop());

    testRowsAlone(restApis, () => plainWorld);
  });

  test("leave nothing behind when they are stopped", async () => {
    process.kill(apis.pid, 0); // throws, unless there is such a process
    await access(apis.folder);
    await apis.stop();
    expect(() => process.kill(apis.pid, 0)).toThrow("ESRCH");
    await expect(access(apis.folder)).rejects.toThrow("ENOENT");
    await expect(fetch(apis.endpoint)).rejects.toThrow();
  });
});
