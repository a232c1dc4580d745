import { type ForeignApplication, type Kind, RULE_STEPS } from "../application";
import { addBackendBlocks, backendLoadBalancer, removeBackendBlocks } from "../behind";
import { applicationLoadBalancer } from "../load-balancer";
import { runTasks } from "../tasks";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly listener_arn: string;
  readonly target_group_arn: string;
  readonly application_security_group_id: string;
  readonly service_arn: string;
}

interface Service extends ForeignApplication {
  readonly serviceArn: string;
}

/**
 * An ECS service that replaces tasks that its load balancer calls unhealthy, behind one rule with the short form of a forward.
 * As https://github.com/terraform-aws-modules/terraform-aws-ecs/tree/master/examples/fargate
 */
export const fargate: Kind<Service> = {
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
      serviceArn: outputs.service_arn,
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

/** The same. The node reaches it through a load balancer of the module application-backend. */
export const fargateBehindBackend: Kind<Service> = {
  name: "an ECS service on Fargate, and a load balancer behind the node with the owner's block",
  create: (aws) => fargate.create(aws),

  rollout: {
    root: "backend",
    variables: ({ entryPoints: [listener], targetGroupArns: [existing_arn], serviceArn }) => ({
      listener_arn: listener?.id,
      application_ports: [3000],
      routes: { orders: { listener_arn: listener?.id, priority: 99, mirrors_priority: 100 } },
      target_groups: { orders: { existing_arn } },
      backend_routes: {
        orders: { priority: 100, target_group: "orders", conditions: [{ path_pattern: { values: ["/orders/*"] } }] },
      },
      ecs_service_arns: { orders: serviceArn },
      // The tasks are no instances: the load balancer in front of the node stays admitted.
      accept_failing_health_checks: true,
    }),
    ...RULE_STEPS,
    prepare: backendLoadBalancer,
    follow: addBackendBlocks,
    leave: removeBackendBlocks,
  },
};
