import { describeInTestAll } from "../test-all";
import { afterLogin, HTTPS, listenerRules } from "./harness/listener";
import { LocalAws } from "./harness/local-aws";
import { resourceChanges, warnings } from "./harness/plan";
import { createSmallApplication, type SmallApplication } from "./harness/small-application";
import { TerraformRoot, type Variables } from "./harness/terraform";

/** What others do to the rules in front of which the module puts its routes. */
describeInTestAll(["terraform", "moto_server"], "rules that others change", () => {
  let aws: LocalAws;
  let application: SmallApplication;
  let green: string;
  let root: TerraformRoot;
  /** Of the listener of the test. */
  let listener_arn: string;
  let port = 1000;

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createSmallApplication(aws);
    const { TargetGroups } = await aws.elb.createTargetGroup({
      Name: "shop-green",
      VpcId: application.vpcId,
      Protocol: "HTTP",
      Port: 80,
    });
    green = String(TargetGroups?.[0]?.TargetGroupArn);
    root = await TerraformRoot.init(aws, "__tests__/apply/roots/alb-existing-rules", application.variables);
  });

  afterAll(() => aws.stop());

  beforeEach(async () => {
    listener_arn = await newListener({ Protocol: "HTTP", Port: ++port });
  });

  describe("renumbered by their owner", () => {
    test("a mirror by ARN follows its rule, and is refused in front of which it no longer is", async () => {
      const rule = await newRule(10, "/shop/*");
      const routes = { shop: { listener_arn, priority: 9, mirrors_rule_arn: rule } };
      await applied(0, routes);

      await setPriority(rule, 30);
      expect(await root.changes({ node_traffic_percent: 0, routes })).toEqual([]);

      await setPriority(rule, 5);
      await expect(root.plan({ node_traffic_percent: 0, routes })).rejects.toThrow(
        `routes["shop"]: the rule ${rule} has the priority 5, which is not after the route's 9 and its closing rule's. Set priority and closing_priority to numbers directly before it.`,
      );
      await root.destroy({ node_traffic_percent: 0, routes });
      expect(await rules()).toEqual(["5: path-pattern /shop/* -> forward shop-application", defaultRule]);
    });

    test("a mirror by number is refused when another rule has the number", async () => {
      const rule = await newRule(10, "/shop/*");
      const routes = { shop: { listener_arn, priority: 9, mirrors_priority: 10 } };
      await applied(0, routes);

      await setPriority(rule, 20);
      const other = await newRule(10, "/other/*");
      await expect(root.plan({ node_traffic_percent: 0, routes })).rejects.toThrow(
        `routes["shop"]: the rule with priority 10 is now ${other}, and the route was created for ${rule}. Set mirrors_rule_arn to the one to mirror, or mirrors_priority to its number.`,
      );

      const moved = { shop: { listener_arn, priority: 19, mirrors_priority: 20 } };
      await applied(0, moved);
      expect(await rules()).toEqual([
        "10: path-pattern /other/* -> forward shop-application",
        "19: path-pattern /shop/* -> forward shop-application 100, shop-wallarm 0",
        "20: path-pattern /shop/* -> forward shop-application",
        defaultRule,
      ]);
      await applied(0, { shop: { listener_arn, priority: 9, mirrors_rule_arn: other } });
      await root.destroy({ node_traffic_percent: 0, routes: {} });
    });

    test("a rule that is gone is named", async () => {
      const rule = await newRule(10, "/shop/*");
      const routes = { shop: { listener_arn, priority: 9, mirrors_rule_arn: rule } };
      await applied(0, routes);
      await aws.elb.deleteRule({ RuleArn: rule });
      await expect(root.plan({ node_traffic_percent: 0, routes })).rejects.toThrow(rule);
      await root.destroy({ node_traffic_percent: 0, routes }, "-refresh=false");
      expect(await rules()).toEqual([defaultRule]);
    });
  });

  describe("that authenticate clients", () => {
    beforeEach(async () => {
      listener_arn = await newListener({ ...HTTPS, Port: ++port });
    });

    test.each(["conditions", "mirror"])("are overtaken by no route: %s", async (way) => {
      const rule = await newRule(10, "/staff/*", afterLogin(application.targetGroupArns.alb));
      const routes = {
        staff: {
          listener_arn,
          priority: 9,
          ...(way === "conditions"
            ? { conditions: [{ path_pattern: { values: ["/staff/*"] } }], current_rule_arn: rule }
            : { mirrors_rule_arn: rule }),
        },
      };
      for (const node_traffic_percent of [0, 100])
        await expect(root.plan({ node_traffic_percent, routes })).rejects.toThrow(
          `routes["staff"]: the rule ${rule} authenticates clients (authenticate-cognito, forward), and a route would take its requests without a login. Remove the route, and let the owner's rule forward to the node after the login, as the output forward_action says.`,
        );
    });

    test("forward to the node behind the login", async () => {
      const login = await TerraformRoot.init(aws, "__tests__/apply/roots/alb-login", {
        ...application.variables,
        listener_arn,
        application_target_group_arn: application.targetGroupArns.alb,
      });
      const forwards: readonly (readonly [number, string])[] = [
        [0, "shop-application 100, staff-wallarm 0"],
        [10, "shop-application 90, staff-wallarm 10"],
        [100, "staff-wallarm"],
        [0, "shop-application 100, staff-wallarm 0"],
      ];
      for (const [node_traffic_percent, groups] of forwards) {
        await login.apply({ node_traffic_percent });
        expect(await login.changes({ node_traffic_percent })).toEqual([]);
        expect(await rules()).toEqual([
          `10: host-header staff.example.com -> authenticate-cognito, then forward ${groups}`,
          defaultRule,
        ]);
      }
      await login.destroy({ node_traffic_percent: 0 });
    });
  });

  describe("switched by a deployer", () => {
    const warned = async (variables: Variables) => warnings(await root.plan(variables)).join("\n");
    const waiting =
      "These routes keep their target group, because their rules forward to several: shop. If this is a deployment, plan again when it is complete; if not, set application_target_group_arn.";
    const outdated =
      "The rules or default actions of these routes do not forward to their application_target_group_arn: mirror, part. If a deployment has moved the application, set it to the new target group, or remove it.";

    test("the route waits during the deployment, and follows after it", async () => {
      const rule = await newRule(10, "/shop/*");
      const routes = { shop: { listener_arn, priority: 9, mirrors_priority: 10 } };
      for (const percent of [0, 20]) {
        const variables = { node_traffic_percent: percent, routes };
        await setWeights(rule, { [application.targetGroupArns.alb]: 100, [green]: 0 });
        await applied(percent, routes);
        expect(await warned(variables)).not.toContain(waiting);

        await setWeights(rule, { [application.targetGroupArns.alb]: 90, [green]: 10 });
        expect(await root.changes(variables)).toEqual([]);
        expect(await warned(variables)).toContain(waiting);

        await setWeights(rule, { [application.targetGroupArns.alb]: 0, [green]: 100 });
        expect(resourceChanges(await root.plan(variables))).toContain(
          'update module.wallarm_routing.aws_lb_listener_rule.node["shop"]: action',
        );
        await applied(percent, routes);
        expect(await rules()).toContain(
          `9: path-pattern /shop/* -> forward shop-green ${100 - percent}, shop-wallarm ${percent}`,
        );
      }
      await setWeights(rule, { [application.targetGroupArns.alb]: 50, [green]: 50 });
      await root.destroy({ node_traffic_percent: 20, routes });
    });

    test("a new route of a rule in the middle of a deployment is refused", async () => {
      const rule = await newRule(10, "/shop/*");
      await setWeights(rule, { [application.targetGroupArns.alb]: 90, [green]: 10 });
      const routes = { shop: { listener_arn, priority: 9, mirrors_priority: 10 } };
      await expect(root.plan({ node_traffic_percent: 0, routes })).rejects.toThrow(
        "if this is a deployment, wait until it is complete",
      );
    });

    test("a route that replaces a split is named below 100 percent", async () => {
      const rule = await newRule(10, "/shop/*");
      const routes = {
        shop: {
          ...{ listener_arn, priority: 9, mirrors_priority: 10 },
          application_target_group_arn: application.targetGroupArns.alb,
        },
      };
      const replaced =
        "These routes send the application's share to application_target_group_arn alone, but their rules or default actions forward to several target groups: shop.";
      expect(await warned({ node_traffic_percent: 0, routes })).not.toContain(replaced);
      await setWeights(rule, { [application.targetGroupArns.alb]: 90, [green]: 10 });
      for (const node_traffic_percent of [0, 99])
        expect(await warned({ node_traffic_percent, routes })).toContain(replaced);
      expect(await warned({ node_traffic_percent: 100, routes })).not.toContain(replaced);
    });

    test("a target group that the rule has left is named at every percentage", async () => {
      const rule = await newRule(10, "/shop/*");
      const route = { listener_arn, priority: 9, application_target_group_arn: application.targetGroupArns.alb };
      const routes = {
        mirror: { ...route, mirrors_priority: 10 },
        part: {
          ...route,
          priority: 8,
          conditions: [{ path_pattern: { values: ["/shop/1"] } }],
          current_rule_arn: rule,
        },
      };
      await applied(0, routes);
      await setWeights(rule, { [green]: 100 });
      for (const node_traffic_percent of [0, 10])
        expect(await warned({ node_traffic_percent, routes })).toContain(outdated);
      await applied(100, routes);
      expect(await warned({ node_traffic_percent: 100, routes })).toContain(outdated);
      await root.destroy({ node_traffic_percent: 100, routes });
    });
  });

  test("a rule of the AWS Load Balancer Controller is refused", async () => {
    const rule = await newRule(10, "/shop/*");
    await aws.elb.addTags({ ResourceArns: [rule], Tags: [{ Key: "elbv2.k8s.aws/cluster", Value: "prod" }] });
    const routes = { shop: { listener_arn, priority: 9, mirrors_priority: 10 } };
    await expect(root.plan({ node_traffic_percent: 0, routes })).rejects.toThrow(
      `${rule} belongs to the AWS Load Balancer Controller`,
    );
  });

  describe("and then the module goes:", () => {
    const conditions = [{ path_pattern: { values: ["/shop/*"] } }];

    /** What has happened, and whether a data source reads what is gone. */
    const events: Record<string, { happens: (rule: string) => Promise<unknown>; gone: boolean }> = {
      "the rule got a second target group": {
        happens: (rule) => setWeights(rule, { [application.targetGroupArns.alb]: 90, [green]: 10 }),
        gone: false,
      },
      "the rule redirects": {
        happens: (RuleArn) =>
          aws.elb.modifyRule({
            RuleArn,
            Actions: [{ Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301", Path: "/new" } }],
          }),
        gone: false,
      },
      "the rule has a condition that the provider cannot read": {
        happens: (RuleArn) =>
          aws.elb.modifyRule({
            RuleArn,
            Conditions: [{ Field: "path-pattern", PathPatternConfig: { RegexValues: ["^/shop"] } }],
          }),
        gone: false,
      },
      "the number has another rule": {
        happens: async (rule) => {
          await setPriority(rule, 20);
          await newRule(10, "/other/*");
        },
        gone: false,
      },
      "the rule went": { happens: (RuleArn) => aws.elb.deleteRule({ RuleArn }), gone: true },
      "the listener went": { happens: () => aws.elb.deleteListener({ ListenerArn: listener_arn }), gone: true },
    };

    describe.each([0, 50, 100])("at %d %", (node_traffic_percent) => {
      test.each(Object.entries(events))("%s", async (_, { happens, gone }) => {
        const rule = await newRule(10, "/shop/*");
        const routes = { shop: { listener_arn, priority: 9, mirrors_priority: 10 } };
        await applied(node_traffic_percent, routes);
        await happens(rule);
        const variables = { node_traffic_percent, routes };
        await (gone ? root.destroy(variables, "-refresh=false") : root.destroy(variables));
        await expectNothingLeft();
      });
    });

    test("a route with conditions needs no option when the rule or the listener went", async () => {
      const rule = await newRule(10, "/shop/*");
      const application_target_group_arn = application.targetGroupArns.alb;
      const routes = { shop: { listener_arn, priority: 9, conditions, application_target_group_arn } };
      await applied(50, routes);
      await aws.elb.deleteRule({ RuleArn: rule });
      await aws.elb.deleteListener({ ListenerArn: listener_arn });
      await root.destroy({ node_traffic_percent: 50, routes });
      await expectNothingLeft();
    });

    test.each([0, 100])("a security group went, at %d %", async (node_traffic_percent) => {
      await newRule(10, "/shop/*");
      const { GroupId } = await aws.ec2.createSecurityGroup({
        VpcId: application.vpcId,
        GroupName: `application-${port}`,
        Description: "application",
      });
      const routes = { shop: { listener_arn, priority: 9, mirrors_priority: 10 } };
      const variables = { node_traffic_percent, routes, application_security_group_id: GroupId };
      await root.apply(variables);
      await removeSecurityGroup(String(GroupId), String(application.variables.node_security_group_id));
      await root.destroy(variables);
      await expectNothingLeft();
    });
  });

  const defaultRule = "default -> forward shop-application";

  const rules = async () =>
    (await listenerRules(aws, listener_arn)).map((rule) => rule.replace(/-wallarm-[0-9a-f]{8}/g, "-wallarm"));

  async function newListener(input: { Protocol: "HTTP" | "HTTPS"; Port: number }): Promise<string> {
    const { Listeners: [first] = [] } = await aws.elb.describeListeners({ ListenerArns: [application.albListenerArn] });
    const { Listeners: [listener] = [] } = await aws.elb.createListener({
      ...input,
      LoadBalancerArn: first?.LoadBalancerArn,
      DefaultActions: [{ Type: "forward", TargetGroupArn: application.targetGroupArns.alb }],
    });
    return String(listener?.ListenerArn);
  }

  async function newRule(
    Priority: number,
    path: string,
    Actions = [{ Type: "forward" as const, TargetGroupArn: application.targetGroupArns.alb }] as ReturnType<
      typeof afterLogin
    >,
  ): Promise<string> {
    const { Rules: [rule] = [] } = await aws.elb.createRule({
      ListenerArn: listener_arn,
      Priority,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: [path] } }],
      Actions,
    });
    return String(rule?.RuleArn);
  }

  async function setPriority(RuleArn: string, Priority: number): Promise<void> {
    await aws.elb.setRulePriorities({ RulePriorities: [{ RuleArn, Priority }] });
  }

  async function setWeights(RuleArn: string, weights: Record<string, number>): Promise<void> {
    const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
    await aws.elb.modifyRule({ RuleArn, Actions: [{ Type: "forward", ForwardConfig: { TargetGroups } }] });
  }

  async function applied(node_traffic_percent: number, routes: Variables): Promise<void> {
    await root.apply({ node_traffic_percent, routes });
    expect(await root.changes({ node_traffic_percent, routes })).toEqual([]);
  }

  /** With the rules of others that refer to it, without which AWS does not delete it. */
  async function removeSecurityGroup(GroupId: string, other: string): Promise<void> {
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [other] }],
    });
    for (const { ReferencedGroupInfo, SecurityGroupRuleId, IsEgress } of SecurityGroupRules) {
      if (ReferencedGroupInfo?.GroupId !== GroupId) continue;
      const SecurityGroupRuleIds = [String(SecurityGroupRuleId)];
      await (IsEgress
        ? aws.ec2.revokeSecurityGroupEgress({ GroupId: other, SecurityGroupRuleIds })
        : aws.ec2.revokeSecurityGroupIngress({ GroupId: other, SecurityGroupRuleIds }));
    }
    await aws.ec2.deleteSecurityGroup({ GroupId });
  }

  async function expectNothingLeft(): Promise<void> {
    expect(JSON.parse(await root.state())).toMatchObject({ resources: [] });
    const { TargetGroups = [] } = await aws.elb.describeTargetGroups();
    expect(
      TargetGroups.map(({ TargetGroupName }) => TargetGroupName).filter((name) => name?.includes("wallarm")),
    ).toEqual([]);
  }
});
