import type { LocalAws } from "./local-aws";

/** The blocks of a network's subnets, one in each of two Availability Zones. */
export const BLOCKS = {
  loadBalancer: ["10.0.0.0/24", "10.0.1.0/24"],
  node: ["10.0.2.0/24", "10.0.3.0/24"],
  application: ["10.0.10.0/24", "10.0.11.0/24"],
} as const;

export const VPC_BLOCK = "10.0.0.0/16";

/** In each of the two Availability Zones. */
type Pair = Readonly<Record<"a" | "b", string>>;

/** A VPC with an internet gateway, and ids of its subnets. */
export interface Network {
  readonly vpcId: string;
  readonly subnetIds: Readonly<Record<keyof typeof BLOCKS, Pair>>;
}

/** Through the SDK, in a moment: for what a suite stands on and is not about. */
export async function createNetwork({ ec2 }: LocalAws): Promise<Network> {
  const { Vpc } = await ec2.createVpc({ CidrBlock: VPC_BLOCK });
  const vpcId = String(Vpc?.VpcId);
  const { InternetGateway } = await ec2.createInternetGateway({});
  await ec2.attachInternetGateway({ VpcId: vpcId, InternetGatewayId: InternetGateway?.InternetGatewayId });

  const subnet = async (CidrBlock: string, AvailabilityZone: string) => {
    const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock, AvailabilityZone });
    return String(Subnet?.SubnetId);
  };
  const subnets = async ([a, b]: readonly [string, string]) => ({
    a: await subnet(a, "us-east-1a"),
    b: await subnet(b, "us-east-1b"),
  });
  return {
    vpcId,
    subnetIds: {
      loadBalancer: await subnets(BLOCKS.loadBalancer),
      node: await subnets(BLOCKS.node),
      application: await subnets(BLOCKS.application),
    },
  };
}

/** Without inbound rules, and with AWS's own outbound rule. */
export async function createSecurityGroup({ ec2 }: LocalAws, { vpcId }: Network, name: string): Promise<string> {
  const { GroupId } = await ec2.createSecurityGroup({ VpcId: vpcId, GroupName: name, Description: name });
  return String(GroupId);
}

interface LoadBalancer {
  readonly name: string;
  readonly type: "application" | "network";
  readonly securityGroupIds: string[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** An internal one. @returns its ARN */
export async function createLoadBalancer(aws: LocalAws, network: Network, options: LoadBalancer): Promise<string> {
  const { LoadBalancers: [loadBalancer] = [] } = await aws.elb.createLoadBalancer({
    Name: options.name,
    Type: options.type,
    Scheme: "internal",
    Subnets: Object.values(network.subnetIds.loadBalancer),
    SecurityGroups: options.securityGroupIds,
    Tags: options.tags && Object.entries(options.tags).map(([Key, Value]) => ({ Key, Value })),
  });
  return String(loadBalancer?.LoadBalancerArn);
}

/** A node: two instances in their own subnets, behind a security group that nothing leads to yet. */
export interface Node {
  readonly securityGroupId: string;
  readonly instanceIds: Pair;
}

export async function createNode(aws: LocalAws, network: Network): Promise<Node> {
  const securityGroupId = await createSecurityGroup(aws, network, "wallarm-node");
  return { securityGroupId, instanceIds: await createInstances(aws, network.subnetIds.node, securityGroupId) };
}

/** One instance in each of two subnets. */
export async function createInstances(
  { ec2 }: LocalAws,
  subnetIds: Pair,
  ...SecurityGroupIds: string[]
): Promise<Pair> {
  const instance = async (SubnetId: string) => {
    const { Instances: [created] = [] } = await ec2.runInstances({
      ImageId: "ami-12c6146b",
      MinCount: 1,
      MaxCount: 1,
      SubnetId,
      SecurityGroupIds,
    });
    return String(created?.InstanceId);
  };
  return { a: await instance(subnetIds.a), b: await instance(subnetIds.b) };
}
