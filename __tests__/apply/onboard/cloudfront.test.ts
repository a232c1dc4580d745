import type { DistributionConfig, Origin } from "@aws-sdk/client-cloudfront";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describeInTestAll } from "../../test-all";
import { environment, region } from "../harness/environment";
import { distribution as behindSettings } from "../foreign/applications/distribution";
import type { LocalAws } from "../harness/local-aws";
import { meaningful } from "../harness/meaningful";
import { createNode } from "../harness/network";
import { resourceChanges } from "../harness/plan";
import { removedBlocks } from "../harness/release";
import { securityGroupRules } from "../harness/security-groups";
import { addNatGateway, BACKEND, NEW_FLEET } from "./fleet";
import { nodeBehindListener } from "./node";
import { type Application, onboarded, release } from "./onboarded";

const list = <T>(...Items: T[]) => ({ Quantity: Items.length, Items });
const TENANT = "SECRET-tenant-of-the-origin";
const SECRET = "00000000000000000000000000000001";
const SERVICE_GROUP = "CloudFront-VPCOrigins-Service-SG";

const read = async (aws: LocalAws, Id: string) => {
  const { DistributionConfig: config, ETag } = await aws.cloudFront.getDistributionConfig({ Id });
  if (config === undefined) throw new Error(`${Id} has no configuration.`);
  return { config, ETag };
};
const whole = async (aws: LocalAws, { id }: Application) => meaningful((await read(aws, id)).config);

async function update(aws: LocalAws, Id: string, change: (config: DistributionConfig) => DistributionConfig) {
  const { config, ETag: IfMatch } = await read(aws, Id);
  await aws.cloudFront.updateDistribution({ Id, IfMatch, DistributionConfig: change(config) });
}

/** Origins of all kinds: a load balancer twice, buckets with and without an identity, and a server that nothing tells about. */
function origins(loadBalancer: string): Origin[] {
  const custom = {
    ...{ HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "http-only" as const },
    OriginSslProtocols: list("TLSv1.2" as const),
  };
  return [
    {
      ...{ Id: "shop", DomainName: loadBalancer, OriginPath: "/shop", CustomOriginConfig: custom },
      CustomHeaders: list({ HeaderName: "X-Tenant", HeaderValue: TENANT }),
      OriginShield: { Enabled: true, OriginShieldRegion: "eu-central-1" },
    },
    {
      ...{ Id: "api", DomainName: loadBalancer, ConnectionAttempts: 2, ConnectionTimeout: 5 },
      CustomOriginConfig: {
        ...{ ...custom, OriginReadTimeout: 60, OriginKeepaliveTimeout: 50 },
        OriginSslProtocols: list("TLSv1.1" as const, "TLSv1.2" as const),
      },
    },
    {
      ...{ Id: "pictures", DomainName: "pictures.s3.eu-central-1.amazonaws.com" },
      S3OriginConfig: { OriginAccessIdentity: "origin-access-identity/cloudfront/E127EXAMPLE51Z" },
    },
    { Id: "public", DomainName: "public.s3.eu-central-1.amazonaws.com", S3OriginConfig: { OriginAccessIdentity: "" } },
    {
      Id: "blog",
      DomainName: "blog.example.net",
      CustomOriginConfig: { ...custom, OriginProtocolPolicy: "match-viewer" },
    },
  ];
}

async function create(aws: LocalAws): Promise<Application> {
  const { network, ...application } = await withoutNode(aws);
  const { instanceIds } = await createNode(aws, network);
  const node = { nodeInstances: Object.values(instanceIds), nodeDomainName: "node.example.com" };
  return { ...application, node };
}

async function createForNewFleet(aws: LocalAws): Promise<Application> {
  const { network, ...application } = await withoutNode(aws);
  await addNatGateway(aws, network);
  return { ...application, node: { ...NEW_FLEET, ...BACKEND } };
}

async function createWithListener(aws: LocalAws): Promise<Application> {
  const { network, ...application } = await withoutNode(aws);
  return { ...application, node: { nodeListener: await nodeBehindListener(aws, network) } };
}

async function withoutNode(aws: LocalAws) {
  const { network, entryPoints, targetGroupArns } = await behindSettings.create(aws);
  const id = String(entryPoints[0]?.id);
  const { LoadBalancers: [loadBalancer] = [] } = await aws.elb.describeLoadBalancers({ Names: ["shop"] });
  const { Listeners = [] } = await aws.elb.describeListeners({ LoadBalancerArn: loadBalancer?.LoadBalancerArn });
  const items = origins(String(loadBalancer?.DNSName));
  await update(aws, id, (config) => ({
    ...{ ...config, ViewerMtlsConfig: undefined, Origins: list(...items) },
    // As the provider sends it.
    ViewerCertificate: { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: "TLSv1" },
    CacheBehaviors: list(
      ...items.slice(1).map(({ Id = "" }) => ({
        ...{ PathPattern: `/${Id}/*`, TargetOriginId: Id, ViewerProtocolPolicy: "https-only" as const },
        CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      })),
    ),
  }));
  return { network, id, targetGroupArns, listenerArns: Listeners.map(({ ListenerArn }) => String(ListenerArn)) };
}

