import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import { DOCUMENT } from "../../audit/report/document";
import type { Options } from "../../cli/audit/options";
import { run } from "../../cli/audit/run";
import { printed, useAccount } from "../account/support/environment";
import { describeInTestAll } from "../test-all";
import { createExistingApplication, type ExistingApplication } from "./harness/existing-application";
import { LocalAws } from "./harness/local-aws";
import { TerraformRoot } from "./harness/terraform";

const secret = "0123456789abcdef0123456789abcdef";

describeInTestAll(["terraform", "moto_server"], "audit of examples/complete", () => {
  let aws: LocalAws;
  let application: ExistingApplication;
  let folder: string;
  let outputs: string;
  let nodeGroupArn: string;
  let restore: () => void = () => undefined;
  let lines: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "audit-apply-"));
    aws = await LocalAws.start();
    application = await createExistingApplication(aws);
    await createInterfaces();
    const example = await TerraformRoot.init(aws, "examples/complete", {
      ...application.albExampleVariables,
      ...{ secret_header_values: { blue: secret }, wait_for_deployment: false },
      ...{ node_traffic_percent: 100, secret_header: { enforced: true } },
    });
    await example.apply();
    await admitOnlyTheNode();
    const values = await example.outputs<{ routing: object; cloudfront_routing: object; target_group_arn: string }>();
    nodeGroupArn = values.target_group_arn;
    outputs = join(folder, "outputs.json");
    const { routing, cloudfront_routing } = values;
    writeFileSync(outputs, JSON.stringify({ routing: { value: routing }, cloudfront: { value: cloudfront_routing } }));
  }, 400_000);

  beforeEach(() => {
    lines = printed();
    restore = useAccount(aws.endpoint);
  });

  afterEach(() => {
    restore();
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await aws.stop();
  });

  async function audit(options: Options = {}): Promise<z.infer<typeof DOCUMENT>> {
    lines.length = 0;
    const exitCode = await run({ routing: [outputs], json: true, region: "us-east-1", ...options });
    const document = DOCUMENT.parse(JSON.parse(lines.join("\n")));
    expect(exitCode).toBe(document.exit_code);
    return document;
  }

  const classesOf = ({ roots }: Awaited<ReturnType<typeof audit>>) =>
    roots.flatMap(({ findings }) => findings.filter(({ certain }) => certain).map((one) => one.class));

  test("after the lockdown: proven, although other listeners still forward to the application", async () => {
    const document = await audit();
    const [root] = document.roots;
    expect([root?.findings, root?.unknowns]).toEqual([[], []]);
    expect([document.verdict, document.exit_code]).toEqual(["proven", 0]);
    expect([root?.locks.security_group.state, root?.locks.layer_7.state]).toEqual(["closed", "open"]);
  });

  /** Opens a hole, asks, and closes it again. */
  async function withHole(hole: () => Promise<() => Promise<unknown>>, expected: string): Promise<void> {
    const close = await hole();
    try {
      const document = await audit();
      expect(classesOf(document)).toContain(expected);
      expect(document.exit_code).toBe(1);
    } finally {
      await close();
    }
    expect((await audit()).exit_code).toBe(0);
  }

  test("a bypass: the load balancer's other listener, once the application admits the load balancer", async () => {
    await withHole(admitLoadBalancer, "other-listener");
  });

  test("a bypass: a listener of the Network Load Balancer", async () => {
    const { network_load_balancer_arn, network_load_balancer_security_group_id, network_target_group_arn } =
      application.outputs;
    await withHole(async () => {
      const closeGroup = await admit({ UserIdGroupPairs: [{ GroupId: network_load_balancer_security_group_id }] });
      const { Listeners: [listener] = [] } = await aws.elb.createListener({
        ...{ LoadBalancerArn: network_load_balancer_arn, Protocol: "TCP", Port: 80 },
        DefaultActions: [{ Type: "forward", TargetGroupArn: network_target_group_arn }],
      });
      return async () => {
        await aws.elb.deleteListener({ ListenerArn: listener?.ListenerArn });
        await closeGroup();
      };
    }, "other-load-balancer");
  });

  test("a bypass: a rule in front of the routes", async () => {
    await withHole(async () => {
      const closeGroup = await admitLoadBalancer();
      const { Rules: [rule] = [] } = await aws.elb.createRule({
        ListenerArn: application.outputs.listener_arns.public,
        Priority: 1,
        Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/open/*"] } }],
        Actions: [{ Type: "forward", TargetGroupArn: application.outputs.application_target_group_arn }],
      });
      return async () => {
        await aws.elb.deleteRule({ RuleArn: rule?.RuleArn });
        await closeGroup();
      };
    }, "listener-rule");
  });

  test("a bypass: the application in the node's target group", async () => {
    await withHole(async () => {
      const closeGroup = await admitLoadBalancer();
      const TargetGroupArn = nodeGroupArn;
      const Targets = [{ Id: String(application.outputs.application_instance_ids[0]), Port: 80 }];
      await aws.elb.registerTargets({ TargetGroupArn, Targets });
      return async () => {
        await aws.elb.deregisterTargets({ TargetGroupArn, Targets });
        await closeGroup();
      };
    }, "application-in-the-node-s-target-group");
  });

  test("a bypass: another group of the VPC", async () => {
    const { load_balancer_security_group_id: GroupId } = application.outputs;
    await withHole(async () => {
      const { NetworkInterface } = await aws.ec2.createNetworkInterface({
        SubnetId: application.outputs.public_subnet_ids[0],
        Groups: [GroupId],
        Description: "an old load balancer",
      });
      const closeGroup = await admitLoadBalancer();
      return async () => {
        await closeGroup();
        await aws.ec2.deleteNetworkInterface({ NetworkInterfaceId: NetworkInterface?.NetworkInterfaceId });
      };
    }, "other-group-admitted");
  });

  test("a bypass of the entry point: a rule that no longer demands the header", async () => {
    await withHole(async () => {
      const { Rules = [] } = await aws.elb.describeRules({ ListenerArn: application.outputs.listener_arns.public });
      const rule = Rules.find(({ Priority }) => Priority === "49999");
      const RuleArn = rule?.RuleArn;
      const conditions = rule?.Conditions ?? [];
      const kept = (some: typeof conditions) => some.map((condition) => ({ ...condition, Values: undefined }));
      await aws.elb.modifyRule({
        RuleArn,
        Conditions: kept(conditions.filter(({ Field }) => Field !== "http-header")),
      });
      return () => aws.elb.modifyRule({ RuleArn, Conditions: kept(conditions) });
    }, "secret-not-demanded");
  });

  test("undetermined: a call that fails", async () => {
    await aws.refuse({ service: "elbv2", operation: "DescribeTargetGroups" });
    const document = await audit();
    expect([document.verdict, document.exit_code]).toEqual(["undetermined", 2]);
  });

  async function admit(source: object): Promise<() => Promise<unknown>> {
    const rule = {
      GroupId: application.outputs.application_security_group_id,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, ...source }],
    };
    await aws.ec2.authorizeSecurityGroupIngress(rule);
    return () => aws.ec2.revokeSecurityGroupIngress(rule);
  }

  function admitLoadBalancer() {
    return admit({ UserIdGroupPairs: [{ GroupId: application.outputs.load_balancer_security_group_id }] });
  }

  /** AWS makes an interface in each subnet of a load balancer, and names it in the description. The local API does not. */
  async function createInterfaces(): Promise<void> {
    const { outputs: known } = application;
    const groups = {
      [known.load_balancer_arn]: known.load_balancer_security_group_id,
      [known.network_load_balancer_arn]: known.network_load_balancer_security_group_id,
    };
    for (const [arn, group] of Object.entries(groups)) {
      const Description = `ELB ${arn.replace(/^.*:loadbalancer\//, "")}`;
      const { NetworkInterface } = await aws.ec2.createNetworkInterface({
        ...{ SubnetId: known.public_subnet_ids[0], Groups: [group], Description },
      });
      const { AllocationId } = await aws.ec2.allocateAddress({ Domain: "vpc" });
      await aws.ec2.associateAddress({ AllocationId, NetworkInterfaceId: NetworkInterface?.NetworkInterfaceId });
    }
  }

  /** What the application's owner does in the lockdown. */
  async function admitOnlyTheNode(): Promise<void> {
    const GroupId = application.outputs.application_security_group_id;
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [GroupId] }],
    });
    const others = SecurityGroupRules.filter((rule) => !rule.IsEgress && rule.ReferencedGroupInfo === undefined);
    const SecurityGroupRuleIds = others.map(({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId);
    await aws.ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds });
  }
});
