/** The methods of a REST API in the configuration: the application's integration of each, as it is today. */
import * as z from "zod";
import { REST_API, REST_INTEGRATION } from "../../account/schema/api-gateway";
import { Snapshot } from "../../account/snapshot";
import { Entry, Wanted } from "../composition";
import { block, body, comment, Fields, reference } from "../hcl";
import { Refusal } from "../refusal";

export type RestApi = z.infer<typeof REST_API>;
type Integration = z.infer<typeof REST_INTEGRATION>;

/** A method, and what becomes of it. */
export interface RestRoute {
  /** RESOURCE/METHOD, as in import IDs. */
  readonly id: string;
  /** "GET /orders/{id}". */
  readonly name: string;
  readonly words: string;
  /** What it asks of the application, in the module's input. Null: left out. */
  readonly settings: Fields | null;
  readonly reason: string | null;
  /** No node can stand in front of it. */
  readonly accepted: boolean;
  readonly needsOwner: boolean;
  /** The node serves it now. */
  readonly isMoved: boolean;
}

export interface CoveredRoute extends RestRoute {
  readonly settings: Fields;
}

export function isCovered(route: RestRoute): route is CoveredRoute {
  return route.settings !== null;
}

/** @throws Refusal if a method goes to the node, and nothing tells where it went before */
export function restRoutes(
  { id: apiId, resources }: RestApi,
  snapshot: Snapshot,
  loadBalancerArn: string | null,
  { remembered }: Wanted,
): RestRoute[] {
  const links = (snapshot.api_gateway_rest?.vpcLinks ?? []).filter(
    ({ targetArns }) => loadBalancerArn !== null && targetArns?.includes(loadBalancerArn),
  );
  const linkIds = links.map(({ id }) => id);
  return resources
    .flatMap(({ id, path = "", resourceMethods = {} }) =>
      Object.entries(resourceMethods).map(([method, { methodIntegration }]) => {
        const route = { id: `${id}/${method}`, name: `${method} ${path}` };
        const isMoved = linkIds.includes(methodIntegration?.connectionId ?? "");
        const then = remembered[route.id]?.target ?? null;
        if (!isMoved) return { ...routeOf(route, methodIntegration, id), isMoved };
        if (then === null)
          throw new Refusal(
            `${route.name} of ${apiId} uses a VPC link to the load balancer of the node, and nothing tells what it used before. If the application is behind this load balancer too, the API needs no change: onboard nlb ARN. Otherwise, restore onboard.json from version control, or go back to 0 first.`,
          );
        return { ...covered(route, JSON.parse(then) as Fields), isMoved };
      }),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
}

type Named = Pick<RestRoute, "id" | "name">;

function routeOf(route: Named, integration: Integration | undefined, resourceId: string): Omit<RestRoute, "isMoved"> {
  const type = integration?.type ?? "";
  const leftOut = (reason: string, more: { accepted?: boolean; needsOwner?: boolean } = {}) => ({
    ...{ ...route, settings: null, reason, accepted: false, needsOwner: false, ...more },
    words: `method ${route.name} → ${integration?.uri ?? (type === "" ? "nothing" : type)}`,
  });
  if (integration === undefined || type === "") return leftOut("It has no integration.");
  if (type === "MOCK") return leftOut("API Gateway answers it by itself.");
  if (type !== "HTTP" && type !== "HTTP_PROXY")
    return leftOut(
      "It does not call a URL, as with a Lambda function, so no node can stand in front of it: accepted_routes.",
      { accepted: true },
    );
  const values = Object.values(integration.requestParameters ?? {});
  const isSecret =
    Object.keys(integration.requestTemplates ?? {}).length > 0 ||
    values.some((value) => value.startsWith("digest:")) ||
    (integration.uri ?? "").includes("?");
  if (isSecret)
    return leftOut(
      "Its integration has templates or values of its own, which may be secret and are not in the snapshot. Write its route by hand.",
      { needsOwner: true },
    );
  return covered(route, settingsOf(route, integration, resourceId));
}

function covered(route: Named, settings: Fields): Omit<CoveredRoute, "isMoved"> {
  return {
    ...{ ...route, settings, reason: null, accepted: false, needsOwner: false },
    words: `method ${route.name} → ${String(settings.uri)}`,
  };
}

/** Without what the module adds by itself, and without defaults. */
function settingsOf({ name }: Named, integration: Integration, resourceId: string): Fields {
  const { uri = "", httpMethod, connectionType, connectionId, timeoutInMillis = 29_000 } = integration;
  const { cacheNamespace, cacheKeyParameters = [], contentHandling, tlsConfig } = integration;
  const parameters = Object.entries(integration.requestParameters ?? {}).filter(
    ([to, from]) =>
      !(
        from === to.replace("integration.request.path.", "method.request.path.") &&
        uri.includes(`{${to.replace("integration.request.path.", "")}}`)
      ),
  );
  return {
    uri,
    ...(integration.type === "HTTP" ? { type: "HTTP" } : {}),
    ...(httpMethod === undefined || httpMethod === name.split(" ")[0] ? {} : { integration_http_method: httpMethod }),
    ...(connectionType === "VPC_LINK" && connectionId !== undefined ? { vpc_link_id: connectionId } : {}),
    ...(parameters.length > 0 ? { request_parameters: Object.fromEntries(parameters) } : {}),
    ...(contentHandling === undefined ? {} : { content_handling: contentHandling }),
    ...(cacheKeyParameters.length > 0 ? { cache_key_parameters: cacheKeyParameters } : {}),
    ...(cacheNamespace === undefined || cacheNamespace === resourceId ? {} : { cache_namespace: cacheNamespace }),
    ...(timeoutInMillis === 29_000 ? {} : { timeout_milliseconds: timeoutInMillis }),
    ...(tlsConfig?.insecureSkipVerification === true ? { tls_insecure_skip_verification: true } : {}),
  };
}

export function entryOf({ id, name, words, settings, reason, needsOwner }: RestRoute): Entry {
  return {
    ...{ id, words, reason, needsOwner, priority: null },
    key: settings === null ? null : name,
    target: settings === null ? null : JSON.stringify(settings),
  };
}

export function routesFile(routes: readonly RestRoute[], { id }: RestApi): string {
  const written = routes
    .filter(isCovered)
    .map(({ words, name, settings }) => `${comment(words)}\n${body({ [name]: settings })}\n`);
  const leftOut = routes
    .filter((route) => !isCovered(route))
    .map(({ words, reason }) => `\n${comment(`Left out: ${words}. ${reason}`)}`);
  return [
    comment(
      `The methods of ${id} that lead to the application. To write this file again, run "onboard" with the arguments in onboard.json.`,
    ),
    `locals {\nroutes = {\n${written.join("\n")}}\n}`,
    ...leftOut,
  ].join("\n");
}

export function importsFile(): string {
  return [
    block("import", [
      { for_each: reference("local.routes") },
      {
        to: reference("module.wallarm_routing.aws_api_gateway_integration.adopted[each.key]"),
        id: reference("module.wallarm_routing.import_ids.integrations[each.key]"),
      },
    ]),
    block("import", [
      {
        to: reference("module.wallarm_routing.aws_api_gateway_stage.adopted[0]"),
        id: reference("module.wallarm_routing.import_ids.stage"),
      },
    ]),
  ].join("\n");
}
