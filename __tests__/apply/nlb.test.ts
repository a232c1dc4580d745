import { readFileSync } from "node:fs";
import { describeInTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import { createExistingApplication, type ExistingApplication } from "./harness/existing-application";
import { inventory } from "./harness/inventory";
import { listenerRules } from "./harness/listener";
import { LocalAws } from "./harness/local-aws";
import { nodeFleet } from "./harness/node-fleet";
import { type Plan, resourceChanges } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { released } from "./harness/release";
import { TerraformRoot, type Variables } from "./harness/terraform";

const adopted = 'module.wallarm_routing.aws_lb_listener.adopted["public"]';
const toApplication = ["default -> forward shop-network"];
const toNode = [expect.stringMatching(/^default -> forward (shop|partner)-wallarm-[0-9a-f]{8}$/)];

/** What both examples add, and nothing else. */
const additions = [
  ...nodeFleet.map((address) => `create ${address}`),
  "create module.wallarm_routing.aws_lb_target_group.node",
  'create module.wallarm_routing.aws_vpc_security_group_egress_rule.node_to_application["80"]',
  'create module.wallarm_routing.aws_vpc_security_group_ingress_rule.application_from_node["80"]',
  "create module.wallarm_routing.terraform_data.routing",
];

describeWithTools(["terraform", "moto_server"], "behind a Network Load Balancer", () => {
  let aws: LocalAws;
  let application: ExistingApplication;
  let recorder: Recorder;
  let variables: Variables;
  /** Of the listener that nobody manages with Terraform. */
  let listenerArn: string;

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createExistingApplication(aws);
    recorder = await Recorder.start(aws.endpoint);
    const { outputs } = application;
    variables = {
      node_ami_id: "ami-12c6146b",
      node_subnet_ids: outputs.public_subnet_ids,
      vpc_id: outputs.vpc_id,
      load_balancer_arn: outputs.network_load_balancer_arn,
      load_balancer_dns_name: "shop-network.elb.us-east-1.amazonaws.com",
      application_url: `http://${outputs.application_private_ips[0]}`,
      wallarm_token_secret_arn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm-token-AbCdEf",
      load_balancer_security_group_id: outputs.network_load_balancer_security_group_id,
      application_security_group_id: outputs.application_security_group_id,
      application_target_group_arn: outputs.network_target_group_arn,
    };
    const TargetGroupArn = outputs.network_target_group_arn;
    const { Listeners: [listener] = [] } = await aws.elb.createListener({
      LoadBalancerArn: outputs.network_load_balancer_arn,
      Protocol: "TCP",
      Port: 80,
      DefaultActions: [{ Type: "forward", TargetGroupArn }],
      Tags: [{ Key: "owner", Value: "shop" }],
    });
    listenerArn = String(listener?.ListenerArn);
  }, 300_000);

  afterAll(async () => {
    await recorder.stop();
    await aws.stop();
  });

  async function init(path: string, more: Variables = {}): Promise<TerraformRoot> {
    const { folder, signal } = aws;
    return TerraformRoot.init({ endpoint: recorder.endpoint, folder, signal }, path, { ...variables, ...more });
  }

  /** The application's own state plans no change. */
  async function expectApplicationUntouched(): Promise<void> {
    expect(await application.root.changes()).toEqual([]);
  }

  /** Everything of the listener but its default action. */
  async function listenerWithoutAction() {
    const { Listeners = [] } = await aws.elb.describeListeners({ ListenerArns: [listenerArn] });
    const { TagDescriptions } = await aws.elb.describeTags({ ResourceArns: [listenerArn] });
    return { ...Listeners[0], DefaultActions: undefined, TagDescriptions };
  }

  async function groupRules(groupName: string, egress: boolean): Promise<string[]> {
    const { SecurityGroups = [] } = await aws.ec2.describeSecurityGroups();
    // Terraform adds 26 digits to the name of the node's group.
    const nameOf = (id?: string) =>
      SecurityGroups.find(({ GroupId }) => GroupId === id)?.GroupName?.replace(/-[0-9a-f]{26}$/, "");
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [
        {
          Name: "group-id",
          Values: SecurityGroups.flatMap(({ GroupId = "" }) => (nameOf(GroupId) === groupName ? [GroupId] : [])),
        },
      ],
    });
    return SecurityGroupRules.filter(({ IsEgress }) => IsEgress === egress)
      .map(({ IpProtocol, FromPort, ReferencedGroupInfo, CidrIpv4 }) => {
        const other = ReferencedGroupInfo?.GroupId;
        return `${IpProtocol} ${FromPort} ${other ? nameOf(other) : CidrIpv4}`;
      })
      .sort();
  }

  async function targetGroupAttributes(prefix: string): Promise<Record<string, string | undefined>> {
    const { TargetGroups = [] } = await aws.elb.describeTargetGroups();
    const group = TargetGroups.find(({ TargetGroupName }) => TargetGroupName?.startsWith(prefix));
    const { Attributes = [] } = await aws.elb.describeTargetGroupAttributes({ TargetGroupArn: group?.TargetGroupArn });
    return Object.fromEntries(Attributes.map(({ Key = "", Value }) => [Key, Value]));
  }

  describe("examples/nlb/complete", () => {
    let example: TerraformRoot;
    let before: string[];
    let listenerBefore: Awaited<ReturnType<typeof listenerWithoutAction>>;

    beforeAll(async () => {
      before = await inventory(aws);
      listenerBefore = await listenerWithoutAction();
      example = await init("examples/nlb/complete", { listener_arn: listenerArn });
    });

    // At 0, AWS would answer the create with the listener itself, which has these very settings.
    test.each([0, 100])(
      "without the import block the plan at %i %% is refused, and says what to do",
      async (percent) => {
        const forgetful = await init("examples/nlb/complete", { listener_arn: listenerArn, name: "forgetful" });
        await forgetful.edit("main.tf", (text) => text.replace(/^import \{[^]*?^\}\n/m, ""));
        await expect(forgetful.apply({ node_traffic_percent: percent })).rejects.toThrow(
          /listeners\["public"\] was not imported[^]*import \{[^]*aws_lb_listener\.adopted\["public"\][^]*id = "arn:/,
        );
        expect(await inventory(aws)).toEqual(before);
        expect(await listenerRules(aws, listenerArn)).toEqual(toApplication);
        expect(await listenerWithoutAction()).toEqual(listenerBefore);
      },
    );

    test("the import of another listener is refused by the plan", async () => {
      const confused = await init("examples/nlb/complete", { listener_arn: listenerArn });
      const { Listeners: [other] = [] } = await aws.elb.createListener({
        LoadBalancerArn: application.outputs.network_load_balancer_arn,
        Protocol: "TCP",
        Port: 81,
        DefaultActions: [{ Type: "forward", TargetGroupArn: application.outputs.network_target_group_arn }],
      });
      await confused.edit("main.tf", (text) =>
        text.replace("id = each.value.listener_arn", `id = "${other?.ListenerArn}"`),
      );
      await expect(confused.plan({ node_traffic_percent: 0 })).rejects.toThrow(
        'adopted_listeners["public"] was not imported',
      );
      await aws.elb.deleteListener({ ListenerArn: other?.ListenerArn });
    });

    test("the plan adds the node, imports the listener, and sends its connections where they go today", async () => {
      const plan = await example.plan({ node_traffic_percent: 0 });
      expect(resourceChanges(plan).sort()).toEqual(
        [
          ...additions,
          'create module.wallarm_routing.aws_autoscaling_attachment.autoscaling_group["shop-wallarm"]',
          "create module.wallarm_routing.aws_lb_listener.rehearsal[0]",
          'create module.wallarm_routing.aws_vpc_security_group_egress_rule.load_balancer_to_node["public-80"]',
          'create module.wallarm_routing.aws_vpc_security_group_ingress_rule.node_from_load_balancer["public-80"]',
          `import ${adopted}`,
          // The other of the two forms in which AWS tells one action is dropped.
          `update ${adopted}: default_action`,
        ].sort(),
      );
      expect(defaultTargets(plan)).toEqual({
        before: application.outputs.network_target_group_arn,
        after: application.outputs.network_target_group_arn,
      });
    });

    test.each([
      { percent: 0, expected: toApplication },
      { percent: 100, expected: toNode },
      { percent: 0, expected: toApplication },
    ])("at $percent %", async ({ percent, expected }) => {
      await example.apply({ node_traffic_percent: percent });
      expect(await example.changes({ node_traffic_percent: percent })).toEqual([]);

      expect(await listenerRules(aws, listenerArn)).toEqual(expected);
      expect(await listenerWithoutAction()).toEqual(listenerBefore);
      expect(await groupRules("shop-wallarm-node", false)).toEqual(["tcp 80 shop-network-load-balancer"]);
      expect(await groupRules("shop-wallarm-node", true)).toEqual(["tcp 443 0.0.0.0/0", "tcp 80 shop-application"]);
      expect(await groupRules("shop-network-load-balancer", true)).toContain("tcp 80 shop-wallarm-node");
      expect(await groupRules("shop-application", false)).toContain("tcp 80 shop-wallarm-node");
      expect(await targetGroupAttributes("shop-wallarm-")).toMatchObject({ "preserve_client_ip.enabled": "true" });
      await expectApplicationUntouched();
    });

    test("the cutover is a change of the listener's default action, and of the contract", async () => {
      expect(resourceChanges(await example.plan({ node_traffic_percent: 100 })).sort()).toEqual([
        `update ${adopted}: default_action`,
        "update module.wallarm_routing.terraform_data.routing: input, output",
      ]);
    });

    test("tags that the provider adds everywhere are not put on somebody else's listener", async () => {
      await example.edit("local_aws_override.tf", (text) =>
        text.replace(/max_retries = \d+/, '$&\n  default_tags {\n    tags = { team = "edge" }\n  }'),
      );
      const plan = await example.plan({ node_traffic_percent: 0 });
      await example.edit("local_aws_override.tf", (text) => text.replace(/ {2}default_tags \{[^]*? {2}\}\n/, ""));
      expect(resourceChanges(plan)).toContain("update module.wallarm_routing.aws_lb_listener.rehearsal[0]: tags_all");
      expect(resourceChanges(plan).filter((change) => change.includes(adopted))).toEqual([]);
    });

    test("destroy is refused, and deletes nothing", async () => {
      const present = await inventory(aws);
      await expect(example.destroy({ node_traffic_percent: 0 })).rejects.toThrow("lifecycle.prevent_destroy");
      expect(await inventory(aws)).toEqual(present);
    });

    test("released as the README says, the listener stays and everything else goes", async () => {
      await release(example);
      expect(await inventory(aws)).toEqual(before);
      expect(await listenerRules(aws, listenerArn)).toEqual(toApplication);
      expect(await listenerWithoutAction()).toEqual(listenerBefore);
      await expectApplicationUntouched();
    });

    /** The listener first, then the node itself. */
    async function release(root: TerraformRoot): Promise<void> {
      await root.edit("main.tf", (text) => released(text, "nlb").replace(/^module "network_acl" \{[^]*?^\}\n/m, ""));
      await root.edit("outputs.tf", () => undefined);
      await root.apply({ node_traffic_percent: 0 });
      await root.destroy({ node_traffic_percent: 0 });
    }
  });

  describeInTestAll([], "examples/nlb/listener-owner", () => {
    const listener = "aws_lb_listener.partner";
    let example: TerraformRoot;
    let before: string[];

    beforeAll(async () => {
      before = await inventory(aws);
      example = await init("examples/nlb/listener-owner");
    });

    test("the plan adds the node, beside the owner's listener", async () => {
      expect(resourceChanges(await example.plan({ node_traffic_percent: 0 })).sort()).toEqual(
        [
          ...additions,
          `create ${listener}`,
          'create module.wallarm_routing.aws_autoscaling_attachment.autoscaling_group["partner-wallarm"]',
          'create module.wallarm_routing.aws_vpc_security_group_egress_rule.load_balancer_to_node["partner-80"]',
          'create module.wallarm_routing.aws_vpc_security_group_ingress_rule.node_from_load_balancer["partner-80"]',
        ].sort(),
      );
    });

    test.each([
      { percent: 0, expected: toApplication },
      { percent: 100, expected: toNode },
      { percent: 0, expected: toApplication },
    ])("at $percent %", async ({ percent, expected }) => {
      await example.apply({ node_traffic_percent: percent });
      expect(await example.changes({ node_traffic_percent: percent })).toEqual([]);
      expect(await listenerRules(aws, await partnerListener())).toEqual(expected);
      expect(await targetGroupAttributes("partner-wallarm-")).toMatchObject({ "preserve_client_ip.enabled": "false" });
      await expectApplicationUntouched();
    });

    test("the cutover is a change of the owner's listener, and of the contract", async () => {
      expect(resourceChanges(await example.plan({ node_traffic_percent: 100 })).sort()).toEqual([
        `update ${listener}: default_action`,
        "update module.wallarm_routing.terraform_data.routing: input, output",
      ]);
    });

    test("destroy takes away what was added", async () => {
      await example.destroy({ node_traffic_percent: 0 });
      expect(await inventory(aws)).toEqual(before);
      await expectApplicationUntouched();
    });

    async function partnerListener(): Promise<string> {
      const { Listeners = [] } = await aws.elb.describeListeners({
        LoadBalancerArn: application.outputs.network_load_balancer_arn,
      });
      return String(Listeners.find(({ Port }) => Port === 8000)?.ListenerArn);
    }
  });

  test("what was asked of AWS is in the README's permissions", () => {
    const [, permissions = "[]"] =
      /## Permissions[^[]*(\[[^\]]*\])/.exec(readFileSync("modules/nlb/README.md", "utf8")) ?? [];
    // The examples' own resources ask for more; no other than the module's ask for these.
    const ofModule = /^elasticloadbalancing:|LoadBalancerTargetGroups$|SecurityGroup(Ingress|Egress|Rules)$/;
    const asked = [...recorder.actions].filter((action) => ofModule.test(action));
    expect(asked).toContain("elasticloadbalancing:ModifyListener");
    expect(JSON.parse(permissions)).toEqual(expect.arrayContaining(asked));
  });
});

/** Where the listener's connections go before and after a plan. */
function defaultTargets({ resource_changes = [] }: Plan) {
  const change = resource_changes.find(({ address }) => address === adopted)?.change;
  const target = (attributes: Record<string, unknown> | null | undefined) =>
    (attributes?.default_action as { target_group_arn: string }[] | undefined)?.[0]?.target_group_arn;
  return { before: target(change?.before), after: target(change?.after) };
}
