import type { Filter } from "@aws-sdk/client-ec2";
import { gzipSync } from "node:zlib";
import { OTHER_ACCOUNT, peeredSecurityGroup } from "../../harness/other-account";
import type { Row } from "./row";
import { cidr, count, group, tcp, type World } from "./world";

const CLOUDFRONT = "com.amazonaws.global.cloudfront.origin-facing";
const CLOUDFRONT_IPV6 = "com.amazonaws.global.ipv6.cloudfront.origin-facing";

export const securityGroups: Row[] = [
  {
    rule: "description_of_any_peer",
    ask: async (world) => {
      const [id, other] = [await world.securityGroup(), await world.securityGroup()];
      const list = await world.prefixList(CLOUDFRONT);
      const PrefixListIds = [{ PrefixListId: list?.PrefixListId, Description: "from CloudFront" }];
      await world.ingress(id, tcp(80, group(other, "from the node")), tcp(81, { PrefixListIds }));
      const { SecurityGroupRules = [] } = await world.aws.ec2.describeSecurityGroupRules({
        Filters: [{ Name: "group-id", Values: [id] }],
      });
      return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress).map(({ Description }) => Description);
    },
    strict: ["from the node", "from CloudFront"],
    plain: [undefined, undefined],
  },
  {
    rule: "cidr_block_is_canonical",
    ask: async (world) => {
      const [rule] = await world.ingress(await world.securityGroup(), tcp(80, cidr("100.68.0.18/18")));
      return rule?.CidrIpv4;
    },
    strict: "100.68.0.0/18",
    plain: "100.68.0.18/18",
  },
  {
    rule: "any_peer_of_a_rule_is_modified",
    ask: async (world) => {
      const [GroupId, one, other] = await world.securityGroups(3);
      const list = await world.prefixList(CLOUDFRONT);
      const IpProtocol = "tcp";
      const rules = [
        [tcp(80, group(String(one))), { ReferencedGroupId: other }],
        [tcp(81, { Ipv6Ranges: [{ CidrIpv6: "2001:db8:1::/48" }] }), { CidrIpv6: "2001:db8:2::/48" }],
        [tcp(82, { PrefixListIds: [{ PrefixListId: list?.PrefixListId }] }), { PrefixListId: "pl-12345678" }],
      ] as const;
      for (const [permission, peer] of rules) {
        const [rule] = await world.ingress(String(GroupId), permission);
        const { FromPort, ToPort } = permission;
        const SecurityGroupRule = { IpProtocol, FromPort, ToPort, ...peer };
        const modified = { SecurityGroupRuleId: rule?.SecurityGroupRuleId, SecurityGroupRule };
        await world.aws.ec2.modifySecurityGroupRules({ GroupId, SecurityGroupRules: [modified] });
      }
      const { SecurityGroupRules = [] } = await world.aws.ec2.describeSecurityGroupRules({
        Filters: [{ Name: "group-id", Values: [String(GroupId)] }],
      });
      return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress).map(
        ({ ReferencedGroupInfo, CidrIpv6, PrefixListId }) =>
          [other, "2001:db8:2::/48", "pl-12345678"].includes(CidrIpv6 ?? PrefixListId ?? ReferencedGroupInfo?.GroupId),
      );
    },
    strict: [true, true, true],
    plain: [false, false, false],
  },
  {
    rule: "description_does_not_distinguish_rules",
    ask: async (world) => {
      const [GroupId, other] = [await world.securityGroup(), await world.securityGroup()];
      await world.ingress(GroupId, tcp(80, group(other, "from the node")));
      const IpPermissions = [tcp(80, group(other))];
      const { Return } = await world.aws.ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions });
      return Return;
    },
    strict: true,
    plain: { refused: "InvalidPermission.NotFound" },
  },
  {
    rule: "rules_of_ipv4_and_ipv6_are_counted_separately",
    ask: async (world) => {
      const id = await world.securityGroup();
      await world.ingress(id, tcp(80, cidr(...count(60).map((index) => `10.${index}.0.0/16`))));
      const blocks = count(60).map((index) => ({ CidrIpv6: `2001:db8:${index}::/48` }));
      return (await world.ingress(id, tcp(80, { Ipv6Ranges: blocks }))).length;
    },
    strict: 60,
    plain: { refused: "RulesPerSecurityGroupLimitExceeded" },
  },
  {
    rule: "duplicate_ingress_rule",
    lawful: async (world) => {
      const [id, other] = [await world.securityGroup(), await world.securityGroup()];
      await world.ingress(id, tcp(80, group(other)), tcp(81, group(other)));
    },
    refused: async (world) => {
      const [id, other] = [await world.securityGroup(), await world.securityGroup()];
      await world.ingress(id, tcp(80, group(other, "one")));
      await world.ingress(id, tcp(80, group(other, "other")));
    },
    code: "InvalidPermission.Duplicate",
  },
  {
    rule: "duplicate_egress_rule",
    lawful: (world) => egressTwice(world, 80, 81),
    refused: (world) => egressTwice(world, 80, 80),
    code: "InvalidPermission.Duplicate",
  },
  {
    rule: "sixty_rules_of_a_security_group",
    lawful: async (world) => {
      const PrefixListIds = [{ PrefixListId: (await world.prefixList(CLOUDFRONT))?.PrefixListId }];
      await world.ingress(
        await world.securityGroup(),
        tcp(80, { PrefixListIds }),
        tcp(80, cidr(...count(5).map((index) => `10.${index}.0.0/16`))),
      );
    },
    refused: async (world) => {
      const PrefixListIds = [{ PrefixListId: (await world.prefixList(CLOUDFRONT))?.PrefixListId }];
      await world.ingress(
        await world.securityGroup(),
        tcp(80, { PrefixListIds }),
        tcp(80, cidr(...count(6).map((index) => `10.${index}.0.0/16`))),
      );
    },
    code: "RulesPerSecurityGroupLimitExceeded",
  },
  {
    rule: "group_of_another_account",
    ask: async (world) => {
      const VpcId = await world.otherVpc();
      const GroupId = await peeredSecurityGroup(world.aws, VpcId);
      const UserIdGroupPairs = [{ UserId: OTHER_ACCOUNT, GroupId }];
      const [rule] = await world.ingress(await world.securityGroup(VpcId), tcp(80, { UserIdGroupPairs }));
      return rule?.ReferencedGroupInfo?.UserId;
    },
    strict: OTHER_ACCOUNT,
    plain: { refused: "InvalidGroup.NotFound" },
  },
  {
    rule: "referenced_group_is_in_the_same_network",
    lawful: async (world) => {
      const [VpcId, PeerVpcId] = [await world.vpc(), await world.otherVpc()];
      const { VpcPeeringConnection } = await world.aws.ec2.createVpcPeeringConnection({ VpcId, PeerVpcId });
      const id = VpcPeeringConnection?.VpcPeeringConnectionId;
      await world.aws.ec2.acceptVpcPeeringConnection({ VpcPeeringConnectionId: id });
      await world.ingress(await world.securityGroup(), tcp(80, group(await world.securityGroup(PeerVpcId))));
      await world.aws.ec2.deleteVpcPeeringConnection({ VpcPeeringConnectionId: id });
    },
    refused: async (world) => {
      const other = await world.securityGroup(await world.otherVpc());
      await world.ingress(await world.securityGroup(), tcp(80, group(other)));
    },
    code: "InvalidGroup.NotFound",
  },
  {
    rule: "ports_of_a_rule",
    lawful: async (world) => world.ingress(await world.securityGroup(), { ...tcp(80, cidr("10.0.0.0/8")), ToPort: 81 }),
    refused: async (world) =>
      world.ingress(await world.securityGroup(), { ...tcp(80, cidr("10.0.0.0/8")), ToPort: 79 }),
    code: "InvalidParameterValue",
  },
  {
    rule: "description_of_a_rule",
    lawful: async (world) => world.ingress(await world.securityGroup(), describedRule("Node (80): a_b")),
    refused: async (world) => world.ingress(await world.securityGroup(), describedRule("the node's")),
    code: "InvalidParameterValue",
  },
  {
    rule: "name_and_description_of_a_group",
    lawful: (world) => world.securityGroup(),
    refused: async (world) =>
      world.aws.ec2.createSecurityGroup({
        GroupName: world.name("sg"),
        Description: "a group",
        VpcId: await world.vpc(),
      }),
    code: "InvalidParameterValue",
  },
  {
    rule: "name_and_description_of_a_group",
    lawful: (world) => world.securityGroup(),
    refused: async (world) =>
      world.aws.ec2.createSecurityGroup({
        GroupName: world.name(),
        Description: "the node's",
        VpcId: await world.vpc(),
      }),
    code: "InvalidParameterValue",
  },
  {
    rule: "security_group_in_use_is_not_deleted",
    lawful: async (world) => {
      const GroupId = await world.securityGroup();
      const instance = await world.instance(undefined, [GroupId]);
      await world.aws.ec2.terminateInstances({ InstanceIds: [instance] });
      await world.aws.ec2.deleteSecurityGroup({ GroupId });
    },
    refused: async (world) => {
      const GroupId = await world.securityGroup();
      await world.ingress(await world.securityGroup(), tcp(80, group(GroupId)));
      await world.aws.ec2.deleteSecurityGroup({ GroupId });
    },
    code: "DependencyViolation",
  },
  {
    rule: "security_group_in_use_is_not_deleted",
    lawful: async (world) => world.aws.ec2.deleteSecurityGroup({ GroupId: await world.securityGroup() }),
    refused: async (world) => {
      const GroupId = await world.securityGroup();
      await world.newLoadBalancer({ SecurityGroups: [GroupId] });
      await world.aws.ec2.deleteSecurityGroup({ GroupId });
    },
    code: "DependencyViolation",
  },
  {
    rule: "default_security_group_is_not_deleted",
    lawful: async (world) => world.aws.ec2.deleteSecurityGroup({ GroupId: await world.securityGroup() }),
    refused: async (world) => {
      const { SecurityGroups: [own] = [] } = await world.aws.ec2.describeSecurityGroups({
        Filters: [
          { Name: "vpc-id", Values: [await world.vpc()] },
          { Name: "group-name", Values: ["default"] },
        ],
      });
      await world.aws.ec2.deleteSecurityGroup({ GroupId: own?.GroupId });
    },
    code: "CannotDelete",
  },
];

