/** APIs of API Gateway whose integrations lead to the application: over the internet, through VPC links, or unknown. */
import * as z from "zod";
import { HTTP_API, REST_API } from "../../account/schema/api-gateway";
import { Unknown } from "../fact";
import { Lock } from "../network/ways";
import { Edge } from "../witness";
import { Layer7 } from "./balancers";
import { unreadOf } from "../unread";
import { Account, Deliveries } from "./deliveries";
import { EdgeTarget, throughEdge } from "./edges";

/** A route with its integration, of a REST API as of an HTTP API. */
interface Route {
  readonly apiId: string;
  /** "GET /orders", or "$default". */
  readonly key: string;
  readonly type: string;
  readonly uri: string;
  readonly isVpcLink: boolean;
  /** ID of the VPC link. */
  readonly connectionId: string;
  readonly action: string;
  readonly isStale: boolean;
}

export function throughApis(
  account: Account,
  deliveries: ReadonlyMap<string, Deliveries>,
  securityGroups: Lock,
): Layer7 {
  const { api_gateway_http, api_gateway_rest } = account.snapshot;
  const apis = [
    ...(api_gateway_http?.Apis ?? []).map(httpRoutes),
    ...(api_gateway_rest?.restApis ?? []).map(restRoutes),
  ];
  const entryPoints = new Set(
    account.roles.entryPoints.flatMap(({ fields }) => [fields.http_api_id, fields.rest_api_id]),
  );
  const routes = apis
    .flatMap((one) => one.routes)
    .map((route) => ({ route, isEntryPoint: entryPoints.has(route.apiId) }));
  const found = routes.flatMap(({ route, isEntryPoint }) =>
    targetsOf(route, isEntryPoint, account, deliveries).map((target) =>
      throughEdge(target, account, deliveries, securityGroups),
    ),
  );
  return {
    witnesses: [
      ...found.flatMap(({ witnesses }) => witnesses),
      ...routes.filter(({ isEntryPoint }) => isEntryPoint).flatMap(({ route }) => unclear(route, account)),
    ],
    open: found.flatMap(({ open }) => open),
    unknowns: [
      ...apis.filter(({ apiId }) => entryPoints.has(apiId)).flatMap(({ unknowns }) => unknowns),
      ...missing([...entryPoints], new Set(apis.map(({ apiId }) => apiId))),
      ...UNREADABLE.flatMap((action) =>
        [...entryPoints].flatMap((id) => (id === null ? [] : unreadOf(account.snapshot, action, id))),
      ),
    ],
  };
}

/** What an API in front of the node does is known only if all of it was read. */
const UNREADABLE = [
  "apigateway:GetRoutes",
  "apigateway:GetIntegrations",
  "apigateway:GetStages",
  "apigateway:GetResources",
];

function missing(entryPoints: readonly (string | null)[], read: ReadonlySet<string>): Unknown[] {
  const ids = entryPoints.filter((id) => id !== null && !read.has(id));
  return ids.map((id) => ({
    words: `The API ${id} is not in the snapshot.`,
    resource: id,
    action: "apigateway:GetApis",
  }));
}

function httpRoutes({ ApiId, Routes, Integrations, Stages }: z.infer<typeof HTTP_API>) {
  const byId = new Map(Integrations.map((one) => [`integrations/${one.IntegrationId}`, one]));
  return {
    apiId: ApiId,
    routes: Routes.flatMap(({ RouteKey, Target }) => {
      const one = byId.get(Target ?? "");
      if (one === undefined) return [];
      const { IntegrationType = "", IntegrationUri = "", ConnectionType, ConnectionId = "" } = one;
      return [
        {
          ...{ apiId: ApiId, key: RouteKey, type: IntegrationType, uri: IntegrationUri, connectionId: ConnectionId },
          ...{ isVpcLink: ConnectionType === "VPC_LINK", action: "apigateway:GetIntegrations", isStale: false },
        },
      ];
    }),
    // What a deployment has cannot be read.
    unknowns: Stages.filter(({ AutoDeploy }) => AutoDeploy !== true).map(({ StageName }) => ({
      words: `The stage ${StageName} of the API ${ApiId} is deployed by hand, and nobody can read what it serves.`,
      ...{ resource: `${ApiId}/${StageName}`, action: "apigateway:GetStages" },
    })),
  };
}

