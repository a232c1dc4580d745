import { Application, receivedBy } from "../node-config/support/application";
import { startContainer } from "../node-config/support/container";
import { describeInTestAll } from "../test-all";
import { createExistingApplication, type ExistingApplication } from "./harness/existing-application";
import { inventory } from "./harness/inventory";
import { listenerRules } from "./harness/listener";
import { LocalAws } from "./harness/local-aws";
import { resourceChanges } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { TerraformRoot } from "./harness/terraform";
import { World } from "./moto/rows/world";

const TOKEN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm-token-AbCdEf";

describeInTestAll(["terraform", "moto_server", "nginx"], "examples/node-on-ecs", () => {
  let aws: LocalAws;
  let backend: Application;
  let application: ExistingApplication;
  let recorder: Recorder;
  let example: TerraformRoot;
  let before: { inventory: string[]; rules: string[] };

  beforeAll(async () => {
    [aws, backend] = await Promise.all([LocalAws.start(), Application.start()]);
    application = await createExistingApplication(aws);
    before = { inventory: await inventory(aws), rules: await rules() };
    recorder = await Recorder.start(aws.endpoint);
    const { endpoint } = recorder;
    const { folder, signal } = aws;
    example = await TerraformRoot.init({ endpoint, folder, signal }, "examples/node-on-ecs", {
      ...application.albExampleVariables,
      // The container of the task definition runs here, too.
      application_url: `http://127.0.0.1:${backend.port}`,
    });
  }, 300_000);

  afterAll(async () => {
    await recorder.stop();
    await Promise.all([aws.stop(), backend.stop()]);
  });

  function rules(): Promise<string[]> {
    return listenerRules(aws, application.outputs.listener_arns.public);
  }

  const ecs = (operation: string, input: object) => new World(aws).ecs(operation, input);

  async function service(): Promise<Service> {
    const { services } = await ecs("DescribeServices", {
      cluster: "shop-wallarm-node",
      services: ["shop-wallarm-node"],
    });
    const [one] = services as [Service];
    return one;
  }

  async function taskDefinition(): Promise<TaskDefinition> {
    const { taskDefinition: definition } = await ecs("DescribeTaskDefinition", {
      taskDefinition: (await service()).taskDefinition,
    });
    return definition as TaskDefinition;
  }

  const called = () => recorder.calls.map(({ action }) => action);

  test("the plan adds, and changes nothing that is there", async () => {
    expect(resourceChanges(await example.plan({ node_traffic_percent: 0 })).sort()).toEqual(
      [
        "aws_cloudwatch_log_group.node",
        "aws_ecs_cluster.node",
        "aws_ecs_service.node",
        "aws_ecs_task_definition.node",
        "aws_iam_role.execution",
        "aws_iam_role_policy.execution",
        "aws_security_group.node",
        "aws_vpc_security_group_egress_rule.https",
        'module.wallarm_routing.aws_lb_listener_rule.node["rest"]',
        'module.wallarm_routing.aws_lb_listener_rule.node["shop"]',
        "module.wallarm_routing.aws_lb_target_group.node",
        'module.wallarm_routing.aws_vpc_security_group_egress_rule.load_balancer_to_node["public-80"]',
        'module.wallarm_routing.aws_vpc_security_group_egress_rule.node_to_application["80"]',
        'module.wallarm_routing.aws_vpc_security_group_ingress_rule.application_from_node["80"]',
        'module.wallarm_routing.aws_vpc_security_group_ingress_rule.node_from_load_balancer["public-80"]',
        'module.wallarm_routing.terraform_data.existing["rest"]',
        'module.wallarm_routing.terraform_data.existing["shop"]',
        "module.wallarm_routing.terraform_data.routing",
      ].map((address) => `create ${address}`),
    );
  });

  test.each([
    { percent: 0, action: /^forward shop-application 100, shop-wallarm-\w+ 0$/ },
    { percent: 10, action: /^forward shop-application 90, shop-wallarm-\w+ 10$/ },
    { percent: 100, action: /^forward shop-wallarm-\w+$/ },
    { percent: 0, action: /^forward shop-application 100, shop-wallarm-\w+ 0$/ },
  ])(
    "at $percent %",
    async ({ percent, action }) => {
      const variables = { node_traffic_percent: percent };
      await example.apply(variables);
      expect(await example.changes(variables)).toEqual([]);
      expect(await application.root.changes()).toEqual([]);
      const added = (await rules()).filter((rule) => !before.rules.includes(rule));
      expect(added.map((rule) => rule.split(" -> ")[1])).toEqual([
        expect.stringMatching(action),
        expect.stringMatching(action),
      ]);
    },
    120_000,
  );

  // AWS refuses a service whose target group no rule uses. The provider would repeat the call for minutes.
  test("the service comes after the rules, and after what its tasks need", () => {
    const created = called().indexOf("ecs:CreateService");
    expect(created).toBeGreaterThan(-1);
    for (const needed of ["elasticloadbalancing:CreateRule", "iam:PutRolePolicy", "ec2:AuthorizeSecurityGroupEgress"]) {
      expect(called()).toContain(needed);
      expect(called().lastIndexOf(needed)).toBeLessThan(created);
    }
  });

  test("the service replaces its tasks without a gap, and undoes a deployment that fails", async () => {
    const { target_group_arn } = await example.outputs<{ target_group_arn: string }>();
    expect(await service()).toMatchObject({
      desiredCount: 2,
      launchType: "FARGATE",
      deploymentConfiguration: {
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
      healthCheckGracePeriodSeconds: 120,
      loadBalancers: [{ targetGroupArn: target_group_arn, containerName: "wallarm-node", containerPort: 80 }],
    });
  });

  test("a task gets its token by ARN, writes its log, and may do nothing else", async () => {
    const { containerDefinitions, ...definition } = await taskDefinition();
    expect(definition).toMatchObject({ cpu: "1024", memory: "2048", networkMode: "awsvpc" });
    expect(containerDefinitions).toMatchObject([
      {
        image: "wallarm/node:7.1.0",
        secrets: [{ name: "WALLARM_API_TOKEN", valueFrom: TOKEN }],
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "/ecs/shop-wallarm-node", "awslogs-region": "us-east-1" },
        },
      },
    ]);
    expect(definition).not.toHaveProperty("taskRoleArn");
    const policy = recorder.calls.find(({ action }) => action === "iam:PutRolePolicy")?.parameters.PolicyDocument;
    expect(JSON.parse(policy ?? "")).toMatchObject({
      Statement: [
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [TOKEN] },
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/shop-wallarm-node:*",
        },
      ],
    });
  });

  test("the container of the task definition passes requests on, and answers both health checks", async () => {
    const { containerDefinitions } = await taskDefinition();
    const [{ command, healthCheck }] = containerDefinitions;
    const { node, port, healthPort } = await startContainer(command[2]);
    try {
      const path = new URL(/http:\S+/.exec(healthCheck.command[1])?.[0] ?? "").pathname;
      expect((await receivedBy(await node.get("/carts?a=1", { port }))).url).toBe("/carts?a=1");
      expect(await node.status(path, { port: healthPort })).toBe(200);
      const { TargetGroups = [] } = await aws.elb.describeTargetGroups();
      const group = TargetGroups.find(({ TargetGroupName }) => TargetGroupName?.startsWith("shop-wallarm-"));
      expect(await node.status(String(group?.HealthCheckPath), { port })).toBe(200);
    } finally {
      await node.stop();
    }
  });

  test("a new image is a new task definition for the same service", async () => {
    const update = { node_traffic_percent: 0, node_image: "wallarm/node:7.2.0" };
    expect(resourceChanges(await example.plan(update))).toEqual([
      "update aws_ecs_service.node: task_definition",
      "replace aws_ecs_task_definition.node: container_definitions",
    ]);
    await example.applyPlan();
    expect(await example.changes(update)).toEqual([]);
    expect((await taskDefinition()).containerDefinitions[0].image).toBe("wallarm/node:7.2.0");
  }, 120_000);

  test("destroy takes the service away before the rules, so go to 0 first, and leaves the application as it was", async () => {
    await example.destroy({ node_traffic_percent: 0 });
    // The provider asks until the service is gone.
    const gone = recorder.requests.lastIndexOf("ecs:DescribeServices");
    expect(gone).toBeGreaterThan(recorder.requests.indexOf("ecs:DeleteService"));
    for (const later of ["elasticloadbalancing:DeleteRule", "iam:DeleteRolePolicy"])
      expect(recorder.requests.indexOf(later)).toBeGreaterThan(gone);
    expect(await inventory(aws)).toEqual(before.inventory);
    expect(await rules()).toEqual(before.rules);
    expect(await application.root.changes()).toEqual([]);
  }, 120_000);
});

interface Service {
  readonly taskDefinition: string;
}

interface TaskDefinition {
  readonly containerDefinitions: readonly [
    {
      readonly image: string;
      readonly command: readonly [string, string, string];
      readonly healthCheck: { readonly command: readonly [string, string] };
    },
  ];
}
