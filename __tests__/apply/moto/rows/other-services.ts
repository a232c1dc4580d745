import type { CreateAutoScalingGroupCommandInput } from "@aws-sdk/client-auto-scaling";
import { outcome, type Row } from "./row";
import { cidr, count, forward, group, tcp, type World } from "./world";

export const autoScaling: Row[] = [
  {
    rule: "attached_target_groups_have_instances",
    lawful: async (world) => attach(world, [await world.targetGroup()]),
    refused: async (world) => attach(world, [await world.targetGroup({ TargetType: "ip" })]),
    code: "ValidationError",
  },
  {
    rule: "name_of_a_new_group_is_free",
    lawful: (world) => autoScalingGroup(world, []),
    refused: async (world) => {
      const AutoScalingGroupName = await autoScalingGroup(world, []);
      await autoScalingGroup(world, [], { AutoScalingGroupName });
    },
    code: "AlreadyExistsFault", // as the SDK calls it
  },
  {
    rule: "target_groups_of_a_new_group_have_instances",
    lawful: async (world) => autoScalingGroup(world, [await world.targetGroup()]),
    refused: async (world) => autoScalingGroup(world, [await world.targetGroup({ TargetType: "ip" })]),
    code: "ValidationError",
  },
  {
    rule: "fifty_target_groups_of_a_group",
    lawful: async (world) => attach(world, await Promise.all(count(50).map(() => world.targetGroup()))),
    refused: async (world) => attach(world, await Promise.all(count(51).map(() => world.targetGroup()))),
    code: "ValidationError",
  },
  {
    rule: "request_count_of_an_attached_target_group",
    lawful: async (world) => {
      const group = await world.targetGroup();
      await trackRequests(world, await autoScalingGroup(world, [group]), group);
    },
    refused: async (world) => trackRequests(world, await autoScalingGroup(world, []), await world.targetGroup()),
    code: "ValidationError",
  },
  {
    rule: "target_group_that_is_gone_is_detached",
    ask: async (world) => {
      const { name, arn } = await withoutItsTargetGroup(world);
      await world.aws.autoScaling.detachLoadBalancerTargetGroups({
        AutoScalingGroupName: name,
        TargetGroupARNs: [arn],
      });
      return (await describe(world, name))?.TargetGroupARNs?.length ?? 0;
    },
    strict: 0,
    plain: { refused: "TargetGroupNotFound" },
  },
  {
    rule: "no_instance_is_launched_into_a_target_group_that_is_gone",
    ask: async (world) => {
      const { name } = await withoutItsTargetGroup(world);
      const [instance] = (await describe(world, name))?.Instances ?? [];
      await world.aws.ec2.terminateInstances({ InstanceIds: [String(instance?.InstanceId)] });
      return (await describe(world, name))?.Instances?.length ?? 0;
    },
    strict: 0,
    plain: 1,
  },
  {
    rule: "lifecycle_hook_notifies_whom_it_names",
    ask: async (world) => {
      const AutoScalingGroupName = await autoScalingGroup(world, []);
      await world.aws.autoScaling.putLifecycleHook({
        AutoScalingGroupName,
        LifecycleHookName: "boot",
        LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
      });
      const { LifecycleHooks } = await world.aws.autoScaling.describeLifecycleHooks({ AutoScalingGroupName });
      return LifecycleHooks?.map(({ NotificationTargetARN, RoleARN }) => NotificationTargetARN ?? RoleARN);
    },
    strict: [undefined],
    plain: ["arn:aws:sqs:us-east-1:123456789012:my-queue"],
  },
  {
    rule: "scaling_policy_is_enabled",
    ask: async (world) => {
      const AutoScalingGroupName = await autoScalingGroup(world, []);
      await world.aws.autoScaling.putScalingPolicy({
        AutoScalingGroupName,
        PolicyName: "cpu",
        PolicyType: "TargetTrackingScaling",
        TargetTrackingConfiguration: {
          TargetValue: 60,
          PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
        },
      });
      const { ScalingPolicies } = await world.aws.autoScaling.describePolicies({ AutoScalingGroupName });
      return ScalingPolicies?.map((policy) => [policy.Enabled, policy.PredictiveScalingConfiguration]);
    },
    strict: [[true, undefined]],
    plain: [[undefined, {}]],
  },
  {
    rule: "settings_of_a_group_are_kept",
    ask: async (world) => {
      const name = await autoScalingGroup(world, [], {
        DefaultInstanceWarmup: 30,
        MaxInstanceLifetime: 86_400,
        InstanceMaintenancePolicy: { MinHealthyPercentage: 90, MaxHealthyPercentage: 120 },
      });
      const group = await describe(world, name);
      return [group?.DefaultInstanceWarmup, group?.MaxInstanceLifetime, group?.InstanceMaintenancePolicy];
    },
    strict: [30, 86_400, { MinHealthyPercentage: 90, MaxHealthyPercentage: 120 }],
    plain: [undefined, undefined, undefined],
  },
  {
    rule: "new_group_has_no_grace_period",
    ask: async (world) => {
      const created = async (more = {}) =>
        (await describe(world, await autoScalingGroup(world, [], more)))?.HealthCheckGracePeriod;
      return [await created(), await created({ HealthCheckGracePeriod: 60 })];
    },
    strict: [0, 60],
    plain: [300, 60],
  },
  {
    rule: "traffic_sources_of_a_new_group_are_attached",
    ask: async (world) => {
      const Identifier = await world.targetGroup();
      const group = await describe(world, await autoScalingGroup(world, [], { TrafficSources: [{ Identifier }] }));
      return group?.TargetGroupARNs?.map((arn) => arn === Identifier);
    },
    strict: [true],
    plain: [],
  },
  {
    rule: "traffic_sources_are_target_groups",
    ask: async (world) => {
      const AutoScalingGroupName = await autoScalingGroup(world, []);
      const input = { AutoScalingGroupName, TrafficSources: [{ Identifier: await world.targetGroup() }] };
      const attached = async () =>
        (await world.aws.autoScaling.describeTrafficSources({ AutoScalingGroupName })).TrafficSources?.length;
      await world.aws.autoScaling.attachTrafficSources(input);
      const before = await attached();
      await world.aws.autoScaling.detachTrafficSources(input);
      return [before, await attached()];
    },
    strict: [1, 0],
    plain: { refused: "Error" },
  },
  {
    rule: "scaling_policy_has_an_arn",
    ask: async (world) => {
      const { PolicyARN } = await world.aws.autoScaling.putScalingPolicy({
        AutoScalingGroupName: await autoScalingGroup(world, []),
        PolicyName: "cpu",
        AdjustmentType: "ChangeInCapacity",
        ScalingAdjustment: 1,
      });
      return PolicyARN?.split(":")[2];
    },
    strict: "autoscaling",
    plain: undefined,
  },
  {
    rule: "instances_are_refreshed",
    ask: async (world) => {
      const AutoScalingGroupName = await autoScalingGroup(world, [], { MinSize: 1, MaxSize: 1 });
      const instance = async () => (await describe(world, AutoScalingGroupName))?.Instances?.[0]?.InstanceId;
      const before = await instance();
      await world.aws.autoScaling.startInstanceRefresh({ AutoScalingGroupName });
      const { InstanceRefreshes } = await world.aws.autoScaling.describeInstanceRefreshes({ AutoScalingGroupName });
      return [before === (await instance()), InstanceRefreshes?.map(({ Status }) => Status)];
    },
    strict: [false, ["Successful"]],
    plain: { refused: "Error" },
  },
];

