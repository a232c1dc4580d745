import { request as send } from "node:http";
import type { IncomingMessage } from "node:http";
import { once } from "node:events";
import { Application, type Received, receivedBy } from "../node-config/support/application";
import { Nodes } from "../node-config/support/nodes";
import type { Node } from "../node-config/support/node";
import { describeInTestAll } from "../test-all";
import { LocalRestApis } from "./harness/local-rest-apis";
import { resourceChanges } from "./harness/plan";
import { createRestApi, integrationsOf, type RestApi } from "./harness/rest-api";
import { TerraformRoot, type Variables } from "./harness/terraform";

const secret = "0123456789abcdefghijklmnopqrstuv";
const routes = {
  "GET /orders": {},
  "POST /orders": {},
  "GET /orders/{id}": {},
  "ANY /files/{proxy+}": { timeout_milliseconds: 20_000 },
};

const OWNERS_STAGE = `
resource "aws_api_gateway_deployment" "owner" {
  rest_api_id = var.rest_api_id
  triggers    = { routing = module.wallarm_routing.redeployment_trigger }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "owner" {
  rest_api_id   = var.rest_api_id
  stage_name    = "live"
  deployment_id = aws_api_gateway_deployment.owner.id
  variables     = { colour = "blue" }
}
`;

// In each run, api-gateway-rest.test.ts sees what the module makes of an API, without requests.
describeInTestAll(["terraform", "localstack", "nginx"], "requests through a REST API", () => {
  let apis: LocalRestApis;
  let application: Application;
  let nodes: Nodes;
  let node: Node;
  let api: RestApi;
  let root: TerraformRoot;
  let variables: Variables;
  let applicationUrl: string;
  let before: string[];

  beforeAll(async () => {
    [apis, application] = await Promise.all([LocalRestApis.start(), Application.start()]);
    applicationUrl = `http://127.0.0.1:${application.port}`;
    nodes = await Nodes.start({
      node: {
        backend: { url: applicationUrl },
        secret_header: { name: "X-Gateway-Secret" },
        secret_header_values: { blue: secret },
        limits: { entry_point_timeout: 29 },
      },
    });
    node = nodes.get("node");
    api = await createRestApi(apis, applicationUrl);
    before = await integrationsOf(apis, api.id);
    const { id: vpcLinkId } = await apis.apiGateway.createVpcLink({
      name: "node",
      targetArns: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/node/0123456789abcdef"],
    });
    variables = {
      rest_api_id: api.id,
      application_deployment_id: api.deploymentId,
      vpc_link_id: vpcLinkId,
      application_url: applicationUrl,
      node: { host: "127.0.0.1", port: node.port },
      routes,
      secret_header_value: secret,
    };
    root = await TerraformRoot.init(apis, "__tests__/apply/api-gateway-rest", variables);
  }, 120_000);

  afterAll(async () => {
    await Promise.all([apis.stop(), application.stop(), nodes.stop()]);
  });

  beforeEach(() => {
    application.requests = 0;
  });

  /** A request of a client of the API. */
  async function call(method: string, path: string, body = ""): Promise<IncomingMessage> {
    const request = send(apis.stageUrl(api.id, "live") + path, { method, agent: false });
    const [response] = (await once(request.end(body), "response")) as [IncomingMessage];
    return response;
  }

  interface Path {
    /** Whether the node was in it: it tells its mode. */
    readonly throughNode: boolean;
    readonly received: Received;
  }

  async function follow(method: string, path: string, body?: string): Promise<Path> {
    const response = await call(method, path, body);
    expect(response.statusCode).toBe(200);
    return { throughNode: "x-wallarm-mode" in response.headers, received: await receivedBy(response) };
  }

  /** Each way of asking, and what the application is to be asked for. */
  const requests = [
    { method: "GET", path: "/orders", url: "/orders" },
    { method: "GET", path: "/orders?page=2", url: "/orders?page=2" },
    { method: "POST", path: "/orders", url: "/orders" },
    { method: "GET", path: "/orders/17", url: "/orders/17" },
    { method: "PUT", path: "/files/a/b/c.txt", url: "/files/a/b/c.txt" },
  ];

  async function expectAll(throughNode: boolean): Promise<void> {
    for (const { method, path, url } of requests) {
      const followed = await follow(method, path, method === "GET" ? undefined : "{}");
      expect({ ...followed, received: { method: followed.received.method, url: followed.received.url } }).toEqual({
        throughNode,
        received: { method, url },
      });
    }
  }

  test("reach the application before there is a node", () => expectAll(false));

  test("at 0 reach the application without the node, and the plan changes no integration", async () => {
    const plan = await root.plan({ node_traffic_percent: 0 });
    expect(resourceChanges(plan).sort()).toEqual(
      [
        ...Object.keys(routes).map(
          (route) => `import module.wallarm_routing.aws_api_gateway_integration.adopted["${route}"]`,
        ),
        "import module.wallarm_routing.aws_api_gateway_stage.adopted[0]",
        "create module.wallarm_routing.aws_api_gateway_deployment.routing[0]",
        "create module.wallarm_routing.aws_api_gateway_rest_api_policy.adopted[0]",
        "create module.wallarm_routing.terraform_data.routing",
      ].sort(),
    );
    await root.apply({ node_traffic_percent: 0 });
    expect(await root.changes({ node_traffic_percent: 0 })).toEqual([]);
    await expectAll(false);
  });

  test("in a canary reach the application both ways", async () => {
    await root.apply({ node_traffic_percent: 50 });
    expect(await root.changes({ node_traffic_percent: 50 })).toEqual([]);
    const { deploymentId, canarySettings } = await apis.apiGateway.getStage({ restApiId: api.id, stageName: "live" });
    expect({ deploymentId, percent: canarySettings?.percentTraffic }).toEqual({
      deploymentId: api.deploymentId,
      percent: 50,
    });
    const ways = new Set<boolean>();
    for (let count = 0; count < 60 && ways.size < 2; count += 1) ways.add((await follow("GET", "/orders")).throughNode);
    expect(ways.size).toBe(2);
  });

  test("at 100 reach the application through the node, which keeps the secret header to itself", async () => {
    await root.apply({ node_traffic_percent: 100 });
    expect(await root.changes({ node_traffic_percent: 100 })).toEqual([]);
    await expectAll(true);
    const { received } = await follow("GET", "/orders");
    expect(received.names).not.toContain("x-gateway-secret");
    expect(received.headers).toHaveProperty("x-real-ip");
  });

  test("that go to the node directly, without the header or with another, are refused", async () => {
    expect(await node.status("/orders")).toBe(403);
    expect(await node.status("/orders", { headers: { "X-Gateway-Secret": secret.replace("0", "1") } })).toBe(403);
    expect(application.requests).toBe(0);
    expect(await node.status("/orders", { headers: { "X-Gateway-Secret": secret } })).toBe(200);
  });

  test("that API Gateway answers itself reach nobody", async () => {
    expect((await call("OPTIONS", "/orders")).resume().statusCode).toBe(200);
    expect(application.requests).toBe(0);
  });

  test("back at 0 reach the application as they did, and the API is as it was", async () => {
    await root.apply({ node_traffic_percent: 0 });
    expect(await root.changes({ node_traffic_percent: 0 })).toEqual([]);
    await expectAll(false);
    expect(await integrationsOf(apis, api.id)).toEqual(before);
  });

  test("reach the node after one apply, too, if the owner of the stage deploys", async () => {
    const owner = await TerraformRoot.init(apis, "__tests__/apply/api-gateway-rest", variables);
    const stage = "aws_api_gateway_stage.owner";
    await owner.edit("main.tf", (text) =>
      text
        .replace("module.wallarm_routing.aws_api_gateway_stage.adopted[0]", stage)
        .replace('{ name = "live", application_deployment_id = var.application_deployment_id }', '{ name = "live" }')
        .replace(/^  name +=.*\n/m, "$&  adopted_stage = false\n")
        .concat(OWNERS_STAGE),
    );
    await owner.apply({ node_traffic_percent: 100 });
    await expectAll(true);
    expect(await owner.changes({ node_traffic_percent: 100 })).toEqual([]);
    await owner.apply({ node_traffic_percent: 0 });
    await expectAll(false);
  });

  describe("of a plan that would not send all to the node", () => {
    let careless: TerraformRoot;

    beforeAll(async () => {
      careless = await TerraformRoot.init(apis, "__tests__/apply/api-gateway-rest", variables);
    });

    test("a method that was forgotten is named", async () => {
      const others = Object.fromEntries(Object.entries(routes).filter(([route]) => route !== "POST /orders"));
      await expect(careless.plan({ routes: others, node_traffic_percent: 100 })).rejects.toThrow(
        "These methods of the API would bypass the node: POST /orders. Add them to routes, or to accepted_routes if they may.",
      );
    });

    test("a path that the API does not have is refused by name", async () => {
      await expect(careless.plan({ routes: { "GET /ordrs": {} }, node_traffic_percent: 0 })).rejects.toThrow(
        'no matching API Gateway Resource found\n\n  with module.wallarm_routing.data.aws_api_gateway_resource.route["/ordrs"]',
      );
    });

    test("an import block that was forgotten is refused, and leaves the API as it was", async () => {
      await careless.edit("main.tf", (text) => text.replaceAll(/^import \{[^]*?^\}\n/gm, ""));
      await expect(careless.apply({ node_traffic_percent: 0 })).rejects.toThrow(
        /The integration of GET \/orders was not imported[^]*aws_api_gateway_integration\.adopted\["GET \/orders"\]/,
      );
      expect(await integrationsOf(apis, api.id)).toEqual(before);
      await expectAll(false);
    });
  });
});
