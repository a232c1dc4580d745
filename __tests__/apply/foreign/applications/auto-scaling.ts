import { type Kind, RULE_STEPS } from "../application";
import { applicationLoadBalancer } from "../load-balancer";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly listener_arn: string;
  readonly target_group_arn: string;
  readonly application_security_group_id: string;
}

/**
 * An Auto Scaling group that replaces what its load balancer calls unhealthy, and security groups with their rules inside.
 * As https://github.com/terraform-aws-modules/terraform-aws-autoscaling/tree/master/examples/complete
 */
export const autoScaling: Kind = {
  name: "an Auto Scaling group with ELB health checks, and inline rules of security groups",

  async create(aws) {
    const { network, loadBalancerGroup, variables } = await applicationLoadBalancer(aws, "shop");
    const owner = await TerraformOwner.start(aws, "auto-scaling", {
      ...variables,
      subnet_ids: Object.values(network.subnetIds.application),
      load_balancer_subnet_ids: Object.values(network.subnetIds.loadBalancer),
    });
    const outputs = await owner.root.outputs<Outputs>();
    return {
      network,
      owner,
      entryPoints: [{ type: "listener", id: outputs.listener_arn }],
      securityGroupIds: { loadBalancer: loadBalancerGroup, application: outputs.application_security_group_id },
      targetGroupArns: [outputs.target_group_arn],
    };
  },

  rollout: {
    root: "alb",
    variables: ({ entryPoints: [listener] }) => ({
      application_ports: [8080],
      routes: { rest: { listener_arn: listener?.id, priority: 50000, catch_all: true } },
      // Their owner would remove them: he adds what is missing, inside of the groups.
      security_group_rules: { load_balancer_egress: false, application_ingress: false },
    }),
    ...RULE_STEPS,
    follow: ({ owner }, { node }) => owner.apply({ node_security_group_id: node.securityGroupId }),
    leave: ({ owner }) => owner.apply({ node_security_group_id: null }),
  },
};
