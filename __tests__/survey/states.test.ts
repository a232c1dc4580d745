import { SNAPSHOT, type Snapshot } from "../../account/snapshot";
import { namedNodesOf } from "../../cli/survey/options";
import { withDistributionsOf } from "../../model/distributions";
import { unreadable } from "../../account/read/read";
import { add, type Operation, patched, replace } from "../audit/support/patch";
import { forward, groupArn, loadBalancerArn, routings, secureSnapshot } from "../audit/support/secure";
import * as kinds from "./support/kinds";
import { accountWith } from "./support/organization";
import { rowOf, surveyed } from "./support/surveyed";

const secure = (...operations: Operation[]) => SNAPSHOT.parse(patched(secureSnapshot(), operations));
const without = (service: keyof Snapshot, ...unread: Snapshot["unread"]): Snapshot => ({
  ...accountWith(kinds.plain("shop", 1)),
  ...{ [service]: null, unread },
});

describe("behind the node", () => {
  const applied = (snapshot: Snapshot, change: Parameters<typeof routings>[0] = {}) =>
    surveyed([snapshot], { roots: [{ routings: routings(change), snapshot }] }).rows;
  // The subnets have a default network ACL and a route to the internet, and the application has no public address.
  const whole = { security_group: "closed", network_acl: "open", route: "closed", layer_7: "closed" };

  test("each entry point of the application has its percentage, and the locks that hold", () => {
    const rows = applied(secure());
    for (const { state, behind } of rows) {
      expect(state).toBe("behind-the-node");
      expect(behind).toEqual([{ name: "shop", percent: 100, verdict: "proven", locks: whole }]);
    }
    expect(rows.map(({ scenario }) => scenario).sort()).toEqual(["alb", "cloudfront", "http-api", "rest-api"]);
  });

  test("a canary is a bypass", () => {
    const snapshot = secure(
      replace("/elastic_load_balancing/LoadBalancers/0/Listeners/0/Rules/0/Actions", [forward("node", "shop")]),
      add("/ec2/SecurityGroupRules/-", {
        ...{ SecurityGroupRuleId: "sgr-alb", GroupId: "sg-00000000", IsEgress: false, IpProtocol: "tcp" },
        ...{ FromPort: 80, ToPort: 80, ReferencedGroupInfo: { GroupId: "sg-00000002" } },
      }),
    );
    const [behind] = rowOf(
      applied(snapshot, { percent: 10 }).filter(({ scenario }) => scenario === "alb"),
      "shop",
    ).behind;
    expect(behind).toMatchObject({
      percent: 10,
      verdict: "bypass",
      locks: { security_group: "open", layer_7: "open" },
    });
  });

  test("what could not be read leaves the locks unknown", () => {
    const unread = { action: "ec2:DescribeSecurityGroupRules", resource: null, error: "AccessDenied" };
    const [first] = applied({ ...secure(), unread: [unread] });
    expect(first?.behind[0]).toMatchObject({ verdict: "undetermined", locks: { security_group: "unknown" } });
  });

  test("a listener that stays with its owner is found by the target group of the node", () => {
    const snapshot = accountWith([...kinds.network("sftp", 1), ...kinds.node("fleet", 50)]);
    const document = {
      ...{ schema_version: 1, scenario: "nlb", name: "sftp-wallarm", entry_points: {}, node_traffic_percent: 100 },
      ...{ live_after_apply: true, application: null, account_id: "123456789012", region: "us-east-1" },
      node: { target_group_arn: groupArn("sftp") },
    };
    const [routing] = routings();
    const root = { routings: [{ ...routing, ...document } as NonNullable<typeof routing>], snapshot };
    expect(rowOf(surveyed([snapshot], { roots: [root] }).rows, "sftp")).toMatchObject({
      ...{ state: "behind-the-node", behind: [{ name: "sftp-wallarm", percent: 100 }] },
    });
  });

  test("without an output, nothing tells how much of it is", () => {
    const made = (document: Snapshot) => {
      for (const rule of document.ec2?.SecurityGroupRules ?? [])
        rule.Description = "shop-wallarm: from the load balancer";
      return document;
    };
    const text = JSON.stringify(accountWith(kinds.twoTargetGroups("shop", 1)));
    const snapshot = made(SNAPSHOT.parse(JSON.parse(text.replaceAll("shop-api", "shop-wallarm-0a1b2c3d"))));
    expect(rowOf(surveyed([snapshot]).rows, "shop")).toMatchObject({
      ...{ state: "undetermined", wave: null },
      reason: expect.stringMatching(/^It forwards to shop-wallarm-0a1b2c3d, .*--routing\.$/) as string,
    });
  });

  test("an API that leads to the load balancer of a node is neither ready nor behind it", () => {
    const nodes = namedNodesOf({ nodeInstances: ["i-0a000001"] });
    const text = JSON.stringify(accountWith(kinds.httpApi("shop", 1)));
    const snapshot = SNAPSHOT.parse(JSON.parse(text.replaceAll(/i-shop-[12]/g, "i-0a000001")));
    const { rows } = surveyed([snapshot], { nodes });
    expect(rowOf(rows, "shop")).toMatchObject({ state: "not-an-application", reason: "In front of the node." });
    expect(rowOf(rows, "shop-api")).toMatchObject({
      ...{ state: "undetermined", wave: null },
      reason: expect.stringContaining(loadBalancerArn("shop")) as string,
    });
  });
});

