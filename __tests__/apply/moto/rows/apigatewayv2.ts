import type { CreateIntegrationCommandInput } from "@aws-sdk/client-apigatewayv2";
import type { Row } from "./row";
import type { World } from "./world";

async function api(world: World): Promise<string> {
  const { ApiId } = await world.aws.apiGatewayV2.createApi({ Name: world.name(), ProtocolType: "HTTP" });
  return String(ApiId);
}

async function vpcLink(world: World, subnetId?: string): Promise<string> {
  const { VpcLinkId } = await world.aws.apiGatewayV2.createVpcLink({
    Name: world.name(),
    SubnetIds: [subnetId ?? (await world.subnet())],
    SecurityGroupIds: [await world.securityGroup()],
  });
  return String(VpcLinkId);
}

/** A private one, to the listener. */
async function integration(world: World, changes: Partial<CreateIntegrationCommandInput> = {}) {
  return world.aws.apiGatewayV2.createIntegration({
    ApiId: await api(world),
    IntegrationType: "HTTP_PROXY",
    IntegrationMethod: "ANY",
    IntegrationUri: await world.listener(),
    PayloadFormatVersion: "1.0",
    ConnectionType: "VPC_LINK",
    ConnectionId: changes.ConnectionId ?? (await vpcLink(world)),
    ...changes,
  });
}

