import { describeInTestAll } from "../test-all";
import { LocalAws } from "./harness/local-aws";
import { Recorder } from "./harness/recorder";
import { BLOCKS } from "./harness/network";
import { createSmallApplication, type SmallApplication } from "./harness/small-application";
import { TerraformRoot, type Variables } from "./harness/terraform";
import { forward, path, World } from "./moto/rows/world";

/** Groups along which requests go, from the load balancer's to the application's. */
type Path = readonly [string, string, string];

/** A root with two calls of a module that share rules, and an eye on their paths after each call of the API. */
class Calls {
  private constructor(
    private readonly aws: LocalAws,
    private readonly recorder: Recorder,
    private readonly root: TerraformRoot,
    private readonly main: string,
    private readonly paths: Readonly<Record<string, Path>>,
    /** Calls of the API after which there were more routes to the node than paths. */
    private readonly cut: string[],
  ) {}

  static async init(
    aws: LocalAws,
    folder: string,
    variables: Variables,
    paths: Readonly<Record<string, Path>>,
  ): Promise<Calls> {
    const cut: string[] = [];
    let routes = 0;
    const recorder = await Recorder.start(aws.endpoint, {
      afterCall: async ({ action }) => {
        if (action.endsWith(":CreateRule")) routes += 1;
        if (action.endsWith(":DeleteRule")) routes -= 1;
        const leading = await Promise.all(Object.values(paths).map((one) => leads(aws, one)));
        if (leading.filter(Boolean).length < routes) cut.push(action);
      },
    });
    const api = { endpoint: recorder.endpoint, folder: aws.folder, signal: aws.signal };
    const root = await TerraformRoot.init(api, folder, variables);
    await root.write("outputs.tf", "");
    return new Calls(aws, recorder, root, await root.read("main.tf"), paths, cut);
  }

  /**
   * Applies the root with these calls, and the others without a block.
   * @param change of the configuration
   * @returns the calls of the API that change something
   */
  async apply(calls: readonly string[], percent = 100, change = (text: string) => text): Promise<string[]> {
    const removed = Object.keys(this.paths).filter((name) => !calls.includes(name));
    const text = removed.reduce(
      (rest, name) => rest.replace(new RegExp(`^module "${name}" \\{[^]*?^\\}\n`, "m"), ""),
      this.main,
    );
    await this.root.edit("main.tf", () => change(text));
    this.recorder.calls.length = 0;
    await this.root.apply(this.at(percent));
    expect(this.cut).toEqual([]);
    expect(await this.root.changes(this.at(percent))).toEqual([]);
    for (const name of calls) expect(await leads(this.aws, this.paths[name] ?? ["", "", ""])).toBe(true);
    return this.recorder.calls.map(({ action }) => action.replace(/^\w+:/, ""));
  }

  async destroy(): Promise<void> {
    await this.root.destroy(this.at(100));
    expect(this.cut).toEqual([]);
    expect(await references(this.aws)).toBe(0);
  }

  stop(): Promise<void> {
    return this.recorder.stop();
  }

  private at(percent: number): Variables {
    return { node_traffic_percent: Object.fromEntries(Object.keys(this.paths).map((name) => [name, percent])) };
  }
}

/** Whether the rules of a path exist, on both sides of each step. */
async function leads({ ec2 }: LocalAws, [loadBalancer, node, application]: Path): Promise<boolean> {
  const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules({
    Filters: [{ Name: "group-id", Values: [loadBalancer, node, application] }],
  });
  const has = (own: string, peer: string, egress: boolean) =>
    SecurityGroupRules.some(
      ({ GroupId, IsEgress, ReferencedGroupInfo, FromPort }) =>
        GroupId === own && IsEgress === egress && ReferencedGroupInfo?.GroupId === peer && FromPort === 80,
    );
  return [
    [loadBalancer, node],
    [node, application],
  ].every(([from = "", to = ""]) => has(from, to, true) && has(to, from, false));
}

/** Number of rules that refer to another security group. */
async function references({ ec2 }: LocalAws): Promise<number> {
  const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules({});
  return SecurityGroupRules.filter(
    ({ GroupId, ReferencedGroupInfo }) => ![undefined, GroupId].includes(ReferencedGroupInfo?.GroupId),
  ).length;
}

