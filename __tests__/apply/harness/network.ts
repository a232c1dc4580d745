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
  const arn = String(loadBalancer?.LoadBalancerArn);
  await setDefaultAttributes(aws, arn, options.type);
  return arn;
}

/**
 * What AWS says of a new load balancer, and moto does not: an import would set it, and wait for half a minute.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
export async function setDefaultAttributes(
  { elb }: LocalAws,
  LoadBalancerArn: string,
  type: keyof typeof DEFAULT_ATTRIBUTES,
): Promise<void> {
  const Attributes = Object.entries(DEFAULT_ATTRIBUTES[type]).map(([Key, Value]) => ({ Key, Value }));
  await elb.modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes });
}

const DEFAULT_ATTRIBUTES = {
  application: {
    "client_keep_alive.seconds": "3600",
    "connection_logs.s3.enabled": "false",
    "idle_timeout.timeout_seconds": "60",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false",
    "zonal_shift.config.enabled": "false",
  },
  network: {
    "dns_record.client_routing_policy": "any_availability_zone",
    "zonal_shift.config.enabled": "false",
  },
};

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
export async function createInstances({ ec2 }: LocalAws, subnetIds: Pair, securityGroupId: string): Promise<Pair> {
  const instance = async (SubnetId: string) => {
    const { Instances: [created] = [] } = await ec2.runInstances({
      ImageId: "ami-12c6146b",
      MinCount: 1,
      MaxCount: 1,
      SubnetId,
      SecurityGroupIds: [securityGroupId],
    });
    return String(created?.InstanceId);
  };
  return { a: await instance(subnetIds.a), b: await instance(subnetIds.b) };
}
