import type { View } from "./view";

/** How clients get to an API. */
export interface Entrances {
  /** The default endpoint, which requires no certificate. */
  readonly default: "enabled" | "disabled";
  /** "clients.example.com/orders to the stage live". */
  readonly domains: readonly string[];
}

/** Those of each HTTP and REST API. */
export function entrancesOf({ api_gateway_http, api_gateway_rest }: View): Entrances[] {
  const ofHttpApis = (api_gateway_http?.Apis ?? []).map(({ ApiId, DisableExecuteApiEndpoint }) => ({
    default: inWords(DisableExecuteApiEndpoint),
    domains: (api_gateway_http?.DomainNames ?? []).flatMap(({ DomainName, ApiMappings }) =>
      ApiMappings.filter((mapping) => mapping.ApiId === ApiId).map(
        ({ ApiMappingKey = "", Stage }) => `${DomainName}/${ApiMappingKey} to the stage ${Stage}`,
      ),
    ),
  }));
  const ofRestApis = (api_gateway_rest?.restApis ?? []).map(({ id, disableExecuteApiEndpoint }) => ({
    default: inWords(disableExecuteApiEndpoint),
    domains: (api_gateway_rest?.domainNames ?? []).flatMap(({ domainName, basePathMappings }) =>
      basePathMappings
        .filter((mapping) => mapping.restApiId === id)
        .map(({ basePath, stage }) => `${domainName}/${basePath} to the stage ${stage}`),
    ),
  }));
  return [...ofHttpApis, ...ofRestApis];
}

function inWords(isDisabled = false): Entrances["default"] {
  return isDisabled ? "disabled" : "enabled";
}
