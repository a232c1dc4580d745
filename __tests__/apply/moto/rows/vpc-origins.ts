import type { VpcOriginEndpointConfig } from "@aws-sdk/client-cloudfront";
import { requestCertificate } from "../../harness/certificate";
import { create, origin } from "./cloudfront";
import type { Row } from "./row";
import type { World } from "./world";

type Settings = Partial<VpcOriginEndpointConfig>;

interface Versioned {
  readonly Id: string;
  readonly ETag: string;
}

async function config(world: World, changes: Settings = {}): Promise<VpcOriginEndpointConfig> {
  return {
    Name: world.name(),
    Arn: changes.Arn ?? (await world.alb()),
    HTTPPort: 80,
    HTTPSPort: 443,
    OriginProtocolPolicy: "https-only",
    OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] },
    ...changes,
  };
}

async function createOrigin(world: World, changes: Settings = {}): Promise<Versioned> {
  const { VpcOrigin, ETag } = await world.aws.cloudFront.createVpcOrigin({
    VpcOriginEndpointConfig: await config(world, changes),
  });
  return { Id: String(VpcOrigin?.Id), ETag: String(ETag) };
}

async function update(world: World, { Id, ETag }: Versioned, changes: Settings = {}) {
  const VpcOriginEndpointConfig = await config(world, changes);
  return world.aws.cloudFront.updateVpcOrigin({ Id, IfMatch: ETag, VpcOriginEndpointConfig });
}

function remove(world: World, { Id, ETag }: Versioned) {
  return world.aws.cloudFront.deleteVpcOrigin({ Id, IfMatch: ETag });
}

/** A distribution that sends requests to it. */
async function use(world: World, VpcOriginId: string): Promise<void> {
  const viaVpc = { ...origin, CustomOriginConfig: undefined, VpcOriginConfig: { VpcOriginId } };
  await create(world, { Origins: { Quantity: 1, Items: [viaVpc] } });
}

async function used(world: World): Promise<Versioned> {
  const created = await createOrigin(world);
  await use(world, created.Id);
  return created;
}

async function networkLoadBalancer(world: World, protocol: "TCP" | "TLS"): Promise<string> {
  const LoadBalancerArn = await world.newLoadBalancer({
    Type: "network",
    SecurityGroups: [await world.securityGroup()],
  });
  await world.newListener({
    ...{ LoadBalancerArn, Protocol: protocol, Port: 443 },
    ...(protocol === "TLS" && { Certificates: [{ CertificateArn: await requestCertificate(world.aws) }] }),
    DefaultActions: [{ Type: "forward", TargetGroupArn: await world.targetGroup({ Protocol: "TCP" }) }],
  });
  return LoadBalancerArn;
}

const UNKNOWN_TO_MOTO = { refused: "Error" };

