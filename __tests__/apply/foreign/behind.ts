/** What the owner of an application does, and the tests do, for a load balancer behind the node. */
import type { LocalAws } from "../harness/local-aws";
import { createLoadBalancer } from "../harness/network";
import type { TerraformRoot } from "../harness/terraform";
import type { ForeignApplication, Step } from "./application";

/** The provider would wait a minute for a new one. The module gives it subnets and a security group of its own. */
export async function backendLoadBalancer(
  aws: LocalAws,
  { network, securityGroupIds }: ForeignApplication,
  ours: TerraformRoot,
): Promise<void> {
  const arn = await createLoadBalancer(aws, network, {
    name: "edge-backend",
    type: "application",
    securityGroupIds: [securityGroupIds.loadBalancer],
  });
  await ours.write("import.tf", `import {\n  to = module.backend.aws_lb.backend\n  id = "${arn}"\n}\n`);
}

/** The owner lists the target groups of the module beside his own. */
export async function listBackend({ owner }: ForeignApplication, { ours }: Pick<Step, "ours">): Promise<void> {
  const { backend_target_group_arns } = await ours.outputs<{ backend_target_group_arns: string[] }>();
  await owner.apply({ more_target_group_arns: backend_target_group_arns });
}

/** The owner of an ECS service adds the blocks that the module asks for. */
export async function addBackendBlocks(application: ForeignApplication, { ours, aws }: Pick<Step, "ours" | "aws">) {
  const { ecs_load_balancers: blocks } = await ours.outputs<{ ecs_load_balancers: Record<string, Block[]> }>();
  await addBlocks(aws, application, Object.values(blocks).flat());
}

/** The owner of an ECS service adds `load_balancer` blocks, and the service registers its tasks: moto has none. */
export async function addBlocks(
  { elb }: LocalAws,
  { owner, targetGroupArns }: ForeignApplication,
  more_load_balancers: readonly Block[],
): Promise<void> {
  await owner.apply({ more_load_balancers });
  for (const [index, TargetGroupArn] of targetGroupArns.entries()) {
    const { TargetHealthDescriptions = [] } = await elb.describeTargetHealth({ TargetGroupArn });
    const Targets = TargetHealthDescriptions.map(({ Target }) => ({ Id: Target?.Id, Port: Target?.Port }));
    await elb.registerTargets({ TargetGroupArn: more_load_balancers[index]?.target_group_arn, Targets });
  }
}

export interface Block {
  readonly target_group_arn: string;
  readonly container_name: string;
  readonly container_port: number;
}

export async function removeBackendBlocks({ owner }: ForeignApplication): Promise<void> {
  await owner.apply({ more_load_balancers: [] });
}

export async function letGoOfBackend({ owner }: ForeignApplication): Promise<void> {
  await owner.apply({ more_target_group_arns: [] });
}
