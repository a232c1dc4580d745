import { describeInTestAll } from "../../test-all";
import { httpApi } from "../foreign/applications/http-api";
import { routesInWords } from "../harness/http-api";
import type { LocalAws } from "../harness/local-aws";
import { resourceChanges } from "../harness/plan";
import { nodeBehindListener } from "./node";
import { type Application, onboarded } from "./onboarded";

/** The API of others, with a route to a function, and one over the internet that has settings of its own. */
async function create(aws: LocalAws): Promise<Application> {
  const { network, entryPoints, targetGroupArns } = await httpApi.create(aws);
  const [listenerArn = "", ApiId = ""] = entryPoints.map(({ id }) => id);
  const { Listeners: [listener] = [] } = await aws.elb.describeListeners({ ListenerArns: [listenerArn] });
  const LoadBalancerArns = [String(listener?.LoadBalancerArn)];
  const { LoadBalancers: [loadBalancer] = [] } = await aws.elb.describeLoadBalancers({ LoadBalancerArns });
  const route = async (RouteKey: string, integration: object) => {
    const { IntegrationId } = await aws.apiGatewayV2.createIntegration({
      ...{ ApiId, IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", PayloadFormatVersion: "1.0" },
      ...integration,
    });
    await aws.apiGatewayV2.createRoute({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` });
  };
  await route("GET /status", {
    ...{ IntegrationType: "AWS_PROXY", IntegrationUri: "arn:aws:lambda:us-east-1:123456789012:function:status" },
  });
  await route("GET /legacy/{id}", {
    ...{ IntegrationUri: `http://${loadBalancer?.DNSName}/v1/{id}`, IntegrationMethod: "GET", TimeoutInMillis: 5000 },
    ResponseParameters: { "404": { "overwrite:statuscode": "410" } },
  });
  return {
    ...{ id: ApiId, listenerArns: [listenerArn], targetGroupArns },
    node: { nodeListener: await nodeBehindListener(aws, network) },
  };
}

describeInTestAll(["terraform", "moto_server"], "onboard http-api", () => {
  const own = onboarded({
    ...{ scenario: "http-api", create, covered: 2, options: { region: "us-east-1" } },
    more: (aws, { id }) => routesInWords(aws, id),
    follow: async (aws, { id, node }, percent) => {
      if (percent === 0) return;
      const words = await routesInWords(aws, id);
      const toNode = `VPC_LINK ${node.nodeListener}`;
      expect(words).toContain(`GET /legacy/{id} -> ${toNode} /v1/$request.path.id`);
      expect(words.filter((line) => !line.includes(toNode))).toEqual([
        expect.stringMatching(/^GET \/status/) as string,
      ]);
    },
  });

  test("a route that is added is found, and written anew, the plan adopts exactly it", async () => {
    const { apiGatewayV2 } = own.aws();
    const { id: ApiId } = own.application();
    const { Items: routes = [] } = await apiGatewayV2.getRoutes({ ApiId });
    const Target = routes.find(({ RouteKey }) => RouteKey === "GET /legacy/{id}")?.Target;
    const { RouteId } = await apiGatewayV2.createRoute({ ApiId, RouteKey: "GET /old/{id}", Target });
    expect(await own.check()).toEqual({
      exitCode: 1,
      lines: [expect.stringMatching(/^\+ route GET \/old\/\{id\} → http:\/\/.*: not covered$/) as string],
    });
    expect(await own.onboard()).toBe(0);
    expect(resourceChanges(await own.root().plan({ node_traffic_percent: 0 })).sort()).toEqual([
      'create module.wallarm_routing.aws_apigatewayv2_integration.node["get-old-id"]',
      'import module.wallarm_routing.aws_apigatewayv2_route.adopted["get-old-id"]',
      "update module.wallarm_routing.terraform_data.routing: input, output", // the contract, which lists it
    ]);
    await apiGatewayV2.deleteRoute({ ApiId, RouteId });
    expect(await own.onboard()).toBe(0);
  }, 300_000);

  own.isReleased("api-gateway-http");
});
