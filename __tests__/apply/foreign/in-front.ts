import type { LocalAws } from "../harness/local-aws";
import { BLOCKS, createNode, type Node } from "../harness/network";
import { TerraformRoot } from "../harness/terraform";
import type { ForeignApplication, Kind } from "./application";

/** An application, a node that nothing leads to, and what puts it in front of the application, not yet applied. */
export interface InFront<Application> {
  readonly application: Application;
  readonly node: Node;
  readonly ours: TerraformRoot;
}

export async function inFrontOf<Application extends ForeignApplication>(
  aws: LocalAws,
  { create, rollout }: Kind<Application>,
): Promise<InFront<Application>> {
  const application = await create(aws);
  const { network, securityGroupIds } = application;
  const node = await createNode(aws, network);
  const ours = await TerraformRoot.init(aws, `__tests__/apply/foreign/roots/${rollout.root}`, {
    vpc_id: network.vpcId,
    node_security_group_id: node.securityGroupId,
    node_instance_ids: node.instanceIds,
    node_subnet_cidrs: { 100: BLOCKS.node[0], 200: BLOCKS.node[1] },
    load_balancer_security_group_id: securityGroupIds.loadBalancer,
    load_balancer_subnet_cidrs: { 10000: BLOCKS.loadBalancer[0], 10100: BLOCKS.loadBalancer[1] },
    application_security_group_id: securityGroupIds.application,
    application_subnet_ids: network.subnetIds.application,
    ...rollout.variables(application),
  });
  return { application, node, ours };
}
