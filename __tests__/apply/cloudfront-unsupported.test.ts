import type { DistributionConfig } from "@aws-sdk/client-cloudfront";
import { readFileSync } from "node:fs";
import { settings } from "../../account/read/access";
import { readAccount } from "../../account/read/read";
import { digestWith } from "../../account/schema/digest";
import { unsupportedSettings as settingsInSnapshot } from "../../model/distributions";
import { useAccount } from "../account/support/environment";
import { describeInTestAll } from "../test-all";
import { NO_UNSUPPORTED_SETTINGS, UNSUPPORTED_SETTINGS } from "../../stacks/cloudfront/unsupported-settings";
import { settingsOf, settingsOfTheApi } from "./harness/distribution-settings";
import { fullDistribution } from "./harness/full-distribution";
import { LocalAws } from "./harness/local-aws";
import { createLoadBalancer, createNetwork, createSecurityGroup } from "./harness/network";
import { resourceChanges } from "./harness/plan";
import { TerraformRoot } from "./harness/terraform";
import { unsupportedSettings, unsupportedSettingsQuery } from "./harness/unsupported-settings";
import { createVpcOrigin } from "./harness/vpc-origin";

/** Settings that AWS deprecated, and no longer answers. */
const DEPRECATED = ["ViewerCertificate.Certificate", "ViewerCertificate.CertificateSource"];
/** Settings that exclude others of the distribution. */
const OTHER_CERTIFICATES = ["ViewerCertificate.CloudFrontDefaultCertificate", "ViewerCertificate.IAMCertificateId"];
/** Settings of the default cache behavior that the other cache behaviors have too. */
const OF_EACH_BEHAVIOR = /^DefaultCacheBehavior[.](ForwardedValues|MinTTL|DefaultTTL|MaxTTL)/;

/** Settings that the installed SDK is too old for. The local API drops them. */
const NEWER_THAN_THE_SDK = [
  "Origins.CustomOriginConfig.OriginHttpVersion",
  "Origins.VpcOriginConfig.OriginHttpVersion",
];

/** The origins of the distribution, as the module takes them. */
const originsWith = (vpc_origin_id: string) => ({
  shop: {
    domain_name: "shop.example.com",
    origin_path: "/shop",
    custom_headers: { "X-Tenant": "shop" },
    connection_attempts: 2,
    connection_timeout: 5,
    origin_shield_region: "eu-central-1",
    custom_origin_config: {
      http_port: 8080,
      https_port: 8443,
      origin_ssl_protocols: ["TLSv1.1", "TLSv1.2"],
      origin_read_timeout: 60,
      origin_keepalive_timeout: 50,
    },
  },
  internal: {
    domain_name: "internal.example.com",
    served_by: "other",
    vpc_origin_config: {
      vpc_origin_id,
      origin_read_timeout: 40,
      origin_keepalive_timeout: 20,
    },
  },
  pictures: {
    domain_name: "pictures.s3.eu-central-1.amazonaws.com",
    served_by: "other",
    s3_origin_config: { origin_access_identity: "origin-access-identity/cloudfront/E127EXAMPLE51Z" },
  },
  files: {
    domain_name: "files.s3.eu-central-1.amazonaws.com",
    served_by: "other",
    origin_access_control_id: "E327GJI25M56DG",
  },
});

test("the distribution below has every setting that the API has", () => {
  const absent = [...settingsOfTheApi()].filter((path) => !settingsOf(fullDistribution("vo_1")).has(path));
  expect(
    absent.filter((path) => ![...DEPRECATED, ...OTHER_CERTIFICATES].includes(path) && !OF_EACH_BEHAVIOR.test(path)),
  ).toEqual([]);
});

test("the examples have the query of the README, and an answer to it", () => {
  const query = readFileSync("examples/cloudfront/adopted/unsupported-settings.jmespath", "utf8");
  expect(query.trim()).toBe(unsupportedSettingsQuery().trim());
  const answer = readFileSync("examples/cloudfront/minimal/unsupported-settings.json", "utf8");
  expect(JSON.parse(answer)).toEqual({ ...NO_UNSUPPORTED_SETTINGS, Id: ["E1A2B3C4D5E6F7"] });
});

