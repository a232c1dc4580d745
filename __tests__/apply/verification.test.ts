import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ConfigService } from "@aws-sdk/client-config-service";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { S3 } from "@aws-sdk/client-s3";
import { SNS } from "@aws-sdk/client-sns";
import { readFileSync } from "node:fs";
import { describeWithTools } from "../tools";
import { credentials, region } from "./harness/environment";
import { KINDS } from "../../stacks/verification/api-call-schema";
import { inventory } from "./harness/inventory";
import { LocalAws } from "./harness/local-aws";
import { changes, resourceChanges, warnings } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { released } from "./harness/release";
import { TerraformRoot } from "./harness/terraform";

const name = "shop-verification";
const account = "123456789012";
const listener = `arn:aws:elasticloadbalancing:${region}:${account}:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const nodeTargetGroup = `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/node/6d0ecf831eec9f09`;

const toBucket = { flow_logs: { destination: "s3" } };
const toLogGroup = { flow_logs: { alarm: {}, accepted_cidrs: ["10.0.9.9/32"] } };

interface Statement {
  readonly Principal: { readonly Service?: string };
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

describeWithTools(["terraform", "moto_server"], "examples/verification/complete", () => {
  let aws: LocalAws;
  let recorder: Recorder;
  let example: TerraformRoot;
  let before: string[];
  let logs: CloudWatchLogs;
  let config: ConfigService;
  let events: EventBridge;
  let s3: S3;
  let sns: SNS;
  const ids = { vpc: "", node: "", application: "", a: "", b: "", own: "", main: "", gateway: "" };

  beforeAll(async () => {
    aws = await LocalAws.start();
    const connection = { endpoint: aws.endpoint, region, credentials };
    logs = new CloudWatchLogs(connection);
    config = new ConfigService(connection);
    events = new EventBridge(connection);
    s3 = new S3({ ...connection, forcePathStyle: true });
    sns = new SNS(connection);
    await createApplication();
    before = await inventory(aws);

    recorder = await Recorder.start(aws.endpoint);
    const { folder, signal } = aws;
    example = await TerraformRoot.init(
      { endpoint: recorder.endpoint, folder, signal },
      "examples/verification/complete",
      {
        routing: {
          schema_version: 1,
          scenario: "alb",
          name: "shop",
          vpc_id: ids.vpc,
          node: { security_group_id: ids.node, target_group_arn: nodeTargetGroup, port: 80, protocol: "HTTP" },
          application: { security_group_id: ids.application, ports: [80] },
          entry_points: { shop: { listener_arn: listener, priority: 9, application_target_group_arn: null } },
          node_traffic_percent: 100,
        },
        node_subnet_cidrs: ["10.0.1.0/24"],
        application_subnet_ids: { a: ids.a, b: ids.b },
        config_rules: { recorder: "create", node_ssh: true },
        trail: {},
        email_addresses: ["security@example.com"],
      },
    );
  }, 120_000);

  afterAll(async () => {
    await recorder.stop();
    await aws.stop();
  });

  /** One subnet with a route table of its own, one with the VPC's main one. */
  async function createApplication(): Promise<void> {
    const { ec2 } = aws;
    const { Vpc } = await ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
    ids.vpc = String(Vpc?.VpcId);
    const subnet = async (CidrBlock: string) =>
      String((await ec2.createSubnet({ VpcId: ids.vpc, CidrBlock })).Subnet?.SubnetId);
    const group = async (GroupName: string) =>
      String((await ec2.createSecurityGroup({ GroupName, Description: GroupName, VpcId: ids.vpc })).GroupId);
    ids.a = await subnet("10.0.11.0/24");
    ids.b = await subnet("10.0.12.0/24");
    ids.node = await group("node");
    ids.application = await group("application");
    await ec2.authorizeSecurityGroupIngress({
      GroupId: ids.application,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: ids.node }] }],
    });
    const { RouteTables: [main] = [] } = await ec2.describeRouteTables({
      Filters: [{ Name: "vpc-id", Values: [ids.vpc] }],
    });
    ids.main = String(main?.RouteTableId);
    ids.own = String((await ec2.createRouteTable({ VpcId: ids.vpc })).RouteTable?.RouteTableId);
    await ec2.associateRouteTable({ RouteTableId: ids.own, SubnetId: ids.a });
    ids.gateway = String((await ec2.createInternetGateway({})).InternetGateway?.InternetGatewayId);
    await ec2.attachInternetGateway({ InternetGatewayId: ids.gateway, VpcId: ids.vpc });
  }

  describe("with flow logs to a bucket", () => {
    test("the plan adds, and changes nothing", async () => {
      const plan = await example.plan(toBucket);
      const planned = resourceChanges(plan);
      expect(planned.filter((line) => !line.startsWith("create module.wallarm_verification."))).toEqual([]);
      const options = (plan.resource_changes ?? [])
        .filter(({ type }) => type === "aws_flow_log")
        .map(({ change }) => change.after?.destination_options);
      const parquet = { file_format: "parquet", hive_compatible_partitions: true, per_hour_partition: false };
      expect(options).toEqual([[parquet], [parquet]]);
    });

    test("it is applied, and a second plan is empty", async () => {
      await example.apply(toBucket);
      const plan = await example.plan(toBucket);
      expect(changes(plan)).toEqual([]);
      expect(warnings(plan)).toEqual([]);
    }, 300_000);

    test("each subnet is logged to the bucket", async () => {
      const bucket = await bucketFor("flow-logs");
      expect(await flowLogs()).toEqual(
        [ids.a, ids.b].sort().map((subnet) => ({
          subnet,
          destination: `arn:aws:s3:::${bucket}`,
          fields: 22,
          interval: 60,
        })),
      );
    });

    test.each([
      { purpose: "flow-logs", service: "delivery.logs.amazonaws.com", path: "*" },
      { purpose: "trail", service: "cloudtrail.amazonaws.com", path: `${account}/*` },
      { purpose: "config", service: "config.amazonaws.com", path: `${account}/Config/*` },
    ])("the bucket for $purpose lets $service in, and nobody else", async ({ purpose, service, path }) => {
      const Bucket = await bucketFor(purpose);
      const [delivery, ...others] = statements((await s3.getBucketPolicy({ Bucket })).Policy);
      expect(delivery).toMatchObject({
        Principal: { Service: service },
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${Bucket}/AWSLogs/${path}`,
      });
      expect(others.map(({ Principal }) => Principal)).toEqual([{ Service: service }, "*"]);
      const { PublicAccessBlockConfiguration: block } = await s3.getPublicAccessBlock({ Bucket });
      expect(Object.values(block ?? {})).toEqual([true, true, true, true]);
      const { ServerSideEncryptionConfiguration: encryption } = await s3.getBucketEncryption({ Bucket });
      expect(encryption?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe("AES256");
    });

    test("a trail logs to its bucket", () => {
      expect([...recorder.actions]).toEqual(
        expect.arrayContaining(["cloudtrail:CreateTrail", "cloudtrail:StartLogging"]),
      );
    });

    test("each kind of call is told to the topic", async () => {
      const topic = await topicArn();
      const { Rules = [] } = await events.listRules({ NamePrefix: `${name}-` });
      const kinds = Rules.map((rule) => String(rule.Name).replace(`${name}-`, "")).sort();
      // The example names no instances.
      const others = ["application_targets", "classic_targets"];
      expect(kinds).toEqual(
        KINDS.filter((kind) => !others.includes(kind))
          .map((kind) => kind.replaceAll("_", "-"))
          .sort(),
      );
      for (const { Name, EventPattern, State } of Rules) {
        expect(State).toBe("ENABLED");
        expect(JSON.parse(String(EventPattern))).toMatchObject({ "detail-type": ["AWS API Call via CloudTrail"] });
        const { Targets = [] } = await events.listTargetsByRule({ Rule: Name });
        expect(Targets.map(({ Arn }) => Arn)).toEqual([topic]);
        expect(Targets[0]?.InputTransformer?.InputTemplate).toContain(`"${name}: <call> can open a path`);
      }
    });

    test("the topic is encrypted, lets EventBridge publish, and has its subscriber", async () => {
      const TopicArn = await topicArn();
      const { Attributes = {} } = await sns.getTopicAttributes({ TopicArn });
      expect(Attributes.KmsMasterKeyId).toMatch(new RegExp(`^arn:aws:kms:${region}:${account}:key/`));
      expect(statements(Attributes.Policy)).toEqual([
        {
          Sid: "EventBridge",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sns:Publish",
          Resource: TopicArn,
        },
      ]);
      const { Subscriptions = [] } = await sns.listSubscriptionsByTopic({ TopicArn });
      expect(Subscriptions.map(({ Protocol, Endpoint }) => [Protocol, Endpoint])).toEqual([
        ["email", "security@example.com"],
      ]);
    });

    test("AWS Config records security groups, and has the rules", async () => {
      const { ConfigurationRecorders: [own] = [] } = await config.describeConfigurationRecorders({});
      expect(own?.recordingGroup?.resourceTypes).toEqual(["AWS::EC2::SecurityGroup"]);
      const { ConfigurationRecordersStatus: [status] = [] } = await config.describeConfigurationRecorderStatus({});
      expect(status?.recording).toBe(true);
      const { DeliveryChannels: [channel] = [] } = await config.describeDeliveryChannels({});
      expect(channel?.s3BucketName).toBe(await bucketFor("config"));

      const { ConfigRules = [] } = await config.describeConfigRules({});
      const custom = ConfigRules.filter(({ Source }) => Source?.Owner === "CUSTOM_POLICY");
      const managed = ConfigRules.filter(({ Source }) => Source?.Owner === "AWS");
      const rules = managed.map(({ Source, Scope, InputParameters = "{}" }) => [
        ...[Source?.SourceIdentifier, Scope?.ComplianceResourceId],
        JSON.parse(InputParameters) as unknown,
      ]);
      expect(rules.sort()).toEqual([
        ["INCOMING_SSH_DISABLED", ids.node, {}],
        ["RESTRICTED_INCOMING_TRAFFIC", ids.application, { blockedPort1: "80" }],
      ]);
      expect(custom).toMatchObject([
        {
          Scope: { ComplianceResourceId: ids.application },
          Source: { CustomPolicyDetails: { PolicyRuntime: "guard-2.x.x" } },
        },
      ]);
    });
  });

  describe("with flow logs to a log group, and an alarm", () => {
    test("it is changed, and a second plan is empty", async () => {
      await example.apply(toLogGroup);
      expect(await example.changes(toLogGroup)).toEqual([]);
    });

    test("another name takes away no logs, no subscriber, and no recorder", async () => {
      const planned = await example.changes({ ...toLogGroup, name: "next" });
      const kept =
        /\.aws_(s3_bucket|cloudwatch_log_group|flow_log|sns_topic|sns_topic_subscription|kms_key|config_configuration_recorder|config_configuration_recorder_status|config_delivery_channel)\./;
      expect(planned).toContainEqual(expect.stringMatching(/^replace .*\.aws_cloudtrail\./));
      expect(planned.filter((line) => kept.test(line) && !line.startsWith("update "))).toEqual([]);
    });

    test("the log group takes the place of the bucket", async () => {
      const { logGroups: [group] = [] } = await logs.describeLogGroups({});
      expect(group).toMatchObject({ logGroupName: `${name}-flow-logs`, retentionInDays: 90 });
      const destination = group?.arn?.replace(/:\*$/, "");
      expect(await flowLogs()).toEqual(
        [ids.a, ids.b]
          .sort()
          .map((subnet) => expect.objectContaining({ subnet, destination, interval: 60 }) as unknown),
      );
      await expect(bucketFor("flow-logs")).resolves.toBeUndefined();
    });

    test("the query is saved, and run each hour", async () => {
      const [saved, ...more] = await savedQueries();
      expect(more).toEqual([]);
      expect(saved).toMatchObject({ name: `${name}/around-the-node`, logGroupNames: [`${name}-flow-logs`] });
      expect(saved?.queryString).toContain(
        '| filter not isIpInSubnet(srcaddr, "10.0.1.0/24") and not isIpInSubnet(srcaddr, "10.0.9.9/32")\n',
      );
      expect(await example.outputs()).toMatchObject({ flow_query: saved?.queryString });
      const rule = await events.describeRule({ Name: `${name}-around-the-node` });
      expect(rule).toMatchObject({ ScheduleExpression: "rate(60 minutes)", State: "ENABLED" });
      const { Targets = [] } = await events.listTargetsByRule({ Rule: rule.Name });
      expect(Targets.map(({ Arn }) => Arn)).toEqual([
        `arn:aws:states:${region}:${account}:stateMachine:${name}-around-the-node`,
      ]);
    });
  });

  describe("ways in", () => {
    test("are named by the plan, which changes nothing", async () => {
      const { SecurityGroupRules: [open] = [] } = await aws.ec2.authorizeSecurityGroupIngress({
        GroupId: ids.application,
        IpPermissions: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
      });
      await aws.ec2.createRoute({ RouteTableId: ids.own, DestinationCidrBlock: "0.0.0.0/0", GatewayId: ids.gateway });
      await aws.ec2.createRoute({ RouteTableId: ids.main, DestinationIpv6CidrBlock: "::/0", GatewayId: ids.gateway });

      const plan = await example.plan(toLogGroup);
      expect(resourceChanges(plan)).toEqual([]);
      const [group, subnets, ...more] = warnings(plan).sort();
      expect(more).toEqual([]);
      expect(subnets).toContain(`${ids.application} admits sources other than the node: tcp 80 from 0.0.0.0/0`);
      expect(group).toContain(`subnet a (0.0.0.0/0 to ${ids.gateway}), subnet b (::/0 to ${ids.gateway})`);

      await aws.ec2.revokeSecurityGroupIngress({
        GroupId: ids.application,
        SecurityGroupRuleIds: [String(open?.SecurityGroupRuleId)],
      });
      await aws.ec2.deleteRoute({ RouteTableId: ids.own, DestinationCidrBlock: "0.0.0.0/0" });
      await aws.ec2.deleteRoute({ RouteTableId: ids.main, DestinationIpv6CidrBlock: "::/0" });
      expect(warnings(await example.plan(toLogGroup))).toEqual([]);
    });
  });

  test("the blocks of the README keep the logs, and the rest goes", async () => {
    const files = { "main.tf": await example.read("main.tf"), "outputs.tf": await example.read("outputs.tf") };
    await example.edit("main.tf", (text) => released(text, "verification"));
    await example.write("outputs.tf", "");
    const plan = await example.plan(toLogGroup);
    for (const [file, text] of Object.entries(files)) await example.write(file, text);

    const address = "module.wallarm_verification.";
    const kept = [
      "",
      "_lifecycle_configuration",
      "_policy",
      "_public_access_block",
      "_server_side_encryption_configuration",
    ];
    const buckets = kept.flatMap((kind) => [
      `aws_s3_bucket${kind}.logs["config"]`,
      `aws_s3_bucket${kind}.logs["trail"]`,
    ]);
    expect(
      resourceChanges(plan)
        .filter((change) => !change.startsWith(`delete ${address}`))
        .sort(),
    ).toEqual(["aws_cloudwatch_log_group.flow_logs[0]", ...buckets].map((kind) => `forget ${address}${kind}`));
  });

  test("destroy stops what writes logs, and fails at buckets that have some", async () => {
    const { Buckets = [] } = await s3.listBuckets({});
    const logsIn = Buckets.map(({ Name }) => ({ Bucket: Name, Key: "AWSLogs/log" }));
    expect(logsIn).toHaveLength(2);
    for (const log of logsIn) {
      // Moto does not read conditions: the policy, which denies HTTP, denies everything there.
      await s3.deleteBucketPolicy(log);
      await s3.putObject({ ...log, Body: "log" });
    }

    await expect(example.destroy(toLogGroup)).rejects.toThrow("BucketNotEmpty");
    const { resources } = JSON.parse(await example.state()) as { resources: { mode: string; type: string }[] };
    expect(resources.filter(({ mode }) => mode === "managed").map(({ type }) => type)).toEqual(["aws_s3_bucket"]);
    for (const log of logsIn) await s3.deleteObject(log);
  });

  test("destroyed when they are empty, it leaves the application as it was", async () => {
    await example.destroy(toLogGroup);
    expect(await flowLogs()).toEqual([]);
    expect((await logs.describeLogGroups({})).logGroups).toEqual([]);
    expect((await events.listRules({})).Rules).toEqual([]);
    expect((await sns.listTopics({})).Topics ?? []).toEqual([]);
    expect((await config.describeConfigRules({})).ConfigRules ?? []).toEqual([]);
    expect((await s3.listBuckets({})).Buckets ?? []).toEqual([]);
    expect(await savedQueries()).toEqual([]);
    expect(await inventory(aws)).toEqual(before);
  });

  test("what was asked of AWS is in the README's permissions", () => {
    const readme = readFileSync("modules/verification/README.md", "utf8");
    const [, permissions = "[]"] = /## Permissions[^[]*(\[[^\]]*\])/.exec(readme) ?? [];
    const listed = JSON.parse(permissions) as string[];
    const asked = [...recorder.actions].filter((action) => !listed.includes(action));
    expect(recorder.actions.size).toBeGreaterThan(60);
    expect(asked).toEqual([]);
  });

  async function savedQueries() {
    return (await logs.describeQueryDefinitions({})).queryDefinitions ?? [];
  }

  async function flowLogs() {
    const { FlowLogs = [] } = await aws.ec2.describeFlowLogs({});
    return FlowLogs.map((log) => ({
      subnet: log.ResourceId,
      destination: log.LogDestination,
      fields: log.LogFormat?.split(" ").length,
      interval: log.MaxAggregationInterval,
    })).sort((one, other) => String(one.subnet).localeCompare(String(other.subnet)));
  }

  async function bucketFor(purpose: string): Promise<string | undefined> {
    const { Buckets = [] } = await s3.listBuckets({});
    return Buckets.find(({ Name }) => Name?.startsWith(`${name}-${purpose}-`))?.Name;
  }

  async function topicArn(): Promise<string> {
    const { Topics: [topic] = [] } = await sns.listTopics({});
    return String(topic?.TopicArn);
  }
});

function statements(policy = "{}"): Statement[] {
  return (JSON.parse(policy) as { Statement: Statement[] }).Statement;
}