const describedRule = (Description: string) => tcp(80, { IpRanges: [{ CidrIp: "10.0.0.0/8", Description }] });

async function egressTwice(world: World, ...ports: number[]): Promise<void> {
  const [GroupId, other] = [await world.securityGroup(), await world.securityGroup()];
  for (const [index, port] of ports.entries()) {
    const IpPermissions = [tcp(port, group(other, `rule ${index}`))];
    await world.aws.ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions });
  }
}

async function associate(world: World, subnetId: string): Promise<void> {
  const NetworkAclId = await networkAcl(world);
  const { NetworkAcls = [] } = await world.aws.ec2.describeNetworkAcls();
  const association = NetworkAcls.flatMap(({ Associations = [] }) => Associations).find(
    ({ SubnetId }) => SubnetId === subnetId,
  );
  const AssociationId = association?.NetworkAclAssociationId;
  await world.aws.ec2.replaceNetworkAclAssociation({ AssociationId, NetworkAclId });
}

async function logFlows(world: World, subnetId: string): Promise<void> {
  await world.aws.ec2.createFlowLogs({
    ResourceType: "Subnet",
    ResourceIds: [subnetId],
    TrafficType: "ALL",
    LogDestinationType: "s3",
    LogDestination: `arn:aws:s3:::${await world.bucket()}`,
  });
}

