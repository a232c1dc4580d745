import type { Integration } from "@aws-sdk/client-apigatewayv2";
import type { LocalAws } from "./local-aws";

/**
 * The routes of an HTTP API as the API Gateway has them, in words, sorted. For example
 * `GET /orders/{id} -> INTERNET https://shop.example.com $request.path`.
 */
export async function routesInWords(aws: LocalAws, ApiId: string): Promise<string[]> {
  const routes = await routesWithIntegrations(aws, ApiId);
  return routes.map(({ key, integration }) => `${key} -> ${inWords(integration)}`).sort();
}

async function routesWithIntegrations({ apiGatewayV2 }: LocalAws, ApiId: string) {
  const { Items: Routes = [] } = await apiGatewayV2.getRoutes({ ApiId });
  const { Items: Integrations = [] } = await apiGatewayV2.getIntegrations({ ApiId });
  return Routes.map(({ RouteKey = "", Target }) => {
    const integration = Integrations.find(({ IntegrationId }) => Target === `integrations/${IntegrationId}`);
    if (integration === undefined) throw new Error(`${RouteKey} has the target ${Target}, which does not exist.`);
    return { key: RouteKey, integration };
  });
}

function inWords({ ConnectionType, IntegrationUri, RequestParameters }: Integration): string {
  return [ConnectionType, IntegrationUri, RequestParameters?.["overwrite:path"]].filter(Boolean).join(" ");
}
