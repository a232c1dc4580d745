import type { Origin } from "@aws-sdk/client-cloudfront";
import { describeInTestAll } from "../test-all";
import { requestCertificate } from "./harness/certificate";
import { inventory } from "./harness/inventory";
import { LocalAws } from "./harness/local-aws";
import { createNetwork, createSecurityGroup } from "./harness/network";
import { resourceChanges } from "./harness/plan";
import { createSecret } from "./harness/secret";
import { TerraformRoot, type Variables } from "./harness/terraform";

const SERVICE_GROUP = "CloudFront-VPCOrigins-Service-SG";
const SECRET = "00000000000000000000000000000001";
const MODULE = "module.wallarm_routing";

describeInTestAll(["terraform", "moto_server"], "examples/cloudfront/vpc-origin", () => {
  let aws: LocalAws;
  let example: TerraformRoot;
  let before: string[];

  beforeAll(async () => {
    aws = await LocalAws.start();
    const network = await createNetwork(aws);
    const variables = {
      vpc_id: network.vpcId,
      node_subnet_ids: Object.values(network.subnetIds.node),
      node_ami_id: "ami-12c6146b",
      node_domain_name: "node.example.com",
      node_certificate_arn: await requestCertificate(aws),
      wallarm_token_secret_arn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm-token-AbCdEf",
      secret_header_secret_arns: { blue: await createSecret(aws, "blue", SECRET) },
      application_domain_name: "shop.example.com",
      application_url: "http://10.0.10.10",
      application_security_group_id: await createSecurityGroup(aws, network, "application"),
    };
    before = await inventory(aws);
    example = await TerraformRoot.init(aws, "examples/cloudfront/vpc-origin", variables);
  });

  afterAll(() => aws.stop());

  const at = (node_traffic_percent: 0 | 100, vpc_origin_exists = true): Variables => ({
    node_traffic_percent,
    vpc_origin_exists,
  });

  async function origin(): Promise<Origin | undefined> {
    const { DistributionList } = await aws.cloudFront.listDistributions();
    const [Id] = (DistributionList?.Items ?? []).map((distribution) => distribution.Id);
    const { DistributionConfig: config } = await aws.cloudFront.getDistributionConfig({ Id });
    return config?.Origins?.Items?.[0];
  }

  async function vpcOriginIds(): Promise<(string | undefined)[]> {
    const { VpcOriginList } = await aws.cloudFront.listVpcOrigins();
    return (VpcOriginList?.Items ?? []).map(({ Id }) => Id);
  }

  async function group(name: string) {
    const { SecurityGroups: [found] = [] } = await aws.ec2.describeSecurityGroups({
      Filters: [{ Name: "group-name", Values: [name] }],
    });
    return found;
  }

  async function expectAtTheApplication(): Promise<void> {
    expect(await origin()).toMatchObject({
      DomainName: "shop.example.com",
      CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
    });
    expect((await origin())?.VpcOriginConfig).toBeUndefined();
  }

  test("is applied at 0, and leads to the application", async () => {
    await example.apply(at(0, false));
    expect(await example.changes(at(0, false))).toEqual([]);
    expect(await vpcOriginIds()).toHaveLength(1);
    await expectAtTheApplication();
  }, 300_000);

  test("the second apply only admits the VPC origins to the load balancer", async () => {
    expect((await group("shop-wallarm-node-load-balancer"))?.IpPermissions).toEqual([]);
    expect(resourceChanges(await example.plan(at(0)))).toEqual([
      `create ${MODULE}.aws_vpc_security_group_ingress_rule.endpoint_from_vpc_origin["node-443"]`,
    ]);
    await example.applyPlan();
    const source = (await group(SERVICE_GROUP))?.GroupId;
    expect((await group("shop-wallarm-node-load-balancer"))?.IpPermissions).toMatchObject([
      { IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [], UserIdGroupPairs: [{ GroupId: source }] },
    ]);
  }, 300_000);

  test("at 100, CloudFront reaches the node through the VPC origin, with the header", async () => {
    expect(resourceChanges(await example.plan(at(100)))).toEqual([
      `update ${MODULE}.aws_cloudfront_distribution.new[0]: origin`,
      `update ${MODULE}.terraform_data.routing: input, output`,
    ]);
    await example.applyPlan();
    expect(await example.changes(at(100))).toEqual([]);
    const [VpcOriginId] = await vpcOriginIds();
    expect(await origin()).toMatchObject({
      DomainName: "node.example.com",
      VpcOriginConfig: { VpcOriginId },
      CustomHeaders: { Items: [{ HeaderName: "X-CloudFront-Secret", HeaderValue: SECRET }] },
    });
    expect((await origin())?.CustomOriginConfig).toBeUndefined();
  }, 300_000);

  test("tags change in place", async () => {
    await example.edit("main.tf", (text) =>
      text.replace(/^(module "wallarm_routing" \{)$/m, '$1\n  tags = { team = "shop" }'),
    );
    expect(resourceChanges(await example.plan(at(100)))).toContain(
      `update ${MODULE}.aws_cloudfront_vpc_origin.node[0]: etag, tags, tags_all`,
    );
    await example.applyPlan();
    expect(await example.changes(at(100))).toEqual([]);
  }, 300_000);

  // The API refuses to change or delete one that a distribution uses.
  test("another setting replaces it: the distribution moves before the old one goes", async () => {
    const old = await vpcOriginIds();
    await example.edit("main.tf", (text) =>
      text.replace(/^( *)vpc_origin = \{$/m, '$1origin_ssl_protocols = ["TLSv1.1", "TLSv1.2"]\n$&'),
    );
    await example.apply(at(100));
    expect(await example.changes(at(100))).toEqual([]);
    expect(await vpcOriginIds()).toHaveLength(1);
    expect(await vpcOriginIds()).not.toEqual(old);
    expect((await origin())?.VpcOriginConfig?.VpcOriginId).toBe((await vpcOriginIds())[0]);
  }, 300_000);

  test("goes back to 0, and away", async () => {
    await example.apply(at(0));
    await expectAtTheApplication();
    await example.destroy(at(0));
    // CloudFront's own group stays.
    const service = await group(SERVICE_GROUP);
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [String(service?.GroupId)] }],
    });
    const ofCloudFront = [service?.GroupId, ...SecurityGroupRules.map((rule) => rule.SecurityGroupRuleId)];
    expect((await inventory(aws)).filter((id) => !ofCloudFront.includes(id))).toEqual(before);
  }, 300_000);
});
