import { add, type Operation, replace } from "./patch";
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
  rule,
  ruleArn,
  targetGroup,
  VPC,
} from "./secure";

/** A bypass is the secure account with at most ten changes. */
export interface Fixture {
  readonly bypass: readonly Operation[];
  /** The same, where something is not known, or why there cannot be such a case. */
  readonly undetermined: readonly Operation[] | string;
  /** Of the output `routing`. */
  readonly percent?: number;
  readonly enforced?: boolean;
}

const RULES = "/ec2/SecurityGroupRules/-";
const INTERFACES = "/ec2/NetworkInterfaces/-";
const LISTENERS = "/elastic_load_balancing/LoadBalancers/0/Listeners";
const SHOP_RULES = `${LISTENERS}/0/Rules`;
const DISTRIBUTION = "/cloudfront/Distributions/0/DistributionConfig";
const HTTP = "/api_gateway_http/Apis/0";

const unread = (action: string, resource: string | null) =>
  add("/unread/-", { action, resource, error: "AccessDenied" });
const interfacesUnread = [unread("ec2:DescribeNetworkInterfaces", null)];

/** The load balancer may reach the application, as before the lockdown. */
const admitted = add(RULES, ingress("from-alb", "app", from("alb")));
const rulesOfShopUnread = [unread("elasticloadbalancing:DescribeRules", listenerArn("shop"))];
const publicAddress = replace("/ec2/NetworkInterfaces/0/Association", { PublicIp: "198.51.100.7" });
const otherWith = (group: string) =>
  replace("/ec2/NetworkInterfaces/5/Groups", [{ GroupId: groupId(group), GroupName: group }]);

/** Another load balancer with its interface. */
const second = (kind: "app" | "net", ...listeners: object[]) => [
  add(
    "/elastic_load_balancing/LoadBalancers/-",
    loadBalancer("second", listeners, {
      ...{ LoadBalancerArn: loadBalancerArn("second", kind), Type: kind === "app" ? "application" : "network" },
    }),
  ),
  add(
    INTERFACES,
    networkInterface("alb2", "10.0.1.9", ["alb"], {
      ...ofLoadBalancer("second", kind),
      Association: { PublicIp: "198.51.100.2" },
    }),
  ),
];
const defaultTo = (name: string, kind: "app" | "net" = "app") => ({
  ...{ ListenerArn: listenerArn("second", "f2f7dc8efc522ab2", kind), Port: 80, DefaultActions: [forward(name)] },
  Rules: kind === "net" ? [] : [rule("default", [], forward(name))],
});
const openRule = add(`${SHOP_RULES}/0`, rule(1, [path("/open/*")], forward("shop")));

const integration = (IntegrationUri: string, more: object = {}) => [
  add(`${HTTP}/Integrations/-`, { IntegrationId: "a", IntegrationType: "HTTP_PROXY", IntegrationUri, ...more }),
  add(`${HTTP}/Routes/-`, { RouteId: "a", RouteKey: "GET /b", Target: "integrations/a" }),
];
const SHOP_URL = "http://shop-1.us-east-1.elb.amazonaws.com/";
const otherApi = (integration: object) =>
  add("/api_gateway_http/Apis/-", {
    ...{ ApiId: "other", ProtocolType: "HTTP", Stages: [{ StageName: "$default", AutoDeploy: true }] },
    Routes: [{ RouteId: "a", RouteKey: "$default", Target: "integrations/a" }],
    Integrations: [{ IntegrationId: "a", IntegrationType: "HTTP_PROXY", ...integration }],
  });
const distribution = (Id: string, config: object) =>
  add("/cloudfront/Distributions/-", {
    Id,
    DistributionConfig: {
      ...{ Enabled: true, Origins: { Items: [origin("app", "shop-1.us-east-1.elb.amazonaws.com")] } },
      ...{ DefaultCacheBehavior: behavior("app"), ...config },
    },
  });
const restStage = (deployedMethods: object[] | null) =>
  add("/api_gateway_rest/restApis/0/stages/-", { stageName: "live", deployedMethods });
const EDGE =
  "without an open load balancer behind it, it leads nowhere; an unread load balancer is a case of listener-rule";

