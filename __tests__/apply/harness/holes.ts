import type { DistributionConfig } from "@aws-sdk/client-cloudfront";
import type { Site } from "./site";

type Hole = (site: Site) => Promise<unknown>;

/** Ways around the node that others make in their own states, by the class that `audit` gives them. */
export const HOLES: Readonly<Record<string, Hole>> = {
  "world-ingress": async (site) => {
    await makePublic(site);
    await site.admit({ IpRanges: [{ CidrIp: "0.0.0.0/1" }, { CidrIp: "128.0.0.0/1" }] });
  },
  "public-ingress": async (site) => {
    await makePublic(site);
    await site.admit({ IpRanges: [{ CidrIp: "203.0.113.0/24" }] });
  },
  "wider-than-the-node": async (site) => {
    await site.stranger();
    await site.admit({ IpRanges: [{ CidrIp: "10.0.0.0/16" }] });
  },
  "other-group-admitted": async (site) => {
    const group = await site.securityGroup("old-load-balancer");
    await site.networkInterface([group]);
    await site.admitGroup(group);
  },
  "shared-security-group": async (site) => {
    const { application_security_group_id: group } = site.known;
    await site.networkInterface([group, await site.securityGroup("stranger")]);
    await site.admitGroup(group);
  },
  "prefix-list": async (site) => {
    const address = await site.stranger();
    const { PrefixList } = await site.aws.ec2.createManagedPrefixList({
      ...{ PrefixListName: "office", AddressFamily: "IPv4", MaxEntries: 1, Entries: [{ Cidr: `${address}/32` }] },
    });
    site.undo(() => site.aws.ec2.deleteManagedPrefixList({ PrefixListId: PrefixList?.PrefixListId }));
    await site.admit({ PrefixListIds: [{ PrefixListId: PrefixList?.PrefixListId }] });
  },
  "extra-security-group": async (site) => {
    await site.stranger();
    const group = await site.securityGroup("extra");
    await site.addApplicationGroup(group);
    await site.allow(group, { IpRanges: [{ CidrIp: "10.0.0.0/16" }] });
  },
  "default-security-group": async (site) => {
    const { SecurityGroups = [] } = await site.aws.ec2.describeSecurityGroups({
      Filters: [
        { Name: "vpc-id", Values: [site.known.vpc_id] },
        { Name: "group-name", Values: ["default"] },
      ],
    });
    const group = String(SecurityGroups[0]?.GroupId);
    await site.networkInterface([group]);
    await site.addApplicationGroup(group);
    await site.allow(group, { IpRanges: [{ CidrIp: "10.0.0.0/16" }] });
  },
  "foreign-carrier": (site) => site.networkInterface([site.node.securityGroupId]),
  "other-network": async (site) => {
    await peer(site);
    await site.admit({ IpRanges: [{ CidrIp: "10.9.0.0/16" }] });
  },
  "operator-endpoint": async (site) => {
    const Description = "ClientVPN Endpoint resource";
    const address = await site.networkInterface([await site.securityGroup("vpn")], { Description });
    await site.admit({ IpRanges: [{ CidrIp: `${address}/32` }] });
  },
  "ipv6-exposure": async (site) => {
    await addIpv6(site);
    await site.admit({ Ipv6Ranges: [{ CidrIpv6: "::/0" }] });
  },
  "private-link": async (site) => {
    const group = await site.securityGroup("link");
    await site.admitGroup(group);
    const arn = await site.internalLoadBalancer("link", "network", group, site.known.network_target_group_arn);
    const { ServiceConfiguration } = await site.aws.ec2.createVpcEndpointServiceConfiguration({
      NetworkLoadBalancerArns: [arn],
    });
    const ServiceIds = [String(ServiceConfiguration?.ServiceId)];
    site.undo(() => site.aws.ec2.deleteVpcEndpointServiceConfigurations({ ServiceIds }));
  },
  "other-load-balancer": openNetworkLoadBalancer,
  "other-listener": (site) => site.admitLoadBalancer(),
  "listener-rule": (site) => site.openPath(),
  "weighted-forward": async (site) => {
    await site.admitLoadBalancer();
    const groups = [site.node.targetGroupArn, site.known.application_target_group_arn];
    const TargetGroups = groups.map((TargetGroupArn) => ({ TargetGroupArn, Weight: 1 }));
    await site.listenerRule("/half/*", { ForwardConfig: { TargetGroups } });
  },
  "application-in-the-node-s-target-group": async (site) => {
    await site.admitLoadBalancer();
    const Targets = [{ Id: String(site.known.application_instance_ids[0]), Port: 80 }];
    const { targetGroupArn: TargetGroupArn } = site.node;
    await site.aws.elb.registerTargets({ TargetGroupArn, Targets });
    site.undo(() => site.aws.elb.deregisterTargets({ TargetGroupArn, Targets }));
  },
  "secret-not-demanded": (site) => dropSecret(site),
  "no-secret-sent": (site) =>
    site.changeDistribution((config) => withOrigins(config, (one) => ({ ...one, CustomHeaders: { Quantity: 0 } }))),
  "origin-is-the-application": (site) => site.openPath(),
  "cache-behavior": async (site) => {
    await site.openPath();
    await site.changeDistribution((config) => ({
      ...config,
      CacheBehaviors: {
        Quantity: 1,
        Items: [{ ...config.DefaultCacheBehavior, PathPattern: "/open/*" } as never],
      },
    }));
  },
  "other-distribution": async (site) => {
    await site.openPath();
    const { aws, node } = site;
    const { DistributionConfig } = await aws.cloudFront.getDistributionConfig({ Id: node.distributionId });
    if (DistributionConfig === undefined) throw new Error("The distribution has no configuration.");
    const copy = { ...DistributionConfig, CallerReference: "other", Aliases: { Quantity: 0 } };
    const { Distribution, ETag } = await aws.cloudFront.createDistribution({ DistributionConfig: copy });
    const Id = String(Distribution?.Id);
    site.undo(async () => {
      const disabled = { ...copy, Enabled: false };
      const { ETag: IfMatch } = await aws.cloudFront.updateDistribution({
        ...{ Id, IfMatch: ETag, DistributionConfig: disabled },
      });
      await aws.cloudFront.deleteDistribution({ Id, IfMatch });
    });
  },
  "internet-integration": async (site) => {
    await site.openPath();
    await api(site, { IntegrationUri: `http://${site.known.load_balancer_dns_name}/open/` });
  },
  "vpc-link": async (site) => {
    await site.openPath();
    const group = await site.securityGroup("link");
    await site.allow(site.known.load_balancer_security_group_id, { UserIdGroupPairs: [{ GroupId: group }] });
    const { VpcLinkId } = await site.aws.apiGatewayV2.createVpcLink({
      ...{ Name: "link", SubnetIds: site.known.public_subnet_ids, SecurityGroupIds: [group] },
    });
    site.undo(() => site.aws.apiGatewayV2.deleteVpcLink({ VpcLinkId }));
    // AWS makes it, and the local API does not.
    await site.networkInterface([group], { Description: "VPC link" });
    await api(site, {
      ...{ IntegrationUri: site.known.listener_arns.public, ConnectionType: "VPC_LINK", ConnectionId: VpcLinkId },
    });
  },
  "node-open-to-the-internet": async (site) => {
    await giveAddress(site, await site.interfaceWith("group-id", site.node.securityGroupId));
    await site.allow(site.node.securityGroupId, { IpRanges: [{ CidrIp: "0.0.0.0/0" }] });
  },
};

