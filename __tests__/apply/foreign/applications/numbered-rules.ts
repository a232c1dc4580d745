import { type ForeignApplication, type Kind, SECOND_SUBNET } from "../application";
import { instancesBehindLoadBalancer } from "../load-balancer";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly listener_arn: string;
  readonly target_group_arns: { readonly shop: string; readonly beta: string };
}

interface NumberedRules extends ForeignApplication {
  readonly targetGroups: Outputs["target_group_arns"];
}

/**
 * Rules with the numbers 1, 2, and 3, on hosts, paths, headers, and queries, one of them weighted, and sticky target groups.
 * As the rules of https://github.com/terraform-aws-modules/terraform-aws-ecs/tree/master/examples/fargate
 */
export const numberedRules: Kind<NumberedRules> = {
  name: "rules that are numbered without gaps, and sticky target groups",

  async create(aws) {
    const { network, securityGroupIds, variables } = await instancesBehindLoadBalancer(aws, "shop");
    const owner = await TerraformOwner.start(aws, "numbered-rules", variables);
    // AWS has no number before 1: only the owner can make room.
    await owner.apply({ step: 10 });
    const { listener_arn, target_group_arns } = await owner.root.outputs<Outputs>();
    return {
      network,
      owner,
      entryPoints: [{ type: "listener", id: listener_arn }],
      securityGroupIds,
      targetGroupArns: Object.values(target_group_arns),
      targetGroups: target_group_arns,
    };
  },

  rollout: {
    root: "alb",
    variables: ({ entryPoints: [listener], targetGroups }) => {
      const listener_arn = listener?.id;
      return {
        application_ports: [80],
        routes: {
          shop: { listener_arn, priority: 9, mirrors_priority: 10 },
          beta: {
            listener_arn,
            priority: 19,
            mirrors_priority: 20,
            application_target_group_arn: targetGroups.shop,
          },
          channel: { listener_arn, priority: 29, mirrors_priority: 30 },
          rest: { listener_arn, priority: 50000, catch_all: true },
        },
      };
    },
    networkAcl: SECOND_SUBNET,
    percentages: [0, 10, 100],
    refused: {
      0: { service: "elbv2", operation: "CreateRule", after: 2 },
      100: { service: "elbv2", operation: "ModifyRule", after: 2 },
    },
  },
};
