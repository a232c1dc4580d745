import { describeInTestAll } from "../test-all";
import { LocalAws } from "./harness/local-aws";
import { networkAclOf } from "./harness/network-acls";
import { createSmallApplication, type SmallApplication } from "./harness/small-application";
import { TerraformRoot } from "./harness/terraform";
import { forward, World } from "./moto/rows/world";

const off = { node_traffic_percent: 0 };
const on = { node_traffic_percent: 100 };

describeInTestAll(["terraform", "moto_server"], "an application in a VPC that is peered with the node's", () => {
  let aws: LocalAws;
  let application: SmallApplication;
  let root: TerraformRoot;
  let vpcId: string;
  let subnetId: string;
  let groupId: string;
  let defaultAcl: string;

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createSmallApplication(aws);
    const world = new World(aws);
    vpcId = await world.otherVpc();
    subnetId = await world.newSubnet(vpcId, "10.1.10.0/24", "a");
    groupId = await world.securityGroup(vpcId);
    defaultAcl = await networkAclOf(aws, subnetId);
    await world.instance(subnetId, [groupId]);
    // The load balancer reaches the application by its address.
    const targetGroup = await world.targetGroup({ VpcId: application.vpcId, TargetType: "ip" });
    await aws.elb.modifyListener({ ListenerArn: application.albListenerArn, DefaultActions: forward(targetGroup) });
    root = await TerraformRoot.init(aws, "examples/network-acl/complete", {
      ...application.variables,
      listener_arn: application.albListenerArn,
      application_security_group_id: groupId,
      application_subnet_ids: { a: subnetId },
    });
  }, 120_000);

  afterAll(() => aws.stop());

  test("is refused without the VPC of its subnets", async () => {
    await expect(root.plan(off)).rejects.toThrow(`subnet_ids has subnets outside of ${application.vpcId}: a.`);
    await root.edit("main.tf", (text) => text.replace(/^module "network_acl" \{\n/m, `$&  vpc_id = "${vpcId}"\n`));
  });

  test("cannot refer to the node's group before the peering is active", async () => {
    await expect(root.apply(off)).rejects.toThrow("InvalidGroup.NotFound");
    const { VpcPeeringConnection } = await aws.ec2.createVpcPeeringConnection({
      VpcId: application.vpcId,
      PeerVpcId: vpcId,
    });
    await aws.ec2.acceptVpcPeeringConnection({
      VpcPeeringConnectionId: VpcPeeringConnection?.VpcPeeringConnectionId,
    });
  });

  test("is put behind the node, and back, with settled plans", async () => {
    for (const variables of [off, on, off, on]) {
      await root.apply(variables);
      expect(await root.changes(variables)).toEqual([]);
      expect((await networkAclOf(aws, subnetId)) === defaultAcl).toBe(variables === off);
    }
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [groupId] }],
    });
    const admitted = SecurityGroupRules.filter(({ IsEgress }) => !IsEgress);
    expect(admitted.map(({ ReferencedGroupInfo }) => ReferencedGroupInfo?.GroupId)).toEqual([
      application.variables.node_security_group_id,
    ]);
  });

  test("is as before when all is destroyed", async () => {
    await root.destroy(on);
    expect(await networkAclOf(aws, subnetId)).toBe(defaultAcl);
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [groupId] }],
    });
    expect(SecurityGroupRules.filter(({ IsEgress }) => !IsEgress)).toEqual([]);
  });
});
