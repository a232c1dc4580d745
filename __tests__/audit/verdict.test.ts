import type { NetworkModel } from "../../model/network/ways";
import { audited } from "./support/audited";
import { securityGroupsOnly } from "./support/network";
import { add, replace } from "./support/patch";
import {
  behavior,
  digest,
  forward,
  from,
  groupArn,
  groupId,
  ingress,
  listenerArn,
  loadBalancer,
  loadBalancerArn,
  networkInterface,
  ofLoadBalancer,
  origin,
  path,
  routings,
  rule,
  ruleArn,
  secret,
  SECRET,
  targetGroup,
} from "./support/secure";

const RULES = "/ec2/SecurityGroupRules/-";
const INTERFACES = "/ec2/NetworkInterfaces/-";
const SHOP_RULES = "/elastic_load_balancing/LoadBalancers/0/Listeners/0/Rules";
const admitted = add(RULES, ingress("from-alb", "app", from("alb")));
const openRule = add(`${SHOP_RULES}/0`, rule(1, [path("/open/*")], forward("shop")));
const locks = { requiredLocks: ["security_group" as const] };
const until = "2027-01-01";

describe("lawful", () => {
  test.each([
    [
      "two secrets",
      [replace(`${SHOP_RULES}/0`, rule(8, [path("/*"), secret(SECRET, digest("f".repeat(32)))], forward("node")))],
    ],
    [
      "a redirect",
      [add(`${SHOP_RULES}/0`, rule(1, [path("/old")], { Type: "redirect", RedirectConfig: { Host: "x" } }))],
    ],
    [
      "a third node",
      [
        add("/auto_scaling/AutoScalingGroups/0/Instances/-", { InstanceId: "i-node3" }),
        add(INTERFACES, networkInterface("node3", "10.0.3.9", ["node"], { Attachment: { InstanceId: "i-node3" } })),
      ],
    ],
    [
      "a NAT gateway in the node's subnets, which are admitted",
      [
        add(RULES, ingress("subnets", "app", { CidrIpv4: "10.0.2.0/24" })),
        add(INTERFACES, networkInterface("nat", "10.0.2.200", [], { InterfaceType: "nat_gateway" })),
        replace("/ec2/RouteTables/0/Routes/1", {
          ...{ DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1", State: "active" },
        }),
      ],
    ],
    [
      "another application",
      [
        add("/elastic_load_balancing/TargetGroups/-", targetGroup("blog", ["i-other"])),
        add(`${SHOP_RULES}/0`, rule(1, [path("/blog/*")], forward("blog"))),
      ],
    ],
    [
      "a disabled distribution",
      [
        add("/cloudfront/Distributions/-", {
          Id: "E9",
          DistributionConfig: {
            ...{ Enabled: false, DefaultCacheBehavior: behavior("app") },
            Origins: { Items: [origin("app", "shop-1.us-east-1.elb.amazonaws.com")] },
          },
        }),
      ],
    ],
  ])("%s", (_, operations) => {
    const { verdict, findings, unknowns, report } = audited(operations);
    expect({ findings, unknowns }).toEqual({ findings: [], unknowns: [] });
    expect([verdict, report(locks).exit_code]).toEqual(["proven", 0]);
  });

  const backend = (...callers: string[]) => [
    add(
      "/elastic_load_balancing/LoadBalancers/-",
      loadBalancer("backend", [
        {
          ...{ ListenerArn: listenerArn("backend"), Port: 80, DefaultActions: [forward("behind")] },
          Rules: [rule("default", [], forward("behind"))],
        },
      ]),
    ),
    add(INTERFACES, networkInterface("backend", "10.0.5.4", ["extra"], ofLoadBalancer("backend"))),
    add(
      "/elastic_load_balancing/TargetGroups/-",
      targetGroup("behind", ["i-app1"], { LoadBalancerArns: [loadBalancerArn("backend")] }),
    ),
    add(RULES, ingress("backend", "app", from("extra"))),
    ...callers.map((group) => add(RULES, ingress(`caller-${group}`, "extra", from(group)))),
  ];

  test("a load balancer behind the node, which only the node reaches", () => {
    const { verdict, findings, unknowns } = audited(backend("node"));
    expect({ findings, unknowns, verdict }).toEqual({ findings: [], unknowns: [], verdict: "proven" });
  });

  test("and a bypass as soon as somebody else reaches it", () => {
    const { verdict, findings } = audited(backend("node", "other"));
    expect([verdict, findings.map((one) => one.class)]).toEqual(["bypass", ["other-load-balancer"]]);
  });

  describe("a load balancer of application-backend", () => {
    const second = add(INTERFACES, networkInterface("backend-2", "10.0.6.4", ["extra"], ofLoadBalancer("backend")));
    const [alb, ...others] = routings();
    if (alb?.application == null) throw new Error("The module alb has no application.");
    const inFront = { ...alb, application: { ...alb.application, security_group_id: groupId("extra") } };
    const ofBackend = {
      ...{ ...alb, scenario: "application-backend", entry_points: {} },
      node: { ...alb.node, security_group_id: groupId("extra"), target_group_arn: null, members: null },
    };

    test("is lawful, and the security groups of the application hold by themselves", () => {
      const found = audited([...backend("node"), second], {}, [inFront, ofBackend, ...others]);
      expect({ findings: found.findings, unknowns: found.unknowns }).toEqual({ findings: [], unknowns: [] });
      expect([found.verdict, found.locks.security_group.state]).toEqual(["proven", "closed"]);
      expect(found.report({ requiredLocks: ["security_group"] }).exit_code).toBe(0);
    });

    test("is a bypass as soon as somebody else reaches it", () => {
      const { verdict, locks: states } = audited([...backend("node", "other"), second], {}, [
        ...[inFront, ofBackend],
        ...others,
      ]);
      expect([verdict, states.security_group.state]).toEqual(["bypass", "open"]);
    });

    test("is not lawful without the module in front of it: nobody says who may reach it", () => {
      expect(audited([...backend("node"), second], {}, [ofBackend]).verdict).toBe("bypass");
    });
  });

  test("and undetermined if its interfaces are not in the snapshot", () => {
    expect(audited(backend("node").filter(({ path }) => path !== INTERFACES)).verdict).toBe("undetermined");
  });
});

describe("locks", () => {
  test("a load balancer admitted for health checks: proven, one lock left, and the command fails", () => {
    const { verdict, locks: states, report } = audited([admitted]);
    expect([verdict, states.layer_7.state]).toEqual(["proven", "closed"]);
    const { findings, exit_code } = report(locks);
    expect(findings.map((one) => [one.class, one.status])).toEqual([["lock-security-group", "open"]]);
    expect(exit_code).toBe(1);
  });

  test("a forward that the security groups stop: proven, and layer 7 does not hold by itself", () => {
    const { verdict, locks: states, report } = audited([openRule]);
    expect([verdict, states.layer_7.state]).toEqual(["proven", "open"]);
    expect(report(locks).exit_code).toBe(0);
    expect(report({ requiredLocks: ["layer_7"] }).exit_code).toBe(1);
  });

  test("an edge function may choose another origin: layer 7 is unknown", () => {
    const { verdict, locks: states } = audited([
      add("/cloudfront/Distributions/0/DistributionConfig/DefaultCacheBehavior/FunctionAssociations", {
        Items: [{ FunctionARN: "arn:aws:cloudfront::123456789012:function/origin", EventType: "viewer-request" }],
      }),
    ]);
    expect([verdict, states.layer_7.state]).toEqual(["proven", "unknown"]);
  });

  test("a lock that is unknown is no lock", () => {
    const unread = add("/unread/-", {
      action: "elasticloadbalancing:DescribeRules",
      resource: listenerArn("shop"),
      error: "no",
    });
    const { report } = audited([unread]);
    expect(report({ requiredLocks: ["layer_7"] })).toMatchObject({ verdict: "undetermined", exit_code: 2 });
  });
});

describe("accepted", () => {
  const accept = (id: string, resource: string, date = until) => ({
    class: id,
    resource,
    reason: "health checks",
    until: date,
  });

  test("the load balancer's health checks", () => {
    const { report } = audited([admitted]);
    const { exit_code, findings, acceptances } = report({
      ...locks,
      acceptances: [accept("lock-security-group", "sgr-from-alb")],
    });
    expect([exit_code, acceptances[0]?.matches]).toEqual([0, 1]);
    expect(findings.map(({ status }) => status)).toEqual(["accepted"]);
  });

  test("but no forward of it", () => {
    const { report } = audited([admitted, openRule]);
    expect(report({ ...locks, acceptances: [accept("lock-security-group", "sgr-from-alb")] }).exit_code).toBe(1);
  });

  test("a way, and no other way of its class", () => {
    const other = add(RULES, ingress("other", "app", from("other")));
    const acceptances = [accept("other-group-admitted", "sgr-other")];
    expect(audited([other]).report({ ...locks, acceptances }).exit_code).toBe(0);
    const cidr = add(RULES, ingress("vpc", "app", { CidrIpv4: "10.0.20.0/24" }));
    expect(audited([other, cidr]).report({ acceptances }).exit_code).toBe(1);
  });

  test.each([
    ["expired", accept("lock-security-group", "sgr-from-alb", "2026-11-26"), "has expired on 2026-11-26"],
    ["without a match", accept("lock-security-group", "sgr-gone"), "matches nothing"],
  ])("%s fails", (_, acceptance, problem) => {
    const { exit_code, problems } = audited([admitted]).report({ acceptances: [acceptance] });
    expect([exit_code, problems]).toEqual([1, [expect.stringContaining(problem)]]);
  });

  test("what is known from a former report does not fail, and what is new does", () => {
    const baseline = new Set(audited([admitted, openRule]).findings.map(({ fingerprint }) => fingerprint));
    expect(audited([admitted, openRule]).report({ baseline }).exit_code).toBe(0);
    const another = add(`${SHOP_RULES}/0`, rule(2, [path("/new/*")], forward("shop")));
    expect(audited([admitted, openRule, another]).report({ baseline }).exit_code).toBe(1);
  });

  test("rules of the module's own argument", () => {
    const documents = routings().map((one) =>
      one.application === null
        ? one
        : {
            ...one,
            application: { ...one.application, accepted: { security_group_rule_ids: ["sgr-other"], routes: null } },
          },
    );
    const { verdict, report } = audited([add(RULES, ingress("other", "app", from("other")))], {}, documents);
    expect([verdict, report(locks).exit_code]).toEqual(["proven", 0]);
  });
});

describe("below 100 percent", () => {
  const canary = [admitted, replace(`${SHOP_RULES}/0`, rule(8, [path("/*"), secret(SECRET)], forward("node", "shop")))];

  test("the module's own weight is intended, and fails unless it is allowed", () => {
    const { verdict, findings, report } = audited(canary, { percent: 50 });
    expect(verdict).toBe("bypass");
    expect(new Set(findings.map((one) => `${one.severity} ${one.intended}`))).toEqual(
      new Set(["intended by node_traffic_percent = 50"]),
    );
    expect(report({ allowCanary: true })).toMatchObject({ exit_code: 0, verdict: "proven" });
  });

  test("another rule is not", () => {
    expect(audited([...canary, openRule], { percent: 50 }).report({ allowCanary: true }).exit_code).toBe(1);
  });
});

describe("unknown", () => {
  const unread = (action: string, resource: string | null) => [
    add("/unread/-", { action, resource, error: "AccessDenied" }),
  ];

  test.each([
    ["rules", unread("elasticloadbalancing:DescribeRules", listenerArn("shop"))],
    ["targets", unread("elasticloadbalancing:DescribeTargetHealth", groupArn("shop"))],
    ["interfaces", unread("ec2:DescribeNetworkInterfaces", null)],
    ["target groups", unread("elasticloadbalancing:DescribeTargetGroups", null)],
    ["load balancers", unread("elasticloadbalancing:DescribeLoadBalancers", null)],
    ["the routes of the API", unread("apigateway:GetRoutes", "http1")],
    ["the API", [replace("/api_gateway_http/Apis", [])]],
    ["the Auto Scaling groups", [replace("/auto_scaling", null)]],
    [
      "the attributes of a target group",
      unread("elasticloadbalancing:DescribeTargetGroupAttributes", groupArn("node")),
    ],
    ["Elastic Load Balancing", [replace("/elastic_load_balancing", null)]],
    [
      "a target without an interface",
      [add("/elastic_load_balancing/TargetGroups/0/Targets/-", { Target: { Id: "i-gone", Port: 80 } })],
    ],
    ["a rule's target group", [add(`${SHOP_RULES}/0`, rule(1, [path("/x")], forward("gone")))]],
  ])("%s", (_, operations) => {
    expect(audited(operations)).toMatchObject({ verdict: "undetermined", exit_code: 2 });
  });

  test("who the application is", () => {
    const documents = routings().map((one) => ({ ...one, application: null }));
    expect(audited([], {}, documents).verdict).toBe("undetermined");
  });

  test("which interfaces with the node's group are the node", () => {
    const documents = routings().map((one) => ({ ...one, node: { ...one.node, members: null } }));
    const other = replace("/ec2/NetworkInterfaces/5/Groups", [{ GroupId: groupId("node") }]);
    expect(audited([], {}, documents).verdict).toBe("proven");
    expect(audited([other], {}, documents).verdict).toBe("undetermined");
  });
});

describe("a Network Load Balancer that keeps the client's address", () => {
  const nlb = [
    add(
      "/elastic_load_balancing/LoadBalancers/-",
      loadBalancer(
        "old",
        [{ ListenerArn: listenerArn("old", "a".repeat(16), "net"), Port: 80, DefaultActions: [forward("tcp")] }],
        {
          ...{ LoadBalancerArn: loadBalancerArn("old", "net"), Type: "network" },
        },
      ),
    ),
    add(INTERFACES, {
      ...networkInterface("nlb", "10.0.1.9", ["alb"], ofLoadBalancer("old", "net")),
      Association: { PublicIp: "198.51.100.9" },
    }),
    add("/elastic_load_balancing/TargetGroups/-", targetGroup("tcp", ["i-app1"], { Protocol: "TCP" })),
  ];
  test("is a bypass if the application admits the world, although it has no public address", () => {
    const world = add(RULES, ingress("world", "app", { CidrIpv4: "0.0.0.0/0" }));
    expect(audited([...nlb, world]).verdict).toBe("bypass");
  });

  test("is undetermined if the application admits a part of the world", () => {
    const part = add(RULES, ingress("part", "app", { CidrIpv4: "203.0.113.0/24" }));
    expect(audited([...nlb, part]).verdict).toBe("undetermined");
  });

  test("is none if the application admits only the node", () => {
    expect(audited(nlb).verdict).toBe("proven");
  });
});

test("an acceptance of a rule names the rule", () => {
  expect(audited([admitted, openRule]).findings[0]?.resources[0]).toBe(ruleArn(1));
});

describe("only the way that is there", () => {
  const classesOf = ({ findings }: ReturnType<typeof audited>) => findings.map((one) => one.class);
  const distribution = (value: string | null, Enabled: boolean) =>
    add("/cloudfront/Distributions/-", {
      Id: "E2",
      DistributionConfig: {
        ...{ Enabled, DefaultCacheBehavior: behavior("app") },
        Origins: { Items: [origin("app", "shop-1.us-east-1.elb.amazonaws.com", value)] },
      },
    });

  test("a distribution that is disabled sends nothing", () => {
    expect(classesOf(audited([admitted, openRule, distribution(SECRET, true)]))).toContain("other-distribution");
    expect(classesOf(audited([admitted, openRule, distribution(SECRET, false)]))).not.toContain("other-distribution");
  });

  test("a distribution that sends another secret gets no answer", () => {
    const withSecret = add(`${SHOP_RULES}/0`, rule(1, [path("/open/*"), secret(SECRET)], forward("shop")));
    expect(classesOf(audited([admitted, withSecret, distribution(SECRET, true)]))).toContain("other-distribution");
    const other = distribution(digest("another secret"), true);
    expect(classesOf(audited([admitted, withSecret, other]))).not.toContain("other-distribution");
  });

  test("a rule for addresses that nobody outside of the node has", () => {
    const forAddresses = (...Values: string[]) =>
      add(
        `${SHOP_RULES}/0`,
        rule(1, [path("/open/*"), { Field: "source-ip", SourceIpConfig: { Values } }], forward("shop")),
      );
    const office = replace("/ec2/SecurityGroupRules/2", ingress("alb", "alb", { CidrIpv4: "203.0.113.0/24" }));
    expect(audited([admitted, office, forAddresses("10.0.2.0/24")]).verdict).toBe("proven");
    expect(audited([admitted, office, forAddresses("10.0.2.0/24", "203.0.113.7/32")]).verdict).toBe("bypass");
  });

  test("a load balancer in front of the node that has the application's group is not the application", () => {
    const shared = replace("/ec2/NetworkInterfaces/4/Groups", [{ GroupId: groupId("app") }]);
    const partner = add(RULES, ingress("partner", "app", { CidrIpv4: "203.0.113.0/24" }));
    expect(classesOf(audited([shared, partner]))).toEqual([]);
  });
});

describe("a Network Load Balancer that nobody is admitted to", () => {
  const internal = (Protocol = "TCP") => [
    admitted,
    add(
      "/elastic_load_balancing/LoadBalancers/-",
      loadBalancer(
        "link",
        [
          {
            ListenerArn: listenerArn("link", "a".repeat(16), "net"),
            Port: 80,
            Protocol,
            DefaultActions: [forward("shop")],
          },
        ],
        { LoadBalancerArn: loadBalancerArn("link", "net"), Type: "network" },
      ),
    ),
    add(INTERFACES, networkInterface("link", "10.0.1.9", ["extra"], ofLoadBalancer("link", "net"))),
    add(RULES, ingress("from-link", "app", from("extra"))),
  ];

  test("is no way", () => {
    expect(audited(internal()).verdict).toBe("proven");
  });

  test("is a way for APIs with a VPC link to it", () => {
    const link = add("/api_gateway_rest/vpcLinks/-", { id: "link", targetArns: [loadBalancerArn("link", "net")] });
    expect(audited([...internal(), link]).verdict).toBe("bypass");
    expect(audited([...internal(), replace("/api_gateway_rest", null)]).verdict).toBe("undetermined");
  });

  test("is a way for clients of an endpoint service", () => {
    const service = { ServiceId: "vpce-svc-1", NetworkLoadBalancerArns: [loadBalancerArn("link", "net")] };
    expect(audited([...internal(), add("/ec2/EndpointServices/-", service)]).verdict).toBe("bypass");
  });

  test("is a way for each of its callers, and who accepts one accepts no other", () => {
    const service = { ServiceId: "vpce-svc-1", NetworkLoadBalancerArns: [loadBalancerArn("link", "net")] };
    const { findings, report } = audited([
      ...internal(),
      add("/ec2/EndpointServices/-", service),
      add("/api_gateway_rest/vpcLinks/-", { id: "link", targetArns: [loadBalancerArn("link", "net")] }),
      add(RULES, ingress("other-link", "extra", from("other"))),
    ]);
    const classes = ["other-load-balancer", "other-load-balancer", "private-link"];
    expect(findings.map((one) => one.class).sort()).toEqual(classes);
    expect(findings.map(({ resources }) => resources.at(-1)).sort()).toEqual(["eni-other", "link", "vpce-svc-1"]);
    const acceptances = [{ class: "private-link", resource: "vpce-svc-1", reason: "a partner", until }];
    expect(report({ acceptances }).findings.filter(({ status }) => status === "open")).toHaveLength(2);
  });

  test("is unknown if it takes UDP", () => {
    expect(audited(internal("TCP_UDP")).verdict).toBe("undetermined");
  });
});

test("an accepted rule hides no other one, also if the network names one rule for a source", () => {
  const named: NetworkModel = {
    ...securityGroupsOnly,
    networkOf: (...question) => {
      const found = securityGroupsOnly.networkOf(...question);
      const ways = new Map(found.ways.map((way) => [`${way.source.kind} ${way.destination.NetworkInterfaceId}`, way]));
      return { ...found, ways: [...ways.values()] };
    },
  };
  const operations = ["10.0.20.0/24", "10.0.21.0/24"].map((CidrIpv4, index) =>
    add(RULES, ingress(`vpc-${index}`, "app", { CidrIpv4 })),
  );
  const acceptances = [{ class: "wider-than-the-node", resource: "sgr-vpc-1", reason: "jobs", until }];
  const { findings, exit_code } = audited(operations).report({ acceptances, network: named });
  expect(findings.find(({ status }) => status === "open")?.resources[0]).toBe("sgr-vpc-0");
  expect(exit_code).toBe(1);
});

test("other pods on the node's interface are assumed to be the node, and the report says so", () => {
  const pods = replace("/ec2/NetworkInterfaces/2/Ipv4Prefixes", [{ Ipv4Prefix: "10.0.2.32/28" }]);
  const assumption = "Every address of eni-node1 is the node's, also if pods share the interface.";
  expect(audited([pods]).assumptions).toContain(assumption);
  expect(audited([]).assumptions).not.toContain(assumption);
});
