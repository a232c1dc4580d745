import { describeInTestAll } from "../test-all";
import { targets } from "./foreign/application";
import { inventory } from "./harness/inventory";
import { LocalAws } from "./harness/local-aws";
import { createSmallApplication, type SmallApplication } from "./harness/small-application";
import { TerraformRoot, type Variables } from "./harness/terraform";

/** Settings that make another target group. The owner's listener forwards to the old one until his next apply. */
describeInTestAll(["terraform", "moto_server"], "a target group that a listener of another state uses", () => {
  let aws: LocalAws;
  let application: SmallApplication;
  let root: TerraformRoot;
  let before: string[];

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createSmallApplication(aws);
    before = await inventory(aws);
    root = await TerraformRoot.init(aws, "__tests__/apply/roots/nlb", { ...application.variables, network_acl: false });
  }, 120_000);

  afterAll(() => aws.stop());

  const at = (node_traffic_percent: number, node_port: number): Variables => ({ node_traffic_percent, node_port });

  /** The apply of the owner, who writes `cutover_target_group_arn` into his listener. @returns its targets */
  async function ownerApplies(): Promise<string[]> {
    const { cutover_target_group_arn } = await root.outputs<{ cutover_target_group_arn: string | null }>();
    const TargetGroupArn = cutover_target_group_arn ?? application.targetGroupArns.nlb;
    await aws.elb.modifyListener({
      ListenerArn: application.nlbListenerArn,
      DefaultActions: [{ Type: "forward", TargetGroupArn }],
    });
    return targets(aws, [TargetGroupArn]);
  }

  const HEALTHY = [expect.stringMatching(/:\d+ healthy$/), expect.stringMatching(/:\d+ healthy$/)];

  test("at 0, the owner's listener has healthy targets all the way", async () => {
    await root.apply(at(0, 80));
    await root.apply(at(100, 80));
    expect(await ownerApplies()).toEqual(HEALTHY);
    await root.apply(at(0, 80));
    await ownerApplies();
    await root.apply(at(0, 8080));
    await root.apply(at(100, 8080));
    expect(await ownerApplies()).toEqual(HEALTHY);
    expect(await root.changes(at(100, 8080))).toEqual([]);
  }, 120_000);

  test("at 100, the apply fails, and the next one after the owner's does not", async () => {
    // The provider tries for two minutes.
    await expect(root.apply(at(100, 80))).rejects.toThrow("ResourceInUse");
    expect(await ownerApplies()).toEqual(HEALTHY);
    await root.apply(at(100, 80));
    expect(await root.changes(at(100, 80))).toEqual([]);
  }, 300_000);

  test("destroy takes away what was added", async () => {
    await root.apply(at(0, 80));
    await ownerApplies();
    await root.destroy(at(0, 80));
    expect(await inventory(aws)).toEqual(before);
  }, 120_000);
});
