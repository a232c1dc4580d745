import type { DistributionConfig, Origin, Origins } from "@aws-sdk/client-cloudfront";
import { readFileSync } from "node:fs";
import { parse } from "@cdktf/hcl2json";
import { moduleText } from "../modules/workspace";
import { describeInTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import { region } from "./harness/environment";
import { inventory } from "./harness/inventory";
import { LocalAws } from "./harness/local-aws";
import { meaningful } from "./harness/meaningful";
import { nodeFleet } from "./harness/node-fleet";
import { type Plan, resourceChanges, warnings } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { removedBlocks } from "./harness/release";
import { createSecret } from "./harness/secret";
import { TerraformRoot, type Variables } from "./harness/terraform";
import { unsupportedSettings } from "./harness/unsupported-settings";

const secrets = {
  old: "00000000000000000000000000000001",
  new: "00000000000000000000000000000002",
};
const readme = readFileSync("modules/cloudfront/README.md", "utf8");

describeWithTools(["terraform", "moto_server", "aws"], "behind CloudFront", () => {
  let aws: LocalAws;
  let recorder: Recorder;
  let network: Awaited<ReturnType<typeof createNetwork>>;
  let common: Variables;

  beforeAll(async () => {
    aws = await LocalAws.start();
    recorder = await Recorder.start(aws.endpoint);
    network = await createNetwork(aws);
    common = {
      vpc_id: network.vpcId,
      node_domain_name: "node.example.com",
      application_domain_name: "shop.example.com",
      application_url: "http://10.0.1.10",
      wallarm_token_secret_arn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm-token-AbCdEf",
      node_certificate_secret_arn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:node-tls-AbCdEf",
      // Otherwise the provider looks after half a minute for the first time.
      wait_for_deployment: false,
    };
  });

  afterAll(async () => {
    await recorder.stop();
    await aws.stop();
  });

  async function init(path: string, variables: Variables): Promise<TerraformRoot> {
    const { folder, signal } = aws;
    return TerraformRoot.init({ endpoint: recorder.endpoint, folder, signal }, path, { ...common, ...variables });
  }

  async function distribution(id: string): Promise<DistributionConfig> {
    const { DistributionConfig: config } = await aws.cloudFront.getDistributionConfig({ Id: id });
    if (config === undefined) throw new Error(`The API has no distribution ${id}.`);
    return config;
  }

  async function origins(id: string): Promise<Record<string, Origin>> {
    const { Origins } = await distribution(id);
    return byId(Origins);
  }

  async function groupsOf(networkInterfaceId: string): Promise<string[]> {
    const { NetworkInterfaces: [one] = [] } = await aws.ec2.describeNetworkInterfaces({
      NetworkInterfaceIds: [networkInterfaceId],
    });
    return (one?.Groups ?? []).map(({ GroupName = "" }) => GroupName).sort();
  }

  /** What the rules of a group admit. */
  async function admitted(groupName: string): Promise<string[]> {
    const { SecurityGroups: [group] = [] } = await aws.ec2.describeSecurityGroups({
      Filters: [{ Name: "group-name", Values: [groupName] }],
    });
    const { PrefixLists = [] } = await aws.ec2.describeManagedPrefixLists({});
    const listName = (id?: string) => PrefixLists.find(({ PrefixListId }) => PrefixListId === id)?.PrefixListName;
    return (group?.IpPermissions ?? []).flatMap(({ IpProtocol, FromPort, ToPort, PrefixListIds = [], ...others }) => [
      ...PrefixListIds.map(({ PrefixListId }) => `${IpProtocol} ${FromPort}-${ToPort} ${listName(PrefixListId)}`),
      ...[others.IpRanges, others.Ipv6Ranges, others.UserIdGroupPairs].flatMap((sources = []) =>
        sources.map((source) => JSON.stringify(source)),
      ),
    ]);
  }

  describeInTestAll([], "examples/cloudfront/complete", () => {
    const created = "module.wallarm_routing.aws_cloudfront_distribution.new[0]";
    let example: TerraformRoot;
    let before: string[];

    beforeAll(async () => {
      before = await inventory(aws);
      example = await init("examples/cloudfront/complete", {
        node_subnet_ids: network.subnetIds,
        node_ami_id: "ami-12c6146b",
        application_security_group_id: network.applicationGroupId,
        secret_header_secret_arns: {
          blue: await createSecret(aws, "blue", secrets.old),
          green: await createSecret(aws, "green", secrets.new),
        },
      });
    });

    test("the plan adds, and changes nothing", async () => {
      const plan = await example.plan({ node_traffic_percent: 0 });
      expect(resourceChanges(plan).sort()).toEqual([
        "create aws_lb.node",
        "create aws_lb_listener.node",
        "create aws_security_group.load_balancer",
        'create module.load_balancer_to_node.aws_autoscaling_attachment.autoscaling_group["shop-wallarm"]',
        "create module.load_balancer_to_node.aws_lb_target_group.node",
        'create module.load_balancer_to_node.aws_vpc_security_group_egress_rule.load_balancer_to_node["node-443"]',
        'create module.load_balancer_to_node.aws_vpc_security_group_ingress_rule.node_from_load_balancer["node-443"]',
        "create module.load_balancer_to_node.terraform_data.routing",
        ...nodeFleet.map((address) => `create ${address}`),
        `create ${created}`,
        'create module.wallarm_routing.aws_security_group.cloudfront["443"]',
        'create module.wallarm_routing.aws_vpc_security_group_egress_rule.node_to_application["80"]',
        'create module.wallarm_routing.aws_vpc_security_group_ingress_rule.application_from_node["80"]',
        'create module.wallarm_routing.aws_vpc_security_group_ingress_rule.node_from_cloudfront["443"]',
        "create module.wallarm_routing.terraform_data.routing",
      ]);
    });

    const toApplication = { DomainName: "shop.example.com", headers: [], protocol: "http-only" };
    const toNode = {
      DomainName: "node.example.com",
      headers: [{ HeaderName: "X-CloudFront-Secret", HeaderValue: secrets.old }],
      protocol: "https-only",
    };
    test.each([
      { percent: 0, expected: toApplication },
      { percent: 100, expected: toNode },
      { percent: 0, expected: toApplication },
    ])("at $percent %", async ({ percent, expected }) => {
      await example.apply({ node_traffic_percent: percent });
      expect(await example.changes({ node_traffic_percent: percent })).toEqual([]);
      const [id = ""] = await distributionIds();
      const { shop, ...others } = await origins(id);
      expect(others).toEqual({});
      expect({
        DomainName: shop?.DomainName,
        headers: shop?.CustomHeaders?.Items ?? [],
        protocol: shop?.CustomOriginConfig?.OriginProtocolPolicy,
      }).toEqual(expected);
      expect(await distribution(id)).toMatchObject({
        Enabled: true,
        Comment: "shop-wallarm",
        DefaultCacheBehavior: {
          TargetOriginId: "shop",
          ViewerProtocolPolicy: "redirect-to-https",
          CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
          OriginRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
        },
      });
    });

    test("the load balancer admits CloudFront and nobody else, the node the load balancer, and the application the node", async () => {
      const { LoadBalancers: [loadBalancer] = [] } = await aws.elb.describeLoadBalancers({ Names: ["shop-wallarm"] });
      const { SecurityGroups = [] } = await aws.ec2.describeSecurityGroups();
      const idOf = (name: string) => SecurityGroups.find(({ GroupName }) => GroupName?.startsWith(name))?.GroupId;
      expect(loadBalancer?.SecurityGroups?.sort()).toEqual(
        [idOf("shop-wallarm-cloudfront-443"), idOf("shop-wallarm-load-balancer")].sort(),
      );
      expect(await admitted("shop-wallarm-cloudfront-443-*")).toEqual([
        "tcp 443-443 com.amazonaws.global.cloudfront.origin-facing",
      ]);
      expect(await admitted("shop-wallarm-load-balancer")).toEqual([]);
      expect(await admitted("shop-wallarm-node-*")).toEqual([
        expect.stringContaining(`"GroupId":"${idOf("shop-wallarm-load-balancer")}"`),
      ]);
      expect(await admitted("application")).toEqual([
        expect.stringContaining(`"GroupId":"${idOf("shop-wallarm-node")}"`),
      ]);
    });

    test("the instances have the node's group, and no other", async () => {
      const { Reservations = [] } = await aws.ec2.describeInstances({
        Filters: [{ Name: "instance-state-name", Values: ["running"] }],
      });
      const nodes = Reservations.flatMap(({ Instances = [] }) => Instances);
      expect(nodes).toHaveLength(2);
      for (const { SecurityGroups } of nodes)
        expect(SecurityGroups).toMatchObject([{ GroupName: expect.stringMatching(/^shop-wallarm-node-/) as string }]);
    });

    test("the secret that CloudFront does not send is in no state", async () => {
      const state = await example.state();
      expect(state).toContain(secrets.old); // read at 0, too
      expect(state).not.toContain(secrets.new);
    });

    test("destroy takes away what was added", async () => {
      await example.destroy({ node_traffic_percent: 0 });
      expect(await inventory(aws)).toEqual(before);
    });

    async function distributionIds(): Promise<string[]> {
      const { DistributionList } = await aws.cloudFront.listDistributions();
      return (DistributionList?.Items ?? []).map(({ Id = "" }) => Id);
    }
  });

  describe("examples/cloudfront/adopted", () => {
    const adopted = "module.wallarm_routing.aws_cloudfront_distribution.adopted[0]";
    let example: TerraformRoot;
    let id: string;
    let variables: Variables;
    let present: string[];
    let untouched: DistributionConfig;

    beforeAll(async () => {
      id = await createDistribution(aws);
      untouched = await distribution(id);
      present = await inventory(aws);
      variables = {
        distribution_id: id,
        distribution_unsupported_settings: await unsupportedSettings(aws.endpoint, id),
        pictures_domain_name: "pictures.example.com",
        node_security_group_id: network.nodeGroupId,
        node_network_interface_ids: { main: network.networkInterfaceId },
        secret_header_values: { blue: secrets.old },
      };
      example = await init("examples/cloudfront/adopted", variables);
    });

    /** Everything of the distribution but its origins. */
    const withoutOrigins = (config: DistributionConfig) => meaningful({ ...config, Origins: undefined });

    test("without the import block the plan is refused, and says what to do", async () => {
      const refusal = await refused((text) => text.replace(/^import \{[^]*?^\}\n/m, ""));
      expect(refusal).toMatch(
        new RegExp(`distribution ${id} was not imported[^]*import \\{[^]*adopted\\[0\\][^]*id = "${id}"`),
      );
    });

    test("what the plan refuses would be disabled, without an alias, and without an origin that AWS accepts", async () => {
      const { resource } = (await parse("main.tf", moduleText("cloudfront"))) as {
        resource: { aws_cloudfront_distribution: { adopted: [Record<string, unknown>] } };
      };
      const [written] = resource.aws_cloudfront_distribution.adopted;
      expect(written).toMatchObject({ enabled: false, default_cache_behavior: [{ target_origin_id: "not imported" }] });
      expect(written).not.toHaveProperty("aliases");
    });

    test("a list that drops an origin in use, and a node by the distribution's own name, are refused", async () => {
      const refusal = await refused((text) =>
        text
          .replace(/^ {4}api = \{[^]*?^ {4}\}\n/m, "")
          .replace("domain_name       = var.node_domain_name", 'domain_name = "WWW.example.com"'),
      );
      expect(refusal).toContain(`origins does not list api, which the distribution ${id} uses`);
      expect(refusal).toContain(`A domain name of the node (www.example.com) is also one of the distribution ${id}`);
    });

    test.each([true, false])(
      "the plan imports the distribution and changes nothing of it, waiting: %s",
      async (wait_for_deployment) => {
        const plan = await example.plan({ node_traffic_percent: 0, wait_for_deployment });
        expect(resourceChanges(plan).sort()).toEqual([
          'create module.wallarm_routing.aws_network_interface_sg_attachment.node["main-443"]',
          'create module.wallarm_routing.aws_security_group.cloudfront["443"]',
          'create module.wallarm_routing.aws_vpc_security_group_ingress_rule.node_from_cloudfront["443"]',
          "create module.wallarm_routing.terraform_data.routing",
          `import ${adopted}`,
        ]);
      },
    );

    test("the cutover is a change of two origins' domain and header", async () => {
      const plan = await example.plan({ node_traffic_percent: 100, wait_for_deployment: true });
      expect(resourceChanges(plan)).toContain(`update ${adopted}: origin`);
      expect(warnings(plan)).toEqual([]);
      const { before, after } = plannedOrigins(plan);
      const byNode = { domain_name: "node.example.com" };
      const secret = { name: "X-CloudFront-Secret", value: secrets.old };
      expect(meaningful(after)).toEqual(
        meaningful({
          pictures: before.pictures,
          shop: { ...before.shop, ...byNode, custom_header: [...(before.shop?.custom_header ?? []), secret] },
          api: { ...before.api, ...byNode, custom_header: [secret] },
        }),
      );
      // Terraform hides the block that holds the secret. What moves can be read here.
      expect(plannedEntryPoints(plan)).toMatchObject({
        shop: { domain_name: "node.example.com", served_by: "node", active_secret: "blue" },
        pictures: { domain_name: "pictures.example.com", served_by: "other", secret_header_name: null },
      });
    });

    test.each([0, 100])("at %i %", at);

    test("says who answers for each cache behavior, and warns about those that bypass the node", async () => {
      const behaviors = (plan: Plan) => plan.output_changes?.cache_behaviors?.after;
      const staged = { node_traffic_percent: 100, api_served_by: "application" };
      const plan = await example.plan(staged);
      expect(behaviors(plan)).toEqual([
        { path_pattern: "/api/*", target_origin_id: "api", served_by: "application" },
        { path_pattern: "/pictures/*", target_origin_id: "pictures", served_by: "other" },
        { path_pattern: "*", target_origin_id: "shop", served_by: "node" },
      ]);
      expect(warnings(plan)).toEqual([
        'These origins bypass the node: api (cache behaviors: /api/*). Set their served_by to "node", or to "other" if they do not serve the application.',
      ]);
    });

    describeInTestAll([], "rotation, as the runbook says it", () => {
      const steps = rotation(readme);
      let previous: { sent: string[]; accepted: string[] } | undefined;

      test.each(steps)("step $step", async ({ values, active, sends, accepts }) => {
        // The first is what the cutover left.
        if (previous !== undefined)
          await example.apply({ node_traffic_percent: 100, active_secret: active, secret_header_values: values });

        const { shop, api } = await origins(id);
        const sent = [shop, api].flatMap((origin) =>
          (origin?.CustomHeaders?.Items ?? [])
            .filter(({ HeaderName }) => HeaderName === "X-CloudFront-Secret")
            .map(({ HeaderValue = "" }) => HeaderValue),
        );
        const { node_user_data: userData } = await example.outputs<{ node_user_data: string }>();
        const accepted = [...userData.matchAll(/"~\^([0-9a-z]{32,128})\\z"/g)].map(([, value = ""]) => value);
        expect(new Set(sent)).toEqual(new Set([sends]));
        expect(accepted.sort()).toEqual(accepts.sort());

        // Neither side changes at once everywhere, so each value that is sent meets each of the lists.
        const around = [previous ?? { sent, accepted }, { sent, accepted }];
        for (const value of around.flatMap((state) => state.sent))
          for (const state of around) expect(state.accepted).toContain(value);
        previous = { sent, accepted };
      });

      test("ends with the new value alone", () => {
        expect(steps.length).toBeGreaterThan(2);
        expect(previous).toEqual({ sent: [secrets.new, secrets.new], accepted: [secrets.new] });
      });
    });

    test.each([0])("back at %i %", at);

    test("destroy is refused, and deletes nothing", async () => {
      const all = await inventory(aws);
      await expect(example.destroy({ node_traffic_percent: 0 })).rejects.toThrow("lifecycle.prevent_destroy");
      expect(await inventory(aws)).toEqual(all);
    });

    test("released as the README says, the distribution stays and everything else goes", async () => {
      await example.write("main.tf", removedBlocks("cloudfront"));
      await example.edit("outputs.tf", () => undefined);
      await example.apply({ node_traffic_percent: 0 });
      expect(await inventory(aws)).toEqual(present);
      expect(await groupsOf(network.networkInterfaceId)).toEqual(["node"]);
      expect(meaningful(await distribution(id))).toEqual(meaningful(untouched));
    });

    async function at(percent: number): Promise<void> {
      await example.apply({ node_traffic_percent: percent });
      expect(await example.changes({ node_traffic_percent: percent })).toEqual([]);

      expect(withoutOrigins(await distribution(id))).toEqual(withoutOrigins(untouched));
      const { shop, api, pictures } = await origins(id);
      const before = byId(untouched.Origins);
      expect(meaningful(pictures)).toEqual(meaningful(before.pictures));
      if (percent === 0) {
        expect(meaningful([shop, api])).toEqual(meaningful([before.shop, before.api]));
      } else {
        expect(meaningful({ ...shop, CustomHeaders: undefined })).toEqual(
          meaningful({ ...before.shop, CustomHeaders: undefined, DomainName: "node.example.com" }),
        );
        expect(shop?.CustomHeaders).toEqual(headers({ "X-CloudFront-Secret": secrets.old, "X-Tenant": "shop" }));
        expect(meaningful({ ...api, CustomHeaders: undefined })).toEqual(
          meaningful({ ...before.api, CustomHeaders: undefined, DomainName: "node.example.com" }),
        );
        expect(api?.CustomHeaders).toEqual(headers({ "X-CloudFront-Secret": secrets.old }));
      }
      expect(await groupsOf(network.networkInterfaceId)).toEqual([
        "node",
        expect.stringMatching(/^shop-wallarm-cloudfront-443-\w{26}$/),
      ]);
    }

    /** What Terraform says to a plan of the example with another main.tf. */
    async function refused(change: (text: string) => string): Promise<string> {
      let original = "";
      await example.edit("main.tf", (text) => change((original = text)));
      const refusal = await example.plan({ node_traffic_percent: 0 }).then(
        () => "nothing",
        (error: unknown) => String(error),
      );
      await example.edit("main.tf", () => original);
      return refusal;
    }

    function plannedOrigins(plan: Plan) {
      const change = plan.resource_changes?.find(({ address }) => address === adopted)?.change;
      const originsOf = (attributes: Record<string, unknown> | null | undefined) =>
        Object.fromEntries(((attributes?.origin ?? []) as PlannedOrigin[]).map((origin) => [origin.origin_id, origin]));
      return { before: originsOf(change?.before), after: originsOf(change?.after) };
    }

    function plannedEntryPoints(plan: Plan) {
      const change = plan.resource_changes?.find(({ type }) => type === "terraform_data")?.change;
      return (change?.after?.input as { entry_points: unknown } | undefined)?.entry_points;
    }
  });

  test("what was asked of EC2 is in the README's permissions", () => {
    const [, permissions = "[]"] = /## Permissions[^[]*(\[[^\]]*\])/.exec(readme) ?? [];
    // The examples' own instance and address ask for more.
    const ofModule =
      /^ec2:(.*SecurityGroup.*|.*ManagedPrefixList.*|DescribeNetworkInterfaces|ModifyNetworkInterfaceAttribute)$/;
    const asked = [...recorder.actions].filter((action) => ofModule.test(action));
    expect(asked).toContain("ec2:ModifyNetworkInterfaceAttribute");
    expect(JSON.parse(permissions)).toEqual(expect.arrayContaining(asked));
  });
});

interface PlannedOrigin {
  readonly origin_id: string;
  readonly custom_header: readonly object[];
}

function byId(origins: Origins | undefined): Record<string, Origin> {
  return Object.fromEntries((origins?.Items ?? []).map((origin): [string, Origin] => [String(origin.Id), origin]));
}

/** The steps in the README's table, with a value in place of each of its names. */
function rotation(text: string) {
  const table = /^\| *Step *\|.*\n\|[-| ]+\n((?:\|.*\n)+)/m.exec(text)?.[1] ?? "";
  const valueOf = (name: string) => secrets[name as keyof typeof secrets];
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [step = "", given = "", active = "", sends = "", accepts = ""] = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.replaceAll("`", "").trim());
      const pairs = given.split(", ").map((pair): [string, string] => {
        const [color = "", name = ""] = pair.split(" = ");
        return [color, valueOf(name)];
      });
      return {
        step,
        values: Object.fromEntries(pairs),
        active,
        sends: valueOf(sends),
        accepts: accepts.split(", ").map(valueOf),
      };
    });
}