export const FIXTURES: Readonly<Record<string, Fixture>> = {
  "default-security-group": {
    bypass: [
      add("/ec2/NetworkInterfaces/0/Groups/-", { GroupId: groupId("default") }),
      add(RULES, ingress("default", "default", { CidrIpv4: "10.0.0.0/8" })),
    ],
    undetermined: interfacesUnread,
  },
  "extra-security-group": {
    bypass: [
      add("/ec2/NetworkInterfaces/0/Groups/-", { GroupId: groupId("extra") }),
      add(RULES, ingress("extra", "extra", { CidrIpv4: "10.0.0.0/8" })),
    ],
    undetermined: interfacesUnread,
  },
  "shared-security-group": {
    bypass: [otherWith("app"), add(RULES, ingress("self", "app", from("app")))],
    undetermined: interfacesUnread,
  },
  "foreign-carrier": { bypass: [otherWith("node")], undetermined: interfacesUnread },
  "other-group-admitted": {
    bypass: [add(RULES, ingress("other", "app", from("other")))],
    undetermined: interfacesUnread,
  },
  "prefix-list": {
    bypass: [
      add("/ec2/PrefixLists/-", { PrefixListId: "pl-office", Entries: [{ Cidr: "10.0.20.0/24" }] }),
      add(RULES, ingress("office", "app", { PrefixListId: "pl-office" })),
    ],
    undetermined: [add(RULES, ingress("office", "app", { PrefixListId: "pl-not-read" }))],
  },
  "ipv6-exposure": {
    bypass: [
      add("/ec2/NetworkInterfaces/0/Ipv6Addresses", [{ Ipv6Address: "2001:db8::1" }]),
      add(RULES, ingress("six", "app", { CidrIpv6: "::/0" })),
    ],
    undetermined: [unread("ec2:DescribeRouteTables", null)],
  },
  "world-ingress": {
    bypass: [publicAddress, add(RULES, ingress("half", "app", { CidrIpv4: "128.0.0.0/1" }))],
    undetermined: [unread("ec2:DescribeAddresses", null)],
  },
  "public-ingress": {
    bypass: [publicAddress, add(RULES, ingress("partner", "app", { CidrIpv4: "203.0.113.0/24" }))],
    undetermined: [unread("ec2:DescribeAddresses", null)],
  },
  "wider-than-the-node": {
    bypass: [add(RULES, ingress("vpc", "app", { CidrIpv4: "10.0.0.0/8" }))],
    undetermined: interfacesUnread,
  },
  "other-network": {
    bypass: [
      add("/ec2/RouteTables/0/Routes/-", {
        ...{ DestinationCidrBlock: "10.9.0.0/16", GatewayId: "vgw-1", State: "active" },
      }),
      add("/ec2/VpnConnections/-", { VpnConnectionId: "vpn-1", VpnGatewayId: "vgw-1", State: "available" }),
      add(RULES, ingress("office", "app", { CidrIpv4: "10.9.0.0/16" })),
    ],
    undetermined: [
      add("/ec2/RouteTables/0/Routes/-", {
        ...{ DestinationCidrBlock: "10.9.0.0/16", TransitGatewayId: "tgw-1", State: "active" },
      }),
      add(RULES, ingress("office", "app", { CidrIpv4: "10.9.0.0/16" })),
    ],
  },
  "operator-endpoint": {
    bypass: [
      add(INTERFACES, networkInterface("vpn", "10.0.20.9", ["extra"], { Description: "ClientVPN Endpoint resource" })),
      add(RULES, ingress("operators", "app", { CidrIpv4: "10.0.20.8/29" })),
    ],
    undetermined: [
      add("/ec2/InstanceConnectEndpoints/-", { InstanceConnectEndpointId: "eice-1", VpcId: VPC }),
      add(RULES, ingress("world", "app", { CidrIpv4: "203.0.113.0/24" }, 22)),
      replace("/elastic_load_balancing/TargetGroups/0/Targets/0/Target/Port", 22),
    ],
  },
  "private-link": {
    bypass: [
      admitted,
      ...second("net", defaultTo("shop", "net")),
      replace("/ec2/NetworkInterfaces/6/Groups", [{ GroupId: groupId("extra"), GroupName: "extra" }]),
      add(RULES, ingress("from-link", "app", from("extra"))),
      add("/ec2/EndpointServices/-", {
        ServiceId: "vpce-svc-1",
        NetworkLoadBalancerArns: [loadBalancerArn("second", "net")],
      }),
    ],
    undetermined: [
      ...second("net", defaultTo("shop", "net")),
      replace("/ec2/NetworkInterfaces/6/Groups", [{ GroupId: groupId("extra"), GroupName: "extra" }]),
      add(RULES, ingress("from-link", "app", from("extra"))),
      unread("ec2:DescribeVpcEndpointServiceConfigurations", null),
    ],
  },
  "application-in-the-node-s-target-group": {
    bypass: [admitted, add("/elastic_load_balancing/TargetGroups/1/Targets/-", { Target: { Id: "i-app1", Port: 80 } })],
    undetermined: [unread("elasticloadbalancing:DescribeTargetHealth", groupArn("node"))],
  },
  "load-balancer-chain": {
    bypass: [
      admitted,
      openRule,
      ...second("net", defaultTo("chain", "net")),
      add(
        "/elastic_load_balancing/TargetGroups/-",
        targetGroup("chain", [loadBalancerArn("shop")], { TargetType: "alb" }),
      ),
      // Nobody else reaches the first one.
      replace("/ec2/SecurityGroupRules/2", ingress("alb", "alb", from("alb"))),
      replace("/ec2/NetworkInterfaces/6/Groups", [{ GroupId: groupId("other") }]),
      add(RULES, ingress("other", "other", { CidrIpv4: "10.0.0.0/8" })),
      replace("/ec2/NetworkInterfaces/4/Groups", [{ GroupId: groupId("alb") }]),
    ],
    undetermined: rulesOfShopUnread,
  },
  "weighted-forward": {
    bypass: [admitted, replace(`${SHOP_RULES}/0`, rule(8, [path("/*")], forward("node", "shop")))],
    undetermined: rulesOfShopUnread,
  },
  "other-load-balancer": {
    bypass: [admitted, ...second("app", defaultTo("shop"))],
    undetermined: [
      ...second("app", defaultTo("shop")),
      unread("elasticloadbalancing:DescribeListeners", loadBalancerArn("second")),
    ],
  },
  "other-listener": {
    bypass: [
      admitted,
      add(`${LISTENERS}/-`, {
        ...{ ListenerArn: listenerArn("shop", "aaaaaaaaaaaaaaaa"), Port: 80, DefaultActions: [forward("shop")] },
        Rules: [{ ...rule("default", [], forward("shop")), RuleArn: ruleArn("default-of-another") }],
      }),
    ],
    undetermined: [unread("elasticloadbalancing:DescribeListeners", loadBalancerArn("shop"))],
  },
  "default-action": {
    bypass: [
      admitted,
      replace(`${SHOP_RULES}/1`, rule(9, [path("/shop/*")], { Type: "fixed-response" })),
      replace(`${SHOP_RULES}/3`, rule("default", [], forward("shop"))),
    ],
    undetermined: rulesOfShopUnread,
  },
  "listener-rule": { bypass: [admitted, openRule], undetermined: rulesOfShopUnread },
  "vpc-origin": {
    bypass: [
      admitted,
      openRule,
      add(RULES, ingress("vpc-origin", "alb", from("other"))),
      add("/cloudfront/VpcOrigins/-", { Id: "vo_1", VpcOriginEndpointConfig: { Arn: loadBalancerArn("shop") } }),
      distribution("E2", {
        Origins: { Items: [{ ...origin("app", "shop.internal"), VpcOriginConfig: { VpcOriginId: "vo_1" } }] },
      }),
    ],
    undetermined: EDGE,
  },
  "other-distribution": { bypass: [admitted, openRule, distribution("E2", {})], undetermined: EDGE },
  "origin-failover": {
    bypass: [
      admitted,
      openRule,
      add(`${DISTRIBUTION}/OriginGroups/Items/-`, {
        ...{ Id: "group", Members: { Items: [{ OriginId: "shop" }, { OriginId: "shop" }] } },
      }),
      replace(`${DISTRIBUTION}/DefaultCacheBehavior`, behavior("group")),
    ],
    undetermined: EDGE,
  },
  "cache-behavior": {
    bypass: [
      admitted,
      openRule,
      add(`${DISTRIBUTION}/CacheBehaviors/Items/-`, behavior("shop", { PathPattern: "/open/*" })),
    ],
    undetermined: EDGE,
  },
  "origin-is-the-application": { bypass: [admitted, openRule], undetermined: EDGE },
  "stage-variable": {
    bypass: [],
    undetermined: integration("http://${stageVariables.host}/"),
  },
  "lambda-integration": {
    bypass: [],
    undetermined: integration("arn:aws:lambda:us-east-1:123456789012:function:shop", { IntegrationType: "AWS_PROXY" }),
  },
  "stale-deployment": {
    bypass: [
      admitted,
      openRule,
      restStage([{ path: "/a", method: "get", integration: { type: "HTTP_PROXY", uri: SHOP_URL } }]),
    ],
    undetermined: [restStage(null)],
  },
  "forgotten-route": { bypass: [admitted, openRule, ...integration(SHOP_URL)], undetermined: EDGE },
  "internet-integration": { bypass: [admitted, openRule, otherApi({ IntegrationUri: SHOP_URL })], undetermined: EDGE },
  "vpc-link": {
    bypass: [
      admitted,
      openRule,
      add(RULES, ingress("link", "alb", from("other"))),
      otherApi({ IntegrationUri: listenerArn("shop"), ConnectionType: "VPC_LINK", ConnectionId: "link" }),
    ],
    undetermined: EDGE,
  },
  "no-secret-sent": {
    bypass: [
      replace(`${DISTRIBUTION}/Origins/Items/0`, origin("shop", "shop-1.us-east-1.elb.amazonaws.com", digest("guess"))),
    ],
    undetermined: [replace("/cloudfront/Distributions/0/DistributionConfig", null)],
  },
  "secret-not-demanded": {
    bypass: [replace(`${SHOP_RULES}/0`, rule(8, [path("/*")], forward("node")))],
    undetermined: rulesOfShopUnread,
  },
  "node-open-to-the-internet": {
    bypass: [
      replace("/ec2/NetworkInterfaces/2/Association", { PublicIp: "198.51.100.8" }),
      add(RULES, ingress("node-open", "node", { CidrIpv4: "0.0.0.0/0" })),
    ],
    undetermined: [unread("ec2:DescribeAddresses", null)],
  },
  "default-endpoint": {
    bypass: [replace(`${HTTP}/DisableExecuteApiEndpoint`, false)],
    undetermined: "the API itself says it, and an API that is not read is not in front of the node",
  },
};
