import type { LocalAws } from "./local-aws";
import type { Variables } from "./terraform";

/** An application behind two load balancers, and a node that nothing leads to: made in a second, by API calls alone. */
export interface SmallApplication {
  readonly vpcId: string;
  /** Of the application. */
  readonly subnetIds: { readonly a: string; readonly b: string };
  readonly albListenerArn: string;
  readonly nlbListenerArn: string;
  readonly targetGroupArns: { readonly alb: string; readonly nlb: string };
  /** Of every root that stands in front of it. */
  readonly variables: Variables;
}

/** The blocks of its subnets. */
export const BLOCKS = {
  loadBalancer: ["10.0.0.0/24", "10.0.1.0/24"],
  node: ["10.0.2.0/24", "10.0.3.0/24"],
  application: ["10.0.10.0/24", "10.0.11.0/24"],
} as const;

export async function createSmallApplication({ ec2, elb }: LocalAws): Promise<SmallApplication> {
  const { Vpc } = await ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
  const vpcId = String(Vpc?.VpcId);
  const subnets = async ([a, b]: readonly [string, string]) => ({
    a: await subnet(a, "us-east-1a"),
    b: await subnet(b, "us-east-1b"),
  });
  const subnet = async (CidrBlock: string, AvailabilityZone: string) => {
    const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock, AvailabilityZone });
    return String(Subnet?.SubnetId);
  };
  const securityGroup = async (GroupName: string) => {
    const { GroupId } = await ec2.createSecurityGroup({ VpcId: vpcId, GroupName, Description: GroupName });
    return String(GroupId);
  };

  const loadBalancerSubnets = await subnets(BLOCKS.loadBalancer);
  const nodeSubnets = await subnets(BLOCKS.node);
  const subnetIds = await subnets(BLOCKS.application);
  const loadBalancerGroup = await securityGroup("load-balancer");

  /** A load balancer whose listener forwards to a target group of the application. */
  const behind = async (name: string, Type: "application" | "network", Protocol: "HTTP" | "TCP") => {
    const { LoadBalancers: [loadBalancer] = [] } = await elb.createLoadBalancer({
      Name: name,
      Type,
      Scheme: "internal",
      Subnets: Object.values(loadBalancerSubnets),
      SecurityGroups: [loadBalancerGroup],
    });
    const { TargetGroups: [group] = [] } = await elb.createTargetGroup({
      Name: `${name}-application`,
      VpcId: vpcId,
      Protocol,
      Port: 80,
    });
    const TargetGroupArn = String(group?.TargetGroupArn);
    const { Listeners: [listener] = [] } = await elb.createListener({
      LoadBalancerArn: loadBalancer?.LoadBalancerArn,
      Protocol,
      Port: 80,
      DefaultActions: [{ Type: "forward", TargetGroupArn }],
    });
    return { listenerArn: String(listener?.ListenerArn), targetGroupArn: TargetGroupArn };
  };
  const alb = await behind("shop", "application", "HTTP");
  const nlb = await behind("shop-network", "network", "TCP");

  const { Instances: [node] = [] } = await ec2.runInstances({
    ImageId: "ami-12c6146b",
    MinCount: 1,
    MaxCount: 1,
    SubnetId: nodeSubnets.b,
  });
  return {
    vpcId,
    subnetIds,
    albListenerArn: alb.listenerArn,
    nlbListenerArn: nlb.listenerArn,
    targetGroupArns: { alb: alb.targetGroupArn, nlb: nlb.targetGroupArn },
    variables: {
      vpc_id: vpcId,
      node_security_group_id: await securityGroup("node"),
      node_instance_ids: { a: node?.InstanceId },
      node_subnet_cidrs: { 100: BLOCKS.node[0], 200: BLOCKS.node[1] },
      application_security_group_id: await securityGroup("application"),
      application_subnet_ids: subnetIds,
      load_balancer_security_group_id: loadBalancerGroup,
    },
  };
}