function headers(values: Record<string, string>) {
  return {
    Quantity: Object.keys(values).length,
    Items: expect.arrayContaining(
      Object.entries(values).map(([HeaderName, HeaderValue]) => ({ HeaderName, HeaderValue })),
    ) as unknown,
  };
}

/** A VPC with a node's network interface in it, and an application that nobody is admitted to yet. */
async function createNetwork({ ec2 }: LocalAws) {
  const { Vpc } = await ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
  const vpcId = String(Vpc?.VpcId);
  const { InternetGateway } = await ec2.createInternetGateway();
  await ec2.attachInternetGateway({ VpcId: vpcId, InternetGatewayId: String(InternetGateway?.InternetGatewayId) });
  const subnets = ["10.0.0.0/24", "10.0.1.0/24"].map(async (CidrBlock, index) => {
    const AvailabilityZone = `${region}${"ab"[index]}`;
    const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock, AvailabilityZone });
    return String(Subnet?.SubnetId);
  });
  const subnetIds = await Promise.all(subnets);
  const group = async (GroupName: string) => {
    const { GroupId } = await ec2.createSecurityGroup({ GroupName, Description: GroupName, VpcId: vpcId });
    return String(GroupId);
  };
  const nodeGroupId = await group("node");
  const { NetworkInterface } = await ec2.createNetworkInterface({
    SubnetId: subnetIds[0],
    Groups: [nodeGroupId],
  });
  return {
    vpcId,
    subnetIds,
    nodeGroupId,
    applicationGroupId: await group("application"),
    networkInterfaceId: String(NetworkInterface?.NetworkInterfaceId),
  };
}

/** The distribution of the example, made by hand, and tagged. */
async function createDistribution({ cloudFront }: LocalAws): Promise<string> {
  const config = JSON.parse(
    readFileSync("examples/cloudfront/adopted/distribution.json", "utf8"),
  ) as DistributionConfig;
  const { Distribution } = await cloudFront.createDistributionWithTags({
    DistributionConfigWithTags: { DistributionConfig: config, Tags: { Items: [{ Key: "owner", Value: "shop" }] } },
  });
  return String(Distribution?.Id);
}
