import { type Kind, RULE_STEPS } from "../application";
import { instancesBehindLoadBalancer } from "../load-balancer";
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
    const { network, securityGroupIds, variables } = await instancesBehindLoadBalancer(aws, "shop");
    const owner = await TerraformOwner.start(aws, "network-acls", {
      ...variables,
      subnet_ids: Object.values(network.subnetIds.application),
    });
    const { listener_arn, target_group_arn } = await owner.root.outputs<Outputs>();
    return {
      network,
      owner,
      entryPoints: [{ type: "listener", id: listener_arn }],
      securityGroupIds,
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
    ...RULE_STEPS,
    networkAcl: { service: "ec2", operation: "CreateNetworkAclEntry", after: 3 },
    follow: async ({ owner }, { percent, ours }) => {
      const { network_acl_rules = null } = await ours.outputs<{ network_acl_rules?: object }>();
      await owner.apply({ network_acl_rules: percent === 100 ? network_acl_rules : null });
    },
  },
};