async function describe(world: World, name: string) {
  const { AutoScalingGroups } = await world.aws.autoScaling.describeAutoScalingGroups({
    AutoScalingGroupNames: [name],
  });
  return AutoScalingGroups?.[0];
}

async function autoScalingGroup(
  world: World,
  TargetGroupARNs: string[],
  changes: Partial<CreateAutoScalingGroupCommandInput> = {},
): Promise<string> {
  const AutoScalingGroupName = world.name();
  await world.aws.autoScaling.createAutoScalingGroup({
    AutoScalingGroupName,
    MinSize: 0,
    MaxSize: 0,
    LaunchTemplate: { LaunchTemplateId: await world.launchTemplate({}) },
    VPCZoneIdentifier: await world.subnet(),
    TargetGroupARNs,
    ...changes,
  });
  return AutoScalingGroupName;
}

/** An Auto Scaling group with an instance, whose target group was deleted. */
async function withoutItsTargetGroup(world: World): Promise<{ name: string; arn: string }> {
  const arn = await world.targetGroup();
  const name = await autoScalingGroup(world, [arn], { MinSize: 1, MaxSize: 1 });
  await world.aws.elb.deleteTargetGroup({ TargetGroupArn: arn });
  return { name, arn };
}

async function trackRequests(world: World, AutoScalingGroupName: string, targetGroup: string): Promise<void> {
  const ResourceLabel = `app/${world.name()}/50dc6c495c0c9188/${targetGroup.split(":").at(-1)}`;
  await world.aws.autoScaling.putScalingPolicy({
    AutoScalingGroupName,
    PolicyName: "requests",
    PolicyType: "TargetTrackingScaling",
    TargetTrackingConfiguration: {
      TargetValue: 1000,
      PredefinedMetricSpecification: { PredefinedMetricType: "ALBRequestCountPerTarget", ResourceLabel },
    },
  });
}

