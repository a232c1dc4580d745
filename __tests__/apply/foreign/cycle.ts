import { routesInWords } from "../harness/http-api";
import { inventory } from "../harness/inventory";
import { listenerRules } from "../harness/listener";
import { LocalAws } from "../harness/local-aws";
import type { Node } from "../harness/network";
import { securityGroupRules } from "../harness/security-groups";
import type { TerraformRoot, Variables } from "../harness/terraform";
import { type EntryPoint, type ForeignApplication, type Kind, targets } from "./application";
import { inFrontOf } from "./in-front";
import { sharesOfNode } from "./share";

/** The tests of one kind: from 0 to the lockdown, and back. */
export function cycle(kind: Kind): void {
  const { rollout } = kind;
  let aws: LocalAws;
  let application: ForeignApplication;
  let node: Node;
  let ours: TerraformRoot;
  /** Before anything of ours was there. */
  let before: Awaited<ReturnType<typeof picture>>;

  beforeAll(async () => {
    aws = await LocalAws.start();
    ({ application, node, ours } = await inFrontOf(aws, kind));
    before = await picture();
    await rollout.prepare?.(aws, application, ours);
  }, 300_000);

  afterAll(() => aws.stop());

  function entryPointsOf(wanted: EntryPoint["type"]): string[] {
    return application.entryPoints.filter(({ type }) => type === wanted).map(({ id }) => id);
  }

  /** What is there, and what it does. */
  async function picture() {
    const ids = await inventory(aws);
    return {
      // A rule that its owner had taken away comes back with another id.
      ids: ids.filter((id) => !id.startsWith("sgr-")),
      securityGroups: await securityGroupRules(aws),
      distributions: await Promise.all(
        entryPointsOf("distribution").map(
          async (Id) => (await aws.cloudFront.getDistributionConfig({ Id })).DistributionConfig,
        ),
      ),
      apis: await Promise.all(entryPointsOf("http-api").map((id) => routesInWords(aws, id))),
      listeners: await Promise.all(entryPointsOf("listener").map((arn) => listenerRules(aws, arn))),
      targets: await targets(aws, application.targetGroupArns),
    };
  }

  /** None of its targets is unhealthy, or has been replaced, in some minutes. */
  async function expectHealthy(): Promise<void> {
    await aws.letTimePass();
    const now = await targets(aws, application.targetGroupArns);
    expect(now.map(withoutState)).toEqual(before.targets.map(withoutState));
    for (const target of now) expect(target).not.toMatch(/ unhealthy$/);
  }

  /** Applies, then lets the owner apply: both have what they want, and the application is as healthy as before. */
  async function expectSettled(percent: number, more: Variables = {}): Promise<void> {
    const variables = { node_traffic_percent: percent, ...more };
    await ours.apply(variables);
    await (rollout.follow?.(application, { aws, percent, node, ours }) ?? application.owner.apply());
    expect(await application.owner.plan()).toEqual([]);
    expect(await ours.changes(variables)).toEqual([]);
    await expectHealthy();
    await expectShare(percent);
    await expectHealthyBehind();
  }

  /** The load balancer behind the node, if there is one, reaches as many targets as there are. */
  async function expectHealthyBehind(): Promise<void> {
    const { backend_target_group_arns: arns } = await ours.outputs<{ backend_target_group_arns?: string[] }>();
    if (arns === undefined) return;
    const behind = await targets(aws, arns);
    expect(behind).toHaveLength(before.targets.length);
    for (const target of behind) expect(target).toMatch(/ healthy$/);
  }

  /** Whatever sends requests to a node sends as many as we say, and the node is healthy. */
  async function expectShare(percent: number): Promise<void> {
    const outputs = await ours.outputs<{ node_target_group_arns?: string[] }>();
    const arns = outputs.node_target_group_arns ?? [];
    const shares = await (rollout.shares?.(aws, application) ?? sharesOfNode(aws, entryPointsOf("listener"), arns));
    if (percent > 0) expect(shares).not.toEqual([]);
    for (const share of shares) expect(share).toBe(percent);
    const expected = shares.length > 0 ? / healthy$/ : / unused$/;
    for (const target of await targets(aws, arns)) expect(target).toMatch(expected);
  }

  test("is healthy, and its owner has what he wants", async () => {
    expect(before.targets).not.toEqual([]);
    for (const target of before.targets) expect(target).toMatch(/ healthy$/);
    expect(await application.owner.plan()).toEqual([]);
  });

  for (const refusal of rollout.refusals ?? [])
    test(`${refusal.what} is refused`, async () => {
      const variables = { node_traffic_percent: 0, ...refusal.variables(application) };
      await expect(ours.plan(variables)).rejects.toThrow(refusal.message);
    });

  describe.each(rollout.percentages)("at %i %%", (percent) => {
    const fault = rollout.refused[percent];
    if (fault)
      test(`an apply whose ${fault.operation} is refused does no harm`, async () => {
        await aws.refuse(fault);
        await expect(ours.apply({ node_traffic_percent: percent })).rejects.toThrow("A test refuses this call");
        await expectHealthy();
      });

    test("is reached as it was, and through the node as much as it says", async () => {
      await expectSettled(percent);
    });
  });

  test("is not replaced when it is locked down", async () => {
    await application.owner.apply({ closed: true });
    await expectHealthy();
    if (rollout.networkAcl === undefined) return;

    await aws.refuse(rollout.networkAcl);
    const locked = { node_traffic_percent: 100, network_acl: true };
    await expect(ours.apply(locked)).rejects.toThrow("A test refuses this call");
    await expectHealthy();
    await expectSettled(100, { network_acl: true });
  });

  test("is reached as it was when the node lets go of it", async () => {
    await expectSettled(0, { network_acl: rollout.networkAcl !== undefined });
    await application.owner.apply({ closed: false });
    await expectHealthy();
  });

  test("is as it was when the node is gone", async () => {
    await rollout.leave?.(application);
    await (rollout.destroy?.(ours) ?? ours.destroy({ node_traffic_percent: 0 }));
    expect(await picture()).toEqual(before);
    expect(await application.owner.plan()).toEqual([]);
  });
}

function withoutState(target: string): string {
  return target.replace(/ \S+$/, "");
}