export const networks: Row[] = [
  {
    rule: "owner_of_a_shared_subnet",
    ask: async (world) => {
      const SubnetIds = [await world.shared(await world.newSubnet(await world.vpc(), "10.0.7.0/24", "a"))];
      return (await world.aws.ec2.describeSubnets({ SubnetIds })).Subnets?.[0]?.OwnerId;
    },
    strict: OTHER_ACCOUNT,
    plain: "123456789012",
  },
  {
    rule: "owner_of_a_shared_vpc",
    ask: async (world) => {
      const VpcIds = [await world.shared(await world.otherVpc())];
      return (await world.aws.ec2.describeVpcs({ VpcIds })).Vpcs?.[0]?.OwnerId;
    },
    strict: OTHER_ACCOUNT,
    plain: "123456789012",
  },
  {
    rule: "participants_create_no_network_acl",
    lawful: networkAcl,
    refused: async (world) => world.aws.ec2.createNetworkAcl({ VpcId: await world.shared(await world.vpc()) }),
    code: "UnauthorizedOperation",
  },
  {
    rule: "participants_associate_no_network_acl",
    lawful: async (world) => associate(world, await world.subnet("a")),
    refused: async (world) => associate(world, await world.shared(await world.subnet("b"))),
    code: "UnauthorizedOperation",
  },
  {
    rule: "participants_log_no_flows_of_a_shared_subnet",
    lawful: async (world) => logFlows(world, await world.subnet("a")),
    refused: async (world) => logFlows(world, await world.shared(await world.subnet("b"))),
    code: "UnauthorizedOperation",
  },
  {
    rule: "entries_of_a_network_acl",
    lawful: (world) => createEntries(world, 20),
    refused: (world) => createEntries(world, 21),
    code: "NetworkAclEntryLimitExceeded",
  },
  {
    rule: "missing_network_acl_has_its_own_code",
    ask: (world) =>
      world.aws.ec2.describeNetworkAcls({ NetworkAclIds: ["acl-0123456789abcdef0"] }).then(
        () => undefined,
        (error: unknown) => (error as Error).name,
      ),
    strict: "InvalidNetworkAclID.NotFound",
    plain: "InvalidRouteTableID.NotFound",
  },
  {
    rule: "cidr_block_of_an_entry_is_canonical",
    ask: async (world) => {
      const NetworkAclId = await networkAcl(world);
      await createEntry(world, NetworkAclId, 1, "100.68.0.18/18");
      const { NetworkAcls } = await world.aws.ec2.describeNetworkAcls({ NetworkAclIds: [NetworkAclId] });
      return NetworkAcls?.[0]?.Entries?.find(({ RuleNumber }) => RuleNumber === 1)?.CidrBlock;
    },
    strict: "100.68.0.0/18",
    plain: "100.68.0.18/18",
  },
  {
    rule: "default_network_acl_is_not_deleted",
    lawful: async (world) => world.aws.ec2.deleteNetworkAcl({ NetworkAclId: await networkAcl(world) }),
    refused: async (world) => {
      const { NetworkAcls: [own] = [] } = await world.aws.ec2.describeNetworkAcls({
        Filters: [
          { Name: "vpc-id", Values: [await world.otherVpc()] },
          { Name: "default", Values: ["true"] },
        ],
      });
      await world.aws.ec2.deleteNetworkAcl({ NetworkAclId: own?.NetworkAclId });
    },
    code: "InvalidParameterValue",
  },
  {
    rule: "destination_options_of_a_flow_log_are_kept",
    ask: async (world) => {
      await world.aws.ec2.createFlowLogs({
        ResourceType: "VPC",
        ResourceIds: [await world.vpc()],
        TrafficType: "ALL",
        LogDestinationType: "s3",
        LogDestination: `arn:aws:s3:::${await world.bucket()}`,
        DestinationOptions: { FileFormat: "parquet", HiveCompatiblePartitions: true, PerHourPartition: false },
      });
      const { FlowLogs } = await world.aws.ec2.describeFlowLogs({
        Filter: [{ Name: "resource-id", Values: [await world.vpc()] }],
      });
      return FlowLogs?.[0]?.DestinationOptions;
    },
    strict: { FileFormat: "parquet", HiveCompatiblePartitions: true, PerHourPartition: false },
    plain: undefined,
  },
  {
    rule: "cloudfront_has_an_ipv6_prefix_list",
    ask: async (world) => (await world.prefixList(CLOUDFRONT_IPV6))?.AddressFamily,
    strict: "IPv6",
    plain: undefined,
  },
];

