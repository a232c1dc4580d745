import type { Snapshot } from "../../account/snapshot";
import { compose } from "../../onboard/compose";
import type { Wanted } from "../../onboard/composition";
import { listenerArn, NETWORK_ARN } from "./support/listeners";
import { accountOf, wantedFor } from "./support/new-fleet";

type Change = (snapshot: Snapshot) => void;

const NODE = { node: { listenerArn: listenerArn(80) } };

/** The node is behind the load balancer, which admits VPC links. */
const composed = (change: Change = () => undefined, wanted: Partial<Wanted> = {}) =>
  compose(
    "rest-api",
    accountOf("rest-api", (snapshot) => {
      for (const one of snapshot.elastic_load_balancing?.LoadBalancers ?? [])
        one.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = "off";
      change(snapshot);
    }),
    wantedFor("rest-api", {}, { ...NODE, ...wanted }),
  );

test("a method to the application has a route", () => {
  expect(composed().entries.map(({ words, key }) => [words, key])).toEqual([
    ["stage live of a1b2c3d4e5 with the deployment d1", null],
    ["method GET /orders → http://shop.example.com/orders", "GET /orders"],
  ]);
});

describe("refuses", () => {
  const api = ({ api_gateway_rest }: Snapshot) => api_gateway_rest?.restApis[0];
  const integration =
    (fields: object): Change =>
    (snapshot) => {
      for (const { resourceMethods = {} } of api(snapshot)?.resources ?? [])
        for (const method of Object.values(resourceMethods)) Object.assign(method.methodIntegration ?? {}, fields);
    };
  const stages =
    (...all: object[]): Change =>
    (snapshot) =>
      Object.assign(api(snapshot) ?? {}, { stages: all });
  const loadBalancer =
    (fields: object): Change =>
    ({ elastic_load_balancing }) =>
      Object.assign(elastic_load_balancing?.LoadBalancers[0] ?? {}, fields);
  const unread =
    (resource: string): Change =>
    (snapshot) =>
      snapshot.unread.push({ action: "apigateway:GetResources", resource, error: "AccessDenied" });
  const live = { stageName: "live", deploymentId: "d1" };

  test.each<[string, Change | undefined, Partial<Wanted>, string]>([
    ["an API that is not there", undefined, { id: "zzzzzzzzzz" }, "Its APIs: a1b2c3d4e5 (shop)"],
    ["no methods", (snapshot) => Object.assign(api(snapshot) ?? {}, { resources: [] }), {}, "It has no methods."],
    [
      "only functions",
      integration({ type: "AWS_PROXY" }),
      {},
      "method GET /orders → http://shop.example.com/orders: It",
    ],
    ["only answers of the API itself", integration({ type: "MOCK" }), {}, "API Gateway answers it by itself."],
    [
      "only methods with values of their own",
      integration({ requestParameters: { "integration.request.header.x": "digest:" } }),
      {},
      "which may be secret",
    ],
    ["methods that could not be read", unread("a1b2c3d4e5"), {}, "apigateway:GetResources of a1b2c3d4e5: AccessDenied"],
    [
      "a method that goes to the node already",
      (snapshot) => {
        integration({ connectionType: "VPC_LINK", connectionId: "link" })(snapshot);
        snapshot.api_gateway_rest?.vpcLinks.push({ id: "link", targetArns: [NETWORK_ARN] });
      },
      {},
      "restore onboard.json from version control",
    ],
    ["no stage", stages(), {}, "has the stages none"],
    ["one of several stages", stages(live, { ...live, stageName: "old" }), {}, "has the stages live, old"],
    [
      "a stage that is not there",
      undefined,
      { restApi: { adoptApi: false, stage: "old" } },
      "has no stage old. Its stages: live",
    ],
    ["a canary", stages({ ...live, canarySettings: { percentTraffic: 5 } }), {}, "Promote or delete it first"],
    ["an Application Load Balancer", loadBalancer({ Type: "application" }), {}, "module api-gateway-rest-alb"],
    [
      "a load balancer that drops the connections of VPC links",
      loadBalancer({ EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "" }),
      {},
      'enforce_security_group_inbound_rules_on_private_link_traffic = "off"',
    ],
    ["a listener that is not there", undefined, { node: { listenerArn: listenerArn(9) } }, listenerArn(80)],
    ["an application that nothing tells about", undefined, { targetGroupArns: [] }, "--application-target-groups"],
    [
      "a node in another VPC",
      ({ ec2 }) => ec2?.Subnets.forEach((subnet) => (subnet.VpcId = "vpc-0f000000")),
      {},
      "The node is in vpc-0f000000",
    ],
  ])("%s", (_, change, wanted, message) => {
    expect(() => composed(change, wanted)).toThrow(message);
  });

  test("no part of other APIs that could not be read", () => {
    const other: Change = (snapshot) => {
      snapshot.api_gateway_rest?.restApis.push({
        ...{ id: "z9y8x7w6v5", policy: null, resources: [], stages: [] },
      });
      unread("z9y8x7w6v5")(snapshot);
    };
    expect(composed(other).entries).toHaveLength(2);
  });
});