describeInTestAll(["terraform", "moto_server", "aws"], "settings that the provider does not know", () => {
  let aws: LocalAws;
  let root: TerraformRoot;
  let id: string;
  let before: DistributionConfig;

  beforeAll(async () => {
    aws = await LocalAws.start();
    const network = await createNetwork(aws);
    const loadBalancer = await createLoadBalancer(aws, network, {
      ...{ name: "internal", type: "application" },
      securityGroupIds: [await createSecurityGroup(aws, network, "internal")],
    });
    const vpcOriginId = await createVpcOrigin(aws, "internal", loadBalancer);
    const { Distribution } = await aws.cloudFront.createDistribution({
      DistributionConfig: fullDistribution(vpcOriginId),
    });
    id = String(Distribution?.Id);
    before = await distribution();
    root = await TerraformRoot.init(aws, "__tests__/apply/roots/cloudfront", {
      ...{ distribution_id: id, origins: originsWith(vpcOriginId) },
    });
  });

  afterAll(() => aws.stop());

  async function distribution(): Promise<DistributionConfig> {
    const { DistributionConfig: config } = await aws.cloudFront.getDistributionConfig({ Id: id });
    if (config === undefined) throw new Error(`The API has no distribution ${id}.`);
    return config;
  }

  /** An answer of AWS about a distribution that uses none of them. */
  const none = () => ({ ...NO_UNSUPPORTED_SETTINGS, Id: [id] });

  test("the plan is refused until the caller has asked AWS", async () => {
    await expect(root.plan({ node_traffic_percent: 0 })).rejects.toThrow(
      "adopted_distribution_unsupported_settings must be set if adopted_distribution_id is",
    );
  });

  test("a snapshot finds what the query of the README finds, and nothing that the SDK does not know", async () => {
    const restore = useAccount(aws.endpoint);
    const { cloudfront } = await readAccount("123456789012", settings("us-east-1", {}), {
      ...{ services: ["cloudfront"], focus: null, digest: digestWith("salt"), progress: () => undefined },
    });
    restore();
    const [found] = cloudfront?.Distributions ?? [];
    expect(found?.UnknownSettings).toEqual([]);
    const asked = await unsupportedSettings(aws.endpoint, id);
    const inUse = (answer: Readonly<Record<string, readonly string[]>>) =>
      Object.entries(answer).flatMap(([name, values]) => (values.length > 0 ? [name] : []));
    expect(inUse(found ? settingsInSnapshot(found) : {})).toEqual(inUse(asked));
  });

  test("the query of the README finds each, and says where", async () => {
    const { Id, ...found } = await unsupportedSettings(aws.endpoint, id);
    expect(Id).toEqual([id]);
    expect(Object.keys(found)).toEqual(UNSUPPORTED_SETTINGS);
    expect(found).toMatchObject({
      AnycastIpListId: ["anycast"],
      ConnectionMode: ["tenant-only"],
      "OriginGroups.SelectionCriteria": ["group"],
      "Origins.ResponseCompletionTimeout": ["shop"],
      "Origins.S3OriginConfig.OriginReadTimeout": ["pictures"],
      "Origins.VpcOriginConfig.OwnerAccountId": ["internal"],
    });
    const notFound = UNSUPPORTED_SETTINGS.filter((name) => found[name]?.length === 0);
    expect(notFound).toEqual(NEWER_THAN_THE_SDK);
  });

  test("what AWS answers about them is refused, by name", async () => {
    const unsupported_settings = await unsupportedSettings(aws.endpoint, id);
    await expect(root.plan({ node_traffic_percent: 0, unsupported_settings })).rejects.toThrow(
      /would remove these settings[^]*paste the output cutover_origin[^]*Refused: AnycastIpListId, CacheTagConfig, /,
    );
  });

  test("for somebody who says that there are none, the import changes nothing", async () => {
    const at0 = { node_traffic_percent: 0, unsupported_settings: none() };
    expect(resourceChanges(await root.plan(at0)).filter((change) => !change.startsWith("create"))).toEqual([
      "import module.wallarm_routing.aws_cloudfront_distribution.adopted[0]",
    ]);
    await root.applyPlan();
    expect(await distribution()).toEqual(before);
  });

  test("and the cutover removes exactly these, and the way back does not bring them back", async () => {
    await root.apply({ node_traffic_percent: 100, unsupported_settings: none() });
    expect(removed(await distribution())).toEqual(known());
    await root.apply({ node_traffic_percent: 0, unsupported_settings: none() });
    expect(removed(await distribution())).toEqual(known());
  });

  const known = () => UNSUPPORTED_SETTINGS.filter((name) => !NEWER_THAN_THE_SDK.includes(name));

  /** What of the settings the distribution has no more: names of the list, and paths that it does not have. */
  function removed(after: DistributionConfig): string[] {
    const left = settingsOf(after);
    const gone = [...settingsOf(before)].filter((path) => !left.has(path));
    const named = UNSUPPORTED_SETTINGS.filter((name) =>
      gone.some((path) => path === name || path.startsWith(`${name}.`)),
    );
    return [...named, ...gone.filter((path) => !named.some((name) => path === name || path.startsWith(`${name}.`)))];
  }
});
