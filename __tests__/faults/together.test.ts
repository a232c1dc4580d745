import { LocalAws } from "../apply/harness/local-aws";
import { resourceChanges } from "../apply/harness/plan";
import type { Variables } from "../apply/harness/terraform";
import { describeInTestAll } from "../test-all";
import { Breaker } from "./breaker";
import { brokenInvariants } from "./invariants";
import { errorsOf, type Outcome, Root, Terraform } from "./terraform";
import { type View, viewOf } from "./view";
import { createWorld, type World } from "./world";

const SERVICES = ["ec2", "elastic_load_balancing", "auto_scaling"] as const;

describeInTestAll(["terraform", "moto_server", "aws"], "two applies at the same time", () => {
  let aws: LocalAws;
  let world: World;
  let breaker: Breaker;
  let terraforms: Terraform[];
  let shop: Root;
  let reports: Root;

  beforeAll(async () => {
    aws = await LocalAws.start();
    world = await createWorld(aws);
    breaker = await Breaker.start();
    terraforms = [await Terraform.start(breaker.endpoint), await Terraform.start(breaker.endpoint)];
    const [one, other] = terraforms;
    if (one === undefined || other === undefined) throw new Error("Not started.");
    shop = await Root.init(one, "__tests__/faults/roots/alb");
    reports = await Root.init(other, "__tests__/faults/roots/second-application");
  }, 120_000);

  afterAll(async () => {
    await Promise.all([shop, reports].map((root) => root.remove()));
    for (const terraform of terraforms) await terraform.stop();
    await breaker.stop();
    await aws.stop();
  });

  const view = () => viewOf(aws.endpoint, SERVICES);
  const applied = async (root: Root, variables: Variables): Promise<Outcome> => {
    await root.setVariables({ ...world.variables, ...variables });
    return root.apply(false);
  };

  /** Applies at the same time. After each call of either, nothing may be cut or opened. */
  async function together(ofShop: Variables, ofReports: Variables): Promise<readonly [Outcome, Outcome]> {
    const before = await view();
    const looks: [string, View][] = [];
    const afterCall = async ({ name }: { name: string }) => void looks.push([name, await view()]);
    await breaker.begin({ endpoint: aws.endpoint, names: world.names, afterCall });
    const outcomes = await Promise.all([applied(shop, ofShop), applied(reports, ofReports)] as const);
    const after = await view();
    const broken = looks.flatMap(([call, now]) =>
      brokenInvariants({ before, now, after, world, entryPoint: "ALB" }).map((fault) => `after ${call}: ${fault}`),
    );
    expect(looks.length).toBeGreaterThan(0);
    expect(broken).toEqual([]);
    return outcomes;
  }

  async function expectSettled(): Promise<void> {
    for (const root of [shop, reports]) expect(resourceChanges(await root.plan(false))).toEqual([]);
  }

  const percent = (node_traffic_percent: number, others: Variables = {}) => ({ node_traffic_percent, ...others });
  const free = { priority: 5 };

  test("of two teams on one listener: one of them gets the number that both want, and the other is told", async () => {
    // The shop's route has it.
    const [ofShop, ofReports] = await together(percent(0), percent(0, { priority: 8 }));
    expect([ofShop.code, ofReports.code].sort()).toEqual([0, 1]);
    expect(errorsOf((ofShop.code === 0 ? ofReports : ofShop).output)).toContain("PriorityInUse");
    const again = await together(percent(0), percent(0, free));
    expect(again.map(({ code }) => code)).toEqual([0, 0]);
    await expectSettled();
  }, 180_000);

  test.each([100, 0])(
    "of two teams on one listener, to %d percent: both converge",
    async (to) => {
      const outcomes = await together(percent(to), percent(to, free));
      expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
      await expectSettled();
    },
    180_000,
  );

  test("of one state: the second is refused by the lock, and the first goes on", async () => {
    const [, other] = terraforms;
    let second: Promise<Outcome> | undefined;
    await breaker.begin({
      endpoint: aws.endpoint,
      names: world.names,
      afterCall: async () => {
        second ??= other?.run(shop.folder, ["apply", "-auto-approve"]);
        await second;
      },
    });
    const first = await applied(shop, percent(100));
    expect(first.code).toBe(0);
    const refused = await second;
    expect(refused?.code).toBe(1);
    expect(refused?.output).toContain("Error acquiring the state lock");
    await expectSettled();
  }, 180_000);
});
