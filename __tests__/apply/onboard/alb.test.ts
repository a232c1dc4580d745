import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Options } from "../../../cli/onboard/options";
import { run } from "../../../cli/onboard/run";
import { printed, useAccount } from "../../account/support/environment";
import { describeInTestAll } from "../../test-all";
import { describeWithTools } from "../../tools";
import type { Kind } from "../foreign/application";
import { blueGreen } from "../foreign/applications/blue-green";
import { fargate } from "../foreign/applications/fargate";
import { kubernetes } from "../foreign/applications/kubernetes";
import { login } from "../foreign/applications/login";
import { numberedRules } from "../foreign/applications/numbered-rules";
import { twoApplications } from "../foreign/applications/two-applications";
import { createExistingApplication } from "../harness/existing-application";
import { LocalAws } from "../harness/local-aws";
import { createInstances, createSecurityGroup } from "../harness/network";
import { resourceChanges } from "../harness/plan";
import { World } from "../moto/rows/world";
import { type Application, behind, onboarded } from "./onboarded";

describeWithTools(["terraform", "moto_server"], "onboard alb, in front of examples/existing-application", () => {
  const create = async (aws: LocalAws): Promise<Application> => {
    const { outputs } = await createExistingApplication(aws);
    const { GroupId } = await aws.ec2.createSecurityGroup({
      ...{ VpcId: outputs.vpc_id, GroupName: "wallarm-node", Description: "wallarm-node" },
    });
    const [a = "", b = ""] = outputs.public_subnet_ids;
    return {
      id: outputs.load_balancer_arn,
      listenerArns: Object.values(outputs.listener_arns),
      targetGroupArns: [outputs.application_target_group_arn, outputs.api_target_group_arn],
      node: { nodeInstances: Object.values(await createInstances(aws, { a, b }, String(GroupId))) },
      answers: { target_group_of_search: outputs.application_target_group_arn },
    };
  };
  const own = onboarded({ scenario: "alb", create, covered: 7 });

  test("a rule that is added is found, and written anew, the plan has exactly its route", async () => {
    const { elb } = own.aws();
    const [ListenerArn] = own.application().listenerArns;
    const { Rules: [rule] = [] } = await elb.describeRules({ ListenerArn });
    const { Rules: [added] = [] } = await elb.createRule({
      ListenerArn,
      Priority: 45,
      Conditions: [{ Field: "host-header", HostHeaderConfig: { Values: ["new.example.com"] } }],
      Actions: [{ Type: "forward", TargetGroupArn: applicationOf(rule?.Actions?.[0]) }],
    });
    expect(await own.check()).toEqual({
      exitCode: 1,
      lines: [expect.stringMatching(/^\+ rule 45 of 8080 \(new\.example\.com\) → .*: not covered$/) as string],
    });
    expect(await own.onboard()).toBe(0);
    expect(resourceChanges(await own.root().plan(own.at(0)))).toEqual([
      'create module.wallarm_routing.aws_lb_listener_rule.node["new-example-com"]',
      "update module.wallarm_routing.terraform_data.routing: input, output", // the contract, which lists it
    ]);
    await elb.deleteRule({ RuleArn: added?.RuleArn });
    expect(await own.check()).toMatchObject({ exitCode: 1, lines: [expect.stringMatching(/^- rule 45/) as string] });
    expect(await own.onboard()).toBe(0);
    expect(await own.root().changes(own.at(0))).toEqual([]);
  }, 300_000);

  test("what is applied is unknown without its output", async () => {
    const routing = join(own.folder(), "others.json");
    writeFileSync(
      routing,
      readFileSync(join(own.folder(), "routing.json"), "utf8").replaceAll('"shop-wallarm"', '"others"'),
    );
    expect(await own.check({ routing: [routing] })).toMatchObject({ exitCode: 2 });
  });

  test("a file that a person edited is not overwritten", async () => {
    const path = join(own.folder(), "routes.tf");
    const text = readFileSync(path, "utf8");
    appendFileSync(path, "# mine\n");
    expect(await own.onboard()).toBe(1);
    expect(own.lines().join("\n")).toContain("-# mine");
    expect(readFileSync(path, "utf8")).toBe(`${text}# mine\n`);
    rmSync(path);
    expect(await own.onboard()).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  own.goesAway();
});

/** The group that is not the node's. */
function applicationOf(action: { ForwardConfig?: { TargetGroups?: { TargetGroupArn?: string }[] } } | undefined) {
  const arns = (action?.ForwardConfig?.TargetGroups ?? []).map(({ TargetGroupArn }) => TargetGroupArn);
  return arns.find((arn) => !arn?.includes("/shop-wallarm-"));
}

/** Its rule for a canary of its own stays as it is. */
const NUMBERED = { covered: 4, answers: { target_group_of_beta: "none" } };

const KINDS: readonly (readonly [kind: Kind, covered: number, answers?: Application["answers"]])[] = [
  [numberedRules, NUMBERED.covered, NUMBERED.answers],
  [fargate, 1],
  [login, 1],
  [twoApplications, 2],
  [blueGreen, 1],
];

for (const [kind, covered, answers] of KINDS)
  describeInTestAll(["terraform", "moto_server"], `onboard alb, in front of ${kind.name}`, () => {
    onboarded({
      scenario: "alb",
      create: async (aws) => ({ ...(await behind(kind, aws)), answers }),
      covered,
    }).goesAway();
  });

describeInTestAll(["terraform", "moto_server"], "onboard alb --node-addresses", () => {
  const create = async (aws: LocalAws): Promise<Application> => {
    const application = await behind(numberedRules, aws);
    const InstanceIds = [...(application.node.nodeInstances ?? [])];
    const { Reservations = [] } = await aws.ec2.describeInstances({ InstanceIds });
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    return {
      ...{ ...application, answers: NUMBERED.answers },
      node: { nodeAddresses: instances.map(({ PrivateIpAddress }) => String(PrivateIpAddress)) },
    };
  };
  onboarded({ scenario: "alb", create, covered: NUMBERED.covered }).goesAway();
});

describeInTestAll(["terraform", "moto_server"], "onboard alb --node-ecs-service", () => {
  const call = (aws: LocalAws, operation: string, input: object) => new World(aws).ecs(operation, input);
  const create = async (aws: LocalAws): Promise<Application> => {
    const { network, entryPoints, targetGroupArns } = await fargate.create(aws);
    const group = await createSecurityGroup(aws, network, "wallarm-node");
    await call(aws, "CreateCluster", { clusterName: "nodes" });
    await call(aws, "RegisterTaskDefinition", {
      ...{ family: "node", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], cpu: "1024", memory: "2048" },
      containerDefinitions: [{ name: "wallarm-node", image: "node", portMappings: [{ containerPort: 80 }] }],
    });
    await call(aws, "CreateService", {
      ...{ cluster: "nodes", serviceName: "node", taskDefinition: "node", desiredCount: 2, launchType: "FARGATE" },
      networkConfiguration: {
        awsvpcConfiguration: { subnets: Object.values(network.subnetIds.node), securityGroups: [group] },
      },
    });
    const listenerArns = entryPoints.map(({ id }) => id);
    const { Listeners: [listener] = [] } = await aws.elb.describeListeners({ ListenerArns: listenerArns });
    return {
      ...{ id: String(listener?.LoadBalancerArn), listenerArns, targetGroupArns },
      node: { nodeEcsService: "nodes/node" },
    };
  };
  onboarded({
    ...{ scenario: "alb", create, covered: 1 },
    follow: async (aws, _, __, root) => {
      const { target_group_arn: targetGroupArn } = await root.outputs<{ target_group_arn: string }>();
      await call(aws, "UpdateService", {
        ...{ cluster: "nodes", service: "node" },
        loadBalancers: [{ targetGroupArn, containerName: "wallarm-node", containerPort: 80 }],
      });
    },
  }).goesAway();
});

const MISSING = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188";

describeWithTools(["terraform", "moto_server"], "onboard alb refuses", () => {
  let aws: LocalAws;
  let application: Application;
  let restore: () => void;

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await behind(kubernetes, aws);
    restore = useAccount(aws.endpoint);
    printed();
  });

  afterAll(async () => {
    restore();
    await aws.stop();
  });

  const out = join(tmpdir(), "onboard-test-refused");
  const onboard = (arn: string, options: Options) => run("alb", arn, { out, ...options });

  test("the listeners of a controller, with the way out, and writes nothing", async () => {
    const { id, node } = application;
    await expect(onboard(id, node)).rejects.toThrow("action annotation");
    expect(existsSync(out)).toBe(false);
  });

  test.each([
    ["another kind of ARN", "arn:aws:s3:::bucket", {}, "takes the ARN of"],
    ["no node", MISSING, { nodeInstances: undefined }, "Set one of --node-autoscaling-group, --node-instances"],
    ["another account", MISSING.replace("123456789012", "210987654321"), {}, "Set --profile or --role-arn"],
    ["a load balancer that is not there", MISSING, {}, "Its load balancers: arn:"],
    ["a wrong source", MISSING, { source: ["registry", "acme"] }, "--source must be"],
    ["--routing without --check", MISSING, { routing: ["routing.json"] }, "--routing is an option of --check"],
    ["a wrong name", MISSING, { name: "-" }, "--name must have 1 to 23"],
  ] as const)("%s", async (_, arn, options, message) => {
    await expect(onboard(arn, { nodeInstances: ["i-0123456789abcdef0"], ...options })).rejects.toThrow(message);
    expect(existsSync(out)).toBe(false);
  });

  test("what could not be read", async () => {
    await aws.refuse({ service: "elbv2", operation: "DescribeRules" });
    const { id, node } = application;
    await expect(onboard(id, node)).rejects.toThrow(/elasticloadbalancing:DescribeRules of arn:[^]*snapshot --policy/);
  });
});
