import { describeInTestAll } from "../test-all";
import { LocalAws } from "./harness/local-aws";
import { BLOCKS } from "./harness/network";
import { createSmallApplication, type SmallApplication } from "./harness/small-application";
import { TerraformRoot, type Variables } from "./harness/terraform";
import { cidr, forward, group, tcp, World } from "./moto/rows/world";

const off: Variables = { node_traffic_percent: 0 };
const on: Variables = { node_traffic_percent: 100 };

/** A root that locks the application down, as the runbook does: with the same call of the module, and with arguments of its own. */
class Lockdown {
  private constructor(
    private readonly root: TerraformRoot,
    private readonly main: string,
  ) {}

  static async init(aws: LocalAws, { variables, albListenerArn }: SmallApplication): Promise<Lockdown> {
    const root = await TerraformRoot.init(aws, "examples/network-acl/complete", {
      ...variables,
      listener_arn: albListenerArn,
    });
    return new Lockdown(root, await root.read("main.tf"));
  }

  /** @param args arguments of the module network-acl, in HCL */
  async apply(variables: Variables, args = ""): Promise<void> {
    await this.root.edit("main.tf", () => this.main.replace(/^module "network_acl" \{\n/m, `$&${args}\n`));
    await this.root.apply(variables);
    expect(await this.root.changes(variables)).toEqual([]);
  }

  destroy(): Promise<void> {
    return this.root.destroy(off);
  }
}

/** The health of the application's targets, without an order. */
async function health({ elb }: LocalAws, TargetGroupArn: string): Promise<(string | undefined)[]> {
  const { TargetHealthDescriptions = [] } = await elb.describeTargetHealth({ TargetGroupArn });
  return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State);
}

describeInTestAll(["terraform", "moto_server"], "the lockdown of an Auto Scaling group with ELB health checks", () => {
  const AutoScalingGroupName = "shop";
  const listed = `autoscaling_group_names = { main = "${AutoScalingGroupName}" }`;
  let aws: LocalAws;
  let application: SmallApplication;
  let lockdown: Lockdown;

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createSmallApplication(aws);
    const { application_security_group_id, load_balancer_security_group_id } = application.variables;
    const world = new World(aws);
    await world.ingress(String(application_security_group_id), tcp(80, group(String(load_balancer_security_group_id))));
    await aws.autoScaling.createAutoScalingGroup({
      AutoScalingGroupName,
      MinSize: 2,
      MaxSize: 2,
      HealthCheckType: "ELB",
      LaunchTemplate: {
        LaunchTemplateId: await world.launchTemplate({ SecurityGroupIds: [application_security_group_id] }),
      },
      VPCZoneIdentifier: Object.values(application.subnetIds).join(),
      TargetGroupARNs: [application.targetGroupArns.alb],
    });
    lockdown = await Lockdown.init(aws, application);
    await lockdown.apply(off);
  }, 120_000);

  afterEach(async () => {
    // The way back needs nothing of what was listed.
    await lockdown.apply(off);
    expect(await health(aws, application.targetGroupArns.alb)).not.toContain("unhealthy");
  });

  afterAll(async () => {
    await lockdown.destroy();
    await aws.stop();
  });

  async function instances(): Promise<(string | undefined)[]> {
    const { AutoScalingGroups: [found] = [] } = await aws.autoScaling.describeAutoScalingGroups({
      AutoScalingGroupNames: [AutoScalingGroupName],
    });
    return (found?.Instances ?? []).map(({ InstanceId }) => InstanceId).sort();
  }

  /** Whether AWS replaces instances when some minutes have passed. */
  async function replaces(): Promise<boolean> {
    const before = await instances();
    expect(before).toHaveLength(2);
    await aws.letTimePass();
    return JSON.stringify(await instances()) !== JSON.stringify(before);
  }

  test("is refused until the group is listed", async () => {
    await expect(lockdown.apply(on)).rejects.toThrow("have 2 of the application's instances");
  });

  test("is refused while the group would replace its instances", async () => {
    await expect(lockdown.apply(on, listed)).rejects.toThrow("Auto Scaling would replace all instances of shop");
  });

  test("replaces all instances, if it is carried out nevertheless", async () => {
    await lockdown.apply(on, "accept_failing_health_checks = true");
    expect(await health(aws, application.targetGroupArns.alb)).toEqual(["unhealthy", "unhealthy"]);
    expect(await replaces()).toBe(true);
    // Again and again.
    expect(await replaces()).toBe(true);
  });

  test("replaces nothing when the load balancer is admitted to its health check", async () => {
    const [a, b] = BLOCKS.loadBalancer;
    await lockdown.apply(on, `${listed}\nload_balancer_subnet_cidrs = { 10000 = "${a}", 10100 = "${b}" }`);
    expect(await health(aws, application.targetGroupArns.alb)).toEqual(["healthy", "healthy"]);
    expect(await replaces()).toBe(false);
  });

  test("replaces nothing when the group has the health checks of EC2", async () => {
    await aws.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName, HealthCheckType: "EC2" });
    await lockdown.apply(on, listed);
    expect(await health(aws, application.targetGroupArns.alb)).toEqual(["unhealthy", "unhealthy"]);
    expect(await replaces()).toBe(false);
    await lockdown.apply(off, listed);
    await aws.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName, HealthCheckType: "ELB" });
  });

  test("replaces nothing when the group is behind the node", async () => {
    const world = new World(aws);
    const { vpc_id, node_security_group_id, application_security_group_id } = application.variables;
    const behind = await world.targetGroup({ VpcId: String(vpc_id) });
    // The node's load balancer is in the node's subnets, and has the node's group.
    const { Subnets = [] } = await aws.ec2.describeSubnets({
      Filters: [{ Name: "cidr-block", Values: [...BLOCKS.node] }],
    });
    const LoadBalancerArn = await world.newLoadBalancer({
      Scheme: "internal",
      Subnets: Subnets.map(({ SubnetId }) => String(SubnetId)),
      SecurityGroups: [String(node_security_group_id)],
    });
    await world.newListener({ LoadBalancerArn, DefaultActions: forward(behind) });
    const [old, moved] = [[application.targetGroupArns.alb], [behind]];
    await aws.autoScaling.attachLoadBalancerTargetGroups({ AutoScalingGroupName, TargetGroupARNs: moved });
    await aws.autoScaling.detachLoadBalancerTargetGroups({ AutoScalingGroupName, TargetGroupARNs: old });

    await lockdown.apply(on, listed);
    expect(await health(aws, behind)).toEqual(["healthy", "healthy"]);
    expect(await replaces()).toBe(false);

    // The module's rules admit the node, and nothing else changed.
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [String(application_security_group_id)] }],
    });
    expect(SecurityGroupRules.filter(({ IsEgress }) => !IsEgress)).toHaveLength(2);
    await aws.autoScaling.attachLoadBalancerTargetGroups({ AutoScalingGroupName, TargetGroupARNs: old });
  });
});

