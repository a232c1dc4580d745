import { parseRouting } from "../../../contract/parse";
import type { Routing } from "../../../contract/routing";
import { digestWith } from "../../../account/schema/digest";
import { SNAPSHOT, type Snapshot } from "../../../account/snapshot";

const ELB = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
export const groupArn = (name: string) => `${ELB}:targetgroup/${name}/73e2d6bc24d8a067`;
export const loadBalancerArn = (name: string, kind = "app") => `${ELB}:loadbalancer/${kind}/${name}/50dc6c495c0c9188`;
export const listenerArn = (name: string, id = "f2f7dc8efc522ab2", kind = "app") =>
  `${ELB}:listener/${kind}/${name}/50dc6c495c0c9188/${id}`;
export const ruleArn = (id: string | number) => `${ELB}:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/${id}`;

export const VPC = "vpc-0a1b2c3d";
const GROUPS = ["app", "node", "alb", "other", "default", "extra"];
export const groupId = (name: string) => `sg-0000000${GROUPS.indexOf(name)}`;
export const digest = digestWith("salt");
export const SECRET = digest("0123456789abcdef0123456789abcdef");

/** By the third number of the addresses in it. */
const SUBNETS: Readonly<Record<string, readonly string[]>> = {
  "load-balancer": ["0", "1"],
  node: ["2", "3"],
  application: ["10", "11"],
  other: ["20"],
};
const subnets = Object.entries(SUBNETS).flatMap(([name, numbers]) =>
  numbers.map((number) => ({
    ...{ SubnetId: `subnet-${name}-${number}`, VpcId: VPC, AvailabilityZone: "us-east-1a" },
    CidrBlock: `10.0.${number}.0/24`,
  })),
);
const subnetOf = (address: string) =>
  subnets.find(({ CidrBlock }) => CidrBlock.startsWith(address.replace(/\.\d+$/, ".")))?.SubnetId ?? "subnet-other-20";

const allowAll = (Egress: boolean) => [
  { RuleNumber: 100, RuleAction: "allow", Egress, Protocol: "-1", CidrBlock: "0.0.0.0/0" },
  { RuleNumber: 101, RuleAction: "allow", Egress, Protocol: "-1", Ipv6CidrBlock: "::/0" },
];

