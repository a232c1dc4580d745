import { SNAPSHOT } from "../../account/snapshot";
import { BYPASSES } from "../../audit/bypasses";
import { changesOf } from "../../onboard/check";
import { compose } from "../../onboard/compose";
import type { Wanted } from "../../onboard/composition";
import { argumentsOf, manifestOf } from "../../onboard/manifest";
import { audited } from "../audit/support/audited";
import { FIXTURES } from "../audit/support/fixtures";
import { add, type Operation, patched, replace } from "../audit/support/patch";
import {
  behavior,
  forward,
  groupArn,
  listenerArn,
  loadBalancer,
  loadBalancerArn,
  origin,
  rule,
  secureSnapshot,
} from "../audit/support/secure";

const COMMON = {
  ...{ name: "shop-wallarm", mirror: false, adoptListeners: false, listenerPorts: null, remembered: {} },
  targetGroupArns: [groupArn("shop")],
};
const WANTED = {
  alb: { ...COMMON, id: loadBalancerArn("shop"), node: { autoScalingGroup: "nodes" } },
  cloudfront: {
    ...{ ...COMMON, id: "E1", node: { autoScalingGroup: "nodes" } },
    cloudFront: { adoptDistribution: true, nodeDomainName: "node.example.com", applicationOrigins: [] },
  },
  "http-api": { ...COMMON, id: "http1", node: { listenerArn: listenerArn("inner") } },
} satisfies Readonly<Record<string, Wanted>>;

const HTTP = "/api_gateway_http/Apis/0";
const CONFIG = "/cloudfront/Distributions/0/DistributionConfig";

/** When it is onboarded, the API has a route, and the node a listener of its own. */
const BASE = [
  add(
    "/elastic_load_balancing/LoadBalancers/-",
    loadBalancer("inner", [
      {
        ...{ ListenerArn: listenerArn("inner"), Port: 80, Protocol: "HTTP", DefaultActions: [forward("node")] },
        Rules: [{ ...rule("default", [], forward("node")), RuleArn: "inner" }],
      },
    ]),
  ),
  add(`${HTTP}/Integrations/-`, {
    IntegrationId: "a",
    IntegrationType: "HTTP_PROXY",
    IntegrationUri: "https://a.example",
  }),
  add(`${HTTP}/Routes/-`, { RouteId: "a", RouteKey: "GET /a", Target: "integrations/a" }),
];

const fixture = (id: string) => FIXTURES[id]?.bypass ?? [];
/** Another load balancer, with the name "second-1…", forwards to the application. */
const second = fixture("other-load-balancer");
const NAME = "second-1.us-east-1.elb.amazonaws.com";
const otherOrigin = add(`${CONFIG}/Origins/Items/-`, origin("app", NAME));
const distribution = (Id: string, config: object) =>
  add("/cloudfront/Distributions/-", {
    ...{ Id, DomainName: `${Id.toLowerCase()}.cloudfront.net` },
    DistributionConfig: {
      ...{ Enabled: true, Origins: { Items: [origin("app", NAME)] }, DefaultCacheBehavior: behavior("app"), ...config },
    },
  });
const integration = (value: object) =>
  replace(`${HTTP}/Integrations/0`, { IntegrationId: "a", IntegrationType: "HTTP_PROXY", ...value });

/** Each on an entry point that is onboarded, by its number in docs/audit.md. */
const CASES: readonly [number, keyof typeof WANTED, readonly Operation[]][] = [
  [21, "alb", fixture("default-action")],
  [22, "alb", fixture("listener-rule")],
  [23, "alb", fixture("weighted-forward")],
  [24, "alb", fixture("other-listener")],
  [31, "cloudfront", [...second, replace(`${CONFIG}/Origins/Items/0`, origin("shop", NAME))]],
  [
    32,
    "cloudfront",
    [...second, otherOrigin, add(`${CONFIG}/CacheBehaviors/Items/-`, behavior("app", { PathPattern: "/a/*" }))],
  ],
  [
    33,
    "cloudfront",
    [
      ...[...second, otherOrigin],
      add(`${CONFIG}/OriginGroups/Items/-`, {
        ...{ Id: "both", Members: { Items: [{ OriginId: "shop" }, { OriginId: "app" }] } },
      }),
      replace(`${CONFIG}/DefaultCacheBehavior`, behavior("both")),
    ],
  ],
  [
    34,
    "cloudfront",
    [
      ...[...second, distribution("E2", { Staging: true })],
      add(`${CONFIG}/ContinuousDeploymentPolicyId`, "policy"),
      add("/cloudfront/ContinuousDeploymentPolicies/-", {
        Id: "policy",
        ContinuousDeploymentPolicyConfig: {
          ...{ Enabled: true, StagingDistributionDnsNames: { Items: ["e2.cloudfront.net"] } },
          TrafficConfig: { Type: "SingleWeight", SingleWeightConfig: { Weight: 0.1 } },
        },
      }),
    ],
  ],
  [41, "http-api", [...second, integration({ IntegrationUri: `http://${NAME}/` })]],
  [
    42,
    "http-api",
    [
      ...fixture("vpc-link").slice(0, 3),
      integration({ IntegrationUri: listenerArn("shop"), ConnectionType: "VPC_LINK", ConnectionId: "link" }),
    ],
  ],
  [
    43,
    "http-api",
    [
      ...second,
      add(`${HTTP}/Integrations/-`, {
        ...{ IntegrationId: "b", IntegrationType: "HTTP_PROXY", IntegrationUri: `http://${NAME}/` },
      }),
      add(`${HTTP}/Routes/-`, { RouteId: "b", RouteKey: "GET /b", Target: "integrations/b" }),
    ],
  ],
];

const manifestBefore = (scenario: keyof typeof WANTED) => {
  const before = patched(secureSnapshot(), BASE);
  return manifestOf(compose(scenario, before, WANTED[scenario]), {
    ...{ account_id: "123456789012", region: "us-east-1", read_at: before.read_at, files: {} },
    arguments: argumentsOf(WANTED[scenario], { source: "example", tags: {} }),
  });
};
/** The lines of onboard --check after changes of the account. */
const lines = (scenario: keyof typeof WANTED, operations: readonly Operation[]) => {
  const after = SNAPSHOT.parse(patched(secureSnapshot(), [...BASE, ...operations]));
  return changesOf(manifestBefore(scenario), compose(scenario, after, WANTED[scenario]).entries);
};

test.each(CASES)(
  "a bypass of class %i, made on what onboard %s is for, is a line of --check",
  (number, scenario, operations) => {
    expect(lines(scenario, operations)).toContainEqual(expect.stringMatching(/^[+~] /));
    // In the API itself, all of its integrations that lead around the node are forgotten routes.
    const numbers = scenario === "http-api" ? [43] : [number];
    const ids = BYPASSES.filter((one) => numbers.some((each) => one.numbers.includes(each))).map(({ id }) => id);
    const { verdict, findings } = audited([...BASE, ...operations]);
    expect(verdict).toBe("bypass");
    expect(findings.map((one) => one.class)).toEqual(expect.arrayContaining(ids));
  },
);

test.each(["alb", "cloudfront", "http-api"] as const)(
  "without a change, onboard %s --check has no line",
  (scenario) => {
    expect(lines(scenario, [])).toEqual([]);
  },
);
