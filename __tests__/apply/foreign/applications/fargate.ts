import { type Kind, RULE_STEPS } from "../application";
import { applicationLoadBalancer } from "../load-balancer";
import { runTasks } from "../tasks";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly listener_arn: string;
  readonly target_group_arn: string;
  readonly application_security_group_id: string;
}

/**
 * An ECS service that replaces tasks that its load balancer calls unhealthy, behind one rule with the short form of a forward.
 * As https://github.com/terraform-aws-modules/terraform-aws-ecs/tree/master/examples/fargate
 */
export const fargate: Kind = {
  name: "an ECS service on Fargate, behind a rule in the short form",

  async create(aws) {
    const { network, loadBalancerGroup, variables } = await applicationLoadBalancer(aws, "public");
    const owner = await TerraformOwner.start(aws, "fargate", {
      ...variables,
      subnet_ids: Object.values(network.subnetIds.application),
    });
    const outputs = await owner.root.outputs<Outputs>();
    await runTasks(aws, network, {
      securityGroupId: outputs.application_security_group_id,
      targetGroupArn: outputs.target_group_arn,
      port: 3000,
    });
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
      application_ports: [3000],
      routes: { orders: { listener_arn: listener?.id, priority: 99, mirrors_priority: 100 } },
    }),
    ...RULE_STEPS,
  },
};
