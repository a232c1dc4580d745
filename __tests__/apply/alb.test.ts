import type { Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import { readFileSync } from "node:fs";
import { describeInTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import { createExistingApplication, type ExistingApplication } from "./harness/existing-application";
import { LocalAws } from "./harness/local-aws";
import { bootScript, nodeFleet } from "./harness/node-fleet";
import { resourceChanges } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { TerraformRoot } from "./harness/terraform";

/** What a reviewer of the example's plan has to approve, and nothing else: additions only. */
const additions = [
  ...nodeFleet.map((address) => `create ${address}`),
  'create module.wallarm_routing.aws_autoscaling_attachment.autoscaling_group["shop-wallarm"]',
  'create module.wallarm_routing.aws_lb_listener_rule.node["admin"]',
  'create module.wallarm_routing.aws_lb_listener_rule.node["api"]',
  'create module.wallarm_routing.aws_lb_listener_rule.node["partner"]',
  'create module.wallarm_routing.aws_lb_listener_rule.node["rest"]',
  'create module.wallarm_routing.aws_lb_listener_rule.node["search"]',
  'create module.wallarm_routing.aws_lb_listener_rule.node["shop"]',
  'create module.wallarm_routing.aws_lb_listener_rule.node["upload"]',
  "create module.wallarm_routing.aws_lb_target_group.node",
  'create module.wallarm_routing.aws_vpc_security_group_egress_rule.load_balancer_to_node["public-80"]',
  'create module.wallarm_routing.aws_vpc_security_group_egress_rule.node_to_application["80"]',
  'create module.wallarm_routing.aws_vpc_security_group_ingress_rule.application_from_node["80"]',
  'create module.wallarm_routing.aws_vpc_security_group_ingress_rule.node_from_load_balancer["public-80"]',
  'create module.wallarm_routing.terraform_data.existing["admin"]',
  'create module.wallarm_routing.terraform_data.existing["api"]',
  'create module.wallarm_routing.terraform_data.existing["partner"]',
  'create module.wallarm_routing.terraform_data.existing["rest"]',
  'create module.wallarm_routing.terraform_data.existing["shop"]',
  'create module.wallarm_routing.terraform_data.existing["upload"]',
  "create module.wallarm_routing.terraform_data.routing",
];

/** The routes of the example: priority of ours and of the rule that it is a copy of. */
const mirrors = [
  { listener: "public", priority: "9", mirrored: "10" },
  { listener: "public", priority: "19", mirrored: "20" },
  { listener: "public", priority: "29", mirrored: "30" },
  { listener: "public", priority: "39", mirrored: "40" },
  { listener: "admin", priority: "9", mirrored: "10" },
] as const;

interface PlannedRule {
  condition: Record<string, unknown[]>[];
  action: { forward: { target_group: { weight: number }[] }[] }[];
}

describeWithTools(["terraform", "moto_server"], "examples/alb/complete", () => {
  let aws: LocalAws;
  let application: ExistingApplication;
  let recorder: Recorder;
  let example: TerraformRoot;
  let before: Rule[];

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createExistingApplication(aws);
    before = await allRules();
    recorder = await Recorder.start(aws.endpoint);
    const { endpoint } = recorder;
    const { folder, signal } = aws;
    example = await TerraformRoot.init(
      { endpoint, folder, signal },
      "examples/alb/complete",
      application.albExampleVariables,
    );
  }, 300_000);

  afterAll(async () => {
    await recorder.stop();
    await aws.stop();
  });

  // In each run, __tests__/faults breaks applies of this module.
  describeInTestAll([], "examples/alb/complete, failures before anything is there", () => {
    test("a listener that does not exist is named by the plan, and nothing is created", async () => {
      const missing = application.outputs.listener_arns.public.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
      const variables = {
        node_traffic_percent: 0,
        listener_arns: { ...application.outputs.listener_arns, public: missing },
      };
      await expect(example.apply(variables)).rejects.toThrow(missing);
      expect(await nodeTargetGroups()).toEqual([]);
      expect(await rulesOf("public")).toHaveLength(7);
    });

    test("a priority in use fails the apply with AWS's reason, and the next apply finishes", async () => {
      const { listener_arns, application_target_group_arn } = application.outputs;
      const { Rules: [clash] = [] } = await aws.elb.createRule({
        ListenerArn: listener_arns.public,
        Priority: 29,
        Conditions: [{ Field: "path-pattern", Values: ["/clash"] }],
        Actions: [{ Type: "forward", TargetGroupArn: application_target_group_arn }],
      });
      await expect(example.apply({ node_traffic_percent: 0 })).rejects.toThrow(/PriorityInUse[^]*"partner"/);

      await aws.elb.deleteRule({ RuleArn: clash?.RuleArn });
      await example.apply({ node_traffic_percent: 0 });
      expect(await nodeRules()).toHaveLength(7);
      await example.destroy({ node_traffic_percent: 0 });
      await expectApplicationUntouched();
    });
  });

  describe("the cutover", () => {
    test("the plan adds the node and changes nothing that is there", async () => {
      const plan = await example.plan({ node_traffic_percent: 0 });
      expect(resourceChanges(plan).sort()).toEqual(additions);
    });

    test("the plan shows the conditions and weights of every rule, instead of (known after apply)", async () => {
      const plan = await example.plan({ node_traffic_percent: 10 });
      const rules = (plan.resource_changes ?? []).filter(({ type }) => type === "aws_lb_listener_rule");
      expect(rules).toHaveLength(7);
      for (const { change } of rules) {
        const { condition, action } = change.after as unknown as PlannedRule;
        expect(condition.length).toBeGreaterThan(0);
        for (const kinds of condition) expect(Object.values(kinds).filter(({ length }) => length > 0)).toHaveLength(1);
        const groups = action.flatMap(({ forward }) => forward.flatMap(({ target_group }) => target_group));
        expect(groups.map(({ weight }) => weight).sort()).toEqual([10, 90]);
      }
    });

    test.each([
      { percent: 0, weights: { node: 0, application: 100 } },
      { percent: 10, weights: { node: 10, application: 90 } },
      { percent: 100, weights: { node: 100 } },
      { percent: 0, weights: { node: 0, application: 100 } },
    ])("at $percent %", async ({ percent, weights }) => {
      const variables = { node_traffic_percent: percent };
      await example.apply(variables);
      expect(await example.changes(variables)).toEqual([]);

      const rules = await nodeRules();
      expect(rules).toHaveLength(7);
      for (const rule of rules) expect(await weightsOf(rule)).toEqual(weights);
      await expectMirrors();
      await expectSecurityGroups();
      await expectUserData();
      await expectApplicationUntouched();
    });

    test("moving the traffic is an update in place of the rules and of the contract", async () => {
      expect(resourceChanges(await example.plan({ node_traffic_percent: 100 })).sort()).toEqual([
        ...["admin", "api", "partner", "rest", "search", "shop", "upload"].map(
          (route) => `update module.wallarm_routing.aws_lb_listener_rule.node["${route}"]: action`,
        ),
        "update module.wallarm_routing.terraform_data.routing: input, output",
      ]);
    });

    test("destroy takes away what was added, and leaves the application as it was", async () => {
      await example.destroy({ node_traffic_percent: 0 });
      expect(await nodeTargetGroups()).toEqual([]);
      expect(await nodeRules()).toEqual([]);
      await expectApplicationUntouched();
    });
  });

  test("what was asked of AWS is in the README's permissions", () => {
    const readme = readFileSync("modules/alb/README.md", "utf8");
    const [, permissions = "[]"] = /## Permissions[^[]*(\[[^\]]*\])/.exec(readme) ?? [];
    // The example's own resources ask for more; no other than the module's ask for these.
    const ofModule = /^elasticloadbalancing:|LoadBalancerTargetGroups$|SecurityGroup(Ingress|Egress|Rules)$/;
    const asked = [...recorder.actions].filter((action) => ofModule.test(action));
    expect(asked).toContain("elasticloadbalancing:ModifyRule");
    expect(JSON.parse(permissions)).toEqual(expect.arrayContaining(asked));
  });

  async function rulesOf(listener: "public" | "admin"): Promise<Rule[]> {
    const { Rules = [] } = await aws.elb.describeRules({ ListenerArn: application.outputs.listener_arns[listener] });
    return Rules.filter(({ IsDefault }) => !IsDefault);
  }

  async function allRules(): Promise<Rule[]> {
    return [...(await rulesOf("public")), ...(await rulesOf("admin"))];
  }

  /** The rules that were there before us. */
  async function existingRules(): Promise<Rule[]> {
    return (await allRules()).filter(({ RuleArn }) => before.some((rule) => rule.RuleArn === RuleArn));
  }

  async function nodeRules(): Promise<Rule[]> {
    return (await allRules()).filter(({ RuleArn }) => before.every((rule) => rule.RuleArn !== RuleArn));
  }

  async function nodeTargetGroups() {
    const { TargetGroups = [] } = await aws.elb.describeTargetGroups();
    return TargetGroups.filter(({ TargetGroupName }) => TargetGroupName?.startsWith("shop-wallarm-"));
  }

  async function weightsOf({ Actions = [] }: Rule) {
    const [nodeGroup] = await nodeTargetGroups();
    expect(Actions).toHaveLength(1);
    const groups = Actions[0]?.ForwardConfig?.TargetGroups ?? [];
    return Object.fromEntries(
      groups.map(({ TargetGroupArn, Weight }) => [
        TargetGroupArn === nodeGroup?.TargetGroupArn ? "node" : "application",
        Weight,
      ]),
    );
  }

  /** Each copy has the conditions of its rule, in whatever order. */
  async function expectMirrors(): Promise<void> {
    for (const { listener, priority, mirrored } of mirrors) {
      const rules = await rulesOf(listener);
      const conditions = (wanted: string) => rules.find((rule) => rule.Priority === wanted)?.Conditions;
      expect(conditions(priority)).toEqual(expect.arrayContaining(conditions(mirrored) ?? [undefined]));
      expect(conditions(priority)).toHaveLength(conditions(mirrored)?.length ?? 0);
    }
  }

  async function expectSecurityGroups(): Promise<void> {
    const { outputs } = application;
    const { SecurityGroups: [node] = [] } = await aws.ec2.describeSecurityGroups({
      Filters: [{ Name: "group-name", Values: ["shop-wallarm-node-*"] }],
    });
    const from = (groupId: string | undefined, egress: boolean) => groupRules(groupId, egress);
    expect(await from(node?.GroupId, false)).toEqual([`tcp 80 ${outputs.load_balancer_security_group_id}`]);
    expect(await from(node?.GroupId, true)).toEqual(
      [`tcp 443 0.0.0.0/0`, `tcp 80 ${outputs.application_security_group_id}`].sort(),
    );
    expect(await from(outputs.application_security_group_id, false)).toContain(`tcp 80 ${node?.GroupId}`);
    expect(await from(outputs.load_balancer_security_group_id, true)).toContain(`tcp 80 ${node?.GroupId}`);
  }

  /** The node's instances are told where the application is, and not with a token. */
  async function expectUserData(): Promise<void> {
    const script = await bootScript(aws);
    expect(script).toContain(`--proxy-pass 'http://${application.outputs.application_private_ips[0]}'`);
    expect(script).toContain("token=$(secret 'arn:aws:secretsmanager:");
  }

  async function groupRules(groupId: string | undefined, egress: boolean): Promise<string[]> {
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [groupId ?? ""] }],
    });
    return SecurityGroupRules.filter(({ IsEgress }) => IsEgress === egress)
      .map((rule) => `${rule.IpProtocol} ${rule.FromPort} ${rule.ReferencedGroupInfo?.GroupId ?? rule.CidrIpv4}`)
      .sort();
  }

  /** The rules that were there are as they were, and the application's own state plans no change. */
  async function expectApplicationUntouched(): Promise<void> {
    expect(await existingRules()).toEqual(before);
    expect(await application.root.changes()).toEqual([]);
  }
});
