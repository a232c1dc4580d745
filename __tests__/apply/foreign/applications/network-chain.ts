import { createInstances, createLoadBalancer, createNetwork, createSecurityGroup } from "../../harness/network";
import { type Kind, SECOND_SUBNET } from "../application";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly listener_arn: string;
  readonly network_listener_arn: string;
  readonly target_group_arns: readonly string[];
}

/**
 * A Network Load Balancer, for its fixed addresses, in front of an Application Load Balancer, for its rules.
 * As https://github.com/terraform-aws-modules/terraform-aws-alb/tree/master/examples/complete-nlb, whose last target is one
 */
export const networkChain: Kind = {
  name: "an Application Load Balancer behind a Network Load Balancer",

  async create(aws) {
    const network = await createNetwork(aws);
    const networkGroup = await createSecurityGroup(aws, network, "fixed-addresses");
    const loadBalancerGroup = await createSecurityGroup(aws, network, "shop-load-balancer");
    const applicationGroup = await createSecurityGroup(aws, network, "shop-application");
    const instances = await createInstances(aws, network.subnetIds.application, applicationGroup);
    const owner = await TerraformOwner.start(aws, "network-chain", {
      vpc_id: network.vpcId,
      network_load_balancer_security_group_id: networkGroup,
      load_balancer_security_group_id: loadBalancerGroup,
      application_security_group_id: applicationGroup,
      instance_ids: Object.values(instances),
      network_load_balancer_arn: await createLoadBalancer(aws, network, {
        name: "fixed-addresses",
        type: "network",
        securityGroupIds: [networkGroup],
      }),
      load_balancer_arn: await createLoadBalancer(aws, network, {
        name: "shop",
        type: "application",
        securityGroupIds: [loadBalancerGroup],
      }),
    });
    const outputs = await owner.root.outputs<Outputs>();
    return {
      network,
      owner,
      entryPoints: [
        { type: "listener", id: outputs.listener_arn },
        { type: "listener", id: outputs.network_listener_arn },
      ],
      securityGroupIds: { loadBalancer: loadBalancerGroup, application: applicationGroup },
      targetGroupArns: outputs.target_group_arns,
    };
  },

  rollout: {
    root: "alb",
    variables: ({ entryPoints: [listener] }) => ({
      application_ports: [80],
      routes: { rest: { listener_arn: listener?.id, priority: 50000, catch_all: true } },
    }),
    networkAcl: SECOND_SUBNET,
    percentages: [0, 10, 100],
    refused: {
      0: { service: "elbv2", operation: "CreateRule" },
      100: { service: "elbv2", operation: "ModifyRule" },
    },
  },
};