async function route(world: World, ApiId: string, RouteKey: string, IntegrationId?: string): Promise<void> {
  await world.aws.apiGatewayV2.createRoute({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` });
}

/** With a stage. @returns its ID */
async function apiWithStage(world: World, settings: { AutoDeploy?: boolean } = {}): Promise<string> {
  const ApiId = await api(world);
  await world.aws.apiGatewayV2.createStage({ ApiId, StageName: "live", ...settings });
  return ApiId;
}

async function deploy(world: World, ApiId: string, StageName?: string): Promise<string> {
  const { DeploymentId } = await world.aws.apiGatewayV2.createDeployment({ ApiId, StageName });
  return String(DeploymentId);
}

const UNKNOWN_TO_MOTO = { refused: "SyntaxError" };

const deployments: Row[] = [
  {
    rule: "deployments_are_created",
    ask: async (world) => {
      const { apiGatewayV2 } = world.aws;
      const { DeploymentStatus } = await apiGatewayV2.createDeployment({ ApiId: await api(world) });
      return DeploymentStatus;
    },
    strict: "DEPLOYED",
    plain: UNKNOWN_TO_MOTO,
  },
  {
    rule: "stage_has_a_deployment",
    ask: async (world) => {
      const ApiId = await apiWithStage(world);
      const id = await deploy(world, ApiId, "live");
      return (await world.aws.apiGatewayV2.getStage({ ApiId, StageName: "live" })).DeploymentId === id;
    },
    strict: true,
    plain: UNKNOWN_TO_MOTO,
  },
  {
    rule: "deployments_are_read",
    ask: async (world) => {
      const ApiId = await api(world);
      const DeploymentId = await deploy(world, ApiId);
      return (await world.aws.apiGatewayV2.getDeployment({ ApiId, DeploymentId })).AutoDeployed;
    },
    strict: false,
    plain: UNKNOWN_TO_MOTO,
  },
  {
    rule: "deployments_are_deleted",
    ask: async (world) => {
      const ApiId = await api(world);
      const DeploymentId = await deploy(world, ApiId);
      await world.aws.apiGatewayV2.deleteDeployment({ ApiId, DeploymentId });
      return world.aws.apiGatewayV2.getDeployment({ ApiId, DeploymentId });
    },
    strict: { refused: "NotFound" },
    plain: UNKNOWN_TO_MOTO,
  },
  {
    rule: "stages_are_updated",
    ask: async (world) => {
      const ApiId = await apiWithStage(world);
      const stage = { ApiId, StageName: "live" };
      const DeploymentId = await deploy(world, ApiId);
      await world.aws.apiGatewayV2.updateStage({ ...stage, Description: "before" });
      await world.aws.apiGatewayV2.updateStage({ ...stage, DeploymentId });
      const answer = await world.aws.apiGatewayV2.getStage(stage);
      return [answer.Description, answer.DeploymentId === DeploymentId];
    },
    strict: ["before", true],
    plain: UNKNOWN_TO_MOTO,
  },
  {
    rule: "stage_with_automatic_deployment_takes_no_other",
    lawful: async (world) => {
      const ApiId = await apiWithStage(world);
      const DeploymentId = await deploy(world, ApiId);
      return world.aws.apiGatewayV2.updateStage({ ApiId, StageName: "live", DeploymentId });
    },
    refused: async (world) => {
      const ApiId = await apiWithStage(world, { AutoDeploy: true });
      const DeploymentId = await deploy(world, ApiId);
      return world.aws.apiGatewayV2.updateStage({ ApiId, StageName: "live", DeploymentId });
    },
    code: "BadRequestException",
  },
  {
    rule: "deployment_of_a_stage_is_not_deleted",
    lawful: async (world) => {
      const ApiId = await apiWithStage(world);
      return world.aws.apiGatewayV2.deleteDeployment({ ApiId, DeploymentId: await deploy(world, ApiId) });
    },
    refused: async (world) => {
      const ApiId = await apiWithStage(world);
      return world.aws.apiGatewayV2.deleteDeployment({ ApiId, DeploymentId: await deploy(world, ApiId, "live") });
    },
    code: "BadRequestException",
  },
];

export const httpApis: Row[] = [
  ...deployments,
  {
    rule: "integration_of_a_route_is_not_deleted",
    lawful: async (world) => {
      const ApiId = await api(world);
      const { IntegrationId } = await integration(world, { ApiId });
      await world.aws.apiGatewayV2.deleteIntegration({ ApiId, IntegrationId });
    },
    refused: async (world) => {
      const ApiId = await api(world);
      const { IntegrationId } = await integration(world, { ApiId });
      await route(world, ApiId, "GET /x", IntegrationId);
      await world.aws.apiGatewayV2.deleteIntegration({ ApiId, IntegrationId });
    },
    code: "ConflictException",
  },
  {
    // Zone e of moto's us-east-1 has the ID use1-az3.
    rule: "zones_of_a_vpc_link",
    lawful: async (world) => vpcLink(world),
    refused: async (world) => vpcLink(world, await world.newSubnet(await world.vpc(), "10.0.9.0/24", "e")),
    code: "BadRequestException",
  },
  {
    rule: "vpc_link_of_a_route_is_not_deleted",
    lawful: async (world) => world.aws.apiGatewayV2.deleteVpcLink({ VpcLinkId: await vpcLink(world) }),
    refused: async (world) => {
      const [ApiId, ConnectionId] = [await api(world), await vpcLink(world)];
      const { IntegrationId } = await integration(world, { ApiId, ConnectionId });
      await route(world, ApiId, "GET /x", IntegrationId);
      await world.aws.apiGatewayV2.deleteVpcLink({ VpcLinkId: ConnectionId });
    },
    code: "BadRequestException",
  },
  {
    rule: "uri_of_a_private_integration",
    lawful: (world) => integration(world),
    refused: (world) => integration(world, { IntegrationUri: "http://shop.example.com" }),
    code: "BadRequestException",
  },
  {
    rule: "vpc_link_of_an_integration_exists",
    lawful: (world) => integration(world),
    refused: (world) => integration(world, { ConnectionId: "missing" }),
    code: "BadRequestException",
  },
  {
    rule: "reserved_headers_are_not_mapped",
    lawful: (world) => integration(world, { RequestParameters: { "overwrite:header.X-Secret": "secret" } }),
    refused: (world) => integration(world, { RequestParameters: { "overwrite:header.X-Amz-Secret": "secret" } }),
    code: "BadRequestException",
  },
  {
    rule: "route_key_is_unique",
    lawful: async (world) => {
      const ApiId = await api(world);
      await route(world, ApiId, "GET /x");
      await route(world, ApiId, "POST /x");
    },
    refused: async (world) => {
      const ApiId = await api(world);
      await route(world, ApiId, "GET /x");
      await route(world, ApiId, "GET /x");
    },
    code: "ConflictException",
  },
  {
    rule: "api_is_exported",
    ask: async (world) => {
      const ApiId = await api(world);
      const { IntegrationId } = await integration(world, {
        ApiId,
        TimeoutInMillis: 5000,
        RequestParameters: { "overwrite:path": "/y" },
        ResponseParameters: { 404: { "overwrite:statuscode": "410" } },
      });
      await route(world, ApiId, "GET /x", IntegrationId);
      const { body } = await world.aws.apiGatewayV2.exportApi({
        ApiId,
        OutputType: "JSON",
        Specification: "OAS30",
        IncludeExtensions: true,
      });
      const { paths } = JSON.parse(new TextDecoder().decode(body)) as OpenApi;
      const exported = paths["/x"]?.get?.["x-amazon-apigateway-integration"];
      return [
        Object.keys(paths),
        exported?.connectionType,
        exported?.uri === (await world.listener()),
        exported?.timeoutInMillis,
        exported?.requestParameters,
        exported?.responseParameters,
      ];
    },
    strict: [["/x"], "VPC_LINK", true, 5000, { "overwrite:path": "/y" }, { 404: { "overwrite:statuscode": "410" } }],
    plain: { refused: "SyntaxError" },
  },
];

interface OpenApi {
  readonly paths: Record<string, Record<string, { "x-amazon-apigateway-integration": Record<string, unknown> }>>;
}
