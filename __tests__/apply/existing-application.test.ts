import { describeInTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import {
  applyExistingApplication,
  createExistingApplication,
  type ExistingApplication,
} from "./harness/existing-application";
import { inventory } from "./harness/inventory";
import { listenerRules } from "./harness/listener";
import { LocalAws } from "./harness/local-aws";

describeInTestAll(["terraform", "moto_server"], "the example of an existing application", () => {
  let aws: LocalAws;
  let before: string[];
  let application: ExistingApplication;

  beforeAll(async () => {
    aws = await LocalAws.start();
    before = await inventory(aws);
    application = await applyExistingApplication(aws);
  }, 300_000);

  afterAll(() => aws.stop());

  test("is settled: another plan changes nothing", async () => {
    expect(await application.root.changes()).toEqual([]);
  });

  test("refuses a name that AWS would refuse, with a message that says so", async () => {
    await expect(application.root.plan({ name: "my shop" })).rejects.toThrow(
      'name must have 1 to 20 letters, digits, and inner hyphens, as load balancers and target groups require. Received: "my shop".',
    );
  });

  test.each([
    { arn: "load_balancer_arn", group: "load_balancer_security_group_id", type: "application" },
    { arn: "network_load_balancer_arn", group: "network_load_balancer_security_group_id", type: "network" },
  ] as const)("has a load balancer in its public subnets: $type", async ({ arn, group, type }) => {
    const { outputs } = application;
    const { LoadBalancers = [] } = await aws.elb.describeLoadBalancers({ LoadBalancerArns: [outputs[arn]] });
    const zones = LoadBalancers.flatMap(({ AvailabilityZones = [] }) => AvailabilityZones);

    expect(LoadBalancers).toMatchObject([{ Type: type, SecurityGroups: [outputs[group]], VpcId: outputs.vpc_id }]);
    expect(new Set(zones.map(({ SubnetId }) => SubnetId))).toEqual(new Set(outputs.public_subnet_ids));
  });

  test("answers under the name that it tells", async () => {
    const { load_balancer_arn, load_balancer_dns_name } = application.outputs;
    const { LoadBalancers = [] } = await aws.elb.describeLoadBalancers({ LoadBalancerArns: [load_balancer_arn] });
    expect(LoadBalancers.map(({ DNSName }) => DNSName)).toEqual([load_balancer_dns_name]);
  });

  test("leaves the listeners of its Network Load Balancer to others", async () => {
    const { Listeners } = await aws.elb.describeListeners({
      LoadBalancerArn: application.outputs.network_load_balancer_arn,
    });
    expect(Listeners).toEqual([]);
  });

  test("has a public listener with every kind of condition and action", async () => {
    expect(await listenerRules(aws, application.outputs.listener_arns.public)).toEqual([
      "10: host-header shop.example.com -> forward shop-application",
      "20: http-header X-Api-Version 1|1.* and path-pattern /api/* -> forward shop-api",
      "30: query-string partner=* and source-ip 198.51.100.0/24 -> forward shop-application",
      "40: http-request-method POST|PUT -> forward shop-application",
      "50: path-pattern /old/* -> redirect HTTP_301 /",
      "60: path-pattern /maintenance -> fixed-response 503",
      "70: path-pattern /search/* -> forward shop-api 20, shop-application 80",
      "default -> forward shop-application",
    ]);
  });

  test("has an admin listener that answers one path", async () => {
    expect(await listenerRules(aws, application.outputs.listener_arns.admin)).toEqual([
      "10: path-pattern /admin/* -> forward shop-application",
      "default -> fixed-response 404",
    ]);
  });

  test.each(["application_target_group_arn", "api_target_group_arn", "network_target_group_arn"] as const)(
    "has the instances behind %s",
    async (output) => {
      const { TargetHealthDescriptions = [] } = await aws.elb.describeTargetHealth({
        TargetGroupArn: application.outputs[output],
      });
      const targets = TargetHealthDescriptions.map(({ Target }) => Target?.Id);
      expect(new Set(targets)).toEqual(new Set(application.outputs.application_instance_ids));
    },
  );

  test("has instances in its private subnets, behind a security group that is open to the world", async () => {
    const { outputs } = application;
    const { Reservations = [] } = await aws.ec2.describeInstances({ InstanceIds: outputs.application_instance_ids });
    const found = new Map(Reservations.flatMap(({ Instances = [] }) => Instances).map((i) => [i.InstanceId, i]));
    const instances = outputs.application_instance_ids.map((id) => found.get(id));

    expect(instances.map((instance) => instance?.SubnetId)).toEqual(outputs.private_subnet_ids);
    expect(instances.map((instance) => instance?.PrivateIpAddress)).toEqual(outputs.application_private_ips);
    for (const instance of instances) {
      expect(instance?.SecurityGroups).toMatchObject([{ GroupId: outputs.application_security_group_id }]);
    }

    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [outputs.application_security_group_id] }],
    });
    expect(SecurityGroupRules.map(({ CidrIpv4, FromPort }) => `${CidrIpv4} ${FromPort}`).sort()).toEqual([
      "0.0.0.0/0 443",
      "0.0.0.0/0 80",
    ]);
  });

  // Takes away what the other tests look at.
  test("leaves nothing when it is destroyed", async () => {
    await application.root.destroy();
    expect(await inventory(aws)).toEqual(before);
  });
});

describeWithTools(["terraform", "moto_server"], "its stand-in, of which a part is imported", () => {
  let aws: LocalAws;

  beforeAll(async () => {
    aws = await LocalAws.start();
  });

  afterAll(() => aws.stop());

  test("is what the example describes", async () => {
    const { root, outputs } = await createExistingApplication(aws);
    expect(await root.changes()).toEqual([]);
    expect(await listenerRules(aws, outputs.listener_arns.public)).toHaveLength(8);
  });
});
