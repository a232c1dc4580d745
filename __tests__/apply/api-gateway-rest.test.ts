import { readFileSync } from "node:fs";
import { describeInTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import { inventory } from "./harness/inventory";
import { listenerRules } from "./harness/listener";
import { LocalAws } from "./harness/local-aws";
import { LocalRestApis } from "./harness/local-rest-apis";
import { bootScript } from "./harness/node-fleet";
import { resourceChanges } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { released } from "./harness/release";
import { createRestApi, integrationsOf, type RestApi } from "./harness/rest-api";
import { TerraformRoot, type Variables } from "./harness/terraform";

const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}-AbCdEf`;
const routing = "module.wallarm_routing";
const adopted = ["ANY /files/{proxy+}", "GET /orders", "GET /orders/{id}", "POST /orders"].map(
  (route) => `${routing}.aws_api_gateway_integration.adopted["${route}"]`,
);
const stage = `${routing}.aws_api_gateway_stage.adopted[0]`;

const atApplication = [
  "ANY /files/{proxy+}: HTTP_PROXY ANY https://shop.example.com/files/{proxy} INTERNET (path.proxy = method.request.path.proxy) 20000 ms",
  "GET /orders/{id}: HTTP_PROXY GET https://shop.example.com/orders/{id} INTERNET (path.id = method.request.path.id) 29000 ms",
  "GET /orders: HTTP_PROXY GET https://shop.example.com/orders INTERNET 29000 ms",
  expect.stringMatching(/^OPTIONS \/orders: MOCK /),
  "POST /orders: HTTP_PROXY POST https://shop.example.com/orders INTERNET 29000 ms",
];
const atNode = (link: string): unknown[] => [
  `ANY /files/{proxy+}: HTTP_PROXY ANY https://node.shop.example.com/files/{proxy} VPC_LINK ${link} (header.X-Source-Ip = context.identity.sourceIp, path.proxy = method.request.path.proxy) 20000 ms`,
  `GET /orders/{id}: HTTP_PROXY GET https://node.shop.example.com/orders/{id} VPC_LINK ${link} (header.X-Source-Ip = context.identity.sourceIp, path.id = method.request.path.id) 29000 ms`,
  `GET /orders: HTTP_PROXY GET https://node.shop.example.com/orders VPC_LINK ${link} (header.X-Source-Ip = context.identity.sourceIp) 29000 ms`,
  expect.stringMatching(/^OPTIONS \/orders: MOCK /),
  `POST /orders: HTTP_PROXY POST https://node.shop.example.com/orders VPC_LINK ${link} (header.X-Source-Ip = context.identity.sourceIp) 29000 ms`,
];