async function attach(world: World, TargetGroupARNs: string[]): Promise<void> {
  const AutoScalingGroupName = await autoScalingGroup(world, []);
  await world.aws.autoScaling.attachLoadBalancerTargetGroups({ AutoScalingGroupName, TargetGroupARNs });
}

/** Target groups behind a rule each. */
async function targetGroupsInUse(world: World, count: number): Promise<string[]> {
  const groups = await Promise.all(Array.from({ length: count }, () => world.targetGroup({ TargetType: "ip" })));
  for (const group of groups) await world.newListener({ Port: nextPort++, DefaultActions: forward(group) });
  return groups;
}

let nextPort = 9000;

async function updateTargetGroups(world: World, name: string, targetGroupArns: string[]): Promise<void> {
  const loadBalancers = targetGroupArns.map((targetGroupArn) => ({
    targetGroupArn,
    containerName: "application",
    containerPort: 80,
  }));
  await world.ecs("UpdateService", { cluster: name, service: name, loadBalancers });
}

export const services: Row[] = [
  {
    rule: "target_group_of_a_service_has_a_load_balancer",
    lawful: async (world) => {
      const group = await world.targetGroup({ TargetType: "ip" });
      await world.newListener({ Port: 81, DefaultActions: forward(group) });
      await world.service(group);
    },
    refused: async (world) => world.service(await world.targetGroup({ TargetType: "ip" })),
    code: "InvalidParameterException",
  },
  {
    rule: "five_target_groups_of_a_service",
    lawful: async (world) => updateTargetGroups(world, await world.service(), await targetGroupsInUse(world, 5)),
    refused: async (world) => updateTargetGroups(world, await world.service(), await targetGroupsInUse(world, 6)),
    code: "InvalidParameterException",
  },
  {
    rule: "controller_of_a_service_with_other_target_groups",
    lawful: async (world) => updateTargetGroups(world, await world.service(), await targetGroupsInUse(world, 1)),
    refused: async (world) => {
      const [group] = await targetGroupsInUse(world, 1);
      const service = await world.service(group, "CODE_DEPLOY");
      await updateTargetGroups(world, service, await targetGroupsInUse(world, 1));
    },
    code: "InvalidParameterException",
  },
  {
    rule: "settings_of_a_new_service_are_kept",
    ask: async (world) => {
      const cluster = await world.service();
      const created = async (settings: object) => {
        const input = { cluster, taskDefinition: cluster, serviceName: world.name(), ...settings };
        const service = (await world.ecs("CreateService", input)).service as Record<string, unknown>;
        return [
          service.deploymentConfiguration,
          service.healthCheckGracePeriodSeconds,
          service.availabilityZoneRebalancing,
        ];
      };
      const given = {
        deploymentConfiguration: { maximumPercent: 150 },
        healthCheckGracePeriodSeconds: 60,
        availabilityZoneRebalancing: "DISABLED",
      };
      return [await created({}), await created(given)];
    },
    strict: [
      [{ maximumPercent: 200, minimumHealthyPercent: 100 }, 0, "ENABLED"],
      [{ maximumPercent: 150, minimumHealthyPercent: 100 }, 60, "DISABLED"],
    ],
    plain: [
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
    ],
  },
];

