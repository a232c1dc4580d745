/** The routes of an HTTP API, with what they lead to. */
import * as z from "zod";
import { HTTP_API, HTTP_INTEGRATION } from "../account/schema/api-gateway";

export type HttpApi = z.infer<typeof HTTP_API>;

export interface HttpRoute {
  readonly id: string;
  /** "GET /orders/{id}". */
  readonly key: string;
  readonly isManaged: boolean;
  readonly integration: z.infer<typeof HTTP_INTEGRATION> | undefined;
}

export function httpRoutesOf({ Routes, Integrations }: HttpApi): HttpRoute[] {
  return [...Routes]
    .sort((a, b) => a.RouteKey.localeCompare(b.RouteKey))
    .map(({ RouteId, RouteKey, Target, ApiGatewayManaged }) => ({
      ...{ id: RouteId, key: RouteKey, isManaged: ApiGatewayManaged === true },
      integration: Integrations.find(({ IntegrationId }) => Target === `integrations/${IntegrationId}`),
    }));
}
