import { createLoadBalancer, createSecurityGroup } from "../../harness/network";
import { type Kind, RULE_STEPS } from "../application";
import { instancesBehindLoadBalancer } from "../load-balancer";
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
    const { network, securityGroupIds, variables } = await instancesBehindLoadBalancer(aws, "shop");
    const networkGroup = await createSecurityGroup(aws, network, "fixed-addresses");
    const owner = await TerraformOwner.start(aws, "network-chain", {
      ...variables,
      network_load_balancer_security_group_id: networkGroup,
      network_load_balancer_arn: await createLoadBalancer(aws, network, {
        name: "fixed-addresses",
        type: "network",
        securityGroupIds: [networkGroup],
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
      securityGroupIds,
      targetGroupArns: outputs.target_group_arns,
    };
  },

  rollout: {
    root: "alb",
    variables: ({ entryPoints: [listener] }) => ({
      application_ports: [80],
      routes: { rest: { listener_arn: listener?.id, priority: 50000, catch_all: true } },
    }),
    ...RULE_STEPS,
  },
};
