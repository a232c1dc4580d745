import { parse } from "@cdktf/hcl2json";
import { SNAPSHOT, type Snapshot } from "../../account/snapshot";
import { digestWith } from "../../account/schema/digest";
import { UNSUPPORTED_SETTINGS } from "../../stacks/cloudfront/unsupported-settings";
import { unsupportedSettings } from "../../model/distributions";
import { unknownSettings } from "../../account/read/unknown-settings";
import { changesOf } from "../../onboard/check";
import { compose } from "../../onboard/compose";
import type { CloudFrontWanted, Wanted } from "../../onboard/composition";
import { configuration, questionsOf } from "../../onboard/configuration";
import { argumentsOf, manifestOf, wantedOf } from "../../onboard/manifest";
import { owners } from "../../onboard/owners";
import { listenerArn, NETWORK_ARN, networkSnapshotWith } from "./support/listeners";
import { groupArn } from "./support/rules";

const ID = "E2QWRUHAPOMQZL";
const NAME = "shop-1.elb.us-east-1.amazonaws.com";
const digest = digestWith("salt");
const CLOUDFRONT: CloudFrontWanted = {
  ...{ adoptDistribution: true, nodeDomainName: "node.example.com", applicationOrigins: [] },
};
const WANTED: Wanted = {
  ...{ id: ID, name: "shop-wallarm", node: { autoScalingGroup: "nodes" }, cloudFront: CLOUDFRONT },
  ...{ mirror: false, adoptListeners: false, listenerPorts: null, targetGroupArns: [], remembered: {} },
};
const SETTINGS = {
  ...{ name: "shop-wallarm", region: "us-east-1", accountId: "123456789012", tags: {} },
  source: (module: string) => ({ source: `./modules/wallarm/${module}` }),
};
const items = (...Items: object[]) => ({ Quantity: Items.length, Items });
const custom = { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "http-only", OriginSslProtocols: items() };
const SHOP = { Id: "shop", DomainName: NAME, CustomOriginConfig: custom };

interface Sketch {
  readonly origins?: readonly object[];
  readonly config?: object;
  readonly cloudfront?: object;
  readonly distribution?: object;
  readonly scheme?: "internal" | "internet-facing";
  readonly unread?: readonly object[];
}

/** A distribution in front of the load balancer of the application, which has a listener for the node, too. */
function account({ origins = [SHOP], config, cloudfront, distribution, scheme, unread = [] }: Sketch): Snapshot {
  const document = networkSnapshotWith([{ port: 80 }, { port: 443, protocol: "TLS", groups: ["node"] }]);
  const LoadBalancers = document.elastic_load_balancing?.LoadBalancers.map((one) => ({
    ...{ ...one, DNSName: NAME, Scheme: scheme ?? "internet-facing" },
  }));
  return SNAPSHOT.parse({
    ...{ ...document, unread, elastic_load_balancing: { ...document.elastic_load_balancing, LoadBalancers } },
    cloudfront: {
      Distributions: [
        {
          ...{ Id: ID, DomainName: "d1.cloudfront.net", ...distribution },
          DistributionConfig: {
            ...{ Origins: items(...origins), DefaultCacheBehavior: { TargetOriginId: "shop" }, ...config },
          },
        },
      ],
      ...{ ContinuousDeploymentPolicies: [], VpcOrigins: [], Functions: [], ...cloudfront },
    },
  });
}

const wantedWith = ({
  cloudFront,
  ...others
}: Omit<Partial<Wanted>, "cloudFront"> & { cloudFront?: Partial<CloudFrontWanted> }) => ({
  ...{ ...WANTED, ...others, cloudFront: { ...CLOUDFRONT, ...cloudFront } },
});
const composed = (sketch: Sketch = {}, wanted: Parameters<typeof wantedWith>[0] = {}) =>
  compose("cloudfront", account(sketch), wantedWith(wanted));
/** Without what aligns it. */
const file = (name: string, ...args: Parameters<typeof composed>) =>
  configuration(composed(...args), SETTINGS)[name]?.replace(/ +/g, " ");
const stepsIn = (...args: Parameters<typeof composed>) => owners(composed(...args));

