/** The routes of an HTTP API in the configuration: what is adopted, with the settings of the application's integration. */
import { HttpApi, HttpRoute, httpRoutesOf } from "../../model/http-routes";
import { Entry, Wanted } from "../composition";
import { block, body, comment, Fields, reference } from "../hcl";
import { Refusal } from "../refusal";

/** A route, and what becomes of it. */
export interface Judged extends Pick<Entry, "words" | "key" | "reason" | "needsOwner" | "target"> {
  readonly route: HttpRoute;
  /** No node can stand in front of it. */
  readonly accepted: boolean;
}

export interface Covered extends Judged {
  readonly key: string;
}

export function isCovered(route: Judged): route is Covered {
  return route.key !== null;
}

/** @throws Refusal if a route goes to the node, and nothing tells where it went before */
export function judged(api: HttpApi, nodeListenerArn: string | null, { remembered }: Wanted): Judged[] {
  const taken = new Set(Object.values(remembered).map(({ key }) => key));
  return httpRoutesOf(api).map((now) => {
    const isMoved = now.integration?.IntegrationUri === nodeListenerArn;
    const target = (isMoved ? remembered[now.id]?.target : now.integration?.IntegrationId) ?? null;
    const integration = api.Integrations.find(({ IntegrationId }) => IntegrationId === target);
    if (isMoved && integration === undefined)
      throw new Refusal(
        `The route ${now.key} of ${api.ApiId} goes to the node already, and its integration ${target ?? ""} is not known any more. Restore onboard.json from version control, or go back to 0 first.`,
      );
    const route: HttpRoute = { ...now, integration };
    const words = `route ${route.key} → ${integration?.IntegrationUri ?? integration?.IntegrationType ?? "nothing"}`;
    const accepted = integration !== undefined && integration.IntegrationType !== "HTTP_PROXY";
    const reason = reasonToLeaveOut(route, accepted);
    const key = reason === null ? (remembered[route.id]?.key ?? newKey(route, taken)) : null;
    taken.add(key);
    return {
      ...{ route, words, target, accepted, reason, key },
      needsOwner: reason !== null && !accepted && target !== null,
    };
  });
}

function reasonToLeaveOut({ integration, isManaged }: HttpRoute, accepted: boolean): string | null {
  if (integration === undefined) return "It has no integration.";
  if (accepted)
    return "It does not proxy HTTP, as of a Lambda function, so no node can stand in front of it: accepted_routes.";
  if (isManaged)
    return "It comes from quick create, and AWS manages it. Its owner creates the routes ANY / and ANY /{proxy+} with the same integration.";
  const { IntegrationUri = "", RequestParameters = {}, ResponseParameters = {} } = integration;
  const values = [RequestParameters, ...Object.values(ResponseParameters)].flatMap((map) => Object.values(map));
  if (IntegrationUri.includes("?") || values.some((value) => value.startsWith("digest:")))
    return "Its integration has values of its own, which may be secret and are not in the snapshot. Write its route by hand.";
  return null;
}

/** From the method and the path: "get-orders-id". The name of a route is part of resource addresses, and stays. */
function newKey({ key }: HttpRoute, taken: ReadonlySet<string | null>): string {
  const slug = key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  for (let count = 1; ; count++) {
    const name = count === 1 ? slug : `${slug}-${count}`;
    if (!taken.has(name)) return name;
  }
}

export function routesFile(routes: readonly Judged[], { ApiId }: HttpApi, stageName: string): string {
  const covered = routes.filter(isCovered).map(({ words, key, route, target }) => {
    const fields = {
      ...{ route_key: route.key, route_id: route.id, application_integration_id: target ?? "" },
      ...pathOf(route, stageName),
      integration: settingsOf(route),
    };
    return `${comment(words)}\n${/^[a-z]/.test(key) ? key : `"${key}"`} = {\n${body(fields)}\n}\n`;
  });
  const leftOut = routes
    .filter((route) => !isCovered(route))
    .map(({ words, reason }) => `\n${comment(`Left out: ${words}. ${reason}`)}`);
  return [
    comment(
      `The routes of ${ApiId} that lead to the application. To write this file again, run "onboard" with the arguments in onboard.json.`,
    ),
    `locals {\nroutes = {\n${covered.join("\n")}}\n}`,
    ...leftOut,
  ].join("\n");
}

/** The path that the application gets, as the module reads it from the API. Empty: that of the request. */
function pathOf({ key, integration }: HttpRoute, stageName: string): Fields {
  const { IntegrationUri = "", RequestParameters = {} } = integration ?? {};
  const mapped = RequestParameters["overwrite:path"];
  if (mapped !== undefined) return mapped === "$request.path" ? {} : { path: mapped };
  if (IntegrationUri.startsWith("arn:")) return stageName === "$default" ? {} : { path: `/${stageName}$request.path` };
  const [, path] = /^https?:\/\/[^/]+(\/.+)$/.exec(IntegrationUri) ?? [];
  const ofRoute = key.split(" ")[1]?.replace("+}", "}");
  if (path === undefined || path === ofRoute) return {};
  return { path: path.replace(/\{([^{}]+)\}/g, "$request.path.$1") };
}

/** What the application's integration sets beside the defaults of AWS. */
function settingsOf({ integration }: HttpRoute): Fields {
  const { IntegrationMethod = "ANY", TimeoutInMillis = 30_000 } = integration ?? {};
  const { RequestParameters = {}, ResponseParameters = {} } = integration ?? {};
  const parameters = Object.fromEntries(
    Object.entries(RequestParameters).filter(([name]) => name !== "overwrite:path"),
  );
  return {
    ...(IntegrationMethod === "ANY" ? {} : { method: IntegrationMethod }),
    ...(TimeoutInMillis === 30_000 ? {} : { timeout_milliseconds: TimeoutInMillis }),
    ...(Object.keys(parameters).length > 0 ? { request_parameters: parameters } : {}),
    ...(Object.keys(ResponseParameters).length > 0 ? { response_parameters: ResponseParameters } : {}),
  };
}

export function importsFile({ ApiId }: HttpApi): string {
  return block("import", [
    { for_each: reference("local.routes") },
    {
      to: reference("module.wallarm_routing.aws_apigatewayv2_route.adopted[each.key]"),
      id: reference(`"${ApiId}/\${each.value.route_id}"`),
    },
  ]);
}
