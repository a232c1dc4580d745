import { describeInTestAll } from "../test-all";
import { LocalAws } from "./harness/local-aws";
import { createSmallApplication, runInstances } from "./harness/small-application";
import { TerraformRoot } from "./harness/terraform";

describeInTestAll(["terraform", "moto_server"], "a provider with a default tag that the modules have too", () => {
  let aws: LocalAws;
  let root: TerraformRoot;
  let nlbListenerArn: string;

  beforeAll(async () => {
    aws = await LocalAws.start();
    const application = await createSmallApplication(aws);
    await runInstances(aws, application);
    const { albListenerArn, targetGroupArns, variables } = application;
    nlbListenerArn = application.nlbListenerArn;
    root = await TerraformRoot.init(aws, "__tests__/apply/roots/two-load-balancers", {
      ...variables,
      listener_arn: albListenerArn,
      nlb_listener_arn: nlbListenerArn,
      nlb_target_group_arn: targetGroupArns.nlb,
    });
    await root.edit("local_aws_override.tf", (text) =>
      text.replace(
        /max_retries = \d+/,
        '$&\n  default_tags {\n    tags = { Owner = "shop", Environment = "live" }\n  }',
      ),
    );
    await root.edit("main.tf", (text) =>
      text.replace(/^ {2}(name +|name )= .*$/gm, '$&\n  tags = { Environment = "live" }'),
    );
  });

  afterAll(() => aws.stop());

  async function tagsOf(arn: string | undefined): Promise<Record<string, string | undefined>> {
    const { TagDescriptions: [description] = [] } = await aws.elb.describeTags({ ResourceArns: [String(arn)] });
    return Object.fromEntries((description?.Tags ?? []).map(({ Key = "", Value }) => [Key, Value]));
  }

  test.each([0, 100, 0])("nothing is left to change at %i %%", async (node_traffic_percent) => {
    await root.apply({ node_traffic_percent });
    expect(await root.changes({ node_traffic_percent })).toEqual([]);
  });

  test("the modules' resources have both tags, and the adopted listener has none", async () => {
    const { TargetGroups = [] } = await aws.elb.describeTargetGroups();
    const ofNode = TargetGroups.filter(({ TargetGroupName = "" }) => /^shop-(alb|nlb)-/.test(TargetGroupName));
    expect(ofNode).toHaveLength(2);
    for (const { TargetGroupArn } of ofNode)
      expect(await tagsOf(TargetGroupArn)).toEqual({ Owner: "shop", Environment: "live" });
    expect(await tagsOf(nlbListenerArn)).toEqual({});
  });
});