describe("an origin", () => {
  test.each<[string, object, string]>([
    ["the load balancer of the application", SHOP, "node"],
    ["the same, over both versions of IP", { ...SHOP, DomainName: `dualstack.${NAME}` }, "node"],
    ["a bucket", { Id: "shop", DomainName: "shop.s3.amazonaws.com", S3OriginConfig: {} }, "other"],
    ["a bucket's website", { ...SHOP, DomainName: "shop.s3-website.eu-central-1.amazonaws.com" }, "other"],
    ["a function", { ...SHOP, DomainName: "a1.lambda-url.eu-central-1.on.aws" }, "other"],
    ["an API", { ...SHOP, DomainName: "a1.execute-api.eu-central-1.amazonaws.com" }, "other"],
    ["a server that nothing tells about", { ...SHOP, DomainName: "shop.example.com" }, "application"],
  ])("is served by whom it can be: %s", (_, origin, servedBy) => {
    const text = file("origins.tf", { origins: [{ ...origin, Id: "one" }, SHOP] });
    if (servedBy === "node") expect(text).not.toContain("served_by");
    else expect(text).toContain(`served_by = "${servedBy}"`);
  });

  test("that nothing tells about is named by its owner, with its target groups", () => {
    const origins = [
      { ...SHOP, DomainName: "shop.example.com" },
      { ...SHOP, Id: "blog" },
    ];
    const wanted = { cloudFront: { applicationOrigins: ["shop"] }, targetGroupArns: [groupArn("shop")] };
    expect(file("origins.tf", { origins }, wanted)).toMatch(/blog = \{\n domain_name = ".*"\n served_by = "other"/);
  });

  test("keeps what it has, and values of headers are variables", () => {
    const CustomHeaders = items({ HeaderName: "X-Tenant", HeaderValue: digest("SECRET") });
    const origins = [
      {
        ...{ ...SHOP, OriginPath: "/v1", ConnectionAttempts: 2, ConnectionTimeout: 5, CustomHeaders },
        ...{ OriginShield: { Enabled: true, OriginShieldRegion: "eu-central-1" } },
        CustomOriginConfig: { ...custom, HTTPSPort: 8443, OriginReadTimeout: 60, OriginKeepaliveTimeout: 5 },
      },
      { Id: 'with "quotes" ${x}', DomainName: "s.s3.amazonaws.com", OriginAccessControlId: "E1", S3OriginConfig: {} },
      { Id: "public", DomainName: "p.s3.amazonaws.com", S3OriginConfig: { OriginAccessIdentity: "" } },
    ];
    const text = file("origins.tf", { origins });
    for (const line of [
      ...['origin_path = "/v1"', "connection_attempts = 2", "connection_timeout = 5"],
      'custom_headers = { X-Tenant = var.origin_header_values["shop"]["X-Tenant"] }',
      ...['origin_shield_region = "eu-central-1"', "https_port = 8443", "origin_read_timeout = 60"],
      ...['"with \\"quotes\\" $${x}" = {', 'origin_access_control_id = "E1"', "s3_origin_config = {}"],
    ])
      expect(text).toContain(line);
    expect(text).not.toContain("origin_keepalive_timeout");
    expect(questionsOf(composed({ origins })).map(({ name }) => name)).toEqual([
      ...["secret_header_values", "origin_header_values"],
    ]);
    expect(file("variables.tf", { origins })).toMatch(/"origin_header_values" \{[^}]*sensitive = true/);
  });

  test("that is the node already is what onboard.json remembers, and nothing without it", () => {
    const composition = composed();
    const remembered = Object.fromEntries(composition.entries.map((entry) => [entry.id, entry]));
    const secret = items({ HeaderName: "X-CloudFront-Secret", HeaderValue: digest("SECRET") });
    const moved = { origins: [{ ...SHOP, DomainName: "node.example.com", CustomHeaders: secret }] };
    expect(file("origins.tf", moved, { remembered })).toBe(file("origins.tf"));
    expect(() => composed(moved)).toThrow("restore onboard.json from version control");
  });
});

describe("settings that the provider does not know", () => {
  test("are the same as those of the module", () => {
    const [distribution] = account({}).cloudfront?.Distributions ?? [];
    expect(Object.keys(distribution ? unsupportedSettings(distribution) : {})).toEqual(["Id", ...UNSUPPORTED_SETTINGS]);
  });

  test.each<[string, Sketch]>([
    ["ViewerMtlsConfig", { config: { ViewerMtlsConfig: { Mode: "required" } } }],
    ["ConnectionMode", { config: { ConnectionMode: "tenant-only" } }],
    ["Origins.ResponseCompletionTimeout", { origins: [{ ...SHOP, ResponseCompletionTimeout: 60 }] }],
    ["Origins.NewSetting", { distribution: { UnknownSettings: ["Origins.NewSetting"] } }],
  ])("are pasted by the owner: %s", (name, sketch) => {
    expect(configuration(composed(sketch), SETTINGS)).not.toHaveProperty("imports.tf");
    expect(file("main.tf", sketch)).not.toContain("adopted_distribution_id");
    expect(stepsIn(sketch)).toContain(`would remove: ${name}. So it is not adopted`);
    const entry = composed(sketch).entries.find(({ id }) => id === `distribution ${ID}`);
    expect(entry).toMatchObject({ needsOwner: true, words: `distribution ${ID} with ${name}` });
  });

  test.each<[string, Sketch]>([
    [
      "HTTP 1.1, IPv4",
      {
        origins: [{ ...SHOP, CustomOriginConfig: { ...custom, IpAddressType: "ipv4", OriginHttpVersion: "http1.1" } }],
      },
    ],
    ["direct", { config: { ConnectionMode: "direct", AnycastIpListId: "" } }],
  ])("are not those that AWS sets by itself: %s", (_, sketch) => {
    expect(file("main.tf", sketch)).toContain("adopted_distribution_id");
  });

  test("are found in an answer, though the SDK drops them", () => {
    const xml = (setting: string) =>
      `<?xml version="1.0"?><DistributionConfig xmlns="x"><Origins><Quantity>1</Quantity><Items><Origin><Id>shop</Id><CustomOriginConfig><HTTPPort>80</HTTPPort>${setting}</CustomOriginConfig></Origin></Items></Origins><Comment/></DistributionConfig>`;
    const known = { Origins: { Quantity: 1, Items: [{ Id: "shop", CustomOriginConfig: { HTTPPort: 80 } }] } };
    expect(unknownSettings(xml(""), known)).toEqual([]);
    expect(unknownSettings(xml("<OriginHttpVersion>http1.1</OriginHttpVersion><Empty/>"), known)).toEqual([]);
    expect(unknownSettings(xml("<OriginHttpVersion>http2</OriginHttpVersion>"), known)).toEqual([
      "Origins.CustomOriginConfig.OriginHttpVersion",
    ]);
    expect(unknownSettings(xml("<New><Part>1</Part></New>"), known)).toEqual(["Origins.CustomOriginConfig.New.Part"]);
  });
});

describe("the owner", () => {
  const pasted = { cloudFront: { adoptDistribution: false } };

  test.each<[string, Sketch, Parameters<typeof wantedWith>[0], RegExp]>([
    [
      "over the internet",
      {},
      pasted,
      /try\(local\.wallarm\.cutover_origins\["shop"\]\.custom_origin_config\.http_port, 80\)/,
    ],
    [
      "by a VPC origin",
      { scheme: "internal" },
      {
        cloudFront: { ...pasted.cloudFront, nodeDomainName: "node.internal" },
        node: { listenerArn: listenerArn(443) },
      },
      /dynamic "vpc_origin_config" \{\n\s+for_each = try\(\[local\.wallarm\.cutover_origins\["shop"\]\.vpc_origin_config\], \[\]\)/,
    ],
  ])(
    "pastes blocks that Terraform understands, with what the origin has today: %s",
    async (_, sketch, wanted, expected) => {
      const [, block = ""] = /```hcl\n(origin \{[^]*?)```/.exec(stepsIn(sketch, wanted)) ?? [];
      expect(block).toMatch(expected);
      expect(block).toContain(`"${NAME}"`);
      const { origin } = (await parse("main.tf", block)) as { origin: object[] };
      expect(origin).toHaveLength(1);
    },
  );

  test("hears of functions that can choose an origin, of a staging distribution, and of permissions", () => {
    const behavior = (event: string, kind: "Lambda" | "") => ({
      [`${kind}FunctionAssociations`]: items({ [`${kind}FunctionARN`]: `arn:${kind}:${event}`, EventType: event }),
    });
    const sketch: Sketch = {
      config: {
        ContinuousDeploymentPolicyId: "p1",
        Logging: { Bucket: "logs.s3.amazonaws.com" },
        DefaultCacheBehavior: { TargetOriginId: "shop", ...behavior("viewer-request", "") },
        CacheBehaviors: items(
          { PathPattern: "/a", TargetOriginId: "shop", ...behavior("origin-request", "Lambda") },
          { PathPattern: "/b", TargetOriginId: "shop", ...behavior("viewer-response", "") },
          { PathPattern: "/c", TargetOriginId: "shop", ...behavior("viewer-request", "Lambda") },
        ),
      },
      cloudfront: {
        ContinuousDeploymentPolicies: [
          {
            Id: "p1",
            ContinuousDeploymentPolicyConfig: {
              ...{ Enabled: true, StagingDistributionDnsNames: items() },
              TrafficConfig: { Type: "SingleWeight", SingleWeightConfig: { Weight: 0.05 } },
            },
          },
        ],
      },
    };
    const around = composed(sketch).entries.filter(({ needsOwner }) => needsOwner);
    expect(around.map(({ words }) => words)).toEqual([
      "function arn:Lambda:origin-request at the origin-request of /a",
      "function arn::viewer-request at the viewer-request of *",
      "staging distribution unknown by the policy p1 (5 percent)",
    ]);
    const text = stepsIn(sketch);
    for (const { words } of around) expect(text).toContain(words);
    expect(text).toContain("lambda:EnableReplication*");
    expect(text).toContain("`logs.s3.amazonaws.com`");
  });
});

describe("the application", () => {
  test.each<[string, string, string[]]>([
    ["HTTP", "http-only", ["shop"]],
    ["HTTPS", "https-only", ["node"]],
    ["either", "match-viewer", ["shop", "node"]],
  ])("is behind the listeners that CloudFront connects to: %s", (_, OriginProtocolPolicy, names) => {
    const origins = [{ ...SHOP, CustomOriginConfig: { ...custom, OriginProtocolPolicy } }];
    const { application } = composed({ origins });
    expect(application.targetGroups.map(({ TargetGroupName }) => TargetGroupName)).toEqual(names);
  });
});

describe("the node", () => {
  test("inside of the VPC is a VPC origin of its load balancer", () => {
    const wanted = { node: { listenerArn: listenerArn(80) }, cloudFront: { nodeDomainName: null } };
    const text = file("main.tf", { scheme: "internal" }, wanted);
    expect(text).toMatch(/origin_protocol_policy = "http-only"\n http_port = 80/);
    expect(text).toContain(`endpoint_arn = "${NETWORK_ARN}"`);
    expect(text).toContain("admit_service_security_group = var.admit_service_security_group");
    expect(stepsIn({ scheme: "internal" }, wanted)).toContain("Admit the VPC origin");
  });

  test("in an Auto Scaling group gets groups that admit CloudFront from its launch template", () => {
    expect(file("main.tf")).toContain("security_groups = { ports = [443] }");
    expect(stepsIn()).toContain("output `security_group_ids` to the launch template");
  });
});

describe("is refused, with the way out", () => {
  const noName = { cloudFront: { nodeDomainName: null } };
  test.each<[string, Sketch, Parameters<typeof wantedWith>[0], string]>([
    ["no such distribution", {}, { id: "E1" }, `has no distribution E1. Its distributions: ${ID} (d1.cloudfront.net)`],
    ["a staging distribution", { config: { Staging: true } }, {}, "is a staging distribution"],
    ["no name of the node", {}, noName, "Set --node-domain-name"],
    [
      "a name of the distribution",
      { config: { Aliases: items("node.example.com" as never) } },
      {},
      "send requests back to itself",
    ],
    [
      "the secret in clear text",
      {},
      { node: { listenerArn: listenerArn(80) } },
      "secret header would cross the internet",
    ],
    [
      "no name in a certificate",
      { scheme: "internal" },
      { ...noName, node: { listenerArn: listenerArn(443) } },
      "name in the certificate",
    ],
    ["another listener", {}, { node: { listenerArn: listenerArn(9) } }, "is not in the account and Region"],
    ["another origin", {}, { cloudFront: { applicationOrigins: ["web"] } }, "has no origins web. Its origins: shop"],
    [
      "a bucket as the application",
      { origins: [SHOP, { Id: "b", DomainName: "b.s3.amazonaws.com", S3OriginConfig: {} }] },
      { cloudFront: { applicationOrigins: ["b"] } },
      "which a node cannot serve",
    ],
    [
      "nothing behind it",
      { origins: [{ ...SHOP, DomainName: "shop.example.com" }] },
      { cloudFront: { applicationOrigins: ["shop"] } },
      "Name the application's target groups with --application-target-groups",
    ],
    [
      "no origin for a node",
      { origins: [{ ...SHOP, DomainName: "shop.example.com" }] },
      {},
      "No origin of E2QWRUHAPOMQZL can have",
    ],
    [
      "a configuration that could not be read",
      { unread: [{ action: "cloudfront:GetDistributionConfig", resource: ID, error: "AccessDenied" }] },
      {},
      "AccessDenied",
    ],
    ["other target groups", {}, { targetGroupArns: [groupArn("none")] }, "not in the snapshot"],
  ])("%s", (_, sketch, wanted, message) => {
    expect(() => composed(sketch, wanted)).toThrow(message);
  });

  test("but not for another distribution that could not be read", () => {
    const unread = [{ action: "cloudfront:GetDistributionConfig", resource: "E1", error: "AccessDenied" }];
    expect(stepsIn({ unread })).toContain("`cloudfront:GetDistributionConfig` of `E1`: AccessDenied");
  });
});

describe("--check", () => {
  const manifest = manifestOf(composed(), {
    ...{ account_id: "123456789012", region: "us-east-1", read_at: "2026-11-27T00:00:00Z", files: {} },
    arguments: argumentsOf(WANTED, { source: "vendor", tags: {} }),
  });
  const changes = (sketch: Sketch) =>
    changesOf(manifest, compose("cloudfront", account(sketch), wantedOf(manifest)).entries);

  test("knows what was asked", () => {
    expect(wantedOf(manifest)).toMatchObject({ ...WANTED, remembered: manifest.entries });
    expect(changes({})).toEqual([]);
  });

  test.each<[string, Sketch, string]>([
    [
      "an origin that nothing tells about",
      { origins: [SHOP, { ...SHOP, Id: "web", DomainName: "web.example.com" }] },
      "+ origin web of no behavior → web.example.com: not covered",
    ],
    [
      "an origin that is gone",
      { origins: [{ ...SHOP, Id: "api" }], config: { DefaultCacheBehavior: { TargetOriginId: "api" } } },
      '- origin shop of * → shop-1.elb.us-east-1.amazonaws.com: gone, but "shop" is still in the configuration',
    ],
    [
      "another port and timeout of an origin",
      { origins: [{ ...SHOP, CustomOriginConfig: { ...custom, HTTPSPort: 8443, OriginReadTimeout: 60 } }] },
      `~ origin shop of * → ${NAME}: was {"domain_name":"${NAME}","custom_origin_config":{"origin_protocol_policy":"http-only","origin_ssl_protocols":[]}}, now {"domain_name":"${NAME}","custom_origin_config":{"https_port":8443,"origin_protocol_policy":"http-only","origin_ssl_protocols":[],"origin_read_timeout":60}}`,
    ],
    [
      "a setting that updates would remove",
      { config: { ViewerMtlsConfig: { Mode: "required" } } },
      `~ distribution ${ID}: now distribution ${ID} with ViewerMtlsConfig`,
    ],
  ])("finds %s", (_, sketch, line) => {
    expect(changes(sketch)).toContain(line);
  });
});
