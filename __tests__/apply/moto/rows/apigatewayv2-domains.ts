import type { CreateDomainNameCommandInput, DomainNameConfiguration } from "@aws-sdk/client-apigatewayv2";
import { PRIVATE_AUTHORITY, requestCertificate } from "../../harness/certificate";
import { Truststore } from "../../harness/truststore";
import type { Row } from "./row";
import type { World } from "./world";

interface Changes {
  readonly configuration?: DomainNameConfiguration;
  readonly version?: string;
}

/** One for clients with a certificate. @returns its name */
async function domain(world: World, { configuration, version }: Changes = {}): Promise<string> {
  const truststore = await Truststore.create(world.aws, world.name());
  const uploaded = await truststore.upload();
  const DomainName = `${world.name()}.example.com`;
  const wanted: CreateDomainNameCommandInput = {
    DomainName,
    DomainNameConfigurations: [
      {
        ...{
          CertificateArn: await requestCertificate(world.aws, "*.example.com"),
          EndpointType: "REGIONAL",
          SecurityPolicy: "TLS_1_2",
        },
        ...configuration,
      },
    ],
    MutualTlsAuthentication: { TruststoreUri: truststore.uri, TruststoreVersion: version ?? uploaded },
  };
  await world.aws.apiGatewayV2.createDomainName(wanted);
  return DomainName;
}

/** @returns its ID */
async function apiWithStages(world: World, ...names: string[]): Promise<string> {
  const { ApiId } = await world.aws.apiGatewayV2.createApi({ Name: world.name(), ProtocolType: "HTTP" });
  for (const StageName of names) await world.aws.apiGatewayV2.createStage({ ApiId, StageName });
  return String(ApiId);
}

export const domains: Row[] = [
  {
    rule: "domain_has_an_endpoint",
    ask: async (world) => {
      const DomainName = await domain(world);
      const { DomainNameConfigurations } = await world.aws.apiGatewayV2.getDomainName({ DomainName });
      return DomainNameConfigurations?.[0]?.DomainNameStatus;
    },
    strict: "AVAILABLE",
    plain: undefined,
  },
  {
    rule: "domains_are_updated",
    ask: async (world) => {
      const DomainName = await domain(world);
      const other = await Truststore.create(world.aws, world.name());
      const version = await other.upload();
      const { DomainNameConfigurations } = await world.aws.apiGatewayV2.getDomainName({ DomainName });
      const { MutualTlsAuthentication } = await world.aws.apiGatewayV2.updateDomainName({
        ...{ DomainName, DomainNameConfigurations },
        MutualTlsAuthentication: { TruststoreUri: other.uri, TruststoreVersion: version },
      });
      return MutualTlsAuthentication?.TruststoreVersion === version;
    },
    strict: true,
    plain: { refused: "SyntaxError" },
  },
  {
    rule: "mappings_are_updated",
    ask: async (world) => {
      const mapping = { DomainName: await domain(world), ApiId: await apiWithStages(world, "live", "next") };
      const { ApiMappingId } = await world.aws.apiGatewayV2.createApiMapping({ ...mapping, Stage: "live" });
      await world.aws.apiGatewayV2.updateApiMapping({ ...mapping, ApiMappingId, ApiMappingKey: "shop" });
      await world.aws.apiGatewayV2.updateApiMapping({ ...mapping, ApiMappingId, Stage: "next" });
      const { ApiMappingKey, Stage } = await world.aws.apiGatewayV2.getApiMapping({ ...mapping, ApiMappingId });
      return [ApiMappingKey, Stage];
    },
    strict: ["shop", "next"],
    plain: { refused: "SyntaxError" },
  },
  {
    rule: "domain_has_one_configuration",
    lawful: (world) => domain(world),
    refused: async (world) => {
      await world.aws.apiGatewayV2.createDomainName({ DomainName: `${world.name()}.example.com` });
    },
    code: "BadRequestException",
  },
  {
    rule: "certificate_of_a_domain",
    lawful: (world) => domain(world),
    refused: (world) =>
      domain(world, { configuration: { CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/none" } }),
    code: "BadRequestException",
  },
  {
    rule: "certificate_of_a_domain",
    lawful: (world) => domain(world),
    // An asterisk stands for one label.
    refused: async (world) =>
      domain(world, { configuration: { CertificateArn: await requestCertificate(world.aws, "*.com") } }),
    code: "BadRequestException",
  },
  {
    rule: "owner_of_a_domain_is_verified",
    lawful: (world) => domain(world),
    refused: async (world) =>
      domain(world, {
        configuration: { CertificateArn: await requestCertificate(world.aws, "*.example.com", PRIVATE_AUTHORITY) },
      }),
    code: "BadRequestException",
  },
  {
    rule: "owner_of_a_domain_is_verified",
    lawful: async (world) =>
      domain(world, {
        configuration: {
          CertificateArn: await requestCertificate(world.aws, "*.example.com", PRIVATE_AUTHORITY),
          OwnershipVerificationCertificateArn: await requestCertificate(world.aws, "*.example.com"),
        },
      }),
    refused: async (world) =>
      domain(world, {
        configuration: {
          CertificateArn: await requestCertificate(world.aws, "*.example.com", PRIVATE_AUTHORITY),
          OwnershipVerificationCertificateArn: await requestCertificate(world.aws, "*.example.com", PRIVATE_AUTHORITY),
        },
      }),
    code: "BadRequestException",
  },
  {
    rule: "truststore_of_a_domain",
    lawful: (world) => domain(world),
    refused: (world) => domain(world, { version: "none" }),
    code: "BadRequestException",
  },
  {
    rule: "mutual_tls_of_a_domain",
    lawful: (world) => domain(world),
    refused: (world) => domain(world, { configuration: { SecurityPolicy: "TLS_1_0" } }),
    code: "BadRequestException",
  },
  {
    rule: "stage_of_a_mapping_exists",
    lawful: async (world) => {
      const mapping = { DomainName: await domain(world), ApiId: await apiWithStages(world, "live") };
      await world.aws.apiGatewayV2.createApiMapping({ ...mapping, Stage: "live" });
    },
    refused: async (world) => {
      const mapping = { DomainName: await domain(world), ApiId: await apiWithStages(world, "live") };
      await world.aws.apiGatewayV2.createApiMapping({ ...mapping, Stage: "next" });
    },
    code: "BadRequestException",
  },
  {
    rule: "key_of_a_mapping_is_unique",
    lawful: async (world) => {
      const mapping = { DomainName: await domain(world), ApiId: await apiWithStages(world, "live") };
      await world.aws.apiGatewayV2.createApiMapping({ ...mapping, Stage: "live" });
      await world.aws.apiGatewayV2.createApiMapping({ ...mapping, Stage: "live", ApiMappingKey: "shop" });
    },
    refused: async (world) => {
      const mapping = { DomainName: await domain(world), ApiId: await apiWithStages(world, "live", "next") };
      await world.aws.apiGatewayV2.createApiMapping({ ...mapping, Stage: "live" });
      await world.aws.apiGatewayV2.createApiMapping({ ...mapping, Stage: "next" });
    },
    code: "ConflictException",
  },
];
