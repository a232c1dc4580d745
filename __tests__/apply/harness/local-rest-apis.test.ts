import { access } from "node:fs/promises";
import { APIGateway } from "@aws-sdk/client-api-gateway";
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
import { LocalAws } from "./local-aws";
import { LocalRestApis } from "./local-rest-apis";
import { connection } from "./local-server";
import { createRestApi, integrationsOf } from "./rest-api";

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

  describeWithTools(["moto_server"], "behind another AWS", () => {
    test("are copied with what their deployments have, and a copy changes nothing in the other", async () => {
      const aws = await LocalAws.start();
      const both = await apis.behind(aws);
      try {
        const { id: restApiId, deploymentId } = await createRestApi(apis, "https://shop.example.com");
        const original = await integrationsOf(apis, restApiId);
        const copy = await both.copy();
        const apiGateway = new APIGateway(connection(copy.endpoint));
        const { items = [] } = await apiGateway.getResources({ restApiId });
        const resourceId = items.find(({ path }) => path === "/orders")?.id;
        const value = "https://node.example.com/orders";
        await apiGateway.updateIntegration({
          ...{ restApiId, resourceId, httpMethod: "GET", patchOperations: [{ op: "replace", path: "/uri", value }] },
        });
        expect(await integrationsOf({ apiGateway }, restApiId)).toContain(
          `GET /orders: HTTP_PROXY GET ${value} INTERNET 29000 ms`,
        );
        expect(await integrationsOf(apis, restApiId)).toEqual(original);

        const uriIn = async (deployment: string | undefined) => {
          const { body } = await apiGateway.getExport({
            ...{ restApiId, stageName: "live", exportType: "oas30", accepts: "application/json" },
            ...(deployment === undefined ? {} : { parameters: { deployment } }),
          });
          return (/"https:[^"]*\/orders"/.exec(new TextDecoder().decode(body)) ?? [])[0];
        };
        const { id: next } = await apiGateway.createDeployment({ restApiId });
        expect(await Promise.all([undefined, deploymentId, next].map(uriIn))).toEqual([
          ...['"https://shop.example.com/orders"', '"https://shop.example.com/orders"', `"${value}"`],
        ]);
        expect((await apis.apiGateway.getDeployments({ restApiId })).items).toHaveLength(1);
        await copy.stop();
      } finally {
        await both.stop();
      }
    });
  });

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
