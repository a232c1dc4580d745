import type { LocalAws } from "./local-aws";
import { BLOCKS, createLoadBalancer, createNetwork, createNode, createSecurityGroup } from "./network";
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

export async function createSmallApplication(aws: LocalAws): Promise<SmallApplication> {
  const { elb } = aws;
  const network = await createNetwork(aws);
  const { vpcId } = network;
  const loadBalancerGroup = await createSecurityGroup(aws, network, "load-balancer");

  /** A load balancer whose listener forwards to a target group of the application. */
  const behind = async (name: string, type: "application" | "network", Protocol: "HTTP" | "TCP") => {
    const LoadBalancerArn = await createLoadBalancer(aws, network, {
      name,
      type,
      securityGroupIds: [loadBalancerGroup],
    });
    const { TargetGroups: [group] = [] } = await elb.createTargetGroup({
      Name: `${name}-application`,
      VpcId: vpcId,
      Protocol,
      Port: 80,
    });
    const TargetGroupArn = String(group?.TargetGroupArn);
    const { Listeners: [listener] = [] } = await elb.createListener({
      LoadBalancerArn,
      Protocol,
      Port: 80,
      DefaultActions: [{ Type: "forward", TargetGroupArn }],
    });
    return { listenerArn: String(listener?.ListenerArn), targetGroupArn: TargetGroupArn };
  };
  const alb = await behind("shop", "application", "HTTP");
  const nlb = await behind("shop-network", "network", "TCP");

  const node = await createNode(aws, network);
  return {
    vpcId,
    subnetIds: network.subnetIds.application,
    albListenerArn: alb.listenerArn,
    nlbListenerArn: nlb.listenerArn,
    targetGroupArns: { alb: alb.targetGroupArn, nlb: nlb.targetGroupArn },
    variables: {
      vpc_id: vpcId,
      node_security_group_id: node.securityGroupId,
      node_instance_ids: node.instanceIds,
      node_subnet_cidrs: { 100: BLOCKS.node[0], 200: BLOCKS.node[1] },
      application_security_group_id: await createSecurityGroup(aws, network, "application"),
      application_subnet_ids: network.subnetIds.application,
      load_balancer_security_group_id: loadBalancerGroup,
    },
  };
}

/** An instance in each of the application's subnets. Without any, network-acl takes its targets for ECS tasks. */
export async function runInstances({ ec2 }: LocalAws, { subnetIds }: SmallApplication): Promise<void> {
  for (const SubnetId of Object.values(subnetIds))
    await ec2.runInstances({ ImageId: "ami-12c6146b", MinCount: 1, MaxCount: 1, SubnetId });
}