describeInTestAll(["terraform", "moto_server"], "the lockdown of an ECS service", () => {
  const accepted = "accept_failing_health_checks = true";
  let aws: LocalAws;
  let application: SmallApplication;
  let world: World;
  let service: string;
  let targetGroupArn: string;
  let lockdown: Lockdown;

  beforeAll(async () => {
    aws = await LocalAws.start();
    world = new World(aws);
    application = await createSmallApplication(aws);
    const { vpc_id, application_security_group_id } = application.variables;
    targetGroupArn = await world.targetGroup({ VpcId: String(vpc_id), TargetType: "ip" });
    await aws.elb.modifyListener({
      ListenerArn: application.albListenerArn,
      DefaultActions: forward(targetGroupArn),
    });
    await world.ingress(String(application_security_group_id), tcp(80, cidr("10.0.0.0/16")));
    await aws.ec2.createNetworkInterface({
      SubnetId: application.subnetIds.a,
      PrivateIpAddress: "10.0.10.50",
      Groups: [String(application_security_group_id)],
    });
    await aws.elb.registerTargets({ TargetGroupArn: targetGroupArn, Targets: [{ Id: "10.0.10.50" }] });
    service = await world.service(targetGroupArn);
    lockdown = await Lockdown.init(aws, application);
    await lockdown.apply(off);
  }, 120_000);

  afterAll(async () => {
    await lockdown.destroy();
    await aws.stop();
  });

  /** What the service says when some minutes have passed. */
  async function events(): Promise<string[]> {
    await aws.letTimePass();
    const { services } = await world.ecs("DescribeServices", { cluster: service, services: [service] });
    const [found] = services as { events: { message: string }[] }[];
    return (found?.events ?? []).map(({ message }) => message);
  }

  test("is refused without a word of its owner, because no data source tells the target groups of a service", async () => {
    await expect(lockdown.apply(on)).rejects.toThrow("an ECS service replaces tasks whose load balancer is locked out");
    expect(await events()).toEqual([]);
  });

  test("replaces nothing when the load balancer is admitted to its health check", async () => {
    const [a, b] = BLOCKS.loadBalancer;
    await lockdown.apply(on, `load_balancer_subnet_cidrs = { 10000 = "${a}", 10100 = "${b}" }`);
    expect(await events()).toEqual([]);
    await lockdown.apply(off);
  });

  test("replaces nothing when the service has no load balancer any more", async () => {
    const [cluster, name] = [service, service];
    await world.ecs("UpdateService", { cluster, service: name, loadBalancers: [] });
    await lockdown.apply(on, accepted);
    expect(await events()).toEqual([]);
    await lockdown.apply(off);
    const loadBalancers = [{ targetGroupArn, containerName: "application", containerPort: 80 }];
    await world.ecs("UpdateService", { cluster, service: name, loadBalancers });
  });

  test("replaces tasks, if the word was wrong", async () => {
    await lockdown.apply(on, accepted);
    expect(await events()).toEqual([expect.stringContaining("is unhealthy in (target-group") as string]);
    await lockdown.apply(off);
  });
});
