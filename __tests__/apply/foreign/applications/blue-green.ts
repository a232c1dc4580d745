import type { LocalAws } from "../../harness/local-aws";
import { type ForeignApplication, type Kind, RULE_STEPS } from "../application";
import { applicationLoadBalancer } from "../load-balancer";
import { runTasks } from "../tasks";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly listener_arn: string;
  readonly rule_arn: string;
  readonly target_group_arns: { readonly blue: string; readonly green: string };
  readonly application_security_group_id: string;
}

export interface BlueGreen extends ForeignApplication {
  readonly targetGroups: Outputs["target_group_arns"];
  /** A part of a deployment: how many of the requests green gets, in percent. At 100, blue has no tasks any more. */
  deploy(green: number): Promise<void>;
}

/**
 * A service whose deployer sends the requests from one target group to the other, outside of Terraform.
 * As https://github.com/terraform-aws-modules/terraform-aws-ecs/tree/master/examples/blue-green
 */
export const blueGreen: Kind<BlueGreen> = {
  name: "a service that a deployer switches between two target groups",

  async create(aws) {
    const { network, loadBalancerGroup, variables } = await applicationLoadBalancer(aws, "public");
    const owner = await TerraformOwner.start(aws, "blue-green", variables);
    const outputs = await owner.root.outputs<Outputs>();
    const tasks = { securityGroupId: outputs.application_security_group_id, port: 3000 };
    await runTasks(aws, network, { ...tasks, targetGroupArn: outputs.target_group_arns.blue });
    return {
      network,
      owner,
      entryPoints: [{ type: "listener", id: outputs.listener_arn }],
      securityGroupIds: { loadBalancer: loadBalancerGroup, application: outputs.application_security_group_id },
      targetGroupArns: Object.values(outputs.target_group_arns),
      targetGroups: outputs.target_group_arns,
      deploy: async (green) => {
        if (green < 100) await runTasks(aws, network, { ...tasks, targetGroupArn: outputs.target_group_arns.green });
        await shift(aws, outputs, green);
      },
    };
  },

  rollout: {
    root: "alb",
    variables: ({ entryPoints: [listener] }) => ({
      application_ports: [3000],
      routes: { orders: { listener_arn: listener?.id, priority: 9, mirrors_priority: 10 } },
    }),
    ...RULE_STEPS,
  },
};

async function shift({ elb }: LocalAws, { rule_arn, target_group_arns }: Outputs, green: number): Promise<void> {
  const TargetGroups = [
    { TargetGroupArn: target_group_arns.blue, Weight: 100 - green },
    { TargetGroupArn: target_group_arns.green, Weight: green },
  ];
  await elb.modifyRule({ RuleArn: rule_arn, Actions: [{ Type: "forward", ForwardConfig: { TargetGroups } }] });
  if (green < 100) return;
  const TargetGroupArn = target_group_arns.blue;
  const { TargetHealthDescriptions = [] } = await elb.describeTargetHealth({ TargetGroupArn });
  const Targets = TargetHealthDescriptions.map(({ Target }) => ({ Id: Target?.Id }));
  await elb.deregisterTargets({ TargetGroupArn, Targets });
}