describe("not an application", () => {
  test("the load balancer of application-backend", () => {
    const { rows } = surveyed([accountWith([...kinds.plain("shop", 1), ...kinds.backend("behind", 2)])]);
    expect(rowOf(rows, "behind")).toMatchObject({
      ...{ state: "not-an-application", reason: "Of application-backend, between the node and its application." },
    });
    expect(rowOf(rows, "shop").state).toBe("ready");
  });

  test("a Gateway Load Balancer", () => {
    const snapshot = accountWith([
      {
        elastic_load_balancing: {
          LoadBalancers: [{ LoadBalancerArn: loadBalancerArn("gw", "gwy"), LoadBalancerName: "gw", Type: "gateway" }],
        },
      },
    ]);
    expect(rowOf(surveyed([snapshot]).rows, "gw")).toMatchObject({ state: "not-an-application", scenario: null });
  });

  test.each([
    ["an Auto Scaling group", { nodeAutoscalingGroup: "fleet" }],
    [
      "a listener",
      { nodeListener: `${loadBalancerArn("fleet", "net").replace(":loadbalancer/", ":listener/")}/f2f7dc8efc522ab2` },
    ],
    ["addresses", { nodeAddresses: ["10.0.2.9", "10.0.3.9"] }],
  ])("a load balancer in front of the node, which is named by %s", (_, options) => {
    const snapshot = accountWith(kinds.node("fleet", 50));
    expect(rowOf(surveyed([snapshot]).rows, "fleet").state).not.toBe("not-an-application");
    expect(rowOf(surveyed([snapshot], { nodes: namedNodesOf(options) }).rows, "fleet")).toMatchObject({
      ...{ state: "not-an-application", reason: "In front of the node." },
    });
  });
});