export const trails: Row[] = [
  {
    rule: "name_of_a_trail",
    lawful: async (world) => createTrail(world, "my-shop", await trailBucket(world)),
    refused: async (world) => createTrail(world, "my--shop", await trailBucket(world)),
    code: "InvalidTrailNameException",
  },
  {
    rule: "trail_exists",
    lawful: async (world) => createTrail(world, "first", await trailBucket(world)),
    refused: async (world) => {
      await createTrail(world, "second", await trailBucket(world));
      await createTrail(world, "second", await trailBucket(world));
    },
    code: "TrailAlreadyExistsException",
  },
  {
    rule: "bucket_policy_of_a_trail",
    lawful: async (world) => createTrail(world, "with-policy", await trailBucket(world)),
    refused: async (world) => createTrail(world, "without-policy", await world.bucket()),
    code: "InsufficientS3BucketPolicyException",
  },
  {
    rule: "trail_is_named_by_its_arn",
    ask: async (world) => {
      const { TrailARN: Name } = await createTrail(world, "by-arn", await trailBucket(world));
      const logging = async () => (await cloudTrail(world, "GetTrailStatus", { Name })).IsLogging;
      await cloudTrail(world, "StartLogging", { Name });
      const started = await logging();
      await cloudTrail(world, "StopLogging", { Name });
      return [started, await logging()];
    },
    strict: [true, false],
    plain: { refused: "500" },
  },
];

function cloudTrail(world: World, operation: string, input: object) {
  return world.json("cloudtrail", `CloudTrail_20131101.${operation}`, input);
}

function createTrail(world: World, Name: string, S3BucketName: string) {
  return cloudTrail(world, "CreateTrail", { Name, S3BucketName });
}

function trailBucket(world: World): Promise<string> {
  return bucketOf(world, "cloudtrail.amazonaws.com");
}

/** A bucket to which a service may write. */
async function bucketOf(world: World, Service: string): Promise<string> {
  const name = await world.bucket();
  const Principal = { Service };
  const Statement = [
    { Effect: "Allow", Principal, Action: ["s3:GetBucketAcl"], Resource: `arn:aws:s3:::${name}` },
    { Effect: "Allow", Principal, Action: "s3:PutObject", Resource: `arn:aws:s3:::${name}/*` },
  ];
  await world.send("s3", "PUT", `/${name}?policy`, JSON.stringify({ Version: "2012-10-17", Statement }));
  return name;
}

export const logs: Row[] = [
  {
    rule: "query_definition_is_kept",
    ask: async (world) => typeof (await putQuery(world)),
    strict: "string",
    plain: { refused: "500" },
  },
  {
    rule: "query_definitions_are_described",
    ask: async (world) => {
      const queryDefinitionId = await putQuery(world);
      const { queryDefinitions } = await logsCall(world, "DescribeQueryDefinitions", {});
      return (queryDefinitions as Record<string, unknown>[]).some(
        (each) => each.queryDefinitionId === queryDefinitionId,
      );
    },
    strict: true,
    plain: { refused: "500" },
  },
  {
    rule: "query_definition_is_deleted",
    ask: async (world) => {
      const queryDefinitionId = await putQuery(world);
      return [
        await logsCall(world, "DeleteQueryDefinition", { queryDefinitionId }),
        await outcome(logsCall(world, "DeleteQueryDefinition", { queryDefinitionId })),
      ];
    },
    strict: [{ success: true }, { refused: "ResourceNotFound" }],
    plain: { refused: "500" },
  },
];