const originsOf = async (aws: LocalAws, id: string): Promise<Record<string, Origin>> => {
  const { config } = await read(aws, id);
  return Object.fromEntries((config.Origins?.Items ?? []).map((origin) => [origin.Id ?? "", origin]));
};

/** What the origins must be at 100. */
async function atTheNode(aws: LocalAws, { id }: Application): Promise<void> {
  const { shop, api, ...others } = await originsOf(aws, id);
  const secret = { HeaderName: "X-CloudFront-Secret", HeaderValue: SECRET };
  expect([shop, api]).toMatchObject([
    {
      ...{ DomainName: "node.example.com", OriginPath: "/shop" },
      CustomOriginConfig: { OriginProtocolPolicy: "https-only", HTTPSPort: 443, OriginReadTimeout: 30 },
    },
    {
      ...{ DomainName: "node.example.com", ConnectionAttempts: 2 },
      CustomOriginConfig: { OriginProtocolPolicy: "https-only", OriginReadTimeout: 60, OriginKeepaliveTimeout: 50 },
    },
  ]);
  expect(shop?.CustomHeaders?.Items).toEqual(
    expect.arrayContaining([{ HeaderName: "X-Tenant", HeaderValue: TENANT }, secret]),
  );
  expect(api?.CustomHeaders?.Items).toEqual([secret]);
  expect(Object.values(others).map((origin) => origin.DomainName)).toEqual([
    "pictures.s3.eu-central-1.amazonaws.com",
    "public.s3.eu-central-1.amazonaws.com",
    "blog.example.net",
  ]);
}

/** Runs commands of OWNERS.md, in the folder of the configuration. */
function runBlock(folder: string, marker: string, env: NodeJS.ProcessEnv): void {
  const owners = readFileSync(join(folder, "OWNERS.md"), "utf8");
  const [, block] = [...owners.matchAll(/```sh\n([^]*?)```/g)].find(([, text]) => text?.includes(marker)) ?? [];
  if (block === undefined) throw new Error(`OWNERS.md has no commands with ${marker}.`);
  execFileSync("bash", ["-euo", "pipefail", "-c", block], { cwd: folder, env });
}

describeInTestAll(["terraform", "moto_server", "aws"], "onboard cloudfront --adopt-distribution", () => {
  const own = onboarded({
    ...{ scenario: "cloudfront", create, covered: 2, options: { region, adoptDistribution: true } },
    answers: {
      ...{ secret_header_values: { blue: SECRET }, origin_header_values: { shop: { "X-Tenant": TENANT } } },
      wait_for_deployment: false, // it looks after half a minute for the first time
    },
    more: whole,
    follow: async (aws, application, percent) => {
      if (percent === 100) await atTheNode(aws, application);
    },
  });

  test("no value of a header is in a file, and the command of OWNERS.md reads them", () => {
    for (const file of readdirSync(own.folder()).filter((name) => /(\.tf|\.md|onboard\.json)$/.test(name)))
      expect(readFileSync(join(own.folder(), file), "utf8")).not.toContain(TENANT);
    expect(own.lines().join("\n")).not.toContain(TENANT);
    runBlock(own.folder(), "headers.auto.tfvars.json", environment(own.aws().endpoint));
    const file = join(own.folder(), "headers.auto.tfvars.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      origin_header_values: { shop: { "X-Tenant": TENANT }, api: {} },
    });
    rmSync(file);
  });

  test("a new origin and a moved behavior are found, and written anew, the plan has nothing else", async () => {
    const { id } = own.application();
    await update(own.aws(), id, (config) => ({
      ...config,
      Origins: list(...(config.Origins?.Items ?? []), {
        ...{ Id: "beta", DomainName: "beta.example.net" },
        CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" as const },
      }),
      CacheBehaviors: list(
        ...(config.CacheBehaviors?.Items ?? []).map((one) =>
          one.PathPattern === "/api/*" ? { ...one, TargetOriginId: "blog" } : one,
        ),
      ),
    }));
    const { exitCode, lines } = await own.check();
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      "+ origin beta of no behavior → beta.example.net: not covered",
      expect.stringMatching(/^~ origin api of \/api\/\* → .*: now origin api of no behavior/) as string,
      expect.stringMatching(/^~ origin blog of \/blog\/\* → .*: now origin blog of \/api\/\*, \/blog\/\*/) as string,
    ]);
    expect(await own.onboard()).toBe(0);
    expect(await own.check()).toEqual({ exitCode: 0, lines: [] });
    expect(resourceChanges(await own.root().plan({ node_traffic_percent: 0 }))).toEqual([
      "update module.wallarm_routing.terraform_data.routing: input, output", // the contract, which lists it
    ]);
    const { Origins, CacheBehaviors } = own.before().more as DistributionConfig;
    await update(own.aws(), id, (config) => ({ ...config, Origins, CacheBehaviors }));
    expect(await own.onboard()).toBe(0);
  }, 300_000);

  test("the distribution is released with the block of the README, and the rest goes", async () => {
    for (const file of readdirSync(own.folder()))
      if (file.endsWith(".tf") && !/^(main|versions|providers|local_aws_override)\.tf$/.test(file))
        rmSync(join(own.folder(), file));
    await own.root().write("main.tf", removedBlocks("cloudfront"));
    await own.root().apply();
    expect(await own.picture()).toEqual(own.before());
  }, 300_000);
});

