import type { DeployedMethod } from "./canaries";
import type { View } from "./view";

type Integration = NonNullable<DeployedMethod["integration"]>;

/** An integration in a deployment, which is what answers requests: not the one that the API has now. */
interface Served {
  /** "GET /orders". */
  readonly request: string;
  /** Null: the method has none. */
  readonly integration: Integration | null;
  /** Where the request goes, in words that are the same in every run. */
  readonly words: string;
  /** Its share, if a canary has it. */
  readonly canaryPercent?: number | undefined;
}

/** What the stages of REST APIs serve, and then what their canaries do. */
export function servedBy({ api_gateway_rest, canaries }: View): Served[] {
  const stages = (api_gateway_rest?.restApis ?? []).flatMap((api) => api.stages);
  return stages.flatMap(({ deployedMethods, canarySettings: canary, clientCertificateId }) => {
    const certificate = clientCertificateId === undefined ? "" : " with a certificate";
    const served = ({ path, method, integration }: DeployedMethod): Served => ({
      ...{ request: `${methodOf(method)} ${path}`, integration },
      words: `${integration === null ? "nothing" : inWords(integration)}${certificate}`,
    });
    const canaryMethods = canaries.get(canary?.deploymentId ?? "") ?? [];
    return [
      ...(deployedMethods ?? []).map(served),
      ...canaryMethods.map((method) => ({ ...served(method), canaryPercent: canary?.percentTraffic })),
    ];
  });
}

/** What happens to each request, by its name. */
export function restAnswers(view: View): Map<string, string> {
  const answers = new Map<string, string>();
  for (const { request, words, canaryPercent } of servedBy(view)) {
    const before = answers.get(request);
    answers.set(request, canaryPercent === undefined ? words : `${before}, canary ${canaryPercent}: ${words}`);
  }
  return answers;
}

/** Integrations that no deployment serves: when an apply has ended, nothing waits for one. */
export function unpublished(view: View): string[] {
  // The canary's in place of the stage's.
  const served = new Map(servedBy(view).map(({ request, integration }) => [request, exactly(integration)]));
  const resources = (view.api_gateway_rest?.restApis ?? []).flatMap((api) => api.resources);
  return resources.flatMap(({ path, resourceMethods = {} }) =>
    Object.entries(resourceMethods).flatMap(([method, { methodIntegration = null }]) => {
      const request = `${method} ${path}`;
      const [now, deployed] = [exactly(methodIntegration), served.get(request)];
      return now === deployed ? [] : [`${request} is ${now}, and deployed is ${deployed}`];
    }),
  );
}

/** An export writes ANY as x-amazon-apigateway-any-method. */
function methodOf(method: string): string {
  return method.startsWith("x-") ? "ANY" : method.toUpperCase();
}

function inWords({ type, connectionType, uri, requestParameters = {} }: Integration): string {
  const parameters = Object.entries(requestParameters).map(([name, value]) => `${name}=${value}`);
  return [type?.toUpperCase(), connectionType, uri, ...parameters.sort()].filter(Boolean).join(" ");
}

function exactly(integration: Integration | null): string {
  return integration === null ? "nothing" : [inWords(integration), integration.connectionId].filter(Boolean).join(" ");
}
