import { describeInTestAll } from "../test-all";
import { Bench } from "./bench";
import type { Mode, ModeOf } from "./breaker";
import type { DeployedMethod } from "./canaries";
import { restAnswers, unpublished } from "./rest";
import { SCENARIOS } from "./scenarios";
import type { View } from "./view";

const SCENARIO = "api-gateway-rest";

const toApplication = { type: "http_proxy", connectionType: "INTERNET", uri: "https://shop.example.com/orders" };
const toNode = {
  ...{ type: "HTTP_PROXY", connectionType: "VPC_LINK", connectionId: "link", uri: "https://node.example.com/orders" },
  requestParameters: { "integration.request.header.X-Source-Ip": "context.identity.sourceIp" },
};
const orders = (integration: DeployedMethod["integration"]) => [{ path: "/orders", method: "get", integration }];

/** An API that has the way to the node, and a stage that serves something else. */
function viewWith(deployedMethods: DeployedMethod[], canary?: DeployedMethod[]): View {
  const canarySettings = canary && { deploymentId: "next", percentTraffic: 10 };
  const resources = [{ id: "r", path: "/orders", resourceMethods: { GET: { methodIntegration: toNode } } }];
  const api = { id: "api", policy: null, resources, stages: [{ stageName: "live", deployedMethods, canarySettings }] };
  return {
    ...{ schema_version: 1, account_id: "", region: "", read_at: "", focus: null, unread: [], ec2: null, ecs: null },
    ...{ elastic_load_balancing: null, auto_scaling: null, cloudfront: null, api_gateway_http: null },
    api_gateway_rest: { restApis: [api], vpcLinks: [], domainNames: [] },
    canaries: new Map(canary && [["next", canary]]),
  };
}

const application = "HTTP_PROXY INTERNET https://shop.example.com/orders";
const node =
  "HTTP_PROXY VPC_LINK https://node.example.com/orders integration.request.header.X-Source-Ip=context.identity.sourceIp";

test("requests go where deployments say, and not where integrations do", () => {
  const answers = (...methods: Parameters<typeof viewWith>) => Object.fromEntries(restAnswers(viewWith(...methods)));
  expect(answers(orders(toApplication))).toEqual({ "GET /orders": application });
  expect(answers(orders(toApplication), orders(toNode))).toEqual({
    "GET /orders": `${application}, canary 10: ${node}`,
  });
  expect(answers([{ path: "/a", method: "x-amazon-apigateway-any-method", integration: null }])).toEqual({
    "ANY /a": "nothing",
  });
});

test("an integration that no deployment serves is named", () => {
  expect(unpublished(viewWith(orders(toNode)))).toEqual([]);
  expect(unpublished(viewWith(orders(toApplication), orders(toNode)))).toEqual([]);
  expect(unpublished(viewWith(orders(toApplication)))).toEqual([
    `GET /orders is ${node} link, and deployed is ${application}`,
  ]);
  expect(unpublished(viewWith(orders({ ...toNode, connectionId: "old" })))).toHaveLength(1);
  expect(unpublished(viewWith([]))).toHaveLength(1);
});

/** `npm run faults` breaks the other calls. */
const ENDS: readonly (readonly [string, Mode])[] = [
  ["apigateway:POST /vpclinks", "lose"],
  ["apigateway:POST /restapis/rest-api/deployments", "kill"],
  ["apigateway:PATCH /restapis/rest-api/stages/live", "expire"],
];

describeInTestAll(["terraform", "moto_server", "localstack"], "applies of a REST API", () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await Bench.start();
  });

  afterAll(() => bench.stop());

  test.each(Object.keys(SCENARIOS[SCENARIO]?.steps ?? {}))(
    "%s: no call cuts or opens anything",
    async (step) => {
      const { broken } = await bench.reach(SCENARIO, step);
      expect(broken).toEqual([]);
    },
    300_000,
  );

  test.each(ENDS)(
    "all at once, where %s meets %s: nothing is cut or opened, and it converges",
    async (call, mode) => {
      const modeOf: ModeOf = ({ name }, nth) => (name === call && nth === 1 ? mode : undefined);
      const { broken, stuck } = await bench.breakCalls(SCENARIO, "all at once", modeOf, false);
      expect({ broken, stuck }).toEqual({ broken: [], stuck: [] });
    },
    300_000,
  );
});
