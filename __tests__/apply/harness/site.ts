import type { DistributionConfig } from "@aws-sdk/client-cloudfront";
import type { IpPermission } from "@aws-sdk/client-ec2";
import type { ExistingApplicationOutputs } from "./existing-application";
import type { LocalAws } from "./local-aws";

type Undo = () => Promise<unknown>;

/** An account with an application behind a node, where others make changes, and take them back. */
export class Site {
  private undos: Undo[] = [];

  constructor(
    readonly aws: LocalAws,
    readonly known: ExistingApplicationOutputs,
    readonly node: Readonly<
      Record<"securityGroupId" | "targetGroupArn" | "autoScalingGroupName" | "distributionId", string>
    >,
  ) {}

  /** What takes the last change back. */
  undo(undo: Undo): void {
    this.undos.unshift(undo);
  }

  async restore(): Promise<void> {
    for (const undo of this.undos.splice(0)) await undo();
  }

  /** A rule of the application's security group. */
  admit(source: Partial<IpPermission>): Promise<void> {
    return this.allow(this.known.application_security_group_id, source);
  }

  admitGroup(GroupId: string): Promise<void> {
    return this.admit({ UserIdGroupPairs: [{ GroupId }] });
  }

  admitLoadBalancer(): Promise<void> {
    return this.admitGroup(this.known.load_balancer_security_group_id);
  }

  async allow(GroupId: string, source: Partial<IpPermission>): Promise<void> {
    const rule = { GroupId, IpPermissions: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, ...source }] };
    await this.aws.ec2.authorizeSecurityGroupIngress(rule);
    this.undo(() => this.aws.ec2.revokeSecurityGroupIngress(rule));
  }

  /** AWS lets its members send everything. */
  async securityGroup(GroupName: string, VpcId = this.known.vpc_id): Promise<string> {
    const { GroupId = "" } = await this.aws.ec2.createSecurityGroup({ GroupName, VpcId, Description: GroupName });
    this.undo(() => this.aws.ec2.deleteSecurityGroup({ GroupId }));
    return GroupId;
  }

  /** @returns its private address */
  async networkInterface(Groups: string[], more: { SubnetId?: string; Description?: string } = {}): Promise<string> {
    const SubnetId = this.known.public_subnet_ids[0];
    const { NetworkInterface } = await this.aws.ec2.createNetworkInterface({ SubnetId, Groups, ...more });
    this.undo(() => this.aws.ec2.deleteNetworkInterface({ NetworkInterfaceId: NetworkInterface?.NetworkInterfaceId }));
    return String(NetworkInterface?.PrivateIpAddress);
  }

  /** Something in the VPC that is neither the node nor the application. */
  async stranger(): Promise<string> {
    return this.networkInterface([await this.securityGroup("stranger")]);
  }

  /** An internal load balancer whose one listener forwards to a target group, with its interface. */
  async internalLoadBalancer(
    Name: string,
    Type: "application" | "network",
    group: string,
    TargetGroupArn: string,
  ): Promise<string> {
    const { elb } = this.aws;
    const { LoadBalancers: [loadBalancer] = [] } = await elb.createLoadBalancer({
      ...{ Name, Type, Scheme: "internal", Subnets: this.known.public_subnet_ids, SecurityGroups: [group] },
    });
    const LoadBalancerArn = String(loadBalancer?.LoadBalancerArn);
    this.undo(() => elb.deleteLoadBalancer({ LoadBalancerArn }));
    const { Listeners: [listener] = [] } = await elb.createListener({
      ...{ LoadBalancerArn, Protocol: Type === "network" ? "TCP" : "HTTP", Port: 80 },
      DefaultActions: [{ Type: "forward", TargetGroupArn }],
    });
    this.undo(() => elb.deleteListener({ ListenerArn: listener?.ListenerArn }));
    // AWS makes it, and the local API does not.
    await this.networkInterface([group], { Description: `ELB ${LoadBalancerArn.replace(/^.*:loadbalancer\//, "")}` });
    return LoadBalancerArn;
  }

  applicationInterface(): Promise<string> {
    return this.interfaceWith("addresses.private-ip-address", String(this.known.application_private_ips[0]));
  }

  async interfaceWith(filter: string, value: string): Promise<string> {
    const { NetworkInterfaces = [] } = await this.aws.ec2.describeNetworkInterfaces({
      Filters: [{ Name: filter, Values: [value] }],
    });
    return String(NetworkInterfaces[0]?.NetworkInterfaceId);
  }

  async internetGateway(): Promise<string> {
    const { InternetGateways = [] } = await this.aws.ec2.describeInternetGateways({
      Filters: [{ Name: "attachment.vpc-id", Values: [this.known.vpc_id] }],
    });
    return String(InternetGateways[0]?.InternetGatewayId);
  }

  async addApplicationGroup(GroupId: string): Promise<void> {
    const NetworkInterfaceId = await this.applicationInterface();
    const set = (Groups: string[]) => this.aws.ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, Groups });
    const { application_security_group_id } = this.known;
    await set([application_security_group_id, GroupId]);
    this.undo(() => set([application_security_group_id]));
  }

  async routeTableOf(SubnetId: string | undefined): Promise<string> {
    const { RouteTables = [] } = await this.aws.ec2.describeRouteTables({
      Filters: [{ Name: "association.subnet-id", Values: [String(SubnetId)] }],
    });
    return String(RouteTables[0]?.RouteTableId);
  }

  async route(RouteTableId: string, DestinationCidrBlock: string, target: object): Promise<void> {
    await this.aws.ec2.createRoute({ RouteTableId, DestinationCidrBlock, ...target });
    this.undo(() => this.aws.ec2.deleteRoute({ RouteTableId, DestinationCidrBlock }));
  }

  /** A rule in front of the routes. */
  async listenerRule(path: string, action: object): Promise<void> {
    const { Rules: [rule] = [] } = await this.aws.elb.createRule({
      ...{ ListenerArn: this.known.listener_arns.public, Priority: 1 },
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: [path] } }],
      Actions: [{ Type: "forward", ...action }],
    });
    this.undo(() => this.aws.elb.deleteRule({ RuleArn: rule?.RuleArn }));
  }

  /** The load balancer may send requests for /open/ to the application. */
  async openPath(): Promise<void> {
    await this.admitLoadBalancer();
    await this.listenerRule("/open/*", { TargetGroupArn: this.known.application_target_group_arn });
  }

  async changeDistribution(change: (config: DistributionConfig) => DistributionConfig): Promise<void> {
    const { distributionId: Id } = this.node;
    const { DistributionConfig: before, ETag } = await this.aws.cloudFront.getDistributionConfig({ Id });
    if (before === undefined) throw new Error(`${Id} has no configuration.`);
    const { ETag: IfMatch } = await this.aws.cloudFront.updateDistribution({
      ...{ Id, IfMatch: ETag, DistributionConfig: change(structuredClone(before)) },
    });
    this.undo(() => this.aws.cloudFront.updateDistribution({ Id, IfMatch, DistributionConfig: before }));
  }
}
