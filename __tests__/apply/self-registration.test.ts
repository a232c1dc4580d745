import { describeInTestAll } from "../test-all";
import { inventory } from "./harness/inventory";
import { LocalAws } from "./harness/local-aws";
import { createSmallApplication } from "./harness/small-application";
import { TerraformRoot } from "./harness/terraform";

describeInTestAll(["terraform", "moto_server"], "a node that is an ECS service", () => {
  let aws: LocalAws;
  let root: TerraformRoot;
  let before: string[];

  beforeAll(async () => {
    aws = await LocalAws.start();
    const { vpcId, subnetIds, albListenerArn, nlbListenerArn, variables } = await createSmallApplication(aws);
    const { Listeners: [listener] = [] } = await aws.elb.describeListeners({ ListenerArns: [nlbListenerArn] });
    before = await inventory(aws);
    root = await TerraformRoot.init(aws, "__tests__/apply/roots/self-registration", {
      vpc_id: vpcId,
      subnet_ids: subnetIds,
      network_load_balancer_arn: listener?.LoadBalancerArn,
      alb_listener_arn: albListenerArn,
      load_balancer_security_group_id: variables.load_balancer_security_group_id,
      node_security_group_id: variables.node_security_group_id,
    });
  });

  afterAll(() => aws.stop());

  /** Of the node's group behind the Network Load Balancer. */
  async function connectionTermination(): Promise<string | undefined> {
    const { TargetGroups = [] } = await aws.elb.describeTargetGroups();
    const group = TargetGroups.find(({ TargetGroupName = "" }) => TargetGroupName.startsWith("network-wallarm-"));
    const { Attributes = [] } = await aws.elb.describeTargetGroupAttributes({ TargetGroupArn: group?.TargetGroupArn });
    return Attributes.find(({ Key }) => Key === "deregistration_delay.connection_termination.enabled")?.Value;
  }

  describe.each([
    { protocol: "TCP", termination: "false" },
    { protocol: "UDP", termination: "true" },
    { protocol: "TCP_UDP", termination: "true" },
  ])("with $protocol", ({ protocol, termination }) => {
    // AWS creates a service only if a listener uses its target group: at 0, the rehearsal listener and the routes' rules do.
    test.each([0, 100, 0])("at %i %%", async (percent) => {
      const values = { protocol, node_traffic_percent: percent };
      await root.apply(values);
      expect(await root.changes(values)).toEqual([]);
      expect(await connectionTermination()).toBe(termination);
    });

    test("destroy takes away what was added", async () => {
      await root.destroy({ protocol, node_traffic_percent: 0 });
      expect(await inventory(aws)).toEqual(before);
    });
  });

  test("the caller switches connection termination off in two applies", async () => {
    const values = { protocol: "UDP", node_traffic_percent: 0, connection_termination: false };
    await root.apply(values);
    expect(await connectionTermination()).toBe("true");
    await root.apply(values);
    expect(await connectionTermination()).toBe("false");
    expect(await root.changes(values)).toEqual([]);
    await root.destroy(values);
  });
});
