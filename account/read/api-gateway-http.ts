import {
  ApiGatewayV2Client,
  GetApiMappingsCommand,
  GetApisCommand,
  GetDomainNamesCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
  GetVpcLinksCommand,
} from "@aws-sdk/client-apigatewayv2";
import * as z from "zod";
import * as schema from "../schema/api-gateway";
import { digests, parameters, uri } from "./api-gateway-values";
import { callsOf, Pages, Reader } from "./reader";

const call = callsOf<ApiGatewayV2Client>();
const pages: Pages = ["NextToken", "NextToken"];
/** IAM has one action for all: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html */
const permission = "apigateway:GET";

const values = z.record(z.string(), z.string()).optional();

/** What may be secret is in clear in these. Not in the document. */
const RAW_STAGE = z.looseObject({ StageVariables: values });
const RAW_INTEGRATION = z.looseObject({
  IntegrationUri: z.string().optional(),
  RequestParameters: values,
  ResponseParameters: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});

export const CALLS = {
  apis: call({
    ...{ action: "apigateway:GetApis", permission },
    send: (api, input: object) => api.send(new GetApisCommand(input)),
    ...{ list: "Items", item: schema.HTTP_API, pages },
  }),
  routes: call({
    ...{ action: "apigateway:GetRoutes", permission },
    send: (api, input: { ApiId: string }) => api.send(new GetRoutesCommand(input)),
    ...{ list: "Items", item: schema.HTTP_ROUTE, pages },
  }),
  integrations: call({
    ...{ action: "apigateway:GetIntegrations", permission },
    send: (api, input: { ApiId: string }) => api.send(new GetIntegrationsCommand(input)),
    ...{ list: "Items", item: RAW_INTEGRATION, pages },
  }),
  stages: call({
    ...{ action: "apigateway:GetStages (HTTP)", permission },
    send: (api, input: { ApiId: string }) => api.send(new GetStagesCommand(input)),
    ...{ list: "Items", item: RAW_STAGE, pages },
  }),
  vpcLinks: call({
    ...{ action: "apigateway:GetVpcLinks (HTTP)", permission },
    send: (api, input: object) => api.send(new GetVpcLinksCommand(input)),
    ...{ list: "Items", item: schema.HTTP_VPC_LINK, pages },
  }),
  domainNames: call({
    ...{ action: "apigateway:GetDomainNames (HTTP)", permission },
    send: (api, input: object) => api.send(new GetDomainNamesCommand(input)),
    ...{ list: "Items", item: schema.HTTP_DOMAIN, pages },
  }),
  apiMappings: call({
    ...{ action: "apigateway:GetApiMappings", permission },
    send: (api, input: { DomainName: string }) => api.send(new GetApiMappingsCommand(input)),
    ...{ list: "Items", item: schema.API_MAPPING, pages },
  }),
};

export async function readHttpApis(http: Reader<ApiGatewayV2Client>): Promise<z.infer<typeof schema.API_GATEWAY_HTTP>> {
  const [apis, VpcLinks, domains] = await Promise.all([
    http.list(CALLS.apis, {}),
    http.list(CALLS.vpcLinks, {}),
    http.list(CALLS.domainNames, {}),
  ]);
  const [Apis, DomainNames] = await Promise.all([
    Promise.all(apis.map((api) => withRoutes(http, api))),
    Promise.all(
      domains.map(async (domain) => {
        const { DomainName } = domain;
        return { ...domain, ApiMappings: await http.list(CALLS.apiMappings, { DomainName }, DomainName) };
      }),
    ),
  ]);
  return { Apis, VpcLinks, DomainNames };
}

async function withRoutes(http: Reader<ApiGatewayV2Client>, api: z.infer<typeof schema.HTTP_API>) {
  const { digest } = http.reading;
  const { ApiId } = api;
  const [Routes, integrations, stages] = await Promise.all([
    http.list(CALLS.routes, { ApiId }, ApiId),
    http.list(CALLS.integrations, { ApiId }, ApiId),
    http.list(CALLS.stages, { ApiId }, ApiId),
  ]);
  const Integrations = integrations.map((one) =>
    http.converted(CALLS.integrations, ApiId, schema.HTTP_INTEGRATION, () => ({
      ...one,
      IntegrationUri: uri(one.IntegrationUri, digest),
      RequestParameters: parameters(one.RequestParameters, digest),
      ResponseParameters:
        one.ResponseParameters &&
        Object.fromEntries(
          Object.entries(one.ResponseParameters).map(([code, mapped]) => [code, parameters(mapped, digest)]),
        ),
    })),
  );
  const Stages = stages.map((stage) =>
    http.converted(CALLS.stages, ApiId, schema.HTTP_STAGE, () => ({
      ...stage,
      StageVariables: digests(stage.StageVariables, digest),
    })),
  );
  return {
    ...api,
    Routes,
    Integrations: Integrations.filter((one) => one !== undefined),
    Stages: Stages.filter((one) => one !== undefined),
  };
}