async function networkAcl(world: World): Promise<string> {
  const { NetworkAcl } = await world.aws.ec2.createNetworkAcl({ VpcId: await world.vpc() });
  return String(NetworkAcl?.NetworkAclId);
}

function createEntry(world: World, NetworkAclId: string, RuleNumber: number, CidrBlock: string): Promise<unknown> {
  return world.aws.ec2.createNetworkAclEntry({
    NetworkAclId,
    RuleNumber,
    CidrBlock,
    Egress: false,
    RuleAction: "allow",
    Protocol: "6",
    PortRange: { From: 80, To: 80 },
  });
}

async function createEntries(world: World, number: number): Promise<void> {
  const id = await networkAcl(world);
  for (const index of count(number)) await createEntry(world, id, index + 1, `10.${index}.0.0/16`);
}

const userData = (bytes: number) => Buffer.alloc(bytes, "x").toString("base64");

export const instances: Row[] = [
  {
    rule: "five_security_groups_of_an_interface",
    lawful: async (world) => networkInterface(world, await world.securityGroups(5)),
    refused: async (world) => networkInterface(world, await world.securityGroups(6)),
    code: "SecurityGroupsPerInterfaceLimitExceeded",
  },
  {
    rule: "five_security_groups_of_an_instance",
    lawful: async (world) => world.instance(undefined, await world.securityGroups(5)),
    refused: async (world) => world.instance(undefined, await world.securityGroups(6)),
    code: "SecurityGroupsPerInterfaceLimitExceeded",
  },
  {
    rule: "five_security_groups_of_an_instance",
    lawful: async (world) => launch(world, { SecurityGroupIds: await world.securityGroups(5) }),
    refused: async (world) => launch(world, { SecurityGroupIds: await world.securityGroups(6) }),
    code: "SecurityGroupsPerInterfaceLimitExceeded",
  },
  {
    rule: "security_groups_of_an_interface_are_in_its_vpc",
    lawful: async (world) => networkInterface(world, [await world.securityGroup()]),
    refused: async (world) => networkInterface(world, [await world.securityGroup(await world.otherVpc())]),
    code: "InvalidParameter",
  },
  {
    rule: "security_groups_of_an_instance_are_in_its_vpc",
    lawful: async (world) => world.instance(undefined, [await world.securityGroup()]),
    refused: async (world) => world.instance(undefined, [await world.securityGroup(await world.otherVpc())]),
    code: "InvalidParameter",
  },
  {
    rule: "instance_has_the_groups_of_its_template",
    ask: async (world) => {
      const group = await world.securityGroup();
      const { Instances: [instance] = [] } = await launch(world, {
        NetworkInterfaces: [{ DeviceIndex: 0, Groups: [group] }],
      });
      return instance?.SecurityGroups?.map(({ GroupId }) => GroupId === group);
    },
    strict: [true],
    plain: [],
  },
  {
    rule: "interface_ends_as_its_template_says",
    ask: async (world) => {
      const { ec2 } = world.aws;
      const { Instances: [instance] = [] } = await launch(world, {
        NetworkInterfaces: [{ DeviceIndex: 0, DeleteOnTermination: true, Groups: [await world.securityGroup()] }],
      });
      const InstanceId = String(instance?.InstanceId);
      await ec2.terminateInstances({ InstanceIds: [InstanceId] });
      const { NetworkInterfaces } = await ec2.describeNetworkInterfaces({
        Filters: [{ Name: "attachment.instance-id", Values: [InstanceId] }],
      });
      return NetworkInterfaces?.length;
    },
    strict: 0,
    plain: 1,
  },
  {
    rule: "user_data_of_a_launch_template",
    lawful: (world) => world.launchTemplate({ UserData: gzipSync(Buffer.alloc(99_999)).toString("base64") }),
    refused: (world) => world.launchTemplate({ UserData: userData(16385) }),
    code: "InvalidParameterValue",
  },
  {
    rule: "user_data_of_an_instance",
    lawful: (world) => run(world, userData(16384)),
    refused: (world) => run(world, userData(16385)),
    code: "InvalidParameterValue",
  },
  {
    rule: "later_version_has_user_data",
    ask: async (world) => {
      const { ec2, autoScaling } = world.aws;
      const LaunchTemplateId = await world.launchTemplate({ UserData: userData(8) });
      await ec2.createLaunchTemplateVersion({
        LaunchTemplateId,
        LaunchTemplateData: { ImageId: "ami-12c6146b", InstanceType: "t3.small", UserData: userData(9) },
      });
      const AutoScalingGroupName = world.name();
      await autoScaling.createAutoScalingGroup({
        AutoScalingGroupName,
        MinSize: 1,
        MaxSize: 1,
        LaunchTemplate: { LaunchTemplateId, Version: "2" },
        VPCZoneIdentifier: await world.subnet(),
      });
      const { AutoScalingInstances = [] } = await autoScaling.describeAutoScalingInstances();
      const own = AutoScalingInstances.find((instance) => instance.AutoScalingGroupName === AutoScalingGroupName);
      const { UserData } = await ec2.describeInstanceAttribute({
        InstanceId: own?.InstanceId,
        Attribute: "userData",
      });
      return UserData?.Value === userData(9);
    },
    strict: true,
    plain: { refused: "Error" },
  },
  {
    rule: "volume_has_the_size_of_the_image",
    ask: async (world) => {
      const { ec2, autoScaling } = world.aws;
      const BlockDeviceMappings = [{ DeviceName: "/dev/sda1", Ebs: { Encrypted: true, VolumeType: "gp3" } }];
      const AutoScalingGroupName = world.name();
      await autoScaling.createAutoScalingGroup({
        AutoScalingGroupName,
        MinSize: 1,
        MaxSize: 1,
        LaunchTemplate: { LaunchTemplateId: await world.launchTemplate({ BlockDeviceMappings }) },
        VPCZoneIdentifier: await world.subnet(),
      });
      const { AutoScalingInstances = [] } = await autoScaling.describeAutoScalingInstances();
      const own = AutoScalingInstances.find((instance) => instance.AutoScalingGroupName === AutoScalingGroupName);
      const { Volumes } = await ec2.describeVolumes({
        Filters: [
          { Name: "attachment.instance-id", Values: [String(own?.InstanceId)] },
          { Name: "encrypted", Values: ["true"] },
        ],
      });
      return Volumes?.map(({ Size }) => Size);
    },
    strict: [8],
    plain: { refused: "MissingParameter" },
  },
  {
    rule: "version_inherits_from_its_source",
    ask: async (world) => {
      const { LaunchTemplateVersion } = await world.aws.ec2.createLaunchTemplateVersion({
        LaunchTemplateId: await world.launchTemplate({ UserData: userData(8) }),
        SourceVersion: "1",
        LaunchTemplateData: { InstanceType: "t3.small" },
      });
      const { InstanceType, UserData } = LaunchTemplateVersion?.LaunchTemplateData ?? {};
      return [InstanceType, UserData === userData(8)];
    },
    strict: ["t3.small", true],
    plain: ["t3.small", false],
  },
  {
    rule: "interfaces_are_filtered",
    ask: async (world) => {
      const [one = "", two = "", third = ""] = await world.securityGroups(3);
      const NetworkInterfaceId = await networkInterface(world, [one, two]);
      const { AllocationId } = await world.aws.ec2.allocateAddress({ Domain: "vpc" });
      await world.aws.ec2.associateAddress({ AllocationId, NetworkInterfaceId });
      const byGroups = { Name: "group-id", Values: [one, third] };
      const found = await interfacesOf(world, [byGroups, { Name: "association.public-ip", Values: ["*"] }]);
      const others = await interfacesOf(world, [{ Name: "group-id", Values: [third] }]);
      return [found.map((id) => id === NetworkInterfaceId), others];
    },
    strict: [[true], []],
    plain: [[], []],
  },
  {
    rule: "two_hundred_values_of_filters",
    lawful: (world) =>
      interfacesOf(world, [{ Name: "subnet-id", Values: count(200).map((index) => `subnet-${index}`) }]),
    refused: (world) =>
      interfacesOf(world, [{ Name: "subnet-id", Values: count(201).map((index) => `subnet-${index}`) }]),
    code: "FilterLimitExceeded",
  },
];

async function networkInterface(world: World, Groups: string[]): Promise<string> {
  const { NetworkInterface } = await world.aws.ec2.createNetworkInterface({ SubnetId: await world.subnet(), Groups });
  return String(NetworkInterface?.NetworkInterfaceId);
}

async function interfacesOf(world: World, Filters: Filter[]): Promise<(string | undefined)[]> {
  const { NetworkInterfaces = [] } = await world.aws.ec2.describeNetworkInterfaces({ Filters });
  return NetworkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
}

async function launch(world: World, template: object) {
  const LaunchTemplateId = await world.launchTemplate(template);
  const SubnetId = await world.subnet();
  return world.aws.ec2.runInstances({ LaunchTemplate: { LaunchTemplateId }, MinCount: 1, MaxCount: 1, SubnetId });
}

async function run(world: World, UserData: string): Promise<unknown> {
  const SubnetId = await world.subnet();
  return world.aws.ec2.runInstances({ ImageId: "ami-12c6146b", MinCount: 1, MaxCount: 1, SubnetId, UserData });
}
