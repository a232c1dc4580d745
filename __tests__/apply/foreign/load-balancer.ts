import type { LocalAws } from "../harness/local-aws";
import {
  createInstances,
  createLoadBalancer,
  createNetwork,
  createSecurityGroup,
  type Network,
} from "../harness/network";

interface BareLoadBalancer {
  readonly network: Network;
  readonly loadBalancerGroup: string;
  /** Of the owner's configuration, which has the rest. */
  readonly variables: {
    readonly vpc_id: string;
    readonly load_balancer_security_group_id: string;
    readonly load_balancer_arn: string;
  };
}

/** An Application Load Balancer without listeners. Made through the SDK, because the provider waits a minute for one. */
export async function applicationLoadBalancer(aws: LocalAws, name: string): Promise<BareLoadBalancer> {
  const network = await createNetwork(aws);
  const loadBalancerGroup = await createSecurityGroup(aws, network, `${name}-load-balancer`);
  const load_balancer_arn = await createLoadBalancer(aws, network, {
    name,
    type: "application",
    securityGroupIds: [loadBalancerGroup],
  });
  return {
    network,
    loadBalancerGroup,
    variables: { vpc_id: network.vpcId, load_balancer_security_group_id: loadBalancerGroup, load_balancer_arn },
  };
}

/** The same, with instances that are no targets yet. */
export async function instancesBehindLoadBalancer(aws: LocalAws, name: string) {
  const { network, loadBalancerGroup, variables } = await applicationLoadBalancer(aws, name);
  const applicationGroup = await createSecurityGroup(aws, network, `${name}-application`);
  const instances = await createInstances(aws, network.subnetIds.application, applicationGroup);
  return {
    network,
    securityGroupIds: { loadBalancer: loadBalancerGroup, application: applicationGroup },
    variables: {
      ...variables,
      application_security_group_id: applicationGroup,
      instance_ids: Object.values(instances),
    },
  };
}
