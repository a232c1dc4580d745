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

/**
 * The API's OpenAPI document, as AWS documents its export, with what a reader of the routes looks at: moto has none.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html
 */
export async function exportedApi(aws: LocalAws, ApiId: string): Promise<string> {
  const routes = await routesWithIntegrations(aws, ApiId);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { key, integration } of routes) {
    const [method = "", path = ""] = key === "$default" ? ["ANY", "/$default"] : key.split(" ");
    (paths[path] ??= {})[method === "ANY" ? "x-amazon-apigateway-any-method" : method.toLowerCase()] = {
      ...(key === "$default" ? { isDefaultRoute: true } : {}),
      responses: { default: { description: `Default response for ${key}` } },
      "x-amazon-apigateway-integration": {
        type: integration.IntegrationType?.toLowerCase(),
        httpMethod: integration.IntegrationMethod,
        uri: integration.IntegrationUri,
        connectionType: integration.ConnectionType,
        connectionId: integration.ConnectionId,
        payloadFormatVersion: integration.PayloadFormatVersion,
      },
    };
  }
  return JSON.stringify({ openapi: "3.0.1", info: { title: "shop", version: "1" }, paths });
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
