import { type ForeignApplication, type Kind, RULE_STEPS, SECOND_SUBNET } from "../application";
import { backendLoadBalancer } from "../behind";
import { instancesBehindLoadBalancer } from "../load-balancer";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly listener_arn: string;
  readonly target_group_arns: Readonly<Record<string, string>>;
}

interface TwoApplications extends ForeignApplication {
  readonly arns: Outputs["target_group_arns"];
  readonly instanceIds: readonly string[];
}

/**
 * Two applications that share a listener, a security group, and instances.
 * As https://github.com/terraform-aws-modules/terraform-aws-alb/tree/master/examples/complete-alb, with rules by host
 */
export const twoApplications: Kind<TwoApplications> = {
  name: "two applications by host on one listener, in one security group",

  async create(aws) {
    const { network, securityGroupIds, variables } = await instancesBehindLoadBalancer(aws, "public");
    const owner = await TerraformOwner.start(aws, "two-applications", variables);
    const { listener_arn, target_group_arns } = await owner.root.outputs<Outputs>();
    return {
      network,
      owner,
      entryPoints: [{ type: "listener", id: listener_arn }],
      securityGroupIds,
      targetGroupArns: Object.values(target_group_arns),
      arns: target_group_arns,
      instanceIds: variables.instance_ids,
    };
  },

  rollout: {
    root: "two-applications",
    variables: ({ entryPoints: [listener] }) => ({ application_ports: [80], listener_arn: listener?.id }),
    networkAcl: SECOND_SUBNET,
    percentages: [0, 10, 100],
    refused: {
      0: { service: "elbv2", operation: "CreateRule", after: 1 },
      100: { service: "elbv2", operation: "ModifyRule", after: 1 },
    },
  },
};

/** The same. The node reaches them through a load balancer of the module application-backend. */
export const twoApplicationsBehindBackend: Kind<TwoApplications> = {
  name: "two applications by host on one listener, and a load balancer behind the node",
  create: (aws) => twoApplications.create(aws),

  rollout: {
    root: "backend",
    variables: ({ entryPoints: [listener], arns, instanceIds: [a, b] }) => {
      const names = Object.keys(arns);
      const ofEach = (value: (name: string, index: number) => object) =>
        Object.fromEntries(names.map((name, index) => [name, value(name, index)]));
      return {
        listener_arn: listener?.id,
        application_ports: [80],
        routes: {
          shop: { listener_arn: listener?.id, priority: 9, mirrors_priority: 10 },
          blog: { listener_arn: listener?.id, priority: 19, mirrors_priority: 20 },
        },
        target_groups: ofEach((name) => ({ existing_arn: arns[name], instance_ids: { a, b } })),
        backend_routes: ofEach((name, index) => ({
          priority: 10 + index,
          target_group: name,
          conditions: [{ host_header: { values: [`${name}.example.com`] } }],
        })),
      };
    },
    ...RULE_STEPS,
    prepare: backendLoadBalancer,
  },
};
