import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ConfigService } from "@aws-sdk/client-config-service";
import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { SNS } from "@aws-sdk/client-sns";
import { canCall, firstMatch } from "../modules/first-match";
import { describeInTestAll } from "../test-all";
import { createExistingApplication, type ExistingApplication } from "./harness/existing-application";
import { inventory } from "./harness/inventory";
import { listenerRules } from "./harness/listener";
import { LocalAws } from "./harness/local-aws";
import { connection } from "./harness/local-server";
import { networkAclOf, networkAclRules } from "./harness/network-acls";
import { nodeFleet } from "./harness/node-fleet";
import { changes, resourceChanges, warnings } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { TerraformRoot, type Variables } from "./harness/terraform";
import { describeCall } from "./harness/witness";

const secret = "0123456789abcdef0123456789abcdef";
const header = `http-header X-CloudFront-Secret ${secret}`;

/** The routes of the example: the rule that each stands in front of, or its own condition, and its two priorities. */
const routes = {
  shop: { inFrontOf: 10, priorities: [8, 9] },
  api: { inFrontOf: 20, priorities: [18, 19] },
  partner: { inFrontOf: 30, priorities: [28, 29] },
  upload: { inFrontOf: 40, priorities: [38, 39] },
  search: { inFrontOf: 70, priorities: [68, 69] },
  rest: { inFrontOf: "default", priorities: [49999, 50000] },
} as const;

/** The load balancer's subnets, which are the node's too. */
const subnets = "10.0.0.0/23";

const MOVE = "elasticloadbalancing:ModifyRule";
const ASSOCIATION = "ec2:ReplaceNetworkAclAssociation";
const moves = Object.keys(routes).map(() => MOVE);