/** A VPC with one route table and one network ACL, both AWS's defaults and a route to the internet. */
const network = {
  Vpcs: [{ VpcId: VPC, CidrBlock: "10.0.0.0/16" }],
  Subnets: subnets,
  RouteTables: [
    {
      ...{ RouteTableId: "rtb-main", VpcId: VPC, Associations: [{ Main: true }] },
      Routes: [
        { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" },
        { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1", State: "active" },
        { DestinationIpv6CidrBlock: "::/0", GatewayId: "igw-1", State: "active" },
      ],
    },
  ],
  NetworkAcls: [
    {
      ...{ NetworkAclId: "acl-main", VpcId: VPC, IsDefault: true },
      Associations: subnets.map(({ SubnetId }) => ({ SubnetId })),
      Entries: [...allowAll(false), ...allowAll(true)],
    },
  ],
};
export const networkInterface = (name: string, address: string, groups: string[], more: object = {}) => ({
  ...{ NetworkInterfaceId: `eni-${name}`, VpcId: VPC, SubnetId: subnetOf(address), PrivateIpAddress: address },
  Groups: groups.map((group) => ({ GroupId: groupId(group), GroupName: group })),
  ...more,
});
export const ingress = (id: string, group: string, peer: object, port = 80) => ({
  ...{ SecurityGroupRuleId: `sgr-${id}`, GroupId: groupId(group), IsEgress: false },
  ...{ IpProtocol: "tcp", FromPort: port, ToPort: port, ...peer },
});
/** AWS's own rule. */
const outbound = (group: string) => ({
  ...{ SecurityGroupRuleId: `sgr-out-${group}`, GroupId: groupId(group), IsEgress: true },
  ...{ IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" },
});
export const from = (group: string) => ({ ReferencedGroupInfo: { GroupId: groupId(group) } });
export const forward = (...names: string[]) => ({
  Type: "forward",
  ForwardConfig: { TargetGroups: names.map((name) => ({ TargetGroupArn: groupArn(name), Weight: 1 })) },
});
export const path = (...Values: string[]) => ({ Field: "path-pattern", PathPatternConfig: { Values } });
export const secret = (...Values: string[]) => ({
  Field: "http-header",
  HttpHeaderConfig: { HttpHeaderName: "X-CloudFront-Secret", Values },
});
export const rule = (priority: number | "default", conditions: object[], action: object) => ({
  ...{ RuleArn: ruleArn(priority), Priority: String(priority), IsDefault: priority === "default" },
  ...{ Conditions: conditions, Actions: [action] },
});
export const targetGroup = (name: string, targets: string[], more: object = {}) => ({
  ...{ TargetGroupArn: groupArn(name), TargetGroupName: name, Port: 80, Protocol: "HTTP", TargetType: "instance" },
  ...{ VpcId: VPC, LoadBalancerArns: [loadBalancerArn("shop")] },
  Targets: targets.map((Id) => ({ Target: { Id, Port: 80 } })),
  ...more,
});
export const loadBalancer = (name: string, listeners: object[], more: object = {}) => ({
  ...{ LoadBalancerArn: loadBalancerArn(name), LoadBalancerName: name, Type: "application", VpcId: VPC },
  ...{ DNSName: `${name}-1.us-east-1.elb.amazonaws.com`, Scheme: "internet-facing" },
  ...{ SecurityGroups: [groupId("alb")], Listeners: listeners, ...more },
});
export const ofLoadBalancer = (name: string, kind = "app") => ({ Description: `ELB ${kind}/${name}/50dc6c495c0c9188` });

const NOTHING = [
  ...["InternetGateways", "EgressOnlyInternetGateways", "NatGateways", "VpcPeeringConnections"],
  ...["TransitGatewayAttachments", "VpnGateways", "VpnConnections", "Addresses", "EndpointServices"],
  ...["ClientVpnEndpoints", "InstanceConnectEndpoints"],
];

export const behavior = (TargetOriginId: string, more: object = {}) => ({
  ...{ TargetOriginId, ViewerProtocolPolicy: "redirect-to-https", ...more },
});
export const origin = (Id: string, DomainName: string, value: string | null = SECRET) => ({
  ...{ Id, DomainName },
  CustomHeaders: {
    Quantity: value === null ? 0 : 1,
    Items: value === null ? [] : [{ HeaderName: "X-CloudFront-Secret", HeaderValue: value }],
  },
});

/**
 * An application at 100 percent: CloudFront sends a secret header to a load balancer, which forwards requests with it to the
 * node. The application admits the node, and its owner's rule is still there, behind the route.
 */
export function secureSnapshot(): Snapshot {
  return SNAPSHOT.parse({
    ...{ schema_version: 1, account_id: "123456789012", region: "us-east-1", read_at: "2026-11-27T00:00:00Z" },
    ...{ focus: null, unread: [] },
    ec2: {
      ...Object.fromEntries(NOTHING.map((name) => [name, []])),
      ...network,
      PrefixLists: [
        {
          ...{ PrefixListId: "pl-cloudfront", PrefixListName: "com.amazonaws.global.cloudfront.origin-facing" },
          Entries: [{ Cidr: "130.176.0.0/16" }],
        },
      ],
      NetworkInterfaces: [
        networkInterface("app1", "10.0.10.4", ["app"], { Attachment: { InstanceId: "i-app1" } }),
        networkInterface("app2", "10.0.11.4", ["app"], { Attachment: { InstanceId: "i-app2" } }),
        networkInterface("node1", "10.0.2.4", ["node"], { Attachment: { InstanceId: "i-node1" } }),
        networkInterface("node2", "10.0.3.4", ["node"], { Attachment: { InstanceId: "i-node2" } }),
        networkInterface("alb1", "10.0.0.4", ["alb"], {
          ...ofLoadBalancer("shop"),
          Association: { PublicIp: "198.51.100.1" },
        }),
        networkInterface("other", "10.0.20.4", ["other"], { Attachment: { InstanceId: "i-other" } }),
      ],
      SecurityGroups: GROUPS.map((GroupName) => ({
        ...{ GroupId: groupId(GroupName), GroupName, VpcId: VPC },
      })),
      SecurityGroupRules: [
        ingress("app", "app", from("node")),
        ingress("node", "node", from("alb")),
        ingress("alb", "alb", { CidrIpv4: "0.0.0.0/0" }),
        ...GROUPS.map(outbound),
      ],
    },
    elastic_load_balancing: {
      LoadBalancers: [
        loadBalancer("shop", [
          {
            ...{
              ListenerArn: listenerArn("shop"),
              Port: 80,
              Protocol: "HTTP",
              DefaultActions: [{ Type: "fixed-response" }],
            },
            Rules: [
              rule(8, [path("/*"), secret(SECRET)], forward("node")),
              rule(9, [path("/*")], { Type: "fixed-response" }),
              rule(10, [path("/shop/*")], forward("shop")),
              rule("default", [], { Type: "fixed-response" }),
            ],
          },
        ]),
      ],
      TargetGroups: [targetGroup("shop", ["i-app1", "i-app2"]), targetGroup("node", ["i-node1", "i-node2"])],
    },
    auto_scaling: {
      AutoScalingGroups: [
        {
          AutoScalingGroupName: "nodes",
          Instances: [{ InstanceId: "i-node1" }, { InstanceId: "i-node2" }],
        },
      ],
    },
    ecs: { services: [] },
    cloudfront: {
      ...{ ContinuousDeploymentPolicies: [], VpcOrigins: [], Functions: [] },
      Distributions: [
        {
          ...{ Id: "E1", DomainName: "d1.cloudfront.net" },
          DistributionConfig: {
            ...{ Enabled: true, Origins: { Items: [origin("shop", "shop-1.us-east-1.elb.amazonaws.com")] } },
            ...{ DefaultCacheBehavior: behavior("shop"), CacheBehaviors: { Items: [] }, OriginGroups: { Items: [] } },
          },
        },
      ],
    },
    api_gateway_rest: {
      restApis: [
        {
          ...{ id: "rest1", name: "shop", disableExecuteApiEndpoint: true, resources: [], stages: [] },
        },
      ],
      vpcLinks: [],
      domainNames: [],
    },
    api_gateway_http: {
      Apis: [
        {
          ...{ ApiId: "http1", Name: "shop", ProtocolType: "HTTP", DisableExecuteApiEndpoint: true },
          ...{ Routes: [], Integrations: [], Stages: [{ StageName: "$default", AutoDeploy: true }] },
        },
      ],
      VpcLinks: [],
      DomainNames: [
        {
          ...{ DomainName: "api.example.com", MutualTlsAuthentication: { TruststoreUri: "s3://bucket/ca.pem" } },
          ApiMappings: [{ ApiId: "http1" }],
        },
      ],
    },
  });
}

export function routings(change: { readonly percent?: number; readonly enforced?: boolean } = {}): Routing[] {
  const { percent = 100, enforced = true } = change;
  const common = { schema_version: 1, node_traffic_percent: percent, live_after_apply: true };
  const alb = {
    ...{ ...common, scenario: "alb", name: "shop", account_id: "123456789012", region: "us-east-1" },
    node: {
      ...{ security_group_id: groupId("node"), target_group_arn: groupArn("node"), port: 80 },
      members: { autoscaling_group_names: ["nodes"] },
    },
    application: { security_group_id: groupId("app"), ports: [80], target_group_arns: [groupArn("shop")] },
    secret_header: { name: "X-CloudFront-Secret", enforced },
    entry_points: {
      shop: { listener_arn: listenerArn("shop"), listener_rule_arn: ruleArn(8), priority: 8 },
    },
  };
  const cloudfront = {
    ...{ ...common, scenario: "cloudfront", name: "shop", account_id: "123456789012", region: "us-east-1" },
    ...{ node_traffic_percent: 100, node: { security_group_id: groupId("node") }, application: null },
    secret_header: { name: "X-CloudFront-Secret" },
    entry_points: {
      shop: {
        ...{ distribution_id: "E1", domain_name: "shop-1.us-east-1.elb.amazonaws.com", served_by: "node" },
        ...{ secret_header_name: "X-CloudFront-Secret", active_secret: "blue" },
      },
    },
  };
  const http = {
    ...{
      ...common,
      scenario: "api-gateway-http",
      name: "shop",
      node: {},
      application: null,
      node_traffic_percent: 100,
    },
    entry_points: { "route/a": { http_api_id: "http1", route_key: "GET /a" } },
  };
  const rest = {
    ...{
      ...common,
      scenario: "api-gateway-rest",
      name: "shop",
      node: {},
      application: null,
      node_traffic_percent: 100,
    },
    entry_points: { a: { rest_api_id: "rest1", stage_name: "live" } },
  };
  return [alb, cloudfront, http, rest].map(parseRouting);
}
