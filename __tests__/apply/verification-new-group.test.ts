import { describeInTestAll } from "../test-all";
import { inventory } from "./harness/inventory";
import { LocalAws } from "./harness/local-aws";
import { changes, type Plan, warnings } from "./harness/plan";
import { TerraformRoot } from "./harness/terraform";

interface Outputs {
  security_group_id: string;
  unexpected_rules: Record<"new_group" | "depends_on" | "verification", Record<string, string[]>>;
  public_routes: Record<string, string[]>;
  unexpected_network_interfaces: Record<string, string[]>;
}

const WORLD = "tcp 80 from 0.0.0.0/0";

describeInTestAll(["terraform", "moto_server"], "security-group-audit and verification beside what they check", () => {
  let aws: LocalAws;
  let root: TerraformRoot;
  let existing: string;
  let node: string;
  let before: string[];

  beforeAll(async () => {
    aws = await LocalAws.start();
    const { ec2 } = aws;
    const { Vpc } = await ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
    const { Subnet } = await ec2.createSubnet({ VpcId: Vpc?.VpcId, CidrBlock: "10.0.1.0/24" });
    const create = async (GroupName: string) =>
      String((await ec2.createSecurityGroup({ GroupName, Description: GroupName, VpcId: Vpc?.VpcId })).GroupId);
    existing = await create("application");
    await ec2.authorizeSecurityGroupIngress({
      GroupId: existing,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    });
    node = await create("node");
    before = await inventory(aws);
    root = await TerraformRoot.init(aws, "__tests__/apply/roots/verification-new-group", {
      vpc_id: Vpc?.VpcId,
      subnet_id: Subnet?.SubnetId,
      security_group_id: existing,
      node_security_group_id: node,
      before: "1",
    });
  });

  afterAll(() => aws.stop());

  test("are planned, although a group is made in the same apply and others wait for it", async () => {
    const plan = await root.plan();
    expect(statuses(plan)).toEqual([
      "module.audit_of_a_new_group.check.only_the_node_is_admitted: unknown",
      "module.audit_with_depends_on.check.only_the_node_is_admitted: unknown",
      "module.verification.check.only_the_node_is_admitted: unknown",
    ]);
  });

  test("name the open rule when the apply has made it", async () => {
    await root.applyPlan();
    const { unexpected_rules, security_group_id, public_routes } = await root.outputs<Outputs>();
    expect(unexpected_rules).toEqual({
      new_group: { [WORLD]: [security_group_id] },
      depends_on: { [WORLD]: [existing] },
      verification: { [WORLD]: [security_group_id] },
    });
    expect(public_routes).toEqual({});
  });

  test("change nothing in a second plan, and warn in it", async () => {
    const plan = await root.plan();
    expect(changes(plan)).toEqual([]);
    expect(warnings(plan)).toHaveLength(3);
  });

  test("report what the interfaces of the application and the node's group have become", async () => {
    const { security_group_id } = await root.outputs<Outputs>();
    const interfaceWith = async (SubnetId: string | undefined, ...Groups: string[]) => {
      const { NetworkInterface } = await aws.ec2.createNetworkInterface({ SubnetId, Groups });
      return String(NetworkInterface?.NetworkInterfaceId);
    };
    const { Subnets = [] } = await aws.ec2.describeSubnets({});
    const subnet = (block: string) => Subnets.find(({ CidrBlock }) => CidrBlock === block)?.SubnetId;
    const [ofApplication, ofNode] = [subnet("10.0.1.0/24"), subnet("10.0.9.0/24")];
    const expected = [
      await interfaceWith(ofApplication, security_group_id),
      await interfaceWith(ofApplication, existing),
      await interfaceWith(ofNode, node),
    ];
    expect(await unexpectedInterfaces()).toEqual({});

    const twoGroups = await interfaceWith(ofApplication, security_group_id, existing);
    const elsewhere = await interfaceWith(ofApplication, node);
    const { AllocationId } = await aws.ec2.allocateAddress({ Domain: "vpc" });
    const { AssociationId } = await aws.ec2.associateAddress({ AllocationId, NetworkInterfaceId: expected[0] });
    expect(await unexpectedInterfaces()).toEqual({
      other_security_group: [twoGroups],
      public_address: [expected[0]],
      node_group_elsewhere: [elsewhere],
    });

    await aws.ec2.disassociateAddress({ AssociationId });
    await aws.ec2.releaseAddress({ AllocationId });
    for (const NetworkInterfaceId of [...expected, twoGroups, elsewhere])
      await aws.ec2.deleteNetworkInterface({ NetworkInterfaceId });
  });

  async function unexpectedInterfaces() {
    await root.apply();
    return (await root.outputs<Outputs>()).unexpected_network_interfaces;
  }

  test("are planned again when what they wait for changes", async () => {
    const plan = await root.plan({ before: "2" });
    expect(statuses(plan)).toContain("module.audit_with_depends_on.check.only_the_node_is_admitted: unknown");
    await root.applyPlan();
    expect(await root.changes({ before: "2" })).toEqual([]);
  });

  test("are destroyed with it", async () => {
    await root.destroy();
    expect(await inventory(aws)).toEqual(before);
  });
});

function statuses({ checks = [] }: Plan): string[] {
  return checks
    .filter(({ address }) => address.to_display.includes("only_the_node_is_admitted"))
    .map(({ address, status }) => `${address.to_display}: ${status}`)
    .sort();
}
