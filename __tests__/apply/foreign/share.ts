import type { LocalAws } from "../harness/local-aws";

/** What part of its requests each action that knows a target group of the node sends there, in percent. */
export async function sharesOfNode(
  { elb }: LocalAws,
  listenerArns: readonly string[],
  nodeTargetGroupArns: readonly string[],
): Promise<number[]> {
  const answers = await Promise.all(listenerArns.map((ListenerArn) => elb.describeRules({ ListenerArn })));
  const actions = answers.flatMap(({ Rules = [] }) => Rules.flatMap(({ Actions = [] }) => Actions));
  return actions.flatMap(({ ForwardConfig }) => {
    const groups = ForwardConfig?.TargetGroups ?? [];
    const node = groups.find(({ TargetGroupArn }) => nodeTargetGroupArns.includes(String(TargetGroupArn)));
    const total = groups.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
    return node ? [(100 * (node.Weight ?? 1)) / total] : [];
  });
}