describeInTestAll(["terraform", "moto_server"], "two calls that share security group rules", () => {
  let aws: LocalAws;
  let application: SmallApplication;
  let world: World;

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createSmallApplication(aws);
    world = new World(aws);
  }, 120_000);

  afterAll(() => aws.stop());

  describe("two applications on one listener", () => {
    let calls: Calls;

    beforeAll(async () => {
      const { vpc_id, load_balancer_security_group_id, node_security_group_id, application_security_group_id } =
        application.variables as Record<string, string>;
      const orders = await world.securityGroup(vpc_id);
      await aws.elb.createRule({
        ListenerArn: application.albListenerArn,
        Priority: 10,
        Conditions: path("/orders/*"),
        Actions: forward(await world.targetGroup({ VpcId: vpc_id })),
      });
      const [loadBalancer = "", node = "", shop = ""] = [
        load_balancer_security_group_id,
        node_security_group_id,
        application_security_group_id,
      ];
      calls = await Calls.init(
        aws,
        "examples/security-group-rules/complete",
        {
          vpc_id,
          node_security_group_id: node,
          node_instance_ids: application.variables.node_instance_ids,
          application_security_group_ids: { orders, shop },
          load_balancer_security_group_id: loadBalancer,
          listener_arn: application.albListenerArn,
        },
        { orders: [loadBalancer, node, orders], shop: [loadBalancer, node, shop] },
      );
    }, 120_000);

    afterAll(() => calls.stop());

    /** One call, as it was before the second application came: with its own rules. */
    const alone = (text: string) =>
      text
        .replace(/^module "security_group_rules" \{[^]*?^\}\n/m, "")
        .replace("module.security_group_rules.node_security_group_id", "var.node_security_group_id")
        .replace(/ +security_group_rules = .*\n/, "");

    test("without the module, AWS refuses the second of two equal rules", async () => {
      await expect(calls.apply(["orders", "shop"], 0, (text) => alone(alone(text)))).rejects.toThrow(
        "InvalidPermission.Duplicate",
      );
      await calls.destroy();
    });

    test("rules of a call that is already applied are moved, and none is revoked", async () => {
      await calls.apply(["orders"], 100, alone);
      const moved = ["egress_rule.load_balancer_to_node", "ingress_rule.node_from_load_balancer"]
        .map((rule) => `aws_vpc_security_group_${rule}["public-80"]`)
        .map((rule) => `moved {\n  from = module.orders.${rule}\n  to   = module.security_group_rules.${rule}\n}\n`);
      const made = await calls.apply(["orders", "shop"], 100, (text) => `${text}\n${moved.join("\n")}`);
      expect(made.filter((call) => call.startsWith("RevokeSecurityGroup"))).toEqual([]);
      // Those of the second application alone.
      expect(made.filter((call) => call.startsWith("AuthorizeSecurityGroup"))).toHaveLength(2);
    });

    test.each([
      ["shop", "orders"],
      ["orders", "shop"],
    ])("without the call %s, %s keeps its path, and gets it back with it", async (_, left) => {
      const made = await calls.apply([left]);
      expect(made.filter((call) => call.startsWith("RevokeSecurityGroup"))).toHaveLength(2);
      await calls.apply(["orders", "shop"]);
    });

    test("from nothing to 100 and back, no request goes a way without rules", async () => {
      await calls.destroy();
      const made = await calls.apply(["orders", "shop"]);
      expect(made.filter((call) => call.startsWith("AuthorizeSecurityGroup"))).toHaveLength(6);
      await calls.destroy();
    });
  });

  describe("one application behind two load balancers", () => {
    let calls: Calls;

    beforeAll(async () => {
      const { vpc_id, load_balancer_security_group_id, node_security_group_id, application_security_group_id } =
        application.variables as Record<string, string>;
      const partners = await world.securityGroup(vpc_id);
      const { Subnets = [] } = await aws.ec2.describeSubnets({
        Filters: [
          { Name: "vpc-id", Values: [String(vpc_id)] },
          { Name: "cidr-block", Values: [...BLOCKS.loadBalancer] },
        ],
      });
      const LoadBalancerArn = await world.newLoadBalancer({
        Scheme: "internal",
        Subnets: Subnets.map(({ SubnetId }) => String(SubnetId)),
        SecurityGroups: [partners],
      });
      const [node = "", shop = "", loadBalancer = ""] = [
        node_security_group_id,
        application_security_group_id,
        load_balancer_security_group_id,
      ];
      calls = await Calls.init(
        aws,
        "__tests__/apply/roots/shared-application",
        {
          vpc_id,
          node_security_group_id: node,
          node_instance_ids: application.variables.node_instance_ids,
          application_security_group_id: shop,
          load_balancer_security_group_ids: { public: loadBalancer, partners },
          listener_arns: {
            public: application.albListenerArn,
            partners: await world.newListener({
              LoadBalancerArn,
              DefaultActions: forward(await world.targetGroup({ VpcId: vpc_id })),
            }),
          },
        },
        { public: [loadBalancer, node, shop], partners: [partners, node, shop] },
      );
    }, 120_000);

    afterAll(() => calls.stop());

    test("are applied", async () => {
      await calls.apply(["public", "partners"], 0);
      await calls.apply(["public", "partners"]);
    });

    test.each([
      ["public", "partners"],
      ["partners", "public"],
    ])("without the call %s, %s keeps its path, and gets it back with it", async (_, left) => {
      const made = await calls.apply([left]);
      expect(made.filter((call) => call.startsWith("RevokeSecurityGroup"))).toHaveLength(2);
      await calls.apply(["public", "partners"]);
    });

    test("are destroyed, with all rules", () => calls.destroy());
  });
});
