import type { LocalAws } from "../harness/local-aws";
import type { Network } from "../harness/network";

/** What tasks or pods are, to a load balancer. */
export interface Tasks {
  readonly securityGroupId: string;
  readonly targetGroupArn: string;
  readonly port: number;
}

/**
 * Runs two tasks, each with an interface of its own in the application's subnets, and registers them, as an ECS service or a
 * Kubernetes controller does. moto runs none.
 */
export async function runTasks({ ec2, elb }: LocalAws, network: Network, tasks: Tasks): Promise<void> {
  const addresses = await Promise.all(
    Object.values(network.subnetIds.application).map(async (SubnetId) => {
      const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId, Groups: [tasks.securityGroupId] });
      return String(NetworkInterface?.PrivateIpAddress);
    }),
  );
  const Targets = addresses.map((Id) => ({ Id, Port: tasks.port }));
  await elb.registerTargets({ TargetGroupArn: tasks.targetGroupArn, Targets });
}
