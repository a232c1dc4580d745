import { describeInTestAll } from "../../test-all";
import { network } from "../foreign/applications/network";
import { listenerRules } from "../harness/listener";
import { resourceChanges } from "../harness/plan";
import { behind, onboarded } from "./onboarded";

const TO_NODE = [expect.stringMatching(/^default -> forward shop-wallarm-[0-9a-f]{8}$/)];

describeInTestAll(["terraform", "moto_server"], "onboard nlb --adopt-listeners", () => {
  const own = onboarded({
    scenario: "nlb",
    create: (aws) => behind(network, aws),
    covered: 2,
    options: { adoptListeners: true },
    follow: async (aws, { listenerArns }, percent) => {
      if (percent === 0) return;
      for (const arn of listenerArns) expect(await listenerRules(aws, arn)).toEqual(TO_NODE);
    },
  });

  test("a listener that is added is found, and written anew, the plan imports it", async () => {
    const { elb } = own.aws();
    const [ListenerArn = ""] = own.application().listenerArns;
    const { Listeners: [listener] = [] } = await elb.describeListeners({ ListenerArns: [ListenerArn] });
    const { Listeners: [added] = [] } = await elb.createListener({
      ...{ LoadBalancerArn: own.application().id, Protocol: "TCP", Port: 81 },
      DefaultActions: [{ Type: "forward", TargetGroupArn: listener?.DefaultActions?.[0]?.TargetGroupArn }],
    });
    expect(await own.check()).toEqual({ exitCode: 1, lines: ["+ listener TCP 81 → shop-tcp: not covered"] });
    expect(await own.onboard()).toBe(0);
    expect(resourceChanges(await own.root().plan({ node_traffic_percent: 0 })).sort()).toEqual([
      'import module.wallarm_routing.aws_lb_listener.adopted["tcp-81"]',
      expect.stringMatching(/^update .*adopted\["tcp-81"\]: default_action$/),
      "update module.wallarm_routing.terraform_data.routing: input, output", // the contract, which lists it
    ]);
    await elb.deleteListener({ ListenerArn: added?.ListenerArn });
    expect(await own.check()).toMatchObject({ exitCode: 1, lines: [expect.stringMatching(/^- listener TCP 81/)] });
    expect(await own.onboard()).toBe(0);
  }, 300_000);

  own.isReleased("nlb");
});

describeInTestAll(["terraform", "moto_server"], "onboard nlb, whose listeners stay with their owner", () => {
  onboarded({
    scenario: "nlb",
    create: (aws) => behind(network, aws),
    covered: 2,
    follow: async (aws, { listenerArns, targetGroupArns }, percent, root) => {
      const { target_group_arn } = await root.outputs<{ target_group_arn: string }>();
      for (const [index, ListenerArn] of listenerArns.entries()) {
        const TargetGroupArn = percent === 100 ? target_group_arn : targetGroupArns[index];
        await aws.elb.modifyListener({ ListenerArn, DefaultActions: [{ Type: "forward", TargetGroupArn }] });
      }
    },
  }).goesAway();
});
