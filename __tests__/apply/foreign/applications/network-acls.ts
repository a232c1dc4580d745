import { createInstances, createLoadBalancer, createNetwork, createSecurityGroup } from "../../harness/network";
import type { Kind } from "../application";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly listener_arn: string;
  readonly target_group_arn: string;
}

/**
 * Private subnets with a network ACL of their owner's own.
 * As https://github.com/terraform-aws-modules/terraform-aws-vpc/tree/master/examples/network-acls
 */
export const networkAcls: Kind = {
  name: "subnets with their owner's own network ACL",

  async create(aws) {
    const network = await createNetwork(aws);
    const loadBalancerGroup = await createSecurityGroup(aws, network, "shop-load-balancer");
    const applicationGroup = await createSecurityGroup(aws, network, "shop-application");
    const instances = await createInstances(aws, network.subnetIds.application, applicationGroup);
    const owner = await TerraformOwner.start(aws, "network-acls", {
      vpc_id: network.vpcId,
      subnet_ids: Object.values(network.subnetIds.application),
      load_balancer_security_group_id: loadBalancerGroup,
      application_security_group_id: applicationGroup,
      instance_ids: Object.values(instances),
      load_balancer_arn: await createLoadBalancer(aws, network, {
        name: "shop",
        type: "application",
        securityGroupIds: [loadBalancerGroup],
      }),
    });
    const { listener_arn, target_group_arn } = await owner.root.outputs<Outputs>();
    return {
      network,
      owner,
      entryPoints: [{ type: "listener", id: listener_arn }],
      securityGroupIds: { loadBalancer: loadBalancerGroup, application: applicationGroup },
      targetGroupArns: [target_group_arn],
    };
  },

  rollout: {
    root: "alb",
    variables: ({ entryPoints: [listener] }) => ({
      application_ports: [80],
      routes: { rest: { listener_arn: listener?.id, priority: 50000, catch_all: true } },
      // The owner keeps his ACL, and gets the rules.
      application_subnet_ids: {},
    }),
    refusals: [
      {
        what: "an ACL of ours in place of its own",
        variables: ({ network }) => ({ network_acl: true, application_subnet_ids: network.subnetIds.application }),
        message: "has a custom network ACL",
      },
    ],
    networkAcl: { service: "ec2", operation: "CreateNetworkAclEntry", after: 3 },
    percentages: [0, 10, 100],
    refused: {
      0: { service: "elbv2", operation: "CreateRule" },
      100: { service: "elbv2", operation: "ModifyRule" },
    },
    follow: async ({ owner }, { percent, ours }) => {
      const { network_acl_rules = null } = await ours.outputs<{ network_acl_rules?: object }>();
      await owner.apply({ network_acl_rules: percent === 100 ? network_acl_rules : null });
    },
  },
};
