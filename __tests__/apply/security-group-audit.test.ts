import type { IpPermission, SecurityGroupRule } from "@aws-sdk/client-ec2";
import { readFileSync } from "node:fs";
import { describeWithTools } from "../tools";
import { LocalAws } from "./harness/local-aws";
import { resourceChanges, warnings } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { TerraformRoot } from "./harness/terraform";

interface Outputs {
  current_rules: Record<string, string[]>;
  unexpected_rules: Outputs["current_rules"];
}

const world = tcp(80, { IpRanges: [{ CidrIp: "0.0.0.0/0" }] });

describeWithTools(["terraform", "moto_server"], "examples/security-group-audit/complete", () => {
  let aws: LocalAws;
  let recorder: Recorder;
  let example: TerraformRoot;
  let node: string;
  let application: string;

  beforeAll(async () => {
    aws = await LocalAws.start();
    const { Vpc } = await aws.ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
    const create = async (GroupName: string) => {
      const group = await aws.ec2.createSecurityGroup({ GroupName, Description: GroupName, VpcId: Vpc?.VpcId });
      return String(group.GroupId);
    };
    node = await create("node");
    application = await create("application");
    recorder = await Recorder.start(aws.endpoint);
    const { folder, signal } = aws;
    example = await TerraformRoot.init(
      { endpoint: recorder.endpoint, folder, signal },
      "examples/security-group-audit/complete",
      {
        application_security_group_id: application,
        node_security_group_id: node,
      },
    );
  });

  afterAll(async () => {
    await recorder.stop();
    await aws.stop();
  });

  test("is quiet where the group has no rules at all", async () => {
    const outbound = {
      GroupId: application,
      IpPermissions: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    };
    await aws.ec2.revokeSecurityGroupEgress(outbound);
    expect(warnings(await example.plan())).toEqual([]);
    await aws.ec2.authorizeSecurityGroupEgress(outbound);
  });

  test("is quiet where the node's group is admitted, and nobody else", async () => {
    await admit(tcp(80, { UserIdGroupPairs: [{ GroupId: node }] }));
    expect(warnings(await example.plan())).toEqual([]);
  });

  test("names each rule that admits others, with its ports and source", async () => {
    await admit(world);
    await admit(tcp(443, { Ipv6Ranges: [{ CidrIpv6: "::/0" }] }));
    await admit(tcp(80, { IpRanges: [{ CidrIp: "10.0.1.0/24" }] }));
    await admit({ ...tcp(8000, { UserIdGroupPairs: [{ GroupId: application }] }), ToPort: 8010 });
    await admit({ IpProtocol: "-1", IpRanges: [{ CidrIp: "192.168.0.0/16" }] });

    const plan = await example.plan();
    expect(warnings(plan)).toEqual([
      `${application} admits sources other than the node: everything from 192.168.0.0/16, ` +
        `tcp 443 from ::/0, tcp 80 from 0.0.0.0/0, tcp 80 from 10.0.1.0/24, tcp 8000-8010 from ${application}. ` +
        "Remove these rules where they are managed, or add them to accepted_rules.",
    ]);
    expect(resourceChanges(plan)).toEqual([]);
  });

  test("reads the group with two calls, however many rules it has", async () => {
    const before = recorder.requests.length;
    await example.plan();
    const reads = recorder.requests.slice(before).filter((action) => !action.startsWith("sts:"));
    expect(reads.sort()).toEqual(["cloudformation:GetResource", "ec2:DescribeSecurityGroupRules"]);
  });

  test("warns in the apply as well, and does not stop it", async () => {
    await example.apply();
    const { current_rules, unexpected_rules } = await example.outputs<Outputs>();
    expect(Object.keys(current_rules)).toHaveLength(6);
    expect(Object.keys(unexpected_rules)).toHaveLength(5);
    expect(new Set(Object.values(current_rules).flat())).toEqual(new Set([application]));
    expect(Object.keys(current_rules)).toEqual(expect.arrayContaining(Object.keys(unexpected_rules)));
  });

  test("takes the node's subnets for the node, and not what is around them", async () => {
    const [warning = ""] = warnings(await example.plan({ node_subnet_cidrs: ["10.0.1.0/24"] }));
    expect(warning).not.toContain("10.0.1.0/24");
    expect(warning).toContain("tcp 80 from 0.0.0.0/0");
  });

  test("is quiet again when the others are accepted or gone", async () => {
    const { unexpected_rules } = await example.outputs<Outputs>();
    const [accepted, ...gone] = Object.keys(unexpected_rules);
    expect(gone).toContain("tcp 80 from 0.0.0.0/0");
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [application] }],
    });
    const keep = (rule: SecurityGroupRule) =>
      rule.CidrIpv4 === "192.168.0.0/16" || rule.ReferencedGroupInfo?.GroupId === node;
    await aws.ec2.revokeSecurityGroupIngress({
      GroupId: application,
      SecurityGroupRuleIds: SecurityGroupRules.filter((rule) => !rule.IsEgress && !keep(rule)).map((rule) =>
        String(rule.SecurityGroupRuleId),
      ),
    });
    expect(warnings(await example.plan())).toEqual([expect.stringContaining(`the node: ${accepted}. Remove`)]);
    expect(warnings(await example.plan({ accepted_rules: { monitoring: accepted } }))).toEqual([]);
  });

  test("asks AWS for nothing that the README does not list", () => {
    const readme = readFileSync("modules/security-group-audit/README.md", "utf8");
    const [, permissions = "[]"] = /## Permissions[^[]*(\[[^\]]*\])/.exec(readme) ?? [];
    const asked = [...recorder.actions].filter((action) => !action.startsWith("sts:"));
    // Cloud Control API makes this call itself.
    expect([...asked, "ec2:DescribeSecurityGroups"].sort()).toEqual(JSON.parse(permissions));
  });

  async function admit(permission: IpPermission): Promise<void> {
    await aws.ec2.authorizeSecurityGroupIngress({ GroupId: application, IpPermissions: [permission] });
  }
});

function tcp(port: number, source: IpPermission): IpPermission {
  return { IpProtocol: "tcp", FromPort: port, ToPort: port, ...source };
}
