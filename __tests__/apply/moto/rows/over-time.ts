import { type AnsweringRow } from "./row";
import { cidr, forward, tcp, type World } from "./world";

/** A target group behind a load balancer, which reaches its targets only if they admit it. */
async function targetGroup(world: World, type: "instance" | "ip"): Promise<string> {
  const TargetGroupArn = await world.targetGroup({ TargetType: type });
  await world.newListener({ DefaultActions: forward(TargetGroupArn) });
  return TargetGroupArn;
}

async function targets(world: World, TargetGroupArn: string): Promise<(string | undefined)[]> {
  const { TargetHealthDescriptions = [] } = await world.aws.elb.describeTargetHealth({ TargetGroupArn });
  return TargetHealthDescriptions.map(({ Target }) => Target?.Id).sort();
}

/** Whether the instance of a group is another one when time has passed. */
async function replaced(world: World, HealthCheckType: "ELB" | "EC2", admitted: boolean): Promise<boolean> {
  const [GroupId, TargetGroupArn] = [await world.securityGroup(), await targetGroup(world, "instance")];
  if (admitted) await world.ingress(GroupId, tcp(80, cidr("10.0.0.0/16")));
  await world.aws.autoScaling.createAutoScalingGroup({
    AutoScalingGroupName: world.name(),
    MinSize: 1,
    MaxSize: 1,
    HealthCheckType,
    LaunchTemplate: { LaunchTemplateId: await world.launchTemplate({ SecurityGroupIds: [GroupId] }) },
    VPCZoneIdentifier: await world.subnet(),
    TargetGroupARNs: [TargetGroupArn],
  });
  const [before] = await targets(world, TargetGroupArn);
  await world.aws.letTimePass();
  const [after, ...more] = await targets(world, TargetGroupArn);
  return before !== after || more.length > 0;
}

/** What became of a service's targets and events. */
async function service(world: World, admitted: boolean) {
  const targetGroupArn = await targetGroup(world, "ip");
  const { NetworkInterface } = await world.aws.ec2.createNetworkInterface({
    SubnetId: await world.subnet(),
    PrivateIpAddress: "10.0.0.50",
    Groups: [await world.securityGroup()],
  });
  const GroupId = String(NetworkInterface?.Groups?.[0]?.GroupId);
  if (admitted) await world.ingress(GroupId, tcp(80, cidr("10.0.0.0/16")));
  await world.aws.elb.registerTargets({ TargetGroupArn: targetGroupArn, Targets: [{ Id: "10.0.0.50" }] });
  const name = await world.service(targetGroupArn);
  await world.aws.letTimePass();
  const { services } = await world.ecs("DescribeServices", { cluster: name, services: [name] });
  const { events } = (services as { events: { message: string }[] }[])[0] ?? { events: [] };
  return [await targets(world, targetGroupArn), events.map(({ message }) => message.includes("is unhealthy"))];
}

const unknown = { refused: "Error" };

export const overTime: AnsweringRow[] = [
  {
    rule: "unhealthy_instances_are_replaced",
    ask: (world) => replaced(world, "ELB", false),
    strict: true,
    plain: unknown,
  },
  {
    rule: "unhealthy_instances_are_replaced",
    ask: (world) => replaced(world, "ELB", true),
    strict: false,
    plain: unknown,
  },
  {
    rule: "unhealthy_instances_are_replaced",
    ask: (world) => replaced(world, "EC2", false),
    strict: false,
    plain: unknown,
  },
  {
    rule: "unhealthy_tasks_are_replaced",
    ask: (world) => service(world, false),
    strict: [["10.0.0.51"], [true]],
    plain: unknown,
  },
  {
    rule: "unhealthy_tasks_are_replaced",
    ask: (world) => service(world, true),
    strict: [["10.0.0.50"], []],
    plain: unknown,
  },
];
