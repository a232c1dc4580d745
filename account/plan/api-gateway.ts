/** APIs of API Gateway: HTTP APIs whole, and of REST APIs what a stage serves. */
import * as z from "zod";
import { HTTP_API as API, REST_API as REST } from "../schema/api-gateway";
import { Draft } from "./draft";
import { row } from "./row";
import { COMPUTED_FLAG, OPTIONAL_FLAG, OPTIONAL_TEXT, orLater, TEXT, TEXTS } from "./values";

type HttpApi = z.infer<typeof API>;

const HTTP_VALUES = z.object({
  ...{ id: TEXT, name: z.string(), protocol_type: z.string(), disable_execute_api_endpoint: OPTIONAL_FLAG },
  ...{ body: orLater(OPTIONAL_TEXT), target: orLater(OPTIONAL_TEXT) },
});

export const HTTP_API = row(HTTP_VALUES, {
  remove: ({ id }, draft) => {
    const http = draft.part("api_gateway_http");
    if (http !== null) http.Apis = http.Apis.filter(({ ApiId }) => ApiId !== id);
  },
  put: ({ id, name: Name, protocol_type: ProtocolType, ...after }, draft) => {
    const DisableExecuteApiEndpoint = after.disable_execute_api_endpoint;
    const api = { ApiId: draft.planned(id), Name, ProtocolType, DisableExecuteApiEndpoint };
    draft.part("api_gateway_http")?.Apis.push({ ...api, Routes: [], Integrations: [], Stages: [] });
    if (after.body !== undefined || after.target !== undefined) draft.unknown(IMPORTED);
  },
  update: (before, after, draft) => {
    const api = httpApiOf(after.id, draft);
    if (api === null) return;
    draft.planned(after.id);
    api.DisableExecuteApiEndpoint = after.disable_execute_api_endpoint;
    if (before.body !== after.body || before.target !== after.target) draft.unknown(IMPORTED);
  },
});

const IMPORTED = "its routes are in a body or target, which is not read.";

export const HTTP_ROUTE = row(z.object({ id: TEXT, api_id: TEXT, route_key: z.string(), target: OPTIONAL_TEXT }), {
  remove: ({ id, api_id }, draft) => {
    const api = httpApiOf(api_id, draft);
    if (api !== null) api.Routes = api.Routes.filter(({ RouteId }) => RouteId !== id);
  },
  put: ({ id: RouteId, api_id, route_key: RouteKey, target = "" }, draft) => {
    // The target of a new integration is "integrations/ID" with an ID that is known only after the apply.
    const Target = target === "" ? undefined : `integrations/${target.replace(/^integrations\//, "")}`;
    httpApiOf(api_id, draft)?.Routes.push({ RouteId, RouteKey, Target });
    draft.planned(`${api_id} ${RouteKey}`);
  },
});

const INTEGRATION_VALUES = z.object({
  ...{ id: TEXT, api_id: TEXT, integration_type: z.string(), integration_uri: OPTIONAL_TEXT },
  ...{ connection_type: OPTIONAL_TEXT, connection_id: OPTIONAL_TEXT },
});

export const HTTP_INTEGRATION = row(INTEGRATION_VALUES, {
  remove: ({ id, api_id }, draft) => {
    const api = httpApiOf(api_id, draft);
    if (api !== null) api.Integrations = api.Integrations.filter(({ IntegrationId }) => IntegrationId !== id);
  },
  put: ({ id, api_id, ...after }, draft) => {
    const api = httpApiOf(api_id, draft);
    api?.Integrations.push({
      ...{ IntegrationId: id, IntegrationType: after.integration_type },
      // Without the query, which may be secret.
      IntegrationUri: after.integration_uri?.replace(/\?.*$/s, ""),
      ...{ ConnectionType: after.connection_type, ConnectionId: after.connection_id },
    });
    for (const { RouteKey, Target } of api?.Routes ?? [])
      if (Target === `integrations/${id}`) draft.planned(`${api_id} ${RouteKey}`);
  },
});

export const HTTP_STAGE = row(z.object({ api_id: TEXT, name: z.string(), auto_deploy: OPTIONAL_FLAG }), {
  remove: ({ api_id, name }, draft) => {
    const api = httpApiOf(api_id, draft);
    if (api !== null) api.Stages = api.Stages.filter(({ StageName }) => StageName !== name);
  },
  put: ({ api_id, name: StageName, auto_deploy: AutoDeploy }, draft) => {
    httpApiOf(api_id, draft)?.Stages.push({ StageName, AutoDeploy });
  },
});

function httpApiOf(id: string, draft: Draft): HttpApi | null {
  return draft.found(
    draft.part("api_gateway_http")?.Apis.find(({ ApiId }) => ApiId === id),
    `the API ${id}`,
  );
}

export const REST_API = row(z.object({ id: TEXT, name: z.string(), disable_execute_api_endpoint: COMPUTED_FLAG }), {
  remove: ({ id }, draft) => {
    const rest = draft.part("api_gateway_rest");
    if (rest !== null) rest.restApis = rest.restApis.filter((one) => one.id !== id);
  },
  put: ({ id, name, disable_execute_api_endpoint: disableExecuteApiEndpoint }, draft) => {
    const api = { id: draft.planned(id), name, disableExecuteApiEndpoint, policy: null, resources: [], stages: [] };
    draft.part("api_gateway_rest")?.restApis.push(api);
  },
  update: (_, { id, disable_execute_api_endpoint: disableExecuteApiEndpoint }, draft) => {
    const api = restApiOf(draft.planned(id), draft);
    if (api !== null) Object.assign(api, { disableExecuteApiEndpoint });
  },
});

const STAGE_VALUES = z.object({ rest_api_id: TEXT, stage_name: z.string(), deployment_id: orLater(OPTIONAL_TEXT) });

/** What a deployment has is not in a plan: only AWS can export it. */
export const REST_STAGE = row(STAGE_VALUES, {
  remove: ({ rest_api_id, stage_name }, draft) => {
    const api = restApiOf(rest_api_id, draft);
    if (api !== null) api.stages = api.stages.filter(({ stageName }) => stageName !== stage_name);
  },
  put: ({ rest_api_id, stage_name: stageName }, draft) => {
    restApiOf(rest_api_id, draft)?.stages.push({ stageName, deployedMethods: null });
    draft.planned(`${rest_api_id}/${stageName}`);
  },
});

function restApiOf(id: string, draft: Draft): z.infer<typeof REST> | null {
  return draft.found(
    draft.part("api_gateway_rest")?.restApis.find((one) => one.id === id),
    `the API ${id}`,
  );
}

/** API Gateway reaches Network Load Balancers through it. */
export const REST_VPC_LINK = row(z.object({ id: TEXT, name: z.string(), target_arns: TEXTS }), {
  remove: ({ id }, draft) => {
    const rest = draft.part("api_gateway_rest");
    if (rest !== null) rest.vpcLinks = rest.vpcLinks.filter((one) => one.id !== id);
  },
  put: ({ id, name, target_arns: targetArns }, draft) => {
    draft.part("api_gateway_rest")?.vpcLinks.push({ id: draft.planned(id), name, targetArns });
  },
});