export const vpcOrigins: Row[] = [
  {
    rule: "vpc_origins_are_created",
    ask: async (world) => {
      await createOrigin(world);
      await createOrigin(world);
      const { SecurityGroups = [] } = await world.aws.ec2.describeSecurityGroups({
        Filters: [
          { Name: "vpc-id", Values: [await world.vpc()] },
          { Name: "group-name", Values: ["CloudFront-VPCOrigins-Service-SG"] },
        ],
      });
      return SecurityGroups.length;
    },
    strict: 1,
    plain: UNKNOWN_TO_MOTO,
  },
  {
    rule: "vpc_origins_are_read",
    ask: async (world) => {
      const { Id } = await createOrigin(world, { HTTPPort: 8080 });
      const { VpcOrigin } = await world.aws.cloudFront.getVpcOrigin({ Id });
      return [VpcOrigin?.Status, VpcOrigin?.VpcOriginEndpointConfig?.HTTPPort];
    },
    strict: ["Deployed", 8080],
    plain: UNKNOWN_TO_MOTO,
  },
  {
    rule: "vpc_origins_are_listed",
    ask: async (world) => {
      const Arn = await world.newLoadBalancer({ SecurityGroups: [await world.securityGroup()] });
      const created = await createOrigin(world, { Arn });
      const { VpcOriginList } = await world.aws.cloudFront.listVpcOrigins({});
      const [found] = VpcOriginList?.Items?.filter(({ Id }) => Id === created.Id) ?? [];
      return found?.OriginEndpointArn === Arn;
    },
    strict: true,
    plain: UNKNOWN_TO_MOTO,
  },
  {
    rule: "vpc_origins_are_updated",
    ask: async (world) => {
      const created = await createOrigin(world);
      const { VpcOrigin, ETag } = await update(world, created, { HTTPSPort: 8443 });
      return [VpcOrigin?.Id === created.Id, VpcOrigin?.VpcOriginEndpointConfig?.HTTPSPort, ETag === created.ETag];
    },
    strict: [true, 8443, false],
    plain: UNKNOWN_TO_MOTO,
  },
  {
    rule: "vpc_origins_are_deleted",
    ask: async (world) => {
      const created = await createOrigin(world);
      await remove(world, created);
      return world.aws.cloudFront.getVpcOrigin({ Id: created.Id });
    },
    strict: { refused: "EntityNotFound" },
    plain: UNKNOWN_TO_MOTO,
  },
  {
    rule: "name_of_a_vpc_origin_is_unique",
    lawful: (world) => createOrigin(world, { Name: `${world.name()}-own` }),
    refused: async (world) => {
      const Name = world.name();
      await createOrigin(world, { Name });
      await createOrigin(world, { Name });
    },
    code: "EntityAlreadyExists",
  },
  {
    rule: "endpoint_of_a_vpc_origin_exists",
    lawful: async (world) =>
      createOrigin(world, { Arn: `arn:aws:ec2:us-east-1:123456789012:instance/${await world.instance()}` }),
    refused: (world) => createOrigin(world, { Arn: "arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0" }),
    code: "InvalidArgument",
  },
  {
    rule: "vpc_of_a_vpc_origin_has_an_internet_gateway",
    lawful: (world) => createOrigin(world),
    refused: async (world) => {
      const instance = await world.instance(await world.otherSubnet());
      return createOrigin(world, { Arn: `arn:aws:ec2:us-east-1:123456789012:instance/${instance}` });
    },
    code: "InvalidArgument",
  },
  {
    rule: "network_load_balancers_of_vpc_origins",
    lawful: async (world) => createOrigin(world, { Arn: await networkLoadBalancer(world, "TCP") }),
    refused: async (world) => createOrigin(world, { Arn: await networkLoadBalancer(world, "TLS") }),
    code: "InvalidArgument",
  },
  {
    rule: "network_load_balancers_of_vpc_origins",
    lawful: async (world) => createOrigin(world, { Arn: await world.nlb() }),
    refused: async (world) => createOrigin(world, { Arn: await world.newLoadBalancer({ Type: "network" }) }),
    code: "InvalidArgument",
  },
  {
    rule: "change_of_an_old_version_of_a_vpc_origin",
    lawful: async (world) => update(world, await createOrigin(world)),
    refused: async (world) => update(world, { ...(await createOrigin(world)), ETag: "E0" }),
    code: "PreconditionFailed",
  },
  {
    rule: "vpc_origin_in_use_is_not_updated",
    lawful: async (world) => update(world, await createOrigin(world)),
    refused: async (world) => update(world, await used(world)),
    code: "CannotUpdateEntityWhileInUse",
  },
  {
    rule: "vpc_origin_in_use_is_not_deleted",
    lawful: async (world) => remove(world, await createOrigin(world)),
    refused: async (world) => remove(world, await used(world)),
    code: "CannotDeleteEntityWhileInUse",
  },
  {
    rule: "vpc_origins_of_a_distribution_exist",
    lawful: (world) => used(world),
    refused: (world) => use(world, "vo_0123456789abcdefABCDEF"),
    code: "EntityNotFound",
  },
];
