import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { describeInTestAll } from "../test-all";
import { LocalAws } from "./harness/local-aws";
import { resourceChanges } from "./harness/plan";
import { createSmallApplication } from "./harness/small-application";
import { TerraformRoot, type Variables } from "./harness/terraform";

interface Groups {
  readonly load_balancer: string;
  readonly application: string;
}

/** An owner whose groups have inline rules, and the root of the module between them. */
async function start() {
  const aws = await LocalAws.start();
  const application = await createSmallApplication(aws);
  const { vpc_id, node_instance_ids } = application.variables;
  const owner = await TerraformRoot.init(aws, "__tests__/apply/roots/inline-groups/owner", { vpc_id });
  await owner.apply();
  const groups = await owner.outputs<Groups>();
  const routing = await TerraformRoot.init(aws, "__tests__/apply/roots/inline-groups/routing", {
    vpc_id,
    node_instance_ids,
    load_balancer_security_group_id: groups.load_balancer,
    application_security_group_id: groups.application,
    listener_arn: application.albListenerArn,
  });
  return { aws, owner, routing, groups };
}

/** All rules of groups. */
async function rules({ ec2 }: LocalAws, ...groups: string[]): Promise<SecurityGroupRule[]> {
  const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules({
    Filters: [{ Name: "group-id", Values: groups }],
  });
  return SecurityGroupRules;
}

async function unchanged(root: TerraformRoot, variables?: Variables): Promise<void> {
  expect(resourceChanges(await root.plan(variables))).toEqual([]);
}

describeInTestAll(["terraform", "moto_server"], "an owner whose security groups have inline rules", () => {
  let at: Awaited<ReturnType<typeof start>>;

  beforeEach(async () => {
    at = await start();
  }, 120_000);

  afterEach(() => at.aws.stop());

  test("removes the module's rules with the next apply, as the owner's plan shows, and the module adds them again", async () => {
    const { owner, routing, groups, aws } = at;
    const variables = { node_traffic_percent: 0, rules_of_the_owner: true };
    await routing.apply(variables);
    expect(resourceChanges(await owner.plan())).toEqual([
      "update aws_security_group.application: ingress",
      "update aws_security_group.load_balancer: egress",
    ]);
    await owner.apply();
    const { node } = await routing.outputs<{ node: string }>();
    const left = await rules(aws, groups.application, groups.load_balancer);
    expect(left.filter(({ ReferencedGroupInfo }) => ReferencedGroupInfo?.GroupId === node)).toEqual([]);
    expect(resourceChanges(await routing.plan(variables))).toEqual([
      'create module.wallarm_routing.aws_vpc_security_group_egress_rule.load_balancer_to_node["public-80"]',
      'create module.wallarm_routing.aws_vpc_security_group_ingress_rule.application_from_node["80"]',
    ]);
  });

  test("moves the inline rules to resources, without a change of a rule, and both states are settled", async () => {
    const { owner, routing, groups, aws } = at;
    const before = await rules(aws, groups.application, groups.load_balancer);
    await owner.edit(
      "main.tf",
      (text) => text.replace(/ +# inline\n[^]*? +# end\n/g, "") + before.map(asResource).join("\n"),
    );
    expect(resourceChanges(await owner.plan()).filter((change) => !change.startsWith("import "))).toEqual([]);
    await owner.apply();
    expect(await rules(aws, groups.application, groups.load_balancer)).toEqual(before);
    await unchanged(owner);

    for (const node_traffic_percent of [0, 100, 0]) {
      const variables = { node_traffic_percent, rules_of_the_owner: true };
      await routing.apply(variables);
      await unchanged(routing, variables);
      await unchanged(owner);
    }
    await routing.destroy({ node_traffic_percent: 0, rules_of_the_owner: true });
    expect(await rules(aws, groups.application, groups.load_balancer)).toEqual(before);
    await unchanged(owner);
    await owner.destroy();
  });

  test("adds the module's rules inline, in the order of the runbook, and takes them away before the node goes", async () => {
    const { owner, routing, groups, aws } = at;
    const before = await rules(aws, groups.application, groups.load_balancer);
    const settings = { rules_of_the_owner: false };
    await routing.apply({ ...settings, node_traffic_percent: 0 });
    const { node } = await routing.outputs<{ node: string }>();
    await unchanged(owner);
    await owner.apply({ node_security_group_id: node });

    for (const node_traffic_percent of [0, 100, 0]) {
      await routing.apply({ ...settings, node_traffic_percent });
      await unchanged(routing, { ...settings, node_traffic_percent });
      await unchanged(owner, { node_security_group_id: node });
    }
    const both = await rules(aws, groups.application, groups.load_balancer);
    expect(both.filter(({ ReferencedGroupInfo }) => ReferencedGroupInfo?.GroupId === node)).toHaveLength(2);

    await owner.apply({ node_security_group_id: null });
    await routing.destroy({ ...settings, node_traffic_percent: 0 });
    const after = await rules(aws, groups.application, groups.load_balancer);
    expect(after.map(content).sort()).toEqual(before.map(content).sort());
    await unchanged(owner);
    await owner.destroy();
  });

  test("adds the rules of a module that is already applied inline, after the module went to 0 and gave them up", async () => {
    const { owner, routing, groups, aws } = at;
    await routing.apply({ node_traffic_percent: 0, rules_of_the_owner: true });
    const { node } = await routing.outputs<{ node: string }>();
    await routing.apply({ node_traffic_percent: 0, rules_of_the_owner: false });
    await owner.apply({ node_security_group_id: node });
    await unchanged(routing, { node_traffic_percent: 0, rules_of_the_owner: false });
    await unchanged(owner, { node_security_group_id: node });
    expect(await rules(aws, groups.application, groups.load_balancer)).toHaveLength(5);
  });
});

/** A rule as the owner writes it, with its import block. */
function asResource({
  SecurityGroupRuleId,
  GroupId,
  IsEgress,
  Description,
  CidrIpv4,
  ReferencedGroupInfo,
}: SecurityGroupRule) {
  const type = `aws_vpc_security_group_${IsEgress ? "egress" : "ingress"}_rule`;
  const name = String(SecurityGroupRuleId).replace("-", "_");
  const peer = CidrIpv4
    ? `cidr_ipv4 = "${CidrIpv4}"`
    : `referenced_security_group_id = "${ReferencedGroupInfo?.GroupId}"`;
  return `import {
  to = ${type}.${name}
  id = "${SecurityGroupRuleId}"
}

resource "${type}" "${name}" {
  security_group_id = "${GroupId}"
  ${Description ? `description = "${Description}"` : ""}
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  ${peer}
}
`;
}

/** What a rule says, without its ID: an owner's apply replaces inline rules. */
function content({ GroupId, IsEgress, FromPort, CidrIpv4, ReferencedGroupInfo }: SecurityGroupRule): string {
  return [GroupId, IsEgress, FromPort, CidrIpv4, ReferencedGroupInfo?.GroupId].join();
}
