import type { UpdateIntegrationCommandInput } from "@aws-sdk/client-apigatewayv2";
import type { ProtocolEnum } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Row } from "./row";
import { cidr, forward, tcp, type World } from "./world";

export const serviceModel: Row[] = [
  {
    rule: "request_matches_service_model",
    lawful: (world) => tag(world, "Tëam:a/b", "shop + payments_1.0=x@y"),
    refused: (world) => tag(world, "Team", "shop, payments (EU)"),
    code: "ValidationError",
  },
  {
    rule: "request_matches_service_model",
    lawful: (world) => tag(world, "owner", "shop"),
    refused: (world) => tag(world, "aws:owner", "shop"),
    code: "ValidationError",
  },
  {
    rule: "request_matches_service_model",
    // A letter beyond the first 65,536 characters.
    lawful: (world) => tag(world, "owner", "\u{11192} Ⅷ\u00a0"),
    refused: (world) => tag(world, "owner", "a\nb"),
    code: "ValidationError",
  },
  {
    rule: "request_matches_service_model",
    lawful: (world) => tag(world, "owner", "日本"),
    refused: (world) => tag(world, "owner", "5 €"),
    code: "ValidationError",
  },
  {
    rule: "request_matches_service_model",
    lawful: (world) => world.createRule({ Priority: 50_000 }),
    refused: (world) => world.createRule({ Priority: 50_001 }),
    code: "ValidationError",
  },
  {
    rule: "request_matches_service_model",
    lawful: (world) => setHealthCheckProtocol(world, "HTTPS"),
    refused: (world) => setHealthCheckProtocol(world, "ICMP"),
    code: "ValidationError",
  },
  {
    rule: "request_matches_service_model",
    lawful: (world) => putRule(world, { Name: world.name(), ScheduleExpression: "rate(1 hour)" }),
    refused: (world) => putRule(world, { Name: "a name with spaces", ScheduleExpression: "rate(1 hour)" }),
    code: "ValidationException",
  },
  {
    rule: "request_matches_service_model",
    lawful: (world) => world.json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: world.name() }),
    refused: (world) =>
      world.json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: world.name(), tags: { Team: "a, b (c)" } }),
    code: "InvalidParameterException",
  },
  {
    rule: "request_matches_service_model",
    lawful: (world) => setOwnership(world, "BucketOwnerEnforced"),
    refused: (world) => setOwnership(world, "BucketOwnerOnly"),
    code: "MalformedXML",
  },
  {
    rule: "request_matches_service_model",
    // Removes the mapping.
    lawful: (world) => updateIntegration(world, { RequestParameters: { "overwrite:path": "" } }),
    refused: (world) => updateIntegration(world, { ConnectionType: "INTERNET", ConnectionId: "" }),
    code: "BadRequestException",
  },
  {
    rule: "request_matches_service_model",
    lawful: (world) => world.targetGroup(),
    // Required; the provider and the SDK for Go check this themselves.
    refused: (world) => world.targetGroup({ Name: undefined }),
    code: "ValidationError",
  },
];

async function tag(world: World, Key: string, Value: string): Promise<unknown> {
  return world.aws.elb.addTags({ ResourceArns: [await world.targetGroup()], Tags: [{ Key, Value }] });
}

async function setHealthCheckProtocol(world: World, protocol: string): Promise<unknown> {
  const HealthCheckProtocol = protocol as ProtocolEnum;
  return world.aws.elb.modifyTargetGroup({ TargetGroupArn: await world.targetGroup(), HealthCheckProtocol });
}

async function setOwnership(world: World, ObjectOwnership: string): Promise<unknown> {
  const rule = `<Rule><ObjectOwnership>${ObjectOwnership}</ObjectOwnership></Rule>`;
  const xmlns = "http://s3.amazonaws.com/doc/2006-03-01/";
  const body = `<OwnershipControls xmlns="${xmlns}">${rule}</OwnershipControls>`;
  return world.send("s3", "PUT", `/${await world.bucket()}?ownershipControls`, body);
}

function putRule(world: World, input: object) {
  return world.json("events", "AWSEvents.PutRule", input);
}

async function updateIntegration(world: World, changes: Partial<UpdateIntegrationCommandInput>) {
  const { apiGatewayV2 } = world.aws;
  const { ApiId } = await apiGatewayV2.createApi({ Name: world.name(), ProtocolType: "HTTP" });
  const { IntegrationId } = await apiGatewayV2.createIntegration({
    ApiId,
    IntegrationType: "HTTP_PROXY",
    IntegrationMethod: "ANY",
    IntegrationUri: "https://shop.example.com",
    PayloadFormatVersion: "1.0",
  });
  return apiGatewayV2.updateIntegration({ ApiId, IntegrationId, ...changes });
}

interface Surroundings {
  /** Whether the load balancer has a listener for the target group. */
  readonly listener?: boolean;
  /** The ports that the target's security group admits. */
  readonly admit?: readonly number[];
  /** Whether the network ACL of the target's subnet denies everything. */
  readonly deny?: boolean;
  readonly zone?: "a" | "c";
}

/** State and reason of a target behind the load balancer, as its security group and network ACL are. */
async function health(
  world: World,
  { listener = true, admit = [80], deny = false, zone = "a" }: Surroundings,
): Promise<(string | undefined)[]> {
  const { elb, ec2 } = world.aws;
  const GroupId = await world.securityGroup();
  for (const port of admit) await world.ingress(GroupId, tcp(port, cidr("10.0.0.0/16")));
  const SubnetId = await world.newSubnet(await world.vpc(), "10.0.20.0/24", zone);
  if (deny) {
    const { NetworkAcl } = await ec2.createNetworkAcl({ VpcId: await world.vpc() });
    const { NetworkAcls = [] } = await ec2.describeNetworkAcls({
      Filters: [{ Name: "association.subnet-id", Values: [SubnetId] }],
    });
    const association = NetworkAcls[0]?.Associations?.find((each) => each.SubnetId === SubnetId);
    await ec2.replaceNetworkAclAssociation({
      AssociationId: association?.NetworkAclAssociationId,
      NetworkAclId: NetworkAcl?.NetworkAclId,
    });
  }
  const TargetGroupArn = await world.targetGroup();
  await elb.registerTargets({ TargetGroupArn, Targets: [{ Id: await world.instance(SubnetId, [GroupId]) }] });
  if (listener) await world.newListener({ DefaultActions: forward(TargetGroupArn) });
  const { TargetHealthDescriptions } = await elb.describeTargetHealth({ TargetGroupArn });
  const { State, Reason } = TargetHealthDescriptions?.[0]?.TargetHealth ?? {};
  return [State, Reason];
}

const healthy = ["healthy", undefined];

export const targetHealth: Row[] = [
  { rule: "health_follows_the_network", ask: (world) => health(world, {}), strict: healthy, plain: healthy },
  {
    rule: "health_follows_the_network",
    ask: (world) => health(world, { listener: false }),
    strict: ["unused", "Target.NotInUse"],
    plain: healthy,
  },
  {
    rule: "health_follows_the_network",
    ask: (world) => health(world, { zone: "c" }),
    strict: ["unused", "Target.NotInUse"],
    plain: healthy,
  },
  {
    rule: "health_follows_the_network",
    ask: (world) => health(world, { admit: [81] }),
    strict: ["unhealthy", "Target.Timeout"],
    plain: healthy,
  },
  {
    rule: "health_follows_the_network",
    ask: (world) => health(world, { deny: true }),
    strict: ["unhealthy", "Target.Timeout"],
    plain: healthy,
  },
];
