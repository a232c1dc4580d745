import type { LocalAws } from "../harness/local-aws";
import { createLoadBalancer, createNode, createSecurityGroup, type Network } from "../harness/network";

/** A node behind a load balancer, as APIs need one. @returns the ARN of the listener */
export async function nodeBehindListener(aws: LocalAws, network: Network): Promise<string> {
  const { instanceIds } = await createNode(aws, network);
  const group = await createSecurityGroup(aws, network, "node-load-balancer");
  const LoadBalancerArn = await createLoadBalancer(aws, network, {
    ...{ name: "node", type: "application", securityGroupIds: [group] },
  });
  const { TargetGroups: [targets] = [] } = await aws.elb.createTargetGroup({
    ...{ Name: "node", VpcId: network.vpcId, Protocol: "HTTP", Port: 80 },
  });
  const TargetGroupArn = String(targets?.TargetGroupArn);
  await aws.elb.registerTargets({ TargetGroupArn, Targets: Object.values(instanceIds).map((Id) => ({ Id })) });
  const { Listeners: [listener] = [] } = await aws.elb.createListener({
    ...{ LoadBalancerArn, Protocol: "HTTP", Port: 80 },
    DefaultActions: [{ Type: "forward", TargetGroupArn }],
  });
  return String(listener?.ListenerArn);
}
