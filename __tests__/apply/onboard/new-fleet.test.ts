import { describeInTestAll } from "../../test-all";
import { httpApi } from "../foreign/applications/http-api";
import { network } from "../foreign/applications/network";
import { twoTargetGroups } from "../foreign/applications/two-target-groups";
import { routesInWords } from "../harness/http-api";
import { inventory } from "../harness/inventory";
import { listenerRules } from "../harness/listener";
import type { LocalAws } from "../harness/local-aws";
import { addNatGateway, BACKEND, NEW_FLEET } from "./fleet";
import { type Application, onboarded } from "./onboarded";

describeInTestAll(["terraform", "moto_server"], "onboard alb --new-fleet, in front of two target groups", () => {
  const kind = twoTargetGroups("attachment");
  let owner: Awaited<ReturnType<typeof kind.create>>["owner"];

  const create = async (aws: LocalAws): Promise<Application> => {
    const application = await kind.create(aws);
    ({ owner } = application);
    await addNatGateway(aws, application.network);
    const listenerArns = application.entryPoints.map(({ id }) => id);
    const { Listeners: [listener] = [] } = await aws.elb.describeListeners({ ListenerArns: listenerArns });
    const { targetGroupArns } = application;
    return { id: String(listener?.LoadBalancerArn), listenerArns, targetGroupArns, node: NEW_FLEET };
  };

  const own = onboarded({
    ...{ scenario: "alb", create, covered: 2 },
    more: (aws) => inventory(aws),
    follow: async (aws, { targetGroupArns }, _, root) => {
      expect(await owner.plan()).toEqual([]);
      const { backend_target_group_arns: behind } = await root.outputs<{
        backend_target_group_arns: Record<"shop-api" | "shop-web", string>;
      }>();
      for (const TargetGroupArn of [...targetGroupArns, ...Object.values(behind)]) {
        const { TargetHealthDescriptions = [] } = await aws.elb.describeTargetHealth({ TargetGroupArn });
        expect(TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State)).toEqual(["healthy", "healthy"]);
      }
    },
  });

  test("the node sends the requests on by the same rules", async () => {
    const { elb } = own.aws();
    const { LoadBalancers: [backend] = [] } = await elb.describeLoadBalancers({ Names: ["shop-backend"] });
    const { Listeners: [listener] = [] } = await elb.describeListeners({ LoadBalancerArn: backend?.LoadBalancerArn });
    expect([listener?.Protocol, listener?.Port]).toEqual(["HTTP", 80]);
    const { Rules = [] } = await elb.describeRules({ ListenerArn: listener?.ListenerArn });
    const { backend_target_group_arns: behind } = await own.root().outputs<{
      backend_target_group_arns: Record<"shop-api" | "shop-web", string>;
    }>();
    expect(
      Rules.map(({ Priority, Conditions: [condition] = [], Actions: [action] = [] }) => [
        Priority,
        condition?.PathPatternConfig?.Values,
        action?.TargetGroupArn,
      ]).sort(),
    ).toEqual([
      ["10", ["/api/*"], behind["shop-api"]],
      ["50000", ["/*"], behind["shop-web"]],
      ["default", undefined, undefined],
    ]);
  });

  own.goesAway();
});

describeInTestAll(["terraform", "moto_server"], "onboard nlb --new-fleet", () => {
  const create = async (aws: LocalAws): Promise<Application> => {
    const { network: ofApplication, entryPoints, targetGroupArns } = await network.create(aws);
    await addNatGateway(aws, ofApplication);
    const listenerArns = entryPoints.map(({ id }) => id);
    const { Listeners: [listener] = [] } = await aws.elb.describeListeners({ ListenerArns: listenerArns });
    const node = { ...NEW_FLEET, ...BACKEND };
    return { id: String(listener?.LoadBalancerArn), listenerArns, targetGroupArns, node };
  };
  const TO_NODE = [expect.stringMatching(/^default -> forward shop-wallarm-[0-9a-f]{8}$/)];
  onboarded({
    ...{ scenario: "nlb", create, covered: 2, options: { adoptListeners: true } },
    follow: async (aws, { listenerArns }, percent) => {
      if (percent === 0) return;
      for (const arn of listenerArns) expect(await listenerRules(aws, arn)).toEqual(TO_NODE);
    },
  }).isReleased("nlb");
});

describeInTestAll(["terraform", "moto_server"], "onboard http-api --new-fleet", () => {
  const create = async (aws: LocalAws): Promise<Application> => {
    const { network: ofApplication, entryPoints, targetGroupArns } = await httpApi.create(aws);
    await addNatGateway(aws, ofApplication);
    const [listenerArn = "", id = ""] = entryPoints.map((one) => one.id);
    const node = { ...NEW_FLEET, ...BACKEND, region: "us-east-1" };
    return { id, listenerArns: [listenerArn], targetGroupArns, node };
  };
  onboarded({
    ...{ scenario: "http-api", create, covered: 1 },
    more: async (aws, { id }) => [await routesInWords(aws, id), await inventory(aws)],
    follow: async (aws, { id }, percent) => {
      if (percent === 0) return;
      for (const words of await routesInWords(aws, id))
        expect(words).toMatch(/ -> VPC_LINK arn:[^ ]*:listener\/app\/shop-wallarm-node\//);
    },
  }).isReleased("api-gateway-http");
});