function logsCall(world: World, operation: string, input: object) {
  return world.json("logs", `Logs_20140328.${operation}`, input);
}

async function putQuery(world: World): Promise<unknown> {
  const input = { name: world.name(), queryString: "fields @message" };
  return (await logsCall(world, "PutQueryDefinition", input)).queryDefinitionId;
}

export const config: Row[] = [
  {
    rule: "managed_rule_needs_a_recorder",
    lawful: async (world) => {
      await putRecorder(world);
      await putManagedRule(world);
    },
    refused: async (world) => {
      await configCall(world, "DeleteConfigurationRecorder", { ConfigurationRecorderName: "shop" });
      await putManagedRule(world);
    },
    code: "NoAvailableConfigurationRecorderException",
  },
  {
    rule: "bucket_of_a_delivery_channel",
    lawful: async (world) => {
      await putDeliveryChannel(world, await bucketOf(world, "config.amazonaws.com"));
      await putDeliveryChannel(
        world,
        await world.bucket(),
        await roleOfRecorder(world, ["s3:GetBucketAcl", "s3:PutObject"]),
      );
    },
    refused: async (world) =>
      putDeliveryChannel(world, await world.bucket(), await roleOfRecorder(world, ["s3:GetBucketAcl"])),
    code: "InsufficientDeliveryPolicyException",
  },
  {
    rule: "custom_policy_rule_is_kept",
    ask: (world) => putConfigRule(world, "kept"),
    strict: {},
    plain: { refused: "500" },
  },
  {
    rule: "custom_policy_rules_are_described",
    ask: async (world) => {
      await putConfigRule(world, "described");
      const { ConfigRules } = await configCall(world, "DescribeConfigRules", { ConfigRuleNames: ["described"] });
      const [rule] = ConfigRules as { Source: object; ConfigRuleState: string }[];
      return [rule?.Source, rule?.ConfigRuleState];
    },
    strict: [{ Owner: "CUSTOM_POLICY", CustomPolicyDetails: { PolicyRuntime: "guard-2.x.x" } }, "ACTIVE"],
    plain: { refused: "500" },
  },
  {
    rule: "custom_policy_is_answered",
    ask: async (world) => {
      await putConfigRule(world, "answered");
      return configCall(world, "GetCustomRulePolicy", { ConfigRuleName: "answered" });
    },
    strict: { PolicyText: "rule x {}" },
    plain: { refused: "500" },
  },
  {
    rule: "tags_of_a_custom_policy_rule",
    ask: async (world) => {
      await putConfigRule(world, "tagged");
      const { ConfigRules } = await configCall(world, "DescribeConfigRules", { ConfigRuleNames: ["tagged"] });
      const [rule] = ConfigRules as { ConfigRuleArn: string }[];
      return configCall(world, "ListTagsForResource", { ResourceArn: rule?.ConfigRuleArn });
    },
    strict: { Tags: [{ Key: "Team", Value: "shop" }] },
    plain: { refused: "500" },
  },
  {
    rule: "custom_policy_rule_is_deleted",
    ask: async (world) => {
      await putConfigRule(world, "deleted");
      await configCall(world, "DeleteConfigRule", { ConfigRuleName: "deleted" });
      return configCall(world, "GetCustomRulePolicy", { ConfigRuleName: "deleted" });
    },
    strict: {},
    plain: { refused: "500" },
  },
];

function configCall(world: World, operation: string, input: object) {
  return world.json("config", `StarlingDoveService.${operation}`, input);
}

function putRecorder(world: World, roleARN = "arn:aws:iam::123456789012:role/shop") {
  return configCall(world, "PutConfigurationRecorder", { ConfigurationRecorder: { name: "shop", roleARN } });
}

function putManagedRule(world: World) {
  const Source = { Owner: "AWS", SourceIdentifier: "INCOMING_SSH_DISABLED" };
  return configCall(world, "PutConfigRule", { ConfigRule: { ConfigRuleName: "managed", Source } });
}

