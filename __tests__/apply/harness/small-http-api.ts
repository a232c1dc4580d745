import type { LocalAws } from "./local-aws";
import { createSmallApplication } from "./small-application";
import type { Variables } from "./terraform";

/** An HTTP API with one route and the stage `live`, and a node that nothing leads to. */
export interface SmallHttpApi {
  readonly ApiId: string;
  /** Of the root http-api. */
  readonly variables: Variables;
}

/** @param autoDeploy whether the stage deploys by itself. If not, its owner has deployed once. */
export async function createSmallHttpApi(aws: LocalAws, autoDeploy: boolean): Promise<SmallHttpApi> {
  const { variables, subnetIds, nlbListenerArn, vpcId } = await createSmallApplication(aws);
  const ApiId = String((await aws.apiGatewayV2.createApi({ Name: "shop", ProtocolType: "HTTP" })).ApiId);
  const { IntegrationId } = await aws.apiGatewayV2.createIntegration({
    ...{ ApiId, IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", IntegrationUri: "https://shop.example.com" },
    PayloadFormatVersion: "1.0",
    RequestParameters: { "overwrite:path": "$request.path" },
  });
  const route = { ApiId, RouteKey: "$default", Target: `integrations/${IntegrationId}` };
  const { RouteId } = await aws.apiGatewayV2.createRoute(route);
  const stage = { ApiId, StageName: "live" };
  await aws.apiGatewayV2.createStage({ ...stage, Description: "of the owner", AutoDeploy: autoDeploy });
  if (!autoDeploy) await aws.apiGatewayV2.createDeployment(stage);
  return {
    ApiId,
    variables: {
      ...{ api_id: ApiId, vpc_id: vpcId, subnet_ids: Object.values(subnetIds) },
      route: { route_key: "$default", route_id: RouteId, application_integration_id: IntegrationId },
      load_balancer: {
        listener_arn: nlbListenerArn,
        security_group_ids: { node: variables.load_balancer_security_group_id },
      },
      node_security_group_id: variables.node_security_group_id,
    },
  };
}
