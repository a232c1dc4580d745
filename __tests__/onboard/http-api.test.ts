import { compose } from "../../onboard/compose";
import { configuration, questionsOf } from "../../onboard/configuration";
import { owners } from "../../onboard/owners";
import type { Wanted } from "../../onboard/composition";
import { SNAPSHOT, type Snapshot } from "../../account/snapshot";
import { groupArn } from "./support/rules";
import { listenerArn, networkSnapshotWith } from "./support/listeners";

const WANTED: Wanted = {
  ...{ id: "a1b2c3d4e5", name: "shop-wallarm", node: { listenerArn: listenerArn(81) } },
  ...{ mirror: false, adoptListeners: false, listenerPorts: null, targetGroupArns: [groupArn("shop")], remembered: {} },
};
const SETTINGS = {
  ...{ name: "shop-wallarm", region: "us-east-1", accountId: "123456789012", tags: {} },
  source: (module: string) => ({ source: `./modules/wallarm/${module}` }),
};

/** A route with an integration of its own. */
interface Sketch {
  readonly key: string;
  readonly uri?: string;
  readonly managed?: true;
  readonly integration?: object;
}

interface Account {
  readonly routes: readonly Sketch[];
  readonly stages?: readonly object[];
  readonly change?: (snapshot: Snapshot) => void;
}

const SHOP: Sketch = { key: "ANY /{proxy+}", uri: "https://shop.example.com/{proxy}" };
const AUTOMATIC = [{ StageName: "$default", AutoDeploy: true }];

/** An API, and a Network Load Balancer with a listener for the application and one for the node. */
function account({ routes, stages = AUTOMATIC, change = () => undefined }: Account): Snapshot {
  const snapshot = SNAPSHOT.parse({
    ...networkSnapshotWith([{ port: 80 }, { port: 81, groups: ["node"] }]),
    api_gateway_http: {
      ...{ VpcLinks: [], DomainNames: [] },
      Apis: [
        {
          ...{ ApiId: "a1b2c3d4e5", Name: "shop", ProtocolType: "HTTP", Stages: stages },
          Routes: routes.map(({ key, managed }, index) => ({
            ...{ RouteId: `r${index}`, RouteKey: key, Target: `integrations/i${index}`, ApiGatewayManaged: managed },
          })),
          Integrations: routes.map(({ uri, integration }, index) => ({
            ...{ IntegrationId: `i${index}`, IntegrationType: "HTTP_PROXY", IntegrationUri: uri, ...integration },
          })),
        },
      ],
    },
  });
  change(snapshot);
  return snapshot;
}

const composed = (sketch: Account, wanted: Partial<Wanted> = {}) =>
  compose("http-api", account(sketch), { ...WANTED, ...wanted });
/** Without what aligns it. */
const file = (name: string, ...args: Parameters<typeof composed>) =>
  configuration(composed(...args), SETTINGS)[name]?.replace(/ +/g, " ");

