import type { View } from "./view";

/** How clients get to an API. */
export interface Entrances {
  /** The default endpoint, which requires no certificate. */
  readonly default: "enabled" | "disabled";
  /** "clients.example.com/orders to the stage live". */
  readonly domains: readonly string[];
}

/** Those of HTTP and REST APIs, by the ID of the API. */
export function entrancesOf({ api_gateway_http, api_gateway_rest }: View): Map<string, Entrances> {
  const mappings = [
    ...(api_gateway_http?.DomainNames ?? []).flatMap(({ DomainName, ApiMappings }) =>
      ApiMappings.map((one) => ({
        ...{ domain: DomainName, api: one.ApiId },
        path: one.ApiMappingKey,
        stage: one.Stage,
      })),
    ),
    ...(api_gateway_rest?.domainNames ?? []).flatMap(({ domainName, basePathMappings }) =>
      basePathMappings.map((one) => ({
        ...{ domain: domainName, api: one.restApiId },
        path: one.basePath,
        stage: one.stage,
      })),
    ),
  ];
  const entrances = (id: string, isDisabled = false): [string, Entrances] => [
    id,
    {
      default: isDisabled ? "disabled" : "enabled",
      domains: mappings
        .filter(({ api }) => api === id)
        .map(({ domain, path = "", stage }) => `${domain}/${path} to the stage ${stage}`),
    },
  ];
  return new Map([
    ...(api_gateway_http?.Apis ?? []).map((api) => entrances(api.ApiId, api.DisableExecuteApiEndpoint)),
    ...(api_gateway_rest?.restApis ?? []).map((api) => entrances(api.id, api.disableExecuteApiEndpoint)),
  ]);
}