/** The load balancer in front of the node is a VPC origin, whose security group CloudFront creates with the first apply. */
describe.each([
  {
    option: "--new-fleet",
    create: createForNewFleet,
    loadBalancer: "shop-wallarm-node",
    group: "shop-wallarm-load-balancer",
  },
  { option: "--node-listener", create: createWithListener, loadBalancer: "node", group: "node-load-balancer" },
])("$option", ({ option, create: createApplication, loadBalancer, group }) => {
  describeInTestAll(["terraform", "moto_server", "aws"], `onboard cloudfront ${option}`, () => {
    const own = onboarded({
      ...{ scenario: "cloudfront", create: createApplication, covered: 2 },
      options: { region, adoptDistribution: true },
      answers: {
        ...{ secret_header_values: { blue: SECRET }, origin_header_values: { shop: { "X-Tenant": TENANT } } },
        wait_for_deployment: false,
      },
      more: whole,
      follow: async (aws, { id }, percent, root) => {
        if (percent === 0) {
          await root.write("admit.auto.tfvars", "admit_service_security_group = true\n");
          await root.apply({ node_traffic_percent: 0 });
          return;
        }
        const { VpcOriginList } = await aws.cloudFront.listVpcOrigins({});
        const { LoadBalancers: [node] = [] } = await aws.elb.describeLoadBalancers({ Names: [loadBalancer] });
        const toNode = { DomainName: node?.DNSName, VpcOriginConfig: { VpcOriginId: VpcOriginList?.Items?.[0]?.Id } };
        const { shop, api, ...others } = await originsOf(aws, id);
        expect([shop, api]).toMatchObject([toNode, toNode]);
        for (const origin of Object.values(others)) expect(origin.VpcOriginConfig).toBeUndefined();
        for (const headers of [shop?.CustomHeaders, api?.CustomHeaders])
          expect(headers?.Items).toContainEqual({ HeaderName: "X-CloudFront-Secret", HeaderValue: SECRET });
      },
    });

    test("only CloudFront is admitted to the load balancer of the node", async () => {
      const rules = await securityGroupRules(own.aws());
      expect(rules.filter((rule) => rule.startsWith(`${group} from`))).toEqual([
        `${group} from ${SERVICE_GROUP} tcp 80-80`,
      ]);
    });

    test("what was adopted is released with the blocks of the README, and the rest goes", async () => {
      await release(own.root(), own.folder(), "cloudfront");
      const { ec2 } = own.aws();
      // CloudFront's own, of which AWS does not tell when it goes.
      const { SecurityGroups: [service] = [] } = await ec2.describeSecurityGroups({
        Filters: [{ Name: "group-name", Values: [SERVICE_GROUP] }],
      });
      await ec2.deleteSecurityGroup({ GroupId: service?.GroupId });
      expect(await own.picture()).toEqual(own.before());
    }, 300_000);
  });
});

/** With a setting that the provider does not know, so it is not adopted, and its owner runs the commands of OWNERS.md. */
describeInTestAll(["terraform", "moto_server", "aws", "jq"], "onboard cloudfront, pasted by the owner", () => {
  const own = onboarded({
    ...{ scenario: "cloudfront", create: createWithMtls, covered: 2, options: { region, adoptDistribution: true } },
    ...{ answers: { secret_header_values: { blue: SECRET } }, more: whole },
    follow: async (aws, application, percent) => {
      // After the first apply, there is nothing to take back.
      if (percent === 0 && !existsSync(join(own.folder(), "distribution.json"))) return;
      runBlock(own.folder(), percent === 100 ? "cutover.json" : "back.json", environment(aws.endpoint));
      if (percent === 100) await atTheNode(aws, application);
    },
  });

  test("says why it is not adopted", () => {
    expect(existsSync(join(own.folder(), "imports.tf"))).toBe(false);
    expect(readFileSync(join(own.folder(), "OWNERS.md"), "utf8")).toContain(
      "would remove: ViewerMtlsConfig. So it is not adopted",
    );
  });

  own.goesAway();
});

async function createWithMtls(aws: LocalAws): Promise<Application> {
  const application = await create(aws);
  await update(aws, application.id, (config) => ({
    ...config,
    ViewerMtlsConfig: { Mode: "required", TrustStoreConfig: { TrustStoreId: "ts_0123456789abcdef0" } },
  }));
  return application;
}