describeInTestAll(["terraform", "moto_server"], "examples/complete", () => {
  let aws: LocalAws;
  let recorder: Recorder;
  let application: ExistingApplication;
  let example: TerraformRoot;
  let logs: CloudWatchLogs;
  let config: ConfigService;
  let events: EventBridge;
  let sns: SNS;
  let before: { inventory: string[]; rules: string[]; admitted: SecurityGroupRule[]; acls: string[] };
  let closed: Variables;
  const open = { node_traffic_percent: 0 };

  beforeAll(async () => {
    aws = await LocalAws.start();
    logs = new CloudWatchLogs(connection(aws.endpoint));
    config = new ConfigService(connection(aws.endpoint));
    events = new EventBridge(connection(aws.endpoint));
    sns = new SNS(connection(aws.endpoint));
    application = await createExistingApplication(aws);
    before = {
      inventory: await inventory(aws),
      rules: await ruleTexts(),
      admitted: await admittedTo(application.outputs.application_security_group_id),
      acls: await acls(),
    };
    recorder = await Recorder.start(aws.endpoint);
    const { folder, signal } = aws;
    example = await TerraformRoot.init({ endpoint: recorder.endpoint, folder, signal }, "examples/complete", {
      ...application.albExampleVariables,
      secret_header_values: { blue: secret },
      wait_for_deployment: false, // moto takes half a minute
    });
    closed = {
      node_traffic_percent: 100,
      secret_header: { enforced: true },
      network_acl: true,
      verification: {
        alerts: true,
        email_addresses: ["security@example.com"],
        flow_logs: true,
        config_recorder: "existing",
        accepted_rules: Object.fromEntries(
          before.admitted.map(({ FromPort }) => [`back-${FromPort}`, `tcp ${FromPort} from ${subnets}`]),
        ),
      },
    };
  }, 300_000);

  afterAll(async () => {
    await recorder.stop();
    await aws.stop();
  });

  test("to send requests to the node that lack its header is refused", async () => {
    await expect(example.plan({ node_traffic_percent: 1 })).rejects.toThrow(
      "node_traffic_percent is 1, but the node refuses requests without the header. First set secret_header.enforced = true",
    );
  });

  describe("provisioned", () => {
    test("the plan adds, and changes nothing that is there", async () => {
      expect(resourceChanges(await example.plan(open)).sort()).toEqual(
        [
          ...nodeFleet,
          'aws_secretsmanager_secret.header["blue"]',
          'aws_secretsmanager_secret_version.header["blue"]',
          "module.cloudfront.aws_cloudfront_distribution.new[0]",
          'module.cloudfront.aws_security_group.cloudfront["80"]',
          'module.cloudfront.aws_vpc_security_group_ingress_rule.node_from_cloudfront["80"]',
          "module.cloudfront.terraform_data.routing",
          'module.wallarm_routing.aws_autoscaling_attachment.autoscaling_group["shop-wallarm"]',
          "module.wallarm_routing.aws_lb_target_group.node",
          'module.wallarm_routing.aws_vpc_security_group_egress_rule.load_balancer_to_node["public-80"]',
          'module.wallarm_routing.aws_vpc_security_group_egress_rule.node_to_application["80"]',
          'module.wallarm_routing.aws_vpc_security_group_ingress_rule.application_from_node["80"]',
          'module.wallarm_routing.aws_vpc_security_group_ingress_rule.node_from_load_balancer["public-80"]',
          "module.wallarm_routing.terraform_data.routing",
          ...["closing", "node"].flatMap((rule) =>
            Object.keys(routes).map((route) => `module.wallarm_routing.aws_lb_listener_rule.${rule}["${route}"]`),
          ),
          // A route with conditions names no rule.
          ...Object.keys(routes)
            .filter((route) => route !== "search")
            .map((route) => `module.wallarm_routing.terraform_data.existing["${route}"]`),
        ]
          .map((address) => `create ${address}`)
          .sort(),
      );
    });

    test("it is applied: the application answers, and who is admitted to it is named", async () => {
      await example.applyPlan();
      expect(await ruleTexts()).toEqual(withRoutes("forward shop-application 100, node 0"));
      const { unexpected_rules } = await example.outputs<{ unexpected_rules: Record<string, unknown> }>();
      expect(unexpected_rules).toEqual(
        Object.fromEntries(
          before.admitted.map(({ GroupId, FromPort }) => [`tcp ${FromPort} from 0.0.0.0/0`, [GroupId]]),
        ),
      );
    });
  });

  describe("closed and watched", () => {
    test("the plan moves the routes, and adds", async () => {
      await admit(subnets);
      const planned = resourceChanges(await example.plan(closed));
      expect(planned.filter((change) => !change.startsWith("create ")).sort()).toEqual([
        ...Object.keys(routes)
          .map((route) => `update module.wallarm_routing.aws_lb_listener_rule.node["${route}"]: action, condition`)
          .sort(),
        "update module.wallarm_routing.terraform_data.routing: input, output",
      ]);
      const created = planned.filter((change) => change.startsWith("create "));
      expect(created.filter((change) => !change.includes("module.wallarm_verification.")).sort()).toEqual(
        [
          "aws_network_acl.application",
          ...["100", "200", "21000", "21100"].flatMap((number) => [
            `aws_network_acl_rule.egress["${number}"]`,
            `aws_network_acl_rule.ingress["${number}"]`,
          ]),
          ...["us-east-1a", "us-east-1b"].flatMap((zone) => [
            `aws_network_acl_association.subnet["${zone}"]`,
            `terraform_data.previous_network_acl["${zone}"]`,
          ]),
        ]
          .map((address) => `create module.network_acl[0].${address}`)
          .sort(),
      );
      const watching = created.flatMap((change) => /module\.wallarm_verification\.([\w.]+)/.exec(change)?.[1] ?? []);
      expect([...new Set(watching)].sort()).toEqual(
        [
          "aws_kms_key.notifications",
          "aws_kms_alias.notifications",
          "aws_sns_topic.notifications",
          "aws_sns_topic_policy.notifications",
          "aws_sns_topic_subscription.email",
          "aws_cloudwatch_event_rule.api_calls",
          "aws_cloudwatch_event_target.api_calls",
          "aws_cloudwatch_log_group.flow_logs",
          "aws_iam_role.flow_logs",
          "aws_iam_role_policy.flow_logs",
          "aws_flow_log.application",
          "aws_cloudwatch_query_definition.around_the_node",
          "aws_iam_role.flow_alarm",
          "aws_iam_role_policy.flow_alarm",
          "aws_sfn_state_machine.flow_alarm",
          "aws_cloudwatch_event_rule.flow_alarm",
          "aws_cloudwatch_event_target.flow_alarm",
          "aws_iam_role.flow_alarm_schedule",
          "aws_iam_role_policy.flow_alarm_schedule",
          "aws_config_config_rule.restricted_ports",
          "aws_config_config_rule.only_the_node",
        ].sort(),
      );
    });

    test("it is applied, and the second plan is empty and warns of nothing", async () => {
      const calls = await callsOf(() => example.applyPlan());
      expect(calls).toEqual([...moves, ASSOCIATION, ASSOCIATION]);
      const plan = await example.plan(closed);
      expect(changes(plan)).toEqual([]);
      expect(warnings(plan)).toEqual([]);
    });

    test("CloudFront sends the header to the load balancer", async () => {
      expect(await distributions()).toMatchObject([
        {
          DomainName: application.outputs.load_balancer_dns_name,
          CustomHeaders: { Quantity: 1, Items: [{ HeaderName: "X-CloudFront-Secret", HeaderValue: secret }] },
        },
      ]);
    });

    test("the load balancer sends requests with the header to the node, and refuses those without", async () => {
      expect(await ruleTexts()).toEqual(withRoutes("forward node", header));
    });

    test("each security group admits who is in front of it", async () => {
      const { load_balancer_security_group_ids, routing } = await example.outputs<{
        load_balancer_security_group_ids: [string];
        routing: { node: { security_group_id: string } };
      }>();
      const { application_security_group_id, load_balancer_security_group_id } = application.outputs;
      const node = routing.node.security_group_id;
      const { PrefixLists: [cloudFront] = [] } = await aws.ec2.describeManagedPrefixLists({
        Filters: [{ Name: "prefix-list-name", Values: ["com.amazonaws.global.cloudfront.origin-facing"] }],
      });

      const [forLoadBalancer, ...more] = load_balancer_security_group_ids;
      expect(more).toEqual([]);
      expect((await admittedTo(forLoadBalancer)).map(words)).toEqual([`80 from ${cloudFront?.PrefixListId}`]);
      expect((await admittedTo(node)).map(words)).toEqual([`80 from ${load_balancer_security_group_id}`]);
      expect((await admittedTo(application_security_group_id)).map(words).sort()).toEqual(
        [`80 from ${node}`, `80 from ${subnets}`, `443 from ${subnets}`].sort(),
      );
    });

    test("the network ACL of the application's subnets admits the node's subnets, and nobody else", async () => {
      const [ours = "", ...others] = new Set(await acls());
      expect(others).toEqual([]);
      expect(before.acls).not.toContain(ours);
      const rules = await networkAclRules(aws, ours);
      for (const peer of ["10.0.0.10", "10.0.1.10"]) expect(canCall(rules, peer, 80)).toBe(true);
      for (const peer of ["10.0.2.10", "203.0.113.10"])
        expect(firstMatch(rules, { direction: "in", peer, port: 80 })).toBe("deny *");
    });

    test("traffic of the application's subnets is logged, and the query knows the node's", async () => {
      const { FlowLogs = [] } = await aws.ec2.describeFlowLogs({});
      expect(FlowLogs.map(({ ResourceId }) => ResourceId).sort()).toEqual(
        [...application.outputs.private_subnet_ids].sort(),
      );
      const [saved, ...more] = await savedQueries();
      expect(more).toEqual([]);
      expect(saved?.queryString).toContain(
        '| filter not isIpInSubnet(srcaddr, "10.0.0.0/24") and not isIpInSubnet(srcaddr, "10.0.1.0/24")\n',
      );
    });

    test("API calls about each layer are told to the topic", async () => {
      const [acl] = await acls();
      const [distribution] = await distributionIds();
      const { target_group_arn } = await example.outputs<{ target_group_arn: string }>();
      const { load_balancer_arn, application_security_group_id } = application.outputs;
      const watched = {
        distributions: distribution,
        listeners: load_balancer_arn,
        targets: target_group_arn,
        "security-groups": application_security_group_id,
        "network-acls": acl,
      };
      const { Topics: [topic] = [] } = await sns.listTopics({});
      for (const [kind, what] of Object.entries(watched)) {
        const rule = await events.describeRule({ Name: `shop-wallarm-${kind}` });
        expect(rule).toMatchObject({
          State: "ENABLED",
          EventPattern: expect.stringContaining(String(what)) as unknown,
        });
        const { Targets = [] } = await events.listTargetsByRule({ Rule: rule.Name });
        expect(Targets.map(({ Arn }) => Arn)).toEqual([topic?.TopicArn]);
      }
    });

    test("AWS Config asks for nobody but the node", async () => {
      const { routing } = await example.outputs<{ routing: { node: { security_group_id: string } } }>();
      expect(await customPolicies()).toEqual([
        expect.stringContaining(`groupId not in ["${routing.node.security_group_id}"]`),
      ]);
    });
  });

  describe("whose network ACL changes", () => {
    test("at 100, the network ACL goes and comes without a request being moved", async () => {
      expect(await callsOf(() => example.apply({ ...closed, network_acl: false }))).toEqual([ASSOCIATION, ASSOCIATION]);
      expect(await acls()).toEqual(before.acls);
      expect(await callsOf(() => example.apply(closed))).toEqual([ASSOCIATION, ASSOCIATION]);
      expect(await acls()).not.toEqual(before.acls);
    });

    test("a block of the node's subnets that changes or goes changes its own rules", async () => {
      const entries = async (node_subnet_cidrs: Variables) => {
        recorder.calls.length = 0;
        await example.apply({ ...closed, node_subnet_cidrs });
        return recorder.calls.map(describeCall).filter((call) => call.includes("NetworkAcl"));
      };
      const first = ["DeleteNetworkAclEntry in 100", "DeleteNetworkAclEntry out 100"];
      const created = ["CreateNetworkAclEntry in 100", "CreateNetworkAclEntry out 100"];
      expect((await entries({ 100: "10.0.2.0/24", 200: "10.0.1.0/24" })).sort()).toEqual([...created, ...first]);
      expect((await entries({ 200: "10.0.1.0/24" })).sort()).toEqual(first);
    });

    test("moved back without the network ACL, and forth with it, in the right order", async () => {
      const away = { ...closed, ...open, secret_header: {}, network_acl: false };
      expect(await callsOf(() => example.apply(away))).toEqual([ASSOCIATION, ASSOCIATION, ...moves]);
      expect(await acls()).toEqual(before.acls);
      expect(await callsOf(() => example.apply(closed))).toEqual([...moves, ASSOCIATION, ASSOCIATION]);
    });
  });

  test("moved back, the application answers everybody again, and its subnets have lost the network ACL before", async () => {
    const calls = await callsOf(() => example.apply({ ...closed, ...open, secret_header: {} }));
    expect(calls).toEqual([ASSOCIATION, ASSOCIATION, ...moves]);
    expect(await ruleTexts()).toEqual(withRoutes("forward shop-application 100, node 0"));
    expect(await acls()).toEqual(before.acls);
  });

  test("destroyed, it leaves the application as it was, and nobody who watches", async () => {
    await example.destroy({ ...closed, ...open, secret_header: {} });
    expect((await events.listRules({})).Rules).toEqual([]);
    expect((await aws.ec2.describeFlowLogs({})).FlowLogs).toEqual([]);
    expect((await logs.describeLogGroups({})).logGroups).toEqual([]);
    expect((await sns.listTopics({})).Topics ?? []).toEqual([]);
    expect([await savedQueries(), await customPolicies()]).toEqual([[], []]);

    await admit("0.0.0.0/0");
    expect(await inventory(aws)).toEqual(before.inventory);
    expect(await ruleTexts()).toEqual(before.rules);
    expect(await acls()).toEqual(before.acls);
    expect(await application.root.changes()).toEqual([]);
  }, 300_000);

  /** What moves requests meanwhile, and what gives a subnet an ACL, in order. */
  async function callsOf(apply: () => Promise<void>): Promise<string[]> {
    recorder.calls.length = 0;
    await apply();
    return recorder.calls.map(({ action }) => action).filter((action) => [MOVE, ASSOCIATION].includes(action));
  }

  /** The rules of the application that its owner has, with another source: what a lockdown repairs, and undoes. */
  async function admit(CidrIpv4: string): Promise<void> {
    await aws.ec2.modifySecurityGroupRules({
      GroupId: application.outputs.application_security_group_id,
      SecurityGroupRules: before.admitted.map(({ SecurityGroupRuleId, Description, IpProtocol, FromPort, ToPort }) => ({
        SecurityGroupRuleId,
        SecurityGroupRule: { Description, IpProtocol, FromPort, ToPort, CidrIpv4 },
      })),
    });
  }

  async function admittedTo(group: string): Promise<SecurityGroupRule[]> {
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [group] }],
    });
    return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress);
  }

  async function savedQueries() {
    return (await logs.describeQueryDefinitions({})).queryDefinitions ?? [];
  }

  /** The texts of AWS Config's rules that are not managed. */
  async function customPolicies() {
    const { ConfigRules = [] } = await config.describeConfigRules({});
    const custom = ConfigRules.filter(({ Source }) => Source?.Owner === "CUSTOM_POLICY");
    return Promise.all(
      custom.map(async ({ ConfigRuleName }) => (await config.getCustomRulePolicy({ ConfigRuleName })).PolicyText),
    );
  }

  async function acls(): Promise<string[]> {
    return Promise.all(application.outputs.private_subnet_ids.map((subnet) => networkAclOf(aws, subnet)));
  }

  async function distributionIds(): Promise<string[]> {
    const { DistributionList } = await aws.cloudFront.listDistributions();
    return (DistributionList?.Items ?? []).map(({ Id = "" }) => Id);
  }

  /** The origins of all distributions. */
  async function distributions() {
    const configs = (await distributionIds()).map((Id) => aws.cloudFront.getDistributionConfig({ Id }));
    return (await Promise.all(configs)).flatMap(({ DistributionConfig }) => DistributionConfig?.Origins?.Items ?? []);
  }

  async function ruleTexts(): Promise<string[]> {
    const rules = await listenerRules(aws, application.outputs.listener_arns.public);
    return rules.map((rule) => rule.replace(/shop-wallarm-[0-9a-f]{8}/, "node"));
  }

  /**
   * The rules of the listener with two for each route, in front of the rule whose conditions they have.
   *
   * @param forward what the routes do, of which one has another application
   * @param secret the condition that they have beside these
   */
  function withRoutes(forward: string, secret?: string): string[] {
    const added = Object.entries(routes).flatMap(([route, { inFrontOf, priorities }]) => {
      const existing = before.rules.find((rule) => rule.startsWith(String(inFrontOf))) ?? "";
      const conditions = /: (.*) -> /.exec(existing)?.[1]?.split(" and ") ?? ["path-pattern /*"];
      const group = route === "api" ? "shop-api" : "shop-application";
      return [
        `${priorities[0]}: ${[...conditions, ...(secret ? [secret] : [])].sort().join(" and ")} -> ${forward.replace("shop-application", group)}`,
        `${priorities[1]}: ${conditions.join(" and ")} -> fixed-response 403`,
      ];
    });
    return [...before.rules, ...added].sort((one, other) => priorityOf(one) - priorityOf(other));
  }
});

function priorityOf(rule: string): number {
  return rule.startsWith("default") ? Infinity : Number.parseInt(rule, 10);
}

function words({ FromPort, CidrIpv4, PrefixListId, ReferencedGroupInfo }: SecurityGroupRule): string {
  return `${FromPort} from ${CidrIpv4 ?? PrefixListId ?? ReferencedGroupInfo?.GroupId}`;
}