/** @returns its ARN */
async function roleOfRecorder(world: World, Action: string[]): Promise<string> {
  const RoleName = world.name();
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource: "*" }],
  });
  const call = (Name: string, input: Record<string, string>) =>
    world.send(
      "iam",
      "POST",
      "/",
      String(new URLSearchParams({ Action: Name, Version: "2010-05-08", RoleName, ...input })),
    );
  await call("CreateRole", { AssumeRolePolicyDocument: "{}" });
  await call("PutRolePolicy", { PolicyName: "bucket", PolicyDocument });
  return `arn:aws:iam::123456789012:role/${RoleName}`;
}

async function putDeliveryChannel(world: World, s3BucketName: string, roleArn?: string): Promise<void> {
  await putRecorder(world, roleArn);
  await configCall(world, "PutDeliveryChannel", { DeliveryChannel: { name: "shop", s3BucketName } });
}

function putConfigRule(world: World, ConfigRuleName: string) {
  const CustomPolicyDetails = { PolicyRuntime: "guard-2.x.x", PolicyText: "rule x {}" };
  const ConfigRule = { ConfigRuleName, Source: { Owner: "CUSTOM_POLICY", CustomPolicyDetails } };
  return configCall(world, "PutConfigRule", { ConfigRule, Tags: [{ Key: "Team", Value: "shop" }] });
}

export const stateMachines: Row[] = [
  {
    rule: "state_machine_has_no_versions",
    ask: (world) =>
      states(world, "ListStateMachineVersions", {
        stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:shop",
      }),
    strict: { stateMachineVersions: [] },
    plain: { refused: "500" },
  },
  {
    rule: "definition_is_validated",
    ask: async (world) => {
      const definition = JSON.stringify({ StartAt: "Done", States: { Done: { Type: "Succeed" } } });
      const valid = await states(world, "ValidateStateMachineDefinition", { definition });
      const invalid = await states(world, "ValidateStateMachineDefinition", { definition: "{}" });
      return [valid.result, invalid.result];
    },
    strict: ["OK", "FAIL"],
    plain: { refused: "500" },
  },
];

function states(world: World, operation: string, input: object) {
  return world.json("states", `AWSStepFunctions.${operation}`, input);
}

export const cloudControl: Row[] = [
  {
    rule: "resources_are_read",
    ask: async (world) => {
      const [id, other] = [await world.securityGroup(), await world.securityGroup()];
      await world.ingress(id, tcp(80, { ...cidr("0.0.0.0/0"), ...group(other) }));
      const securityGroup = await resource(world, "AWS::EC2::SecurityGroup", id);
      const rules = securityGroup.SecurityGroupIngress as Record<string, unknown>[];
      const [target] = await targetGroupsInUse(world, 1);
      const name = await world.service(target);
      const { services = [] } = await world.ecs("DescribeServices", { cluster: name, services: [name] });
      const [{ serviceArn }] = services as [{ serviceArn: string }];
      const service = await resource(world, "AWS::ECS::Service", `${serviceArn}|${name}`);
      const [block] = service.LoadBalancers as [Record<string, unknown>];
      return [
        ...rules.map(({ SourceSecurityGroupId, ...rule }) => ({
          ...rule,
          ...(SourceSecurityGroupId === other && { source: "other group" }),
        })),
        service.DeploymentController,
        { ...block, TargetGroupArn: block.TargetGroupArn === target },
      ];
    },
    strict: [
      { IpProtocol: "tcp", FromPort: 80, ToPort: 80, CidrIp: "0.0.0.0/0" },
      { IpProtocol: "tcp", FromPort: 80, ToPort: 80, source: "other group" },
      { Type: "ECS" },
      { TargetGroupArn: true, ContainerName: "application", ContainerPort: 80 },
    ],
    plain: { refused: "500" },
  },
];

async function resource(world: World, TypeName: string, Identifier: string): Promise<Record<string, unknown>> {
  const input = { TypeName, Identifier };
  const { ResourceDescription } = await world.json("cloudcontrolapi", "CloudApiService.GetResource", input);
  const { Properties } = ResourceDescription as { Properties: string };
  return JSON.parse(Properties) as Record<string, unknown>;
}