describeWithTools(["terraform", "moto_server", "localstack"], "behind a REST API", () => {
  let aws: LocalAws;
  let apis: LocalRestApis;
  let recorder: Recorder;
  let variables: Variables;
  let vpcId: string;
  let subnetIds: string[];

  beforeAll(async () => {
    [aws, apis] = await Promise.all([LocalAws.start(), LocalRestApis.start()]);
    recorder = await Recorder.start(aws.endpoint, { others: { apigateway: apis.endpoint } });
    const { Vpc } = await aws.ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
    vpcId = String(Vpc?.VpcId);
    const subnets = ["10.0.0.0/24", "10.0.1.0/24"].map(async (CidrBlock, index) => {
      const AvailabilityZone = `us-east-1${"ab"[index]}`;
      const { Subnet } = await aws.ec2.createSubnet({ VpcId: vpcId, CidrBlock, AvailabilityZone });
      return String(Subnet?.SubnetId);
    });
    subnetIds = await Promise.all(subnets);
    variables = {
      application_url: "http://10.0.2.10",
      application_security_group_id: await securityGroup("shop-application"),
      vpc_id: vpcId,
      node_ami_id: "ami-12c6146b",
      node_subnet_ids: subnetIds,
      wallarm_token_secret_arn: secret("wallarm-token"),
    };
  }, 120_000);

  afterAll(async () => {
    await recorder.stop();
    await Promise.all([aws.stop(), apis.stop()]);
  });

  async function securityGroup(GroupName: string): Promise<string> {
    const { GroupId } = await aws.ec2.createSecurityGroup({ GroupName, Description: GroupName, VpcId: vpcId });
    return String(GroupId);
  }

  async function init(path: string, more: Variables): Promise<TerraformRoot> {
    const { folder, signal } = aws;
    return TerraformRoot.init({ endpoint: recorder.endpoint, folder, signal }, path, { ...variables, ...more });
  }

  /** The stage, but for when it was changed. */
  async function stageOf({ id }: RestApi) {
    const stage = await apis.apiGateway.getStage({ restApiId: id, stageName: "live" });
    return { ...stage, $metadata: undefined, lastUpdatedDate: undefined };
  }

  describe("examples/api-gateway-rest/complete", () => {
    let api: RestApi;
    let ofExample: Variables;
    let example: TerraformRoot;
    let before: string[];
    let stageBefore: Awaited<ReturnType<typeof stageOf>>;

    beforeAll(async () => {
      api = await createRestApi(apis, "https://shop.example.com");
      before = await inventory(aws);
      stageBefore = await stageOf(api);
      ofExample = {
        rest_api_id: api.id,
        stage_name: "live",
        application_deployment_id: api.deploymentId,
        application_public_url: "https://shop.example.com",
        node_host_name: "node.shop.example.com",
        node_certificate_secret_arn: secret("node-certificate"),
        client_cidrs: ["203.0.113.0/24"],
      };
      example = await init("examples/api-gateway-rest/complete", ofExample);
    });

    function releasing(text: string): string {
      return released(text, "api-gateway-rest").replace(/^ *client_certificate = .*\n/m, "");
    }

    async function linkId(): Promise<string> {
      const { items: [link] = [] } = await apis.apiGateway.getVpcLinks();
      return String(link?.id);
    }

    test("without the import blocks the plan is refused, and says what to do", async () => {
      const forgetful = await init("examples/api-gateway-rest/complete", ofExample);
      const refused = async (change: (text: string) => string) => {
        await forgetful.edit("main.tf", change);
        return forgetful.plan({ node_traffic_percent: 0 }).then(() => "", String);
      };
      const importOf = (name: string) => new RegExp(`^import \\{[^}]*${name}[^]*?^\\}\\n`, "m");
      expect(await refused((text) => text.replace(importOf("aws_api_gateway_stage"), ""))).toMatch(
        /The stage live was not imported[^]*aws_api_gateway_stage\.adopted\[0\][^]*id = "\w+\/live"/,
      );
      expect(await refused((text) => text.replace(importOf("aws_api_gateway_integration"), ""))).toMatch(
        /The integration of GET \/orders was not imported[^]*adopted\["GET \/orders"\][^]*id = "\w+\/\w+\/GET"/,
      );
      expect(await integrationsOf(apis, api.id)).toEqual(atApplication);
    });

    test("the plan adds the node, and imports integrations and stage without turning them", async () => {
      const plan = resourceChanges(await example.plan({ node_traffic_percent: 0 }));
      expect(plan.filter((change) => !change.startsWith("create ")).sort()).toEqual([
        ...adopted.map((address) => `import ${address}`),
        `import ${stage}`,
        `read ${routing}.data.aws_lb.load_balancer["node"]`,
        `update ${stage}: client_certificate_id`,
      ]);
      expect(plan.filter((change) => change.startsWith(`create ${routing}.`)).sort()).toEqual([
        `create ${routing}.aws_api_gateway_client_certificate.backend["first"]`,
        `create ${routing}.aws_api_gateway_deployment.routing[0]`,
        `create ${routing}.aws_api_gateway_rest_api_policy.adopted[0]`,
        `create ${routing}.aws_api_gateway_vpc_link.node["node"]`,
        `create ${routing}.terraform_data.routing`,
      ]);
    });

    async function expectApplied(percent: number): Promise<void> {
      await example.apply({ node_traffic_percent: percent });
      expect(await example.changes({ node_traffic_percent: percent })).toEqual([]);

      expect(await integrationsOf(apis, api.id)).toEqual(percent === 0 ? atApplication : atNode(await linkId()));
      const { deploymentId, clientCertificateId, ...rest } = await stageOf(api);
      expect({ ...rest, deploymentId: api.deploymentId, clientCertificateId: undefined }).toEqual(stageBefore);
      expect(deploymentId === api.deploymentId).toBe(percent === 0);
      const { items: [certificate] = [] } = await apis.apiGateway.getClientCertificates();
      expect(clientCertificateId).toBe(certificate?.clientCertificateId);
      // The application's deployment, and one of the module.
      const { items: deployments = [] } = await apis.apiGateway.getDeployments({ restApiId: api.id });
      expect(deployments.map(({ description }) => description ?? "the owner's").sort()).toEqual([
        percent === 0 ? "shop-wallarm: to the application" : "shop-wallarm: to the Wallarm Node",
        "the owner's",
      ]);
    }

    test.each([0, 100])("at %d %", expectApplied);

    test("released before 0, nothing is half-done: AWS refuses the first deletion, and it is the first call", async () => {
      const files = ["main.tf", "outputs.tf"];
      const texts = await Promise.all(files.map((file) => example.read(file)));
      // The node's instances are replaced, because they no longer ask for the certificate.
      const present = async () => (await inventory(aws)).filter((id) => !id.startsWith("i-"));
      const before = { present: await present(), stage: await stageOf(api) };
      await example.edit("main.tf", releasing);
      await example.write("outputs.tf", "");
      await expect(example.apply({ node_traffic_percent: 100 })).rejects.toThrow(
        "Active stages pointing to this deployment",
      );
      expect({ present: await present(), stage: await stageOf(api) }).toEqual(before);
      expect(await integrationsOf(apis, api.id)).toEqual(atNode(await linkId()));
      expect((await apis.apiGateway.getClientCertificates()).items).toHaveLength(1);
      await Promise.all(files.map((file, index) => example.write(file, String(texts[index]))));
    });

    test("at 0 % again", () => expectApplied(0));

    test("the resource policy is the one that was shown before", async () => {
      const { policy = "" } = await apis.apiGateway.getRestApi({ restApiId: api.id });
      const { resource_policy_json: shown } = await example.outputs<{ resource_policy_json: string }>();
      // The API escapes it.
      expect(JSON.parse(JSON.parse(`"${policy}"`) as string)).toEqual(JSON.parse(shown));
    });

    test("the node demands the certificate that the stage shows", async () => {
      const { items: [certificate] = [] } = await apis.apiGateway.getClientCertificates();
      const script = await bootScript(aws);
      expect(script).toContain(String(certificate?.pemEncodedCertificate).trim());
    });

    test("the link leads to the load balancer in front of the node", async () => {
      const { items: [link] = [] } = await apis.apiGateway.getVpcLinks();
      const { LoadBalancers = [] } = await aws.elb.describeLoadBalancers({ Names: ["shop-wallarm"] });
      expect(link).toMatchObject({ name: "shop-wallarm", targetArns: [LoadBalancers[0]?.LoadBalancerArn] });
    });

    test("the cutover changes integrations, deployment and stage, and nothing else", async () => {
      const plan = await example.plan({ node_traffic_percent: 100 });
      expect(resourceChanges(plan).sort()).toEqual([
        `replace ${routing}.aws_api_gateway_deployment.routing[0]: triggers`,
        ...adopted.map((address) => `update ${address}: connection_id, connection_type, request_parameters, uri`),
        `update ${stage}: deployment_id`,
        `update ${routing}.terraform_data.routing: input, output`,
      ]);
    });

    test("destroy is refused, and deletes nothing", async () => {
      const present = await inventory(aws);
      await expect(example.destroy({ node_traffic_percent: 0 })).rejects.toThrow("lifecycle.prevent_destroy");
      expect(await inventory(aws)).toEqual(present);
      expect(await integrationsOf(apis, api.id)).toEqual(atApplication);
    });

    test("released as the README says, the API stays as it was and everything else goes", async () => {
      // Without the certificate first, which the stage shows.
      await example.edit("main.tf", (text) => text.replace(/^ *backend_certificate = .*\n/m, ""));
      await example.apply({ node_traffic_percent: 0 });
      await example.edit("main.tf", releasing);
      await example.edit("outputs.tf", () => undefined);
      await example.apply({ node_traffic_percent: 0 });
      await example.destroy({ node_traffic_percent: 0 });
      expect(await inventory(aws)).toEqual(before);
      expect(await integrationsOf(apis, api.id)).toEqual(atApplication);
      expect(await stageOf(api)).toMatchObject({ deploymentId: api.deploymentId, variables: { colour: "blue" } });
      expect((await apis.apiGateway.getVpcLinks()).items).toEqual([]);
    });
  });

  describeInTestAll([], "examples/api-gateway-rest/existing-link", () => {
    let api: RestApi;
    let example: TerraformRoot;
    let listenerArn: string;
    let integrationsBefore: string[];
    let stageBefore: Awaited<ReturnType<typeof stageOf>>;

    beforeAll(async () => {
      const group = await securityGroup("shop-link");
      const { LoadBalancers: [loadBalancer] = [] } = await aws.elb.createLoadBalancer({
        Name: "shop-link",
        Type: "network",
        Scheme: "internal",
        Subnets: subnetIds,
        SecurityGroups: [group],
      });
      const LoadBalancerArn = String(loadBalancer?.LoadBalancerArn);
      const { TargetGroups: [targetGroup] = [] } = await aws.elb.createTargetGroup({
        Name: "shop-link",
        Protocol: "TCP",
        Port: 80,
        VpcId: vpcId,
      });
      const TargetGroupArn = String(targetGroup?.TargetGroupArn);
      const { Listeners: [listener] = [] } = await aws.elb.createListener({
        LoadBalancerArn,
        Protocol: "TCP",
        Port: 80,
        DefaultActions: [{ Type: "forward", TargetGroupArn, ForwardConfig: { TargetGroups: [{ TargetGroupArn }] } }],
      });
      listenerArn = String(listener?.ListenerArn);
      await apis.apiGateway.createVpcLink({ name: "shop", targetArns: [LoadBalancerArn] });
      api = await createRestApi(apis, "http://app.example.com");
      integrationsBefore = await integrationsOf(apis, api.id);
      stageBefore = await stageOf(api);
      example = await init("examples/api-gateway-rest/existing-link", {
        vpc_link_name: "shop",
        load_balancer_arn: LoadBalancerArn,
        load_balancer_dns_name: "shop-link.elb.us-east-1.amazonaws.com",
        load_balancer_security_group_id: group,
        listener_arn: listenerArn,
        application_target_group_arn: TargetGroupArn,
      });
    });

    test("a link that leads elsewhere is refused", async () => {
      await apis.apiGateway.createVpcLink({ name: "other", targetArns: ["arn:aws:elasticloadbalancing:other"] });
      await expect(example.plan({ node_traffic_percent: 0, vpc_link_name: "other" })).rejects.toThrow(
        "The target of the VPC link other is arn:aws:elasticloadbalancing:other, not arn:aws:elasticloadbalancing:us-east-1",
      );
    });

    test.each([
      { percent: 0, expected: ["default -> forward shop-link"] },
      { percent: 100, expected: [expect.stringMatching(/^default -> forward shop-wallarm-[0-9a-f]{8}$/)] },
      { percent: 0, expected: ["default -> forward shop-link"] },
    ])("at $percent % the listener moves, and the API stays as it is", async ({ percent, expected }) => {
      await example.apply({ node_traffic_percent: percent });
      expect(await example.changes({ node_traffic_percent: percent })).toEqual([]);
      expect(await listenerRules(aws, listenerArn)).toEqual(expected);
      expect(await integrationsOf(apis, api.id)).toEqual(integrationsBefore);
      expect(await stageOf(api)).toEqual(stageBefore);
    });
  });

  test("what was asked of AWS is in the README's permissions", () => {
    const [, permissions = "[]"] =
      /## Permissions[^[]*(\[[^\]]*\])/.exec(readFileSync("modules/api-gateway-rest/README.md", "utf8")) ?? [];
    const asked = [...recorder.actions].filter((action) => action.startsWith("apigateway:"));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((action) => !(JSON.parse(permissions) as string[]).includes(action))).toEqual([]);
  });
});