function restRoutes({ id, resources, stages }: z.infer<typeof REST_API>) {
  const route = (key: string, one: z.infer<typeof REST_API>["stages"][number]["deployedMethods"], isStale: boolean) =>
    (one ?? []).map(({ path, method, integration }) => ({
      ...{ apiId: id, key: key || `${method.toUpperCase()} ${path}`, type: integration?.type?.toUpperCase() ?? "" },
      ...{ uri: integration?.uri ?? "", connectionId: integration?.connectionId ?? "", isStale },
      ...{ isVpcLink: integration?.connectionType === "VPC_LINK", action: "apigateway:GetExport" },
    }));
  const configured = new Set(
    resources.flatMap(({ resourceMethods = {} }) =>
      Object.values(resourceMethods).map(({ methodIntegration }) => methodIntegration?.uri ?? ""),
    ),
  );
  const served = stages.flatMap(({ deployedMethods }) =>
    route("", deployedMethods, false).map((one) => ({ ...one, isStale: one.uri !== "" && !configured.has(one.uri) })),
  );
  const unknown = (words: string, stage: string): Unknown => ({
    words: `${words} of the stage ${stage} of the API ${id} cannot be read.`,
    ...{ resource: `${id}/${stage}`, action: "apigateway:GetExport" },
  });
  return {
    apiId: id,
    routes: served,
    unknowns: stages.flatMap(({ stageName, deployedMethods, canarySettings }) => [
      ...(deployedMethods === null ? [unknown("The deployment", stageName)] : []),
      ...(canarySettings === undefined ? [] : [unknown("The canary", stageName)]),
    ]),
  };
}

const LISTENER = /^arn:[^:]+:elasticloadbalancing:[^:]*:\d*:listener\/(.+)\/[0-9a-f]+$/;

function targetsOf(
  route: Route,
  isEntryPoint: boolean,
  { snapshot, index, roles }: Account,
  deliveries: ReadonlyMap<string, Deliveries>,
): EdgeTarget[] {
  const { apiId, key, uri, isVpcLink, connectionId, action, isStale } = route;
  const suffix = LISTENER.exec(uri)?.[1];
  const byListener = [...deliveries.keys()].find(
    (arn) => suffix !== undefined && arn.endsWith(`:loadbalancer/${suffix}`),
  );
  const linked = snapshot.api_gateway_rest?.vpcLinks.find(({ id }) => id === connectionId)?.targetArns ?? [];
  const host = /^[a-z]+:\/\/([^/:?]+)/i.exec(uri)?.[1]?.toLowerCase() ?? "";
  const named = index.loadBalancersByName.get(host)?.LoadBalancerArn;
  const arns = isVpcLink ? [byListener, ...linked, ...(linked.length === 0 ? [named] : [])] : [named];
  const by: Extract<Edge, { kind: "api" }>["by"] = isStale ? "stale deployment" : isVpcLink ? "vpc link" : "internet";
  const entryPoint = roles.entryPoints.find(
    ({ fields, percent }) => percent < 100 && [fields.http_api_id, fields.rest_api_id].includes(apiId),
  );
  return arns
    .filter((arn) => arn !== undefined)
    .map((loadBalancerArn) => ({
      ...{ loadBalancerArn, listenerArn: byListener === loadBalancerArn ? uri : null },
      isFrom: ({ kind }) => (isVpcLink ? kind !== "internet" : kind === "internet"),
      edge: { kind: "api", apiId, route: key, by, isEntryPoint },
      words: `API ${apiId}: ${key} → ${uri}`,
      ...{ resource: `${apiId} ${key}`, action },
      intended: entryPoint === undefined ? null : `by node_traffic_percent = ${entryPoint.percent}`,
    }));
}

/** An integration of the API in front of the node of which nobody knows where it leads. */
function unclear({ apiId, key, uri, type, action }: Route, { roles }: Account): Layer7["witnesses"] {
  const isVariable = uri.includes("stageVariables.");
  const isLambda = type.startsWith("AWS");
  if ((!isVariable && !isLambda) || roles.accepted.routes.has(key)) return [];
  const unknown: Unknown = {
    words: isVariable
      ? `Stage variables decide where ${key} of the API ${apiId} goes.`
      : `${key} of the API ${apiId} goes to ${uri}, which may call the application.`,
    ...{ resource: `${apiId} ${key}`, action },
  };
  const edge: Edge = {
    kind: "api",
    apiId,
    route: key,
    by: isVariable ? "stage variable" : "lambda",
    isEntryPoint: true,
  };
  const fact = { words: `${key} → ${uri}`, resource: apiId, action };
  return [
    {
      via: { kind: "edge", edge, delivery: null },
      steps: [
        { place: "source", words: "any client of the API", facts: [] },
        { place: "edge", words: `API ${apiId}`, facts: [fact] },
        { place: "application", words: "perhaps the application", facts: [] },
      ],
      ...{ certain: false, unknowns: [unknown], intended: null, resources: [`${apiId} ${key}`] },
    },
  ];
}
