import { listenerRules } from "../harness/listener";
import { LocalAws } from "../harness/local-aws";
import { resourceChanges, warnings } from "../harness/plan";
import { type ForeignApplication, targets } from "./application";
import { autoScaling } from "./applications/auto-scaling";
import { type BlueGreen, blueGreen } from "./applications/blue-green";
import { kubernetes } from "./applications/kubernetes";
import { twoTargetGroups } from "./applications/two-target-groups";
import { letGoOfBackend, listBackend } from "./behind";
import { type InFront, inFrontOf } from "./in-front";
import { describeInTestAll } from "../../test-all";

const off = { node_traffic_percent: 0 };
const on = { node_traffic_percent: 100 };

/** What the READMEs warn of: if it did not happen, the steps in the other suite would prove nothing. */
describeInTestAll(["terraform", "moto_server"], "without the steps of the READMEs", () => {
  let aws: LocalAws;

  beforeEach(async () => {
    aws = await LocalAws.start();
  });

  afterEach(() => aws.stop());

  test("an owner with inline rules takes ours away", async () => {
    const { application, ours } = await inFrontOf(aws, autoScaling);
    await ours.apply({ ...off, security_group_rules: {} });
    expect(await application.owner.plan()).toEqual([
      "update aws_security_group.application: ingress",
      "update aws_security_group.load_balancer: egress",
    ]);
  });

  test("a network ACL that does not admit the load balancer makes Auto Scaling replace every instance", async () => {
    const { application, ours } = await inFrontOf(aws, autoScaling);
    const before = await idsOf(application);
    const locked = { ...on, network_acl: true, load_balancer_subnet_cidrs: {} };
    await expect(ours.apply(locked)).rejects.toThrow("Auto Scaling groups that autoscaling_group_names does not list");
    await ours.apply({ ...locked, accept_failing_health_checks: true });
    await aws.letTimePass();
    const after = await idsOf(application);
    expect(after).toHaveLength(before.length);
    for (const id of after) expect(before).not.toContain(id);
  });

  test("an owner who still lists the target groups of a removed backend gets no new instance", async () => {
    const kind = twoTargetGroups("target_group_arns");
    const { application, ours } = await inFrontOf(aws, kind);
    await kind.rollout.prepare?.(aws, application, ours);
    await ours.apply(off);
    await listBackend(application, { ours });
    await ours.destroy(off);
    expect(await application.owner.plan()).toEqual([]);

    const instances = await instancesOf("shop");
    await aws.ec2.terminateInstances({ InstanceIds: instances.slice(0, 1) });
    expect(await instancesOf("shop")).toEqual(instances.slice(1));

    await letGoOfBackend(application);
    expect(await application.owner.plan()).toEqual([]);
    await aws.autoScaling.setDesiredCapacity({ AutoScalingGroupName: "shop", DesiredCapacity: 2 });
    expect(await instancesOf("shop")).toHaveLength(2);
  }, 300_000);

  test("a Kubernetes controller deletes a rule that is not in its model", async () => {
    const { owner, entryPoints, targetGroupArns } = await kubernetes.create(aws);
    await aws.elb.createRule({
      ListenerArn: entryPoints[0]?.id,
      Priority: 50000,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/*"] } }],
      Actions: [{ Type: "forward", TargetGroupArn: targetGroupArns[0] }],
    });
    expect(await owner.plan()).toEqual(["delete rule 50000"]);
    await owner.apply();
    expect(await owner.plan()).toEqual([]);
    expect(await listenerRules(aws, entryPoints[0]?.id ?? "")).toHaveLength(2);
  });

  describe("a deployment while the route is below 100", () => {
    let front: InFront<BlueGreen>;

    beforeEach(async () => {
      front = await inFrontOf(aws, blueGreen);
      await front.ours.apply(off);
    });

    const rules = () => listenerRules(aws, front.application.entryPoints[0]?.id ?? "");
    const ofRoute = async () => (await rules())[0]?.replace(/edge-wallarm-\w+/, "node");

    test("leaves the route at the group that the deployer empties, until the next apply", async () => {
      await front.application.deploy(50);
      await front.application.deploy(100);
      expect(await ofRoute()).toBe("9: path-pattern /* -> forward node 0, orders-blue 100");
      expect(resourceChanges(await front.ours.plan(off))).toContain(
        'update module.wallarm_routing.aws_lb_listener_rule.node["orders"]: action',
      );
      await front.ours.apply(off);
      expect(await ofRoute()).toBe("9: path-pattern /* -> forward node 0, orders-green 100");
    });

    test("is named by a plan in the middle of it", async () => {
      await front.application.deploy(50);
      const plan = await front.ours.plan(off);
      expect(resourceChanges(plan)).toEqual([]);
      expect(warnings(plan).join()).toContain("These routes keep their target group");
    });
  });

  test("a deployment at 100 changes nothing for the node", async () => {
    const { application, ours } = await inFrontOf(aws, blueGreen);
    await ours.apply(on);
    await application.deploy(50);
    await application.deploy(100);
    const routing = "update module.wallarm_routing.terraform_data.routing: input, output";
    expect((await ours.changes(on)).filter((change) => change !== routing)).toEqual([]);
  });

  async function instancesOf(group: string): Promise<string[]> {
    const { AutoScalingGroups } = await aws.autoScaling.describeAutoScalingGroups({ AutoScalingGroupNames: [group] });
    return AutoScalingGroups?.[0]?.Instances?.map(({ InstanceId }) => String(InstanceId)) ?? [];
  }

  /** Of the application's targets, without their health. */
  async function idsOf({ targetGroupArns }: ForeignApplication): Promise<string[]> {
    return (await targets(aws, targetGroupArns)).map((target) => target.replace(/ \S+$/, ""));
  }
});
