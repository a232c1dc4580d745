/** What a snapshot keeps of Amazon API Gateway, in the APIs' own names. Values that a caller wrote are digests; references such as $request.path stay. */
import * as z from "zod";
import { DIGEST } from "./digest";

const text = z.string().optional();

/** A value that only refers to a part of the request or to the context. */
export const REFERENCE =
  /^(\$\{?(request|response|context|stageVariables)\.[\w.-]+\}?|(method\.request|method\.response|integration\.response|context|stageVariables)\.[\w.-]+)$/;

/** A status code of a response is no secret. */
export const STATUS_CODE = /^[1-5]\d\d$/;

export const PARAMETERS = z.record(
  z.string(),
  z.union([z.string().regex(REFERENCE), z.string().regex(STATUS_CODE), DIGEST]),
);

/** Without the user and the password, and with a digest of the query. */
export const URI = z.string().regex(/^(?![a-z]+:\/\/[^/]*@)[^?]*(\?digest:[0-9a-f/*?]*)?$/);

/** A resource policy. Values of conditions other than on the network and the caller are digests. */
export const POLICY = z.looseObject({ Statement: z.array(z.looseObject({})).optional() });

export const REST_INTEGRATION = z.object({
  type: text,
  httpMethod: text,
  uri: URI.optional(),
  connectionType: text,
  connectionId: text,
  requestParameters: PARAMETERS.optional(),
  /** By content type. */
  requestTemplates: z.record(z.string(), DIGEST).optional(),
  timeoutInMillis: z.number().optional(),
  contentHandling: text,
  cacheNamespace: text,
  cacheKeyParameters: z.array(z.string()).optional(),
  tlsConfig: z.object({ insecureSkipVerification: z.boolean().optional() }).optional(),
});

/** A method in the deployment that a stage serves. */
export const DEPLOYED_METHOD = z.object({
  path: z.string(),
  method: z.string(),
  /** Null: the method has none. */
  integration: REST_INTEGRATION.nullable(),
});

export const REST_STAGE = z.object({
  stageName: z.string(),
  deploymentId: text,
  clientCertificateId: text,
  webAclArn: text,
  variables: z.record(z.string(), DIGEST).optional(),
  canarySettings: z
    .object({
      deploymentId: text,
      percentTraffic: z.number().optional(),
      stageVariableOverrides: z.record(z.string(), DIGEST).optional(),
    })
    .optional(),
  /** Null: the export could not be read. */
  deployedMethods: z.array(DEPLOYED_METHOD).nullable().default(null),
});

export const REST_RESOURCE = z.object({
  id: z.string(),
  path: text,
  resourceMethods: z
    .record(z.string(), z.object({ authorizationType: text, methodIntegration: REST_INTEGRATION.optional() }))
    .optional(),
});

export const REST_API = z.object({
  id: z.string(),
  name: text,
  disableExecuteApiEndpoint: z.boolean().optional(),
  endpointConfiguration: z
    .object({ types: z.array(z.string()).optional(), vpcEndpointIds: z.array(z.string()).optional() })
    .optional(),
  /** Null: it has none. */
  policy: POLICY.nullable().default(null),
  resources: z.array(REST_RESOURCE).default([]),
  stages: z.array(REST_STAGE).default([]),
});

export const REST_VPC_LINK = z.object({
  id: z.string(),
  name: text,
  status: text,
  targetArns: z.array(z.string()).optional(),
});

export const BASE_PATH_MAPPING = z.object({ basePath: text, restApiId: text, stage: text });
export const REST_DOMAIN = z.object({
  domainName: z.string(),
  domainNameId: text,
  domainNameStatus: text,
  endpointConfiguration: z.object({ types: z.array(z.string()).optional() }).optional(),
  mutualTlsAuthentication: z.object({ truststoreUri: text }).optional(),
  policy: POLICY.nullable().default(null),
  basePathMappings: z.array(BASE_PATH_MAPPING).default([]),
});

export const API_GATEWAY_REST = z.object({
  restApis: z.array(REST_API),
  vpcLinks: z.array(REST_VPC_LINK),
  domainNames: z.array(REST_DOMAIN),
});

export const HTTP_ROUTE = z.object({
  RouteId: z.string(),
  RouteKey: z.string(),
  Target: text,
  AuthorizationType: text,
  /** Of quick create: nobody else changes it. */
  ApiGatewayManaged: z.boolean().optional(),
});

export const HTTP_INTEGRATION = z.object({
  IntegrationId: z.string(),
  IntegrationType: text,
  IntegrationSubtype: text,
  IntegrationMethod: text,
  IntegrationUri: URI.optional(),
  ConnectionType: text,
  ConnectionId: text,
  PayloadFormatVersion: text,
  TimeoutInMillis: z.number().optional(),
  RequestParameters: PARAMETERS.optional(),
  ResponseParameters: z.record(z.string(), PARAMETERS).optional(),
  TlsConfig: z.object({ ServerNameToVerify: text }).optional(),
});

export const HTTP_STAGE = z.object({
  StageName: z.string(),
  AutoDeploy: z.boolean().optional(),
  DeploymentId: text,
  StageVariables: z.record(z.string(), DIGEST).optional(),
});

export const HTTP_API = z.object({
  ApiId: z.string(),
  Name: text,
  ProtocolType: text,
  ApiEndpoint: text,
  DisableExecuteApiEndpoint: z.boolean().optional(),
  Routes: z.array(HTTP_ROUTE).default([]),
  Integrations: z.array(HTTP_INTEGRATION).default([]),
  Stages: z.array(HTTP_STAGE).default([]),
});

export const HTTP_VPC_LINK = z.object({
  VpcLinkId: z.string(),
  Name: text,
  VpcLinkStatus: text,
  SubnetIds: z.array(z.string()).optional(),
  SecurityGroupIds: z.array(z.string()).optional(),
});

export const API_MAPPING = z.object({ ApiId: z.string(), ApiMappingId: text, ApiMappingKey: text, Stage: text });
export const HTTP_DOMAIN = z.object({
  DomainName: z.string(),
  MutualTlsAuthentication: z.object({ TruststoreUri: text }).optional(),
  ApiMappings: z.array(API_MAPPING).default([]),
});

export const API_GATEWAY_HTTP = z.object({
  Apis: z.array(HTTP_API),
  VpcLinks: z.array(HTTP_VPC_LINK),
  DomainNames: z.array(HTTP_DOMAIN),
});
