import { describeInTestAll } from "../test-all";
import { routesInWords } from "./harness/http-api";
import { inventory } from "./harness/inventory";
import { LocalAws } from "./harness/local-aws";
import { changes, warnings } from "./harness/plan";
import { createSmallApplication } from "./harness/small-application";
import { removedBlocks } from "./harness/release";
import { TerraformRoot, type Variables } from "./harness/terraform";

interface Outputs {
  readonly vpc_link_id: string;
  readonly authorizer_id: string;
  readonly api_ids: Record<"functions" | "private" | "tokens" | "catchall" | "document", string>;
}

const APIS = ["functions", "private", "tokens", "catchall", "document"] as const;
const SETTINGS = { timeout_milliseconds: 5000, response_parameters: { "404": { "overwrite:statuscode": "410" } } };

/** APIs of the kinds that public modules and examples make. All of them move in one apply. */
describeInTestAll(["terraform", "moto_server"], "HTTP APIs of other people", () => {
  let aws: LocalAws;
  let owner: TerraformRoot;
  let outputs: Outputs;
  let variables: Variables;
  let routing: TerraformRoot;
  let applicationListener: string;
  let nodeListener: string;
  let present: string[];

  beforeAll(async () => {
    aws = await LocalAws.start();
    const application = await createSmallApplication(aws);
    [applicationListener, nodeListener] = [application.albListenerArn, application.nlbListenerArn];
    const subnet_ids = Object.values(application.subnetIds);
    owner = await TerraformRoot.init(aws, "__tests__/apply/roots/http-apis/owner", {
      listener_arn: applicationListener,
      subnet_ids,
    });
    await owner.apply();
    outputs = await owner.outputs<Outputs>();
    variables = {
      vpc_id: application.vpcId,
      subnet_ids,
      node_security_group_id: application.variables.node_security_group_id,
      load_balancer: {
        listener_arn: nodeListener,
        security_group_ids: { node: application.variables.load_balancer_security_group_id },
      },
    };
    routing = await TerraformRoot.init(aws, "__tests__/apply/roots/http-apis/routing", variables);
    present = await inventory(aws);
  }, 180_000);

  afterAll(() => aws.stop());

  /** The route of an API: its ID, and the ID of its integration. */
  async function routeOf(api: keyof Outputs["api_ids"], routeKey: string) {
    const { Items: routes = [] } = await aws.apiGatewayV2.getRoutes({ ApiId: outputs.api_ids[api] });
    const route = routes.find(({ RouteKey }) => RouteKey === routeKey);
    return {
      route_key: routeKey,
      route_id: route?.RouteId,
      application_integration_id: route?.Target?.replace("integrations/", ""),
    };
  }

  async function apis(): Promise<Record<string, Variables>> {
    const order = {
      ...(await routeOf("tokens", "GET /orders/{id}")),
      path: "/v1/$request.path.id",
      integration: { method: "GET" },
    };
    const api = (name: keyof Outputs["api_ids"], call: Variables) => ({
      [name]: { api_id: outputs.api_ids[name], ...call },
    });
    return {
      ...api("functions", {
        accepted_routes: ["GET /status"],
        routes: { shop: { ...(await routeOf("functions", "ANY /{proxy+}")), integration: SETTINGS } },
      }),
      ...api("private", {
        adopted_integrations: {
          shop: {
            integration_id: (await routeOf("private", "$default")).application_integration_id,
            application: {
              uri: applicationListener,
              connection_id: outputs.vpc_link_id,
              request_parameters: { "append:header.x-id": "$context.requestId" },
            },
          },
        },
      }),
      ...api("tokens", {
        routes: {
          order,
          // One that the API does not have, with the authorizer of the one that it has.
          again: {
            ...order,
            route_key: "POST /orders/{id}",
            route_id: null,
            authorization: { type: "JWT", authorizer_id: outputs.authorizer_id, scopes: ["orders"] },
          },
        },
      }),
      ...api("catchall", { routes: { everything: await routeOf("catchall", "$default") } }),
      ...api("document", { routes: { orders: await routeOf("document", "GET /orders") } }),
    };
  }

  async function inWords(): Promise<Record<string, string[]>> {
    const words = APIS.map(async (api) => [api, await routesInWords(aws, outputs.api_ids[api])] as const);
    return Object.fromEntries(await Promise.all(words));
  }

  const toFunction = "GET /status -> INTERNET arn:aws:lambda:us-east-1:123456789012:function:status";
  const atApplication = () => ({
    functions: ["ANY /{proxy+} -> INTERNET https://shop.example.com/{proxy}", toFunction],
    private: [`$default -> VPC_LINK ${applicationListener}`, `ANY /orders -> VPC_LINK ${applicationListener}`],
    tokens: ["GET /orders/{id} -> INTERNET https://shop.example.com/v1/{id}"],
    catchall: ["$default -> INTERNET https://shop.example.com"],
    document: ["GET /orders -> INTERNET https://shop.example.com/orders"],
  });

  test("what an integration sets and the call does not is refused by name, at 100 as the first percent too", async () => {
    const [shop, order] = [await routeOf("functions", "ANY /{proxy+}"), await routeOf("tokens", "GET /orders/{id}")];
    const plan = routing.plan({
      node_traffic_percent: 100,
      apis: {
        functions: { api_id: outputs.api_ids.functions, routes: { shop } },
        tokens: { api_id: outputs.api_ids.tokens, routes: { order } },
      },
    });
    await expect(plan).rejects.toThrow(
      'routes["shop"]: the application\'s integration has other settings, which would be lost: ' +
        "integration.timeout_milliseconds, integration.response_parameters 404.",
    );
    await expect(plan).rejects.toThrow(
      'routes["order"]: the application\'s integration has other settings, which would be lost: path, integration.method.',
    );
  });

  test("at 0, the plan changes no route and no integration of an owner", async () => {
    variables = { ...variables, apis: await apis() };
    await routing.apply({ ...variables, node_traffic_percent: 0 });
    expect(await routing.changes({ ...variables, node_traffic_percent: 0 })).toEqual([]);
    expect(await inWords()).toEqual({
      ...atApplication(),
      tokens: [...atApplication().tokens, "POST /orders/{id} -> INTERNET https://shop.example.com/v1/{id}"],
    });
  }, 180_000);

  test("at 100, the node gets the path, the method, the mappings, and the timeout that the application got", async () => {
    await routing.apply({ ...variables, node_traffic_percent: 100 });
    const plan = await routing.plan({ ...variables, node_traffic_percent: 100 });
    expect({ changes: changes(plan), warnings: warnings(plan) }).toEqual({ changes: [], warnings: [] });
    const toNode = `VPC_LINK ${nodeListener}`;
    expect(await inWords()).toEqual({
      functions: [`ANY /{proxy+} -> ${toNode} $request.path`, toFunction],
      private: [`$default -> ${toNode} $request.path`, `ANY /orders -> ${toNode} $request.path`],
      tokens: ["GET", "POST"].map((method) => `${method} /orders/{id} -> ${toNode} /v1/$request.path.id`),
      catchall: [`$default -> ${toNode} $request.path`],
      document: [`GET /orders -> ${toNode} $request.path`],
    });

    const ApiId = outputs.api_ids.functions;
    const { application_integration_id: IntegrationId } = await routeOf("functions", "ANY /{proxy+}");
    expect(await aws.apiGatewayV2.getIntegration({ ApiId, IntegrationId })).toMatchObject({
      IntegrationMethod: "ANY",
      TimeoutInMillis: 5000,
      RequestParameters: {
        "overwrite:path": "$request.path",
        "overwrite:header.x-source-ip": "$context.identity.sourceIp",
      },
      ResponseParameters: { "404": { "overwrite:statuscode": "410" } },
    });
    const { Items: tokens = [] } = await aws.apiGatewayV2.getRoutes({ ApiId: outputs.api_ids.tokens });
    expect(
      tokens.map(({ RouteKey, AuthorizationType, AuthorizerId, AuthorizationScopes }) => [
        RouteKey,
        AuthorizationType,
        AuthorizerId,
        AuthorizationScopes,
      ]),
    ).toEqual(["GET /orders/{id}", "POST /orders/{id}"].map((key) => [key, "JWT", outputs.authorizer_id, ["orders"]]));
    expect(await owner.changes()).toEqual([]);
  }, 180_000);

  test("with a server name, API Gateway verifies the certificate of the node, and never that of the application", async () => {
    const { private: adopted, ...others } = variables.apis as Record<string, Variables>;
    const encrypted = {
      ...{ ...variables, node_traffic_percent: 100 },
      load_balancer: { ...(variables.load_balancer as Variables), port: 80, server_name: "node.example.com" },
    };
    await expect(routing.plan(encrypted)).rejects.toThrow(
      "only one of application.server_name and load_balancer.server_name is set",
    );
    const { application, ...integration } = (adopted?.adopted_integrations as Record<string, Variables>).shop ?? {};
    const ofApplication = { ...(application as Variables), server_name: "shop.example.com" };
    const both = { ...adopted, adopted_integrations: { shop: { ...integration, application: ofApplication } } };
    const apisWithTls = { ...others, private: both };
    /** The names in the certificates that an API verifies, by target. */
    const verified = async (api: keyof Outputs["api_ids"]) => {
      const { Items = [] } = await aws.apiGatewayV2.getIntegrations({ ApiId: outputs.api_ids[api] });
      return Items.map(({ IntegrationUri, TlsConfig }) => [IntegrationUri, TlsConfig?.ServerNameToVerify]);
    };
    for (const percent of [100, 0, 100]) {
      const step = { ...encrypted, apis: apisWithTls, node_traffic_percent: percent };
      await routing.apply(step);
      expect(await routing.changes(step)).toEqual([]);
      expect(await verified("catchall")).toEqual([
        ["https://shop.example.com", undefined],
        [nodeListener, "node.example.com"],
      ]);
      expect(await verified("private")).toContainEqual(
        percent === 100 ? [nodeListener, "node.example.com"] : [applicationListener, "shop.example.com"],
      );
    }
  }, 300_000);

  test("released at 100, AWS refuses the first calls, and nothing has changed but the module's own route", async () => {
    const before = { inventory: await inventory(aws), words: await inWords() };
    const main = await routing.read("main.tf");
    const released = release({ node_traffic_percent: 100 });
    await expect(released).rejects.toThrow("Cannot delete vpc link");
    await expect(released).rejects.toThrow("Cannot delete Integration");
    const after = { inventory: await inventory(aws), words: await inWords() };
    expect(before.inventory.filter((id) => !after.inventory.includes(id))).toHaveLength(2);
    expect({ ...after.words, tokens: undefined }).toEqual({ ...before.words, tokens: undefined });
    await routing.write("main.tf", main);
  }, 180_000);

  test("at 0 again, and released, the APIs are as they were", async () => {
    await routing.apply({ ...variables, node_traffic_percent: 0 });
    expect(await owner.changes()).toEqual([]);
    const main = await routing.read("main.tf");
    await release({ node_traffic_percent: 0 });
    expect(await inventory(aws)).toEqual(present);
    expect(await inWords()).toEqual(atApplication());
    expect(await owner.changes()).toEqual([]);
    await routing.write("main.tf", main);
  }, 180_000);

  test("with the API gone, the release works; with the listener gone, a destroy with -refresh=false", async () => {
    const { functions, tokens } = await apis();
    const { again } = tokens?.routes as Record<string, Variables>;
    const owned = { ...variables, node_traffic_percent: 100, apis: { tokens: { ...tokens, routes: { again } } } };
    const gone = { ...owned, apis: { functions, ...owned.apis } };
    const main = await routing.read("main.tf");
    await routing.apply(gone);
    await aws.apiGatewayV2.deleteApi({ ApiId: outputs.api_ids.functions });
    await release(gone);
    expect((await aws.apiGatewayV2.getVpcLinks()).Items).toHaveLength(1);

    await routing.write("main.tf", main);
    await routing.apply(owned);
    await aws.apiGatewayV2.deleteApi({ ApiId: outputs.api_ids.tokens });
    await aws.elb.deleteListener({ ListenerArn: nodeListener });
    await expect(routing.destroy(owned)).rejects.toThrow("data.aws_lb_listener.load_balancer");
    await routing.destroy(owned, "-refresh=false");
    expect((await aws.apiGatewayV2.getVpcLinks()).Items).toHaveLength(1);
  }, 300_000);

  /** In place of the module block, the blocks of the README. */
  async function release(more: Variables): Promise<void> {
    await routing.edit(
      "main.tf",
      (text) => `${text.slice(0, text.indexOf("locals {"))}\n${removedBlocks("api-gateway-http")}`,
    );
    await routing.apply({ ...variables, ...more });
  }
});
