import type { Site } from "./site";

/** What others may do without opening a way around the node. */
export const LAWFUL: Readonly<Record<string, (site: Site) => Promise<unknown>>> = {
  // They stay: the local API keeps the interfaces of terminated instances, and AWS deletes them.
  "more nodes": async ({ aws, node: { autoScalingGroupName: AutoScalingGroupName } }) => {
    const { AutoScalingGroups: [group] = [] } = await aws.autoScaling.describeAutoScalingGroups({
      AutoScalingGroupNames: [AutoScalingGroupName],
    });
    const DesiredCapacity = Number(group?.DesiredCapacity) + 1;
    await aws.autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity });
  },
  "two values of the header": async (site) => {
    const { elb } = site.aws;
    const { Rules = [] } = await elb.describeRules({ ListenerArn: site.known.listener_arns.public });
    const { RuleArn, Conditions = [] } = Rules.find(({ Priority }) => Priority === "49999") ?? {};
    const before = Conditions.map((condition) => ({ ...condition, Values: undefined }));
    const after = before.map((condition) => {
      const { HttpHeaderConfig: header } = condition;
      if (header === undefined) return condition;
      return { ...condition, HttpHeaderConfig: { ...header, Values: [...(header.Values ?? []), "f".repeat(32)] } };
    });
    await elb.modifyRule({ RuleArn, Conditions: after });
    site.undo(() => elb.modifyRule({ RuleArn, Conditions: before }));
  },
  "a NAT gateway in the node's subnet": async (site) => {
    const { ec2 } = site.aws;
    const { AllocationId } = await ec2.allocateAddress({ Domain: "vpc" });
    const { NatGateway } = await ec2.createNatGateway({ SubnetId: site.known.public_subnet_ids[0], AllocationId });
    const NatGatewayId = String(NatGateway?.NatGatewayId);
    site.undo(() => ec2.deleteNatGateway({ NatGatewayId }));
    await site.route(await site.routeTableOf(site.known.private_subnet_ids[0]), "0.0.0.0/0", { NatGatewayId });
  },
  "a redirect in front of the routes": (site) =>
    site.listenerRule("/moved/*", {
      Type: "redirect",
      RedirectConfig: { StatusCode: "HTTP_301", Host: "example.com" },
    }),
  "a load balancer behind the node": async (site) => {
    const { aws, known } = site;
    const group = await site.securityGroup("backend");
    const { TargetGroups: [targetGroup] = [] } = await aws.elb.createTargetGroup({
      ...{ Name: "backend", Protocol: "HTTP", Port: 80, VpcId: known.vpc_id, TargetType: "instance" },
    });
    const TargetGroupArn = String(targetGroup?.TargetGroupArn);
    site.undo(() => aws.elb.deleteTargetGroup({ TargetGroupArn }));
    await aws.elb.registerTargets({ TargetGroupArn, Targets: known.application_instance_ids.map((Id) => ({ Id })) });
    await site.internalLoadBalancer("backend", "application", group, TargetGroupArn);
    await site.admitGroup(group);
    await site.allow(group, { UserIdGroupPairs: [{ GroupId: site.node.securityGroupId }] });
  },
};

/** What is left of the ways to the application of before the node. */
export async function closeOtherListeners(site: Site): Promise<void> {
  const { elb } = site.aws;
  const ListenerArn = site.known.listener_arns.admin;
  const { Rules = [] } = await elb.describeRules({ ListenerArn });
  const answer = [{ Type: "fixed-response" as const, FixedResponseConfig: { StatusCode: "404" } }];
  for (const { RuleArn, IsDefault, Actions = [] } of Rules) {
    if (IsDefault === true) continue;
    const forward = Actions.map(({ Type, ForwardConfig }) => ({ Type, ForwardConfig }));
    await elb.modifyRule({ RuleArn, Actions: answer });
    site.undo(() => elb.modifyRule({ RuleArn, Actions: forward }));
  }
}
