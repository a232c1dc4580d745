import { describeInTestAll } from "../test-all";
import { listenerRules } from "./harness/listener";
import { LocalAws } from "./harness/local-aws";
import { createSmallApplication, type SmallApplication } from "./harness/small-application";
import { TerraformRoot, type Variables } from "./harness/terraform";

/** The attributes of a target group with stickiness. */
const STICKY = [
  { Key: "stickiness.enabled", Value: "true" },
  { Key: "stickiness.type", Value: "lb_cookie" },
];

describeInTestAll(["terraform", "moto_server"], "an action with a sticky target group", () => {
  let aws: LocalAws;
  let application: SmallApplication;
  let variables: Variables;

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createSmallApplication(aws);
    const { vpcId, albListenerArn, targetGroupArns } = application;
    variables = {
      vpc_id: vpcId,
      listener_arn: albListenerArn,
      application_target_group_arn: targetGroupArns.alb,
      node_security_group_id: application.variables.node_security_group_id,
      node_instance_ids: application.variables.node_instance_ids,
    };
  });

  afterAll(() => aws.stop());

  async function setStickiness(enabled: boolean): Promise<void> {
    await aws.elb.modifyTargetGroupAttributes({
      TargetGroupArn: application.targetGroupArns.alb,
      Attributes: enabled ? STICKY : [{ Key: "stickiness.enabled", Value: "false" }],
    });
  }

  /** Of the actions of the module's rules and of the owner's, how long a client stays with a target group, in seconds. */
  async function groupStickiness(): Promise<Record<string, number | undefined>> {
    const { Rules = [] } = await aws.elb.describeRules({ ListenerArn: application.albListenerArn });
    return Object.fromEntries(
      Rules.filter(({ IsDefault }) => IsDefault !== true).map(({ Priority = "", Actions: [action] = [] }) => {
        const { Enabled, DurationSeconds } = action?.ForwardConfig?.TargetGroupStickinessConfig ?? {};
        return [Priority, Enabled === true ? DurationSeconds : undefined];
      }),
    );
  }

  const init = () => TerraformRoot.init(aws, "__tests__/apply/roots/alb-stickiness", variables);

  describe.each([
    { whose: "application's", sticky: true, more: {}, owners: true },
    { whose: "node's", sticky: false, more: { node_stickiness: {} }, owners: true },
    { whose: "application's, as the caller says", sticky: true, more: { application_stickiness: true }, owners: true },
    { whose: "nobody's", sticky: false, more: {}, owners: false },
  ])("$whose", ({ sticky, more, owners }) => {
    let root: TerraformRoot;

    beforeAll(async () => {
      await setStickiness(sticky);
      root = await init();
    });

    afterAll(() => root.destroy({ ...more, node_traffic_percent: 0 }));

    const off = { 100: undefined, 200: undefined, 300: undefined };
    test.each([
      { percent: 0, duration: 1 },
      { percent: 10, duration: 3600 },
      { percent: 100, duration: undefined },
      { percent: 10, duration: 3600 },
      { percent: 0, duration: 1 },
      { percent: 100, duration: undefined },
      { percent: 0, duration: 1 },
    ])("at $percent %", async ({ percent, duration }) => {
      // The owner knows what he has.
      const values = { ...more, owner_stickiness: owners, node_traffic_percent: percent };
      await root.apply(values);
      expect(await root.changes(values)).toEqual([]);
      expect(await groupStickiness()).toEqual(owners ? { 100: duration, 200: duration, 300: duration } : off);
    });
  });

  test("a chosen duration is that of the canary alone", async () => {
    await setStickiness(true);
    const root = await init();
    const target_group_stickiness = { duration: 60 };
    for (const [percent, duration] of [
      [0, 1],
      [10, 60],
      [100, undefined],
    ]) {
      await root.apply({ target_group_stickiness, owner_stickiness: true, node_traffic_percent: percent });
      expect(await groupStickiness()).toEqual({ 100: duration, 200: duration, 300: duration });
    }
    await root.destroy({ node_traffic_percent: 0 });
    expect(await listenerRules(aws, application.albListenerArn)).toEqual(["default -> forward shop-application"]);
  });

  test("a target group to which several mirrored rules forward is read once", async () => {
    await setStickiness(true);
    const { albListenerArn: listener_arn, targetGroupArns } = application;
    for (const Priority of [50, 60])
      await aws.elb.createRule({
        ListenerArn: listener_arn,
        Priority,
        Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: [`/${Priority}/*`] } }],
        Actions: [{ Type: "forward", TargetGroupArn: targetGroupArns.alb }],
      });
    const mirrors = {
      fifty: { listener_arn, priority: 49, mirrors_priority: 50 },
      sixty: { listener_arn, priority: 59, mirrors_priority: 60 },
    };
    const root = await init();
    await root.apply({ mirrors, node_traffic_percent: 0, owner_stickiness: true });
    expect(await groupStickiness()).toMatchObject({ 49: 1, 59: 1 });
    const { resources } = JSON.parse(await root.state()) as {
      resources: { type: string; instances: { index_key?: string }[] }[];
    };
    const read = resources.filter(({ type }) => type === "aws_lb_target_group").flatMap(({ instances }) => instances);
    expect(read.flatMap(({ index_key }) => index_key ?? []).sort()).toEqual([targetGroupArns.alb, "rest"]);
    await root.destroy({ mirrors, node_traffic_percent: 0 });
  });
});
