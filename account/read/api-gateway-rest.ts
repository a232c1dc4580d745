import {
  APIGatewayClient,
  GetBasePathMappingsCommand,
  GetDomainNamesCommand,
  GetExportCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  GetVpcLinksCommand,
} from "@aws-sdk/client-api-gateway";
import * as z from "zod";
import * as schema from "../schema/api-gateway";
import { Digest } from "../schema/digest";
import { digests, parameters, policy, uri } from "./api-gateway-values";
import { callsOf, Pages, Reader } from "./reader";

const call = callsOf<APIGatewayClient>();
const pages: Pages = ["position", "position"];
/** IAM has one action for all: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html */
const permission = "apigateway:GET";

const values = z.record(z.string(), z.string()).optional();
const text = z.string().optional();

/** What may be secret is in clear in these. Not in the document. */
const RAW_API = z.looseObject({ id: z.string(), policy: text });
const RAW_STAGE = z.looseObject({
  stageName: z.string(),
  variables: values,
  canarySettings: z.looseObject({ stageVariableOverrides: values }).optional(),
});
const RAW_INTEGRATION = z.looseObject({ uri: text, requestParameters: values, requestTemplates: values });
const RAW_RESOURCE = z.looseObject({
  resourceMethods: z.record(z.string(), z.looseObject({ methodIntegration: RAW_INTEGRATION.optional() })).optional(),
});
const RAW_DOMAIN = z.looseObject({ domainName: z.string(), policy: text });
const RAW_EXPORT = z.looseObject({
  paths: z
    .record(
      z.string(),
      z.record(z.string(), z.looseObject({ "x-amazon-apigateway-integration": RAW_INTEGRATION.optional() })),
    )
    .default({}),
});

export const CALLS = {
  restApis: call({
    ...{ action: "apigateway:GetRestApis", permission },
    send: (apiGateway, input: object) => apiGateway.send(new GetRestApisCommand(input)),
    ...{ list: "items", item: RAW_API, pages },
  }),
  resources: call({
    ...{ action: "apigateway:GetResources", permission },
    send: (apiGateway, input: { restApiId: string; embed: string[]; limit: number }) =>
      apiGateway.send(new GetResourcesCommand(input)),
    ...{ list: "items", item: RAW_RESOURCE, pages },
  }),
  stages: call({
    ...{ action: "apigateway:GetStages", permission },
    send: (apiGateway, input: { restApiId: string }) => apiGateway.send(new GetStagesCommand(input)),
    ...{ list: "item", item: RAW_STAGE },
  }),
  export: call({
    ...{ action: "apigateway:GetExport", permission },
    send: async (apiGateway, input: { restApiId: string; stageName: string }) => {
      const options = { exportType: "oas30", accepts: "application/json", parameters: { extensions: "integrations" } };
      const { body } = await apiGateway.send(new GetExportCommand({ ...input, ...options }));
      return JSON.parse(new TextDecoder().decode(body)) as object;
    },
    item: RAW_EXPORT,
  }),
  vpcLinks: call({
    ...{ action: "apigateway:GetVpcLinks", permission },
    send: (apiGateway, input: object) => apiGateway.send(new GetVpcLinksCommand(input)),
    ...{ list: "items", item: schema.REST_VPC_LINK, pages },
  }),
  domainNames: call({
    ...{ action: "apigateway:GetDomainNames", permission },
    send: (apiGateway, input: object) => apiGateway.send(new GetDomainNamesCommand(input)),
    ...{ list: "items", item: RAW_DOMAIN, pages },
  }),
  basePathMappings: call({
    ...{ action: "apigateway:GetBasePathMappings", permission },
    send: (apiGateway, input: { domainName: string }) => apiGateway.send(new GetBasePathMappingsCommand(input)),
    ...{ list: "items", item: schema.BASE_PATH_MAPPING, pages },
  }),
};

export async function readRestApis(rest: Reader<APIGatewayClient>): Promise<z.infer<typeof schema.API_GATEWAY_REST>> {
  const [apis, vpcLinks, domains] = await Promise.all([
    rest.list(CALLS.restApis, {}),
    rest.list(CALLS.vpcLinks, {}),
    rest.list(CALLS.domainNames, {}),
  ]);
  const [restApis, domainNames] = await Promise.all([
    Promise.all(apis.map((api) => withStages(rest, api))),
    Promise.all(domains.map((domain) => withMappings(rest, domain))),
  ]);
  return {
    restApis: restApis.filter((api) => api !== undefined),
    vpcLinks,
    domainNames: domainNames.filter((domain) => domain !== undefined),
  };
}

async function withStages(rest: Reader<APIGatewayClient>, api: z.infer<typeof RAW_API>) {
  const { digest } = rest.reading;
  const { id } = api;
  const [rawResources, rawStages] = await Promise.all([
    rest.list(CALLS.resources, { restApiId: id, embed: ["methods"], limit: 500 }, id),
    rest.list(CALLS.stages, { restApiId: id }, id),
  ]);
  const resources = rawResources.map((one) =>
    rest.converted(CALLS.resources, id, schema.REST_RESOURCE, () => resource(one, digest)),
  );
  const stages = await Promise.all(
    rawStages.map(async (stage) => {
      const name = `${id}/${stage.stageName}`;
      const document = await rest.get(CALLS.export, { restApiId: id, stageName: stage.stageName }, name);
      return rest.converted(CALLS.stages, name, schema.REST_STAGE, () => ({
        ...stage,
        variables: digests(stage.variables, digest),
        canarySettings: stage.canarySettings && {
          ...stage.canarySettings,
          stageVariableOverrides: digests(stage.canarySettings.stageVariableOverrides, digest),
        },
        deployedMethods: document ? deployedMethods(document, digest) : null,
      }));
    }),
  );
  return rest.converted(CALLS.restApis, id, schema.REST_API, () => ({
    ...api,
    policy: policy(api.policy, digest),
    resources: resources.filter((one) => one !== undefined),
    stages: stages.filter((one) => one !== undefined),
  }));
}

async function withMappings(rest: Reader<APIGatewayClient>, domain: z.infer<typeof RAW_DOMAIN>) {
  const { domainName } = domain;
  const basePathMappings = await rest.list(CALLS.basePathMappings, { domainName }, domainName);
  return rest.converted(CALLS.domainNames, domainName, schema.REST_DOMAIN, () => ({
    ...domain,
    policy: policy(domain.policy, rest.reading.digest),
    basePathMappings,
  }));
}

function integration(raw: z.infer<typeof RAW_INTEGRATION>, digest: Digest): object {
  return {
    ...{ ...raw, uri: uri(raw.uri, digest), requestParameters: parameters(raw.requestParameters, digest) },
    requestTemplates: digests(raw.requestTemplates, digest),
  };
}

function resource({ resourceMethods = {}, ...rest }: z.infer<typeof RAW_RESOURCE>, digest: Digest): object {
  const methods = Object.entries(resourceMethods).map(([method, { methodIntegration, ...one }]) => [
    method,
    { ...one, methodIntegration: methodIntegration && integration(methodIntegration, digest) },
  ]);
  return { ...rest, resourceMethods: Object.fromEntries(methods) as object };
}

function deployedMethods({ paths }: z.infer<typeof RAW_EXPORT>, digest: Digest): object[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const found = operation["x-amazon-apigateway-integration"];
      return { path, method, integration: found ? integration(found, digest) : null };
    }),
  );
}
