import { describeWithTools } from "../tools";
import { LocalAws } from "./harness/local-aws";
import { OTHER_ACCOUNT, peeredSecurityGroup } from "./harness/other-account";
import { TerraformRoot } from "./harness/terraform";
import { World } from "./moto/rows/world";

describeWithTools(["terraform", "moto_server"], "a security group of another account", () => {
  let aws: LocalAws;
  let own: string;
  let peered: string;
  let other: string;
  let root: TerraformRoot;

  beforeAll(async () => {
    aws = await LocalAws.start();
    const world = new World(aws);
    own = await world.securityGroup();
    peered = await peeredSecurityGroup(aws, await world.vpc());
    other = `${OTHER_ACCOUNT}/${peered}`;
    root = await TerraformRoot.init(aws, "__tests__/apply/roots/group-of-another-account", {
      vpc_id: await world.vpc(),
    });
  }, 120_000);

  afterAll(() => aws.stop());

  /** The rules that refer to another group. */
  async function references() {
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [own] }],
    });
    return SecurityGroupRules.flatMap(({ IsEgress, ReferencedGroupInfo: info }) =>
      info === undefined ? [] : [{ IsEgress, GroupId: info.GroupId, UserId: info.UserId }],
    );
  }

  test("gets no rules from here", async () => {
    const variables = { node_security_group_id: own, application_security_group_id: other, security_group_rules: {} };
    await expect(root.plan(variables)).rejects.toThrow(
      "security_group_rules must have application_ingress = false if application.security_group_id is in another account",
    );
    const ofNode = { node_security_group_id: other, application_security_group_id: own, security_group_rules: {} };
    await expect(root.plan(ofNode)).rejects.toThrow(
      "security_group_rules must have node_ingress = false and node_egress = false if node.security_group_id is in another",
    );
  });

  test.each([
    [
      "the application's",
      { node_security_group_id: "own", application_security_group_id: "other" },
      { application_ingress: false },
      true,
    ],
    [
      "the node's",
      { node_security_group_id: "other", application_security_group_id: "own" },
      { node_ingress: false, node_egress: false },
      false,
    ],
  ])("%s is referred to, and the plan settles", async (_, roles, security_group_rules, IsEgress) => {
    const groups = Object.fromEntries(
      Object.entries(roles).map(([name, whose]) => [name, whose === "own" ? own : other]),
    );
    const variables = { ...groups, security_group_rules };
    await root.apply(variables);
    expect(await root.changes(variables)).toEqual([]);
    expect(await references()).toEqual([{ IsEgress, GroupId: peered, UserId: OTHER_ACCOUNT }]);
    await root.destroy(variables);
    expect(await references()).toEqual([]);
  });
});