async function makePublic(site: Site): Promise<void> {
  await giveAddress(site, await site.applicationInterface());
  await site.route(await site.routeTableOf(site.known.private_subnet_ids[0]), "0.0.0.0/0", {
    GatewayId: await site.internetGateway(),
  });
}

async function giveAddress(site: Site, NetworkInterfaceId: string): Promise<void> {
  const { ec2 } = site.aws;
  const { AllocationId } = await ec2.allocateAddress({ Domain: "vpc" });
  site.undo(() => ec2.releaseAddress({ AllocationId }));
  const { AssociationId } = await ec2.associateAddress({ AllocationId, NetworkInterfaceId });
  site.undo(() => ec2.disassociateAddress({ AssociationId }));
}

/** Another VPC of the account with something in it, and routes both ways. */
async function peer(site: Site): Promise<void> {
  const { ec2 } = site.aws;
  const { Vpc } = await ec2.createVpc({ CidrBlock: "10.9.0.0/16" });
  const VpcId = String(Vpc?.VpcId);
  site.undo(() => ec2.deleteVpc({ VpcId }));
  const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock: "10.9.1.0/24" });
  const SubnetId = String(Subnet?.SubnetId);
  site.undo(() => ec2.deleteSubnet({ SubnetId }));
  await site.networkInterface([await site.securityGroup("peer", VpcId)], { SubnetId });
  const { VpcPeeringConnection } = await ec2.createVpcPeeringConnection({ VpcId: site.known.vpc_id, PeerVpcId: VpcId });
  const VpcPeeringConnectionId = String(VpcPeeringConnection?.VpcPeeringConnectionId);
  await ec2.acceptVpcPeeringConnection({ VpcPeeringConnectionId });
  site.undo(() => ec2.deleteVpcPeeringConnection({ VpcPeeringConnectionId }));
  const { RouteTables = [] } = await ec2.describeRouteTables({ Filters: [{ Name: "vpc-id", Values: [VpcId] }] });
  await site.route(String(RouteTables[0]?.RouteTableId), "10.0.0.0/16", { VpcPeeringConnectionId });
  const own = await site.routeTableOf(site.known.private_subnet_ids[0]);
  await site.route(own, "10.9.0.0/16", { VpcPeeringConnectionId });
}

