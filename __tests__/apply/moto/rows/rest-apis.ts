import type { Row } from "./row";
import type { RestWorld } from "./rest-world";

const NO_CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/none";

export const restApis: Row<RestWorld>[] = [
  {
    rule: "request_matches_service_model",
    lawful: (world) => world.domain(),
    refused: (world) => world.domain({ securityPolicy: "TLS_9" as "TLS_1_2" }),
    code: "BadRequestException",
  },
  {
    rule: "disabled_endpoint_is_forbidden",
    ask: async (world) => {
      const { id: restApiId } = await world.newApi();
      // API Gateway answers it itself.
      const status = async () =>
        (await fetch(`${world.apis.stageUrl(restApiId, "live")}/orders`, { method: "OPTIONS" })).status;
      const patchOperations = [{ op: "replace" as const, path: "/disableExecuteApiEndpoint", value: "true" }];
      await world.apiGateway.updateRestApi({ restApiId, patchOperations });
      const disabled = await status();
      await world.apiGateway.createDeployment({ restApiId, stageName: "live" });
      return [disabled, await status()];
    },
    strict: [200, 403],
    plain: [200, 200],
  },
  {
    rule: "vpc_link_of_an_integration_is_not_deleted",
    lawful: async (world) => {
      await world.apiGateway.deleteVpcLink({ vpcLinkId: await vpcLink(world) });
    },
    refused: async (world) => {
      const vpcLinkId = await vpcLink(world);
      const { id: restApiId } = await world.newApi();
      const { items = [] } = await world.apiGateway.getResources({ restApiId });
      await world.apiGateway.updateIntegration({
        ...{ restApiId, resourceId: items.find(({ path }) => path === "/orders")?.id, httpMethod: "GET" },
        patchOperations: [
          { op: "replace", path: "/connectionType", value: "VPC_LINK" },
          { op: "replace", path: "/connectionId", value: vpcLinkId },
        ],
      });
      await world.apiGateway.deleteVpcLink({ vpcLinkId });
    },
    code: "BadRequestException",
  },
  {
    rule: "deployment_of_a_stage_is_not_deleted",
    lawful: async (world) => {
      await world.apiGateway.deleteDeployment(await deployment(world));
    },
    refused: async (world) => {
      const served = await deployment(world);
      const patchOperations = [{ op: "replace" as const, path: "/deploymentId", value: served.deploymentId }];
      await world.apiGateway.updateStage({ restApiId: served.restApiId, stageName: "live", patchOperations });
      await world.apiGateway.deleteDeployment(served);
    },
    code: "BadRequestException",
  },
  {
    rule: "deployment_of_a_stage_is_not_deleted",
    lawful: async (world) => {
      await world.apiGateway.deleteDeployment(await deployment(world));
    },
    refused: async (world) => {
      const { id: restApiId, deploymentId } = await world.newApi();
      const canary = await deployment(world, restApiId);
      const canarySettings = { deploymentId: canary.deploymentId, percentTraffic: 10 };
      await world.apiGateway.createStage({ restApiId, deploymentId, stageName: "next", canarySettings });
      await world.apiGateway.deleteDeployment(canary);
    },
    code: "BadRequestException",
  },
  {
    rule: "api_of_a_mapping_is_not_deleted",
    lawful: async (world) => {
      const { domainName, restApiId } = await world.mapping({ restApiId: (await world.newApi()).id });
      await world.apiGateway.deleteBasePathMapping({ domainName, basePath: "(none)" });
      await world.apiGateway.deleteRestApi({ restApiId });
    },
    refused: async (world) => {
      const { restApiId } = await world.mapping({ restApiId: (await world.newApi()).id });
      await world.apiGateway.deleteRestApi({ restApiId });
    },
    code: "BadRequestException",
  },
  {
    rule: "stage_of_a_mapping_is_not_deleted",
    lawful: async (world) => {
      const { restApiId } = await world.mapping({ restApiId: (await world.newApi()).id });
      await world.apiGateway.createStage({ ...(await deployment(world, restApiId)), stageName: "next" });
      await world.apiGateway.deleteStage({ restApiId, stageName: "next" });
    },
    refused: async (world) => {
      const { restApiId, stage: stageName } = await world.mapping({ restApiId: (await world.newApi()).id });
      await world.apiGateway.deleteStage({ restApiId, stageName });
    },
    code: "BadRequestException",
  },
  {
    rule: "domain_is_kept",
    ask: async (world) => {
      const ownershipVerificationCertificateArn = await world.certificate();
      const tags = { team: "shop" };
      const domainName = await world.domainOfClients({ ownershipVerificationCertificateArn, tags });
      const domain = await world.apiGateway.getDomainName({ domainName });
      return [
        domain.mutualTlsAuthentication?.truststoreVersion !== undefined,
        domain.ownershipVerificationCertificateArn === ownershipVerificationCertificateArn,
        domain.tags,
      ];
    },
    strict: [true, true, { team: "shop" }],
    plain: [false, false, undefined],
  },
  {
    rule: "domains_are_updated",
    ask: async (world) => {
      const domainName = await world.domainOfClients();
      const { truststoreUri, truststoreVersion } = await world.mutualTls();
      const regionalCertificateArn = await world.certificate(domainName);
      const domain = await world.apiGateway.updateDomainName({
        domainName,
        patchOperations: [
          { op: "replace", path: "/mutualTlsAuthentication/truststoreUri", value: truststoreUri },
          { op: "replace", path: "/mutualTlsAuthentication/truststoreVersion", value: truststoreVersion },
          { op: "replace", path: "/regionalCertificateArn", value: regionalCertificateArn },
        ],
      });
      return [
        domain.mutualTlsAuthentication?.truststoreVersion === truststoreVersion,
        domain.regionalCertificateArn === regionalCertificateArn,
      ];
    },
    strict: [true, true],
    plain: { refused: "InternalFailure" },
  },
  {
    rule: "name_of_a_domain_is_free",
    lawful: async (world) => {
      await world.domain();
      await world.domain();
    },
    refused: async (world) => {
      const domainName = await world.domain();
      await world.otherApiGateway.createDomainName({ domainName });
    },
    code: "BadRequestException",
  },
  {
    rule: "certificate_goes_with_the_endpoint_type",
    lawful: async (world) => {
      await world.domain();
      await world.domain({
        ...{ endpointConfiguration: undefined, regionalCertificateArn: undefined },
        certificateArn: await world.certificate(),
      });
    },
    refused: async (world) => world.domain({ certificateArn: await world.certificate() }),
    code: "BadRequestException",
  },
  {
    rule: "certificate_goes_with_the_endpoint_type",
    lawful: (world) => world.domain(),
    refused: (world) => world.domain({ regionalCertificateArn: undefined }),
    code: "BadRequestException",
  },
  {
    rule: "certificate_of_a_domain",
    lawful: (world) => world.domain(),
    refused: (world) => world.domain({ regionalCertificateArn: NO_CERTIFICATE }),
    code: "BadRequestException",
  },
  {
    rule: "certificate_of_a_domain",
    lawful: async (world) => {
      const domainName = `${world.name()}.example.com`;
      await world.domain({ domainName, regionalCertificateArn: await world.certificate(domainName) });
    },
    // An asterisk stands for one label.
    refused: (world) => world.domain({ domainName: `${world.name()}.shop.example.com` }),
    code: "BadRequestException",
  },
  {
    rule: "certificate_of_a_domain",
    lawful: async (world) => replaced(world, "/regionalCertificateArn", await world.certificate()),
    refused: (world) => replaced(world, "/regionalCertificateArn", NO_CERTIFICATE),
    code: "BadRequestException",
  },
  {
    rule: "owner_of_a_domain_is_verified",
    lawful: async (world) => {
      await world.domain({ regionalCertificateArn: await world.privateCertificate() });
      await world.domainOfClients({
        regionalCertificateArn: await world.privateCertificate(),
        ownershipVerificationCertificateArn: await world.certificate(),
      });
    },
    refused: async (world) => world.domainOfClients({ regionalCertificateArn: await world.privateCertificate() }),
    code: "BadRequestException",
  },
  {
    rule: "owner_of_a_domain_is_verified",
    lawful: (world) => world.domainOfClients(),
    refused: async (world) =>
      world.domainOfClients({
        regionalCertificateArn: await world.privateCertificate(),
        ownershipVerificationCertificateArn: await world.privateCertificate(),
      }),
    code: "BadRequestException",
  },
  {
    rule: "truststore_of_a_domain",
    lawful: async (world) => {
      const { truststoreUri } = await world.mutualTls();
      await world.domain({ mutualTlsAuthentication: { truststoreUri } });
    },
    refused: async (world) => {
      const { truststoreUri } = await world.mutualTls();
      await world.domain({ mutualTlsAuthentication: { truststoreUri, truststoreVersion: "none" } });
    },
    code: "BadRequestException",
  },
  {
    rule: "truststore_of_a_domain",
    lawful: (world) => world.domainOfClients(),
    refused: (world) => replaced(world, "/mutualTlsAuthentication/truststoreUri", "s3://none/clients.pem"),
    code: "BadRequestException",
  },
  {
    rule: "mutual_tls_of_a_domain",
    lawful: (world) => world.domainOfClients(),
    refused: (world) => world.domainOfClients({ securityPolicy: "TLS_1_0" }),
    code: "BadRequestException",
  },
  {
    rule: "mutual_tls_of_a_domain",
    lawful: (world) => world.domainOfClients(),
    refused: async (world) =>
      world.domainOfClients({
        ...{ endpointConfiguration: { types: ["EDGE"] }, regionalCertificateArn: undefined },
        certificateArn: await world.certificate(),
      }),
    code: "BadRequestException",
  },
  {
    rule: "domain_of_a_mapping_exists",
    lawful: (world) => world.mapping(),
    refused: (world) => world.mapping({ domainName: "none.example.com" }),
    code: "NotFoundException",
  },
  {
    rule: "stage_of_a_mapping_exists",
    lawful: async (world) => {
      await world.mapping();
      await world.mapping({ stage: "(none)" });
    },
    refused: (world) => world.mapping({ stage: "next" }),
    code: "BadRequestException",
  },
  {
    rule: "stage_of_a_mapping_exists",
    lawful: (world) => moved(world, "/basePath", "new"),
    refused: (world) => moved(world, "/stage", "next"),
    code: "BadRequestException",
  },
  {
    rule: "characters_of_a_base_path",
    lawful: (world) => world.mapping({ basePath: "$-_.+!*'()" }),
    refused: (world) => world.mapping({ basePath: "shop/v1" }),
    code: "BadRequestException",
  },
  {
    rule: "characters_of_a_base_path",
    lawful: (world) => world.mapping({ basePath: "a".repeat(300) }),
    refused: (world) => world.mapping({ basePath: "a".repeat(301) }),
    code: "BadRequestException",
  },
  {
    rule: "base_path_of_a_mapping_is_unique",
    lawful: async (world) => {
      const { domainName } = await world.mapping();
      await world.mapping({ domainName, basePath: "shop" });
    },
    refused: async (world) => {
      const { domainName } = await world.mapping();
      await world.mapping({ domainName });
    },
    code: "ConflictException",
  },
  {
    rule: "base_path_of_a_mapping_is_unique",
    lawful: (world) => moved(world, "/basePath", "old"),
    refused: async (world) => {
      const { domainName } = await world.mapping({ basePath: "new" });
      await moved(world, "/basePath", "new", domainName);
    },
    code: "ConflictException",
  },
];

async function vpcLink(world: RestWorld): Promise<string> {
  const targetArns = ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/node/0123456789abcdef"];
  return String((await world.apiGateway.createVpcLink({ name: world.name(), targetArns })).id);
}

/** One that no stage serves. */
async function deployment(world: RestWorld, id?: string) {
  const restApiId = id ?? (await world.newApi()).id;
  return { restApiId, deploymentId: String((await world.apiGateway.createDeployment({ restApiId })).id) };
}

/** A member of a new domain, whose clients need a certificate. */
async function replaced(world: RestWorld, path: string, value: string): Promise<void> {
  const domainName = await world.domainOfClients();
  await world.apiGateway.updateDomainName({ domainName, patchOperations: [{ op: "replace", path, value }] });
}

/** A member of a new mapping from the base path `old`. */
async function moved(world: RestWorld, path: string, value: string, domain?: string): Promise<void> {
  const { domainName } = await world.mapping({ basePath: "old", ...(domain && { domainName: domain }) });
  const patchOperations = [{ op: "replace" as const, path, value }];
  await world.apiGateway.updateBasePathMapping({ domainName, basePath: "old", patchOperations });
}
