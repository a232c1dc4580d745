import { type Kind, SECOND_SUBNET } from "../application";
import { instancesBehindLoadBalancer } from "../load-balancer";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly listener_arn: string;
  readonly target_group_arns: Readonly<Record<string, string>>;
}

/**
 * Two applications that share a listener, a security group, and instances.
 * As https://github.com/terraform-aws-modules/terraform-aws-alb/tree/master/examples/complete-alb, with rules by host
 */
export const twoApplications: Kind = {
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