describe("a route", () => {
  test.each<[string, Sketch, string | undefined]>([
    ["that of the request", SHOP, undefined],
    ["that of the request, by name", { key: "GET /orders", uri: "https://shop.example.com/orders" }, undefined],
    ["none in the URL", { key: "$default", uri: "https://shop.example.com" }, undefined],
    ["another", { key: "GET /orders/{id}", uri: "https://shop.example.com/v1/{id}" }, '"/v1/$request.path.id"'],
    [
      "one that is mapped",
      { ...SHOP, integration: { RequestParameters: { "overwrite:path": "$request.path.proxy" } } },
      '"$request.path.proxy"',
    ],
    ["that of a private integration", { key: "$default", uri: listenerArn(80) }, undefined],
  ])("gives the node the path that the application gets: %s", (_, sketch, path) => {
    const text = file("routes.tf", { routes: [sketch] });
    if (path === undefined) expect(text).not.toMatch(/^ path = /m);
    else expect(text).toContain(` path = ${path}`);
  });

  test("of a private integration has the name of the stage in its path", () => {
    const stages = [{ StageName: "live", AutoDeploy: true }];
    const sketch = { routes: [{ key: "$default", uri: listenerArn(80) }], stages };
    expect(file("routes.tf", sketch)).toContain('path = "/live$request.path"');
    expect(file("main.tf", sketch)).toContain('stage = { name = "live" }');
  });

  test("keeps the method, the timeout, and the mappings", () => {
    const integration = {
      ...{ IntegrationMethod: "GET", TimeoutInMillis: 5000 },
      RequestParameters: { "append:header.x-id": "$context.requestId", "overwrite:path": "$request.path" },
      ResponseParameters: { "404": { "overwrite:statuscode": "410" } },
    };
    const text = file("routes.tf", { routes: [{ ...SHOP, integration }] });
    for (const part of [
      'method = "GET"',
      "timeout_milliseconds = 5000",
      'request_parameters = { "append:header.x-id" = "$context.requestId" }',
      'response_parameters = { 404 = { "overwrite:statuscode" = "410" } }',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain("overwrite:path");
    expect(file("routes.tf", { routes: [SHOP] })).toContain("integration = {}");
  });

  test("has a name of its own, which stays", () => {
    const routes = [SHOP, { ...SHOP, key: "ANY /proxy" }, { ...SHOP, key: "$default" }];
    const keys = (wanted?: Partial<Wanted>) => composed({ routes }, wanted).entries.map(({ key }) => key);
    expect(keys()).toEqual(["default", "any-proxy", "any-proxy-2"]);
    const remembered = { r0: { key: "shop", priority: null, target: "i0" } };
    expect(keys({ remembered })).toContain("shop");
  });

  test("that goes to the node keeps the integration of onboard.json", () => {
    const moved = { key: SHOP.key, uri: listenerArn(81) };
    const change = ({ api_gateway_http }: Snapshot) =>
      api_gateway_http?.Apis[0]?.Integrations.push({
        ...{ IntegrationId: "before", IntegrationType: "HTTP_PROXY", IntegrationUri: SHOP.uri },
      });
    const remembered = { r0: { key: "any-proxy", priority: null, target: "before" } };
    const { entries } = composed({ routes: [moved], change }, { remembered });
    expect(entries).toEqual([{ ...composed({ routes: [SHOP] }).entries[0], target: "before" }]);
    expect(() => composed({ routes: [moved], change })).toThrow("Restore onboard.json");
  });

  test.each<[string, Sketch, string, boolean]>([
    ["a function", { key: "GET /a", integration: { IntegrationType: "AWS_PROXY" } }, "does not proxy HTTP", false],
    ["quick create", { ...SHOP, key: "$default", managed: true }, "quick create", true],
    ["a query", { key: "GET /a", uri: "https://shop.example.com/?digest:00" }, "may be secret", true],
    [
      "a value",
      { ...SHOP, key: "GET /a", integration: { RequestParameters: { "append:header.x": "digest:" } } },
      "may be secret",
      true,
    ],
  ])("is left out for %s, with the reason at its place", (_, sketch, reason, needsOwner) => {
    const composition = composed({ routes: [SHOP, sketch] });
    const left = composition.entries.find(({ key }) => key === null);
    expect(left).toMatchObject({ needsOwner, reason: expect.stringContaining(reason) as string });
    const files = configuration(composition, SETTINGS);
    expect(files["routes.tf"]?.replaceAll("\n# ", " ")).toContain(reason);
    expect(files["main.tf"]?.includes("accepted_routes")).toBe(!needsOwner);
    expect(owners(composition).includes("These routes go around the node")).toBe(needsOwner);
  });
});

describe("the application", () => {
  const behind = (uri: string) =>
    composed(
      {
        routes: [{ key: "$default", uri }],
        change: ({ elastic_load_balancing }) => {
          for (const one of elastic_load_balancing?.LoadBalancers ?? []) one.DNSName = "Shop-1.elb.amazonaws.com";
        },
      },
      { targetGroupArns: [] },
    );

  test("is what the integration names: a listener, or a load balancer", () => {
    const names = (uri: string) => behind(uri).application.targetGroups.map(({ TargetGroupName }) => TargetGroupName);
    expect(names(listenerArn(80))).toEqual(["shop"]);
    expect(names("http://shop-1.elb.amazonaws.com/v1/{id}")).toEqual(["shop"]);
    expect(names("https://shop-1.elb.amazonaws.com:80")).toEqual(["shop"]);
    expect(() => names("https://shop-1.elb.amazonaws.com")).toThrow("--application-target-groups");
  });

  test("is asked for if the integration does not tell", () => {
    expect(() => behind("https://shop.example.com")).toThrow("--application-target-groups");
    expect(() => composed({ routes: [SHOP] }, { targetGroupArns: [groupArn("gone")] })).toThrow(
      "are not in the snapshot",
    );
  });
});

describe("the stage", () => {
  test("without automatic deployment is its owner's, with the command", () => {
    const composition = composed({ routes: [SHOP], stages: [{ StageName: "live" }] });
    const files = configuration(composition, SETTINGS);
    expect(files["main.tf"]).toContain('deployment = "owner"');
    expect(files["outputs.tf"]).toContain("module.wallarm_routing.redeployment_trigger");
    expect(owners(composition)).toContain("create-deployment --api-id a1b2c3d4e5 --stage-name 'live'");
  });

  test("beside others that keep their deployment has a step for these", () => {
    const stages = [...AUTOMATIC, { StageName: "old" }];
    expect(owners(composed({ routes: [SHOP], stages }))).toContain("goes around the node: `old`");
    expect(() => composed({ routes: [SHOP], stages: [{ StageName: "a" }, { StageName: "b" }] })).toThrow("a, b");
  });
});

test("a load balancer with TLS in front of the node is a question for the name in its certificate", () => {
  const change = ({ elastic_load_balancing }: Snapshot) => {
    for (const one of elastic_load_balancing?.LoadBalancers[0]?.Listeners ?? []) one.Protocol = "TLS";
  };
  const sketch = { routes: [SHOP], change };
  expect(questionsOf(composed(sketch)).map(({ name }) => name)).toEqual(["node_server_name"]);
  expect(file("main.tf", sketch)).toContain("server_name = var.node_server_name");
});

test("the port of the listener is in the configuration, unless the module assumes it", () => {
  const at = (Port: number, Protocol: string) => {
    const change = ({ elastic_load_balancing }: Snapshot) => {
      const node = elastic_load_balancing?.LoadBalancers[0]?.Listeners?.find(({ Port: port }) => port === 81);
      Object.assign(node ?? {}, { Port, Protocol });
    };
    return file("main.tf", { routes: [SHOP], change });
  };
  expect(at(81, "TCP")).toContain(" port = 81");
  expect(at(80, "TLS")).toContain(" port = 80");
  for (const text of [at(80, "TCP"), at(443, "TLS")]) expect(text).not.toMatch(/^ port = /m);
});

describe("refuses", () => {
  test.each<[string, Account, Partial<Wanted>, string]>([
    ["an API that is not there", { routes: [SHOP] }, { id: "zzzzzzzzzz" }, "Its APIs: a1b2c3d4e5 (shop)"],
    ["no routes", { routes: [] }, {}, "It has no routes."],
    [
      "only functions",
      { routes: [{ key: "$default", integration: { IntegrationType: "AWS_PROXY" } }] },
      {},
      "No request to the API",
    ],
    [
      "a WebSocket API",
      {
        routes: [SHOP],
        change: ({ api_gateway_http: http }) => http?.Apis.forEach((api) => (api.ProtocolType = "WEBSOCKET")),
      },
      {},
      "WEBSOCKET",
    ],
    [
      "routes that could not be read",
      {
        routes: [SHOP],
        change: ({ unread }) => unread.push({ action: "apigateway:GetRoutes", resource: null, error: "no" }),
      },
      {},
      "could not be read",
    ],
    ["a listener that is not there", { routes: [SHOP] }, { node: { listenerArn: listenerArn(9) } }, listenerArn(81)],
    [
      "a listener with nothing behind it",
      {
        routes: [SHOP],
        change: ({ elastic_load_balancing: elb }) =>
          elb?.TargetGroups.forEach((group) => group.TargetGroupName === "node" && (group.Targets = [])),
      },
      {},
      "Nothing tells where the node is",
    ],
  ])("%s", (_, sketch, wanted, message) => {
    expect(() => composed({ ...sketch, change: (snapshot) => sketch.change?.(snapshot) }, wanted)).toThrow(message);
  });
});