describe("what was not read", () => {
  const denied = (action: string, resource: string | null = null) => ({ action, resource, error: "AccessDenied" });

  test.each([
    ["elastic_load_balancing", "load balancers", "elasticloadbalancing:DescribeLoadBalancers"],
    ["api_gateway_http", "HTTP APIs", "apigateway:GetApis"],
    ["api_gateway_rest", "REST APIs", "apigateway:GetRestApis"],
    ["cloudfront", "distributions", "cloudfront:ListDistributions"],
  ] as const)("%s: there may be more rows", (service, what, action) => {
    const place = { account_id: "123456789012", region: "us-east-1", what };
    expect(surveyed([without(service)]).unlisted).toEqual([{ ...place, error: "The document does not have them." }]);
    const partly = { ...accountWith([]), unread: [denied(action)] };
    expect(surveyed([partly]).unlisted).toEqual([{ ...place, error: "AccessDenied" }]);
  });

  test("whose account it is: all of it", () => {
    const { rows, unlisted } = surveyed([{ ...accountWith(kinds.autoScaling("shop", 1)), account_id: null }]);
    expect(rows).toEqual([]);
    expect(unlisted.map(({ what, error }) => `${what}: ${error}`)).toEqual(
      ["load balancers", "HTTP APIs", "REST APIs", "distributions"].map(
        (what) => `${what}: The document does not say whose they are.`,
      ),
    );
  });

  test("an account: all of it", () => {
    const account = unreadable("999999999999", "us-east-1", denied("sts:AssumeRole", "role"));
    const { rows, unlisted } = surveyed([account]);
    expect(rows).toEqual([]);
    expect(unlisted.map(({ what, error }) => `${what}: ${error}`)).toEqual(
      ["load balancers", "HTTP APIs", "REST APIs", "distributions"].map((what) => `${what}: AccessDenied`),
    );
  });

  test.each(["ec2", "auto_scaling", "ecs"] as const)("%s: nothing is ready", (service) => {
    expect(rowOf(surveyed([without(service)]).rows, "shop")).toMatchObject({
      ...{
        state: "undetermined",
        wave: null,
        reason: `The document does not have ${service}. Read the account again.`,
      },
    });
  });

  test("a part on which the configuration depends", () => {
    const snapshot = { ...accountWith(kinds.plain("shop", 1)), unread: [denied("elasticloadbalancing:DescribeRules")] };
    expect(rowOf(surveyed([snapshot]).rows, "shop").state).toBe("undetermined");
  });

  test("another part is listed in the row", () => {
    const snapshot = { ...accountWith(kinds.plain("shop", 1)), unread: [denied("ec2:DescribeVpnConnections")] };
    const row = rowOf(surveyed([snapshot]).rows, "shop");
    expect([row.state, row.unread]).toEqual(["ready", snapshot.unread]);
  });
});

describe("a distribution", () => {
  const both = accountWith(kinds.distribution("web", 1));
  const global = { ...both, region: "us-west-2", elastic_load_balancing: { LoadBalancers: [], TargetGroups: [] } };
  const regional = { ...both, cloudfront: null };

  test("is in the Region of its application", () => {
    const { rows, unlisted } = surveyed([global, regional]);
    expect(unlisted).toEqual([]);
    expect(rowOf(rows, "www.web.example.com")).toMatchObject({
      ...{ state: "owner-first", region: "us-east-1", folder: "123456789012-us-east-1-cloudfront-eweb" },
    });
  });

  test("is undetermined if CloudFront was not read whole, in whatever document", () => {
    const unread = [{ action: "cloudfront:ListVpcOrigins", resource: null, error: "AccessDenied" }];
    expect(withDistributionsOf({ ...global, unread }, regional).unread).toEqual(unread);
    expect(rowOf(surveyed([{ ...global, unread }, regional]).rows, "www.web.example.com").state).toBe("undetermined");
  });

  test("is undetermined if the Region that may have its application was not read whole", () => {
    const { rows } = surveyed([global, { ...regional, ecs: null }]);
    expect(rowOf(rows, "www.web.example.com")).toMatchObject({ state: "undetermined", region: "us-east-1" });
  });

  test("is not possible where no Region has its application", () => {
    expect(rowOf(surveyed([global]).rows, "www.web.example.com")).toMatchObject({
      ...{ state: "not-possible", reason: expect.stringContaining("No origin of EWEB can have the node") as string },
    });
  });
});

test("a rule that is there already is no step of its owner", () => {
  const rule = {
    ...{ SecurityGroupRuleId: "sgr-equal", GroupId: "sg-of-shop", IsEgress: true, IpProtocol: "tcp" },
    ...{ FromPort: 80, ToPort: 80, ReferencedGroupInfo: { GroupId: "sg-fleet" } },
  };
  const account = [...kinds.plain("shop", 1), ...kinds.node("fleet", 50), { ec2: { SecurityGroupRules: [rule] } }];
  const nodes = namedNodesOf({ nodeAutoscalingGroup: "fleet" });
  expect(rowOf(surveyed([accountWith(account)], { nodes }).rows, "shop")).toMatchObject({ state: "ready", steps: [] });
});

test("two documents of one account and Region are refused", () => {
  expect(() => surveyed([secure(), secure()])).toThrow("the account and Region 123456789012 us-east-1");
});
