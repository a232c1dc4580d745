import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeInTestAll } from "../../test-all";
import { type ForeignApplication, type Owner, targets } from "../foreign/application";
import { fargate } from "../foreign/applications/fargate";
import { httpApi } from "../foreign/applications/http-api";
import { network } from "../foreign/applications/network";
import { twoTargetGroups } from "../foreign/applications/two-target-groups";
import { addBlocks, type Block, removeBackendBlocks } from "../foreign/behind";
import { routesInWords } from "../harness/http-api";
import { inventory } from "../harness/inventory";
import { listenerRules } from "../harness/listener";
import type { LocalAws } from "../harness/local-aws";
import { addNatGateway, BACKEND, NEW_FLEET } from "./fleet";
import { type Application, loadBalancerOf, onboarded } from "./onboarded";

/** Of a foreign application, for whose node there is a NAT gateway. */
async function withoutNode(aws: LocalAws, application: ForeignApplication): Promise<Application> {
  await addNatGateway(aws, application.network);
  return { ...(await loadBalancerOf(aws, application)), node: NEW_FLEET };
}

/** The `load_balancer` blocks of an ECS service, from the text for its owner. */
function blocksOf(hcl: string): Block[] {
  const argument = (block: string, name: string) => new RegExp(`${name} += "?([^"\\n]+)`).exec(block)?.[1] ?? "";
  return [...hcl.matchAll(/^ *load_balancer \{\n([^}]+)/gm)].map(([, block = ""]) => ({
    target_group_arn: argument(block, "target_group_arn"),
    container_name: argument(block, "container_name"),
    container_port: Number(argument(block, "container_port")),
  }));
}

describe.each([
  ["HTTP", 80],
  ["HTTPS", 443],
] as const)("%s:%d", (protocol, port) => {
  describeInTestAll(
    ["terraform", "moto_server"],
    `onboard alb --new-fleet, in front of two target groups, ${protocol}`,
    () => {
      let owner: Owner;

      const create = async (aws: LocalAws): Promise<Application> => {
        const application = await twoTargetGroups("attachment", protocol).create(aws);
        ({ owner } = application);
        return withoutNode(aws, application);
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
            expect(TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State)).toEqual([
              "healthy",
              "healthy",
            ]);
          }
        },
      });

      test("the node sends the requests on by the same rules", async () => {
        const { elb } = own.aws();
        const { LoadBalancers: [backend] = [] } = await elb.describeLoadBalancers({ Names: ["shop-backend"] });
        const { Listeners: [listener] = [] } = await elb.describeListeners({
          LoadBalancerArn: backend?.LoadBalancerArn,
        });
        const [front] = own.application().listenerArns;
        const { Listeners: [inFront] = [] } = await elb.describeListeners({ ListenerArns: [String(front)] });
        expect([listener?.Protocol, listener?.Port]).toEqual([protocol, port]);
        expect([listener?.Certificates, listener?.SslPolicy]).toEqual([inFront?.Certificates, inFront?.SslPolicy]);
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
    },
  );
});

describeInTestAll(["terraform", "moto_server"], "onboard alb --new-fleet, in front of an ECS service", () => {
  let service: ForeignApplication;
  const create = async (aws: LocalAws): Promise<Application> => {
    service = await fargate.create(aws);
    return withoutNode(aws, service);
  };
  const own = onboarded({
    ...{ scenario: "alb", create, covered: 1 },
    more: (aws) => inventory(aws),
    follow: async (aws, _, __, root) => {
      const { owner_configuration } = await root.outputs<{ owner_configuration: Record<"ecs_services", string> }>();
      const blocks = blocksOf(owner_configuration.ecs_services);
      await addBlocks(aws, service, blocks);
      const behind = blocks.map((block) => block.target_group_arn);
      const found = await targets(aws, [...service.targetGroupArns, ...behind]);
      expect(found.filter((target) => target.endsWith(":3000 healthy"))).toHaveLength(4);
      expect(await service.owner.plan()).toEqual([]);
    },
  });

  test("OWNERS.md has the blocks that its owner adds", () => {
    const text = readFileSync(join(own.folder(), "OWNERS.md"), "utf8");
    expect(blocksOf(text)).toEqual([{ target_group_arn: "…", container_name: "orders", container_port: 3000 }]);
  });

  test("its owner removes the blocks before it is destroyed", async () => {
    await removeBackendBlocks(service);
  });

  own.goesAway();
});

describeInTestAll(["terraform", "moto_server"], "onboard nlb --new-fleet", () => {
  const create = async (aws: LocalAws): Promise<Application> => {
    const application = await withoutNode(aws, await network.create(aws));
    return { ...application, node: { ...NEW_FLEET, ...BACKEND } };
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