async function addIpv6(site: Site): Promise<void> {
  const { ec2 } = site.aws;
  const NetworkInterfaceId = await site.applicationInterface();
  const Ipv6Addresses = ["2001:db8::4"];
  await ec2.assignIpv6Addresses({ NetworkInterfaceId, Ipv6Addresses });
  site.undo(() => ec2.unassignIpv6Addresses({ NetworkInterfaceId, Ipv6Addresses }));
  const route = {
    RouteTableId: await site.routeTableOf(site.known.private_subnet_ids[0]),
    DestinationIpv6CidrBlock: "::/0",
  };
  await ec2.createRoute({ ...route, GatewayId: await site.internetGateway() });
  site.undo(() => ec2.deleteRoute(route));
  // AWS adds them to its own network ACL with the first block of IPv6 addresses, and the local API does not.
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls({
    Filters: [{ Name: "association.subnet-id", Values: [String(site.known.private_subnet_ids[0])] }],
  });
  for (const Egress of [false, true]) {
    const entry = { NetworkAclId: NetworkAcls[0]?.NetworkAclId, RuleNumber: 101, Egress };
    await ec2.createNetworkAclEntry({ ...entry, Protocol: "-1", RuleAction: "allow", Ipv6CidrBlock: "::/0" });
    site.undo(() => ec2.deleteNetworkAclEntry(entry));
  }
}

async function openNetworkLoadBalancer(site: Site): Promise<void> {
  const { network_load_balancer_arn, network_load_balancer_security_group_id, network_target_group_arn } = site.known;
  await site.admitGroup(network_load_balancer_security_group_id);
  const { Listeners: [listener] = [] } = await site.aws.elb.createListener({
    ...{ LoadBalancerArn: network_load_balancer_arn, Protocol: "TCP", Port: 80 },
    DefaultActions: [{ Type: "forward", TargetGroupArn: network_target_group_arn }],
  });
  site.undo(() => site.aws.elb.deleteListener({ ListenerArn: listener?.ListenerArn }));
}

async function dropSecret(site: Site): Promise<void> {
  const { aws, known } = site;
  const { Rules = [] } = await aws.elb.describeRules({ ListenerArn: known.listener_arns.public });
  const rule = Rules.find(({ Priority }) => Priority === "49999");
  const conditions = (rule?.Conditions ?? []).map((condition) => ({ ...condition, Values: undefined }));
  const set = (Conditions: typeof conditions) => aws.elb.modifyRule({ RuleArn: rule?.RuleArn, Conditions });
  await set(conditions.filter(({ Field }) => Field !== "http-header"));
  site.undo(() => set(conditions));
}

type Origin = NonNullable<NonNullable<DistributionConfig["Origins"]>["Items"]>[number];

function withOrigins(config: DistributionConfig, change: (origin: Origin) => Origin): DistributionConfig {
  const Items = (config.Origins?.Items ?? []).map(change);
  return { ...config, Origins: { Quantity: Items.length, Items } };
}

/** Another API of the account. */
async function api(site: Site, integration: object): Promise<void> {
  const { aws } = site;
  const { ApiId } = await aws.apiGatewayV2.createApi({ Name: "other", ProtocolType: "HTTP" });
  site.undo(() => aws.apiGatewayV2.deleteApi({ ApiId }));
  const { IntegrationId } = await aws.apiGatewayV2.createIntegration({
    ...{ ApiId, IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", PayloadFormatVersion: "1.0" },
    ...integration,
  });
  await aws.apiGatewayV2.createRoute({ ApiId, RouteKey: "$default", Target: `integrations/${IntegrationId}` });
  await aws.apiGatewayV2.createStage({ ApiId, StageName: "$default", AutoDeploy: true });
}
