/**
 * What AWS, nginx and the node accept, written down by hand and apart from the rules: a rule that is removed takes its own
 * tests along, and this table stays.
 */
import type { Arguments } from "./test-files";

export interface Limit {
  readonly modules: readonly string[];
  readonly name: string;
  readonly source: string;
  /** Changes to the arguments in the module's tests/terraform.tfvars, field by field. Null is the default. */
  readonly refused: Arguments;
  readonly accepted: Arguments;
}

const AWS = "https://docs.aws.amazon.com";
const ELB = `${AWS}/elasticloadbalancing/latest`;
const API_GATEWAY = `${AWS}/apigateway/latest`;
const CLOUDFRONT = `${AWS}/AmazonCloudFront/latest/DeveloperGuide`;
const VPC = `${AWS}/vpc/latest/userguide`;
const IDS = `${AWS}/AWSEC2/latest/UserGuide/resource-ids.html`;
const ARNS = `${AWS}/IAM/latest/UserGuide/reference-arns.html`;
const NGINX = "https://nginx.org/en/docs/http/ngx_http_core_module.html";

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;
const loadBalancer = (type: string, name = "node") =>
  arn("elasticloadbalancing", `loadbalancer/${type}/${name}/50dc6c495c0c9188`);
const listener = (type: string, loadBalancerName = "shop", id = "f2f7dc8efc522ab2") =>
  arn("elasticloadbalancing", `listener/${type}/${loadBalancerName}/50dc6c495c0c9188/${id}`);
const rule = (listenerId: string) =>
  arn("elasticloadbalancing", `listener-rule/app/shop/50dc6c495c0c9188/${listenerId}/9683b2d02a6cabee`);
const targetGroup = arn("elasticloadbalancing", "targetgroup/application/73e2d6bc24d8a067");
const certificate = (region = "eu-central-1") =>
  `arn:aws:acm:${region}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef`;
const kmsKey = arn("kms", "key/01234567-89ab-cdef-0123-456789abcdef");
const secret = arn("secretsmanager", "secret:wallarm/header-AbCdEf");

const groupId = "sg-00000000000000003";
const subnetId = "subnet-0000000000000000a";
const interfaceId = "eni-0123456789abcdef0";
const value = (digit: string) => digit.repeat(32);

/** A number of tags. */
const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "1"]));

/** Numbers from a minimum to a maximum, in two rows. */
function range(
  modules: readonly string[],
  name: string,
  source: string,
  [minimum, maximum]: readonly [number, number],
  args: (number: number) => Arguments,
): Limit[] {
  return [
    { modules, name: `${name}: at least ${minimum}`, source, refused: args(minimum - 1), accepted: args(minimum) },
    { modules, name: `${name}: at most ${maximum}`, source, refused: args(maximum + 1), accepted: args(maximum) },
  ];
}

const NAMED = [
  ...["alb", "application-backend", "api-gateway-http", "api-gateway-rest", "api-gateway-rest-alb"],
  ...["cloudfront", "network-acl", "nlb", "node-fleet", "security-group-rules", "verification"],
];
const IN_A_VPC = [
  "application-backend",
  ...["alb", "api-gateway-http", "api-gateway-rest-alb", "cloudfront", "network-acl", "nlb", "node-fleet"],
  "security-group-rules",
];
const BEHIND_LOAD_BALANCERS = ["alb", "nlb"];
const WITH_NODE_GROUP = [
  ...["alb", "api-gateway-http", "cloudfront", "nlb"],
  ...["security-group-audit", "security-group-exclusive", "security-group-rules"],
];
const WITH_APPLICATION = ["alb", "api-gateway-http", "cloudfront", "nlb", "security-group-rules"];
const REST = ["api-gateway-rest", "api-gateway-rest-alb"];

const general: readonly Limit[] = [
  {
    modules: NAMED,
    name: "a target group's name has at most 32 characters, 9 of which are its suffix",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: { name: "a".repeat(24) },
    accepted: { name: "a".repeat(23) },
  },
  {
    modules: NAMED,
    name: "a target group's name has letters, digits and hyphens",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: { name: "shop_wallarm" },
    accepted: { name: "shop-wallarm" },
  },
  {
    modules: NAMED,
    name: "a target group's name begins with no hyphen",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: { name: "-shop" },
    accepted: { name: "s-hop" },
  },
  {
    modules: NAMED,
    name: 'a load balancer\'s name does not begin with "internal-"',
    source: `${ELB}/APIReference/API_CreateLoadBalancer.html`,
    refused: { name: "internal-shop" },
    accepted: { name: "internal" },
  },
  {
    modules: NAMED,
    name: 'a bucket\'s name does not begin with "xn--"',
    source: `${AWS}/AmazonS3/latest/userguide/bucketnamingrules.html`,
    refused: { name: "xn--shop" },
    accepted: { name: "xn-shop" },
  },
  {
    modules: NAMED,
    name: "characters of a tag's key",
    source: `${ELB}/APIReference/API_Tag.html`,
    refused: { tags: { "R&D": "1" } },
    accepted: { tags: { "cost center": "1" } },
  },
  {
    modules: NAMED,
    name: "characters of a tag's value",
    source: `${ELB}/APIReference/API_Tag.html`,
    refused: { tags: { team: "search (beta)" } },
    accepted: { tags: { team: "search: beta+1=2/3 @home_a.b-c Köln" } },
  },
  {
    modules: NAMED,
    name: "a tag's key has at most 128 characters",
    source: `${ELB}/APIReference/API_Tag.html`,
    refused: { tags: { ["k".repeat(129)]: "1" } },
    accepted: { tags: { ["k".repeat(128)]: "1" } },
  },
  {
    modules: NAMED,
    name: "a tag's value has at most 256 characters",
    source: `${ELB}/APIReference/API_Tag.html`,
    refused: { tags: { team: "v".repeat(257) } },
    accepted: { tags: { team: "v".repeat(256) } },
  },
  {
    modules: NAMED,
    name: "AWS reserves tags with aws:",
    source: `${ELB}/APIReference/API_Tag.html`,
    refused: { tags: { "aws:team": "search" } },
    accepted: { tags: { "team:aws": "search" } },
  },
  {
    modules: NAMED,
    name: "a resource has at most 50 tags, one of them Name",
    source: `${AWS}/tag-editor/latest/userguide/best-practices-and-strats.html`,
    refused: { tags: tags(50) },
    accepted: { tags: tags(49) },
  },
  {
    modules: IN_A_VPC,
    name: "an ID of a VPC",
    source: IDS,
    refused: { vpc_id: subnetId },
    accepted: { vpc_id: "vpc-0a1b2c3d" },
  },
  ...range(
    ["alb", ...REST],
    "percent of requests",
    `${ELB}/APIReference/API_TargetGroupTuple.html`,
    [0, 100],
    (percent) => ({
      node_traffic_percent: percent,
    }),
  ),
  {
    modules: ["alb", ...REST],
    name: "percent of requests is a whole number",
    source: `${ELB}/APIReference/API_TargetGroupTuple.html`,
    refused: { node_traffic_percent: 10.5 },
    accepted: { node_traffic_percent: 10 },
  },
  {
    modules: ["api-gateway-http", "cloudfront", "nlb"],
    name: "no canary",
    source: `${ELB}/network/load-balancer-listeners.html`,
    refused: { node_traffic_percent: 10 },
    accepted: { node_traffic_percent: 0 },
  },
  {
    modules: WITH_NODE_GROUP,
    name: "an ID of a security group",
    source: IDS,
    refused: { node: { security_group_id: "default" } },
    accepted: { node: { security_group_id: "sg-0a1b2c3d" } },
  },
  {
    modules: ["alb", "nlb", "cloudfront", "api-gateway-http", "security-group-rules"],
    name: "ingress rule of a security group of another account",
    source: `${AWS}/vpc/latest/peering/vpc-peering-security-groups.html`,
    refused: {
      application: { security_group_id: `111122223333/${groupId}` },
      security_group_rules: { application_ingress: true },
    },
    accepted: {
      application: { security_group_id: `111122223333/${groupId}` },
      security_group_rules: { application_ingress: false },
    },
  },
  {
    modules: ["security-group-audit", "security-group-exclusive"],
    name: "account of the node's security group",
    source: `${AWS}/vpc/latest/peering/vpc-peering-security-groups.html`,
    refused: { node: { security_group_id: `1111222233334/${groupId}` } },
    accepted: { node: { security_group_id: `111122223333/${groupId}` } },
  },
  {
    modules: WITH_NODE_GROUP,
    name: "a CIDR block without host bits",
    source: `${AWS}/AWSEC2/latest/APIReference/API_IpRange.html`,
    refused: { node: { subnet_cidrs: ["10.0.1.9/24"] } },
    accepted: { node: { subnet_cidrs: ["10.0.1.0/24"] } },
  },
  {
    modules: WITH_NODE_GROUP,
    name: "an IPv6 CIDR block in its shortest form",
    source: "https://www.rfc-editor.org/rfc/rfc5952",
    refused: { node: { subnet_cidrs: ["2001:DB8::/64"] } },
    accepted: { node: { subnet_cidrs: ["2001:db8::/64"] } },
  },
  {
    modules: WITH_NODE_GROUP,
    name: "an IPv4 subnet is at most a /16",
    source: `${VPC}/subnet-sizing.html`,
    refused: { node: { subnet_cidrs: ["10.0.0.0/15"] } },
    accepted: { node: { subnet_cidrs: ["10.0.0.0/16"] } },
  },
  {
    modules: WITH_NODE_GROUP,
    name: "an IPv6 subnet is at most a /44",
    source: `${VPC}/subnet-sizing.html`,
    refused: { node: { subnet_cidrs: ["2001:db8::/43"] } },
    accepted: { node: { subnet_cidrs: ["2001:db8::/44"] } },
  },
  {
    modules: WITH_NODE_GROUP,
    name: "a security group has each rule once",
    source: `${AWS}/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html`,
    refused: { node: { subnet_cidrs: ["10.0.1.0/24", "10.0.1.0/24"] } },
    accepted: { node: { subnet_cidrs: ["10.0.1.0/24", "10.0.2.0/24"] } },
  },
];

const application: readonly Limit[] = [
  {
    modules: WITH_APPLICATION,
    name: "an ID of the application's security group",
    source: IDS,
    refused: { application: { security_group_id: "default" } },
    accepted: { application: { security_group_id: groupId } },
  },
  ...range(WITH_APPLICATION, "a TCP port", "https://www.rfc-editor.org/rfc/rfc9293", [1, 65535], (port) => ({
    application: { security_group_id: groupId, ports: [port] },
  })),
  {
    modules: WITH_APPLICATION,
    name: "the application has a port",
    source: `${AWS}/AWSEC2/latest/APIReference/API_IpPermission.html`,
    refused: { application: { security_group_id: groupId, ports: [] } },
    accepted: { application: { security_group_id: groupId, ports: [80] } },
  },
  {
    modules: WITH_APPLICATION,
    name: "each port makes one rule",
    source: `${AWS}/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html`,
    refused: { application: { security_group_id: groupId, ports: [80, 443, 80] } },
    accepted: { application: { security_group_id: groupId, ports: [80, 443] } },
  },
  {
    modules: WITH_APPLICATION,
    name: "the source of a rule",
    source: `${AWS}/AWSEC2/latest/APIReference/API_IpPermission.html`,
    refused: { application: { security_group_id: groupId, source: "prefix_list" } },
    accepted: { application: { security_group_id: groupId, source: "security_group" } },
  },
  {
    modules: WITH_APPLICATION,
    name: "subnets as the source are listed",
    source: `${AWS}/AWSEC2/latest/APIReference/API_IpPermission.html`,
    refused: { application: { security_group_id: groupId, source: "subnet_cidrs" } },
    accepted: {
      node: { subnet_cidrs: ["10.0.1.0/24"] },
      application: { security_group_id: groupId, source: "subnet_cidrs" },
    },
  },
  {
    modules: WITH_APPLICATION,
    name: "the application's subnets are not the whole internet",
    source: `${VPC}/subnet-sizing.html`,
    refused: { application: { security_group_id: groupId, subnet_cidrs: ["128.0.0.0/1"] } },
    accepted: { application: { security_group_id: groupId, subnet_cidrs: ["10.0.11.0/24"] } },
  },
];

const addresses = (ip_addresses: object) => ({
  node: { target_type: "ip", autoscaling_group_names: null, ip_addresses },
});

const targets: readonly Limit[] = [
  ...range(
    BEHIND_LOAD_BALANCERS,
    "port of the node",
    `${ELB}/APIReference/API_CreateTargetGroup.html`,
    [1, 65535],
    (port) => ({
      node: { port },
    }),
  ),
  {
    modules: ["alb"],
    name: "protocols of an Application Load Balancer",
    source: `${ELB}/application/load-balancer-target-groups.html`,
    refused: { node: { protocol: "TCP" } },
    accepted: { node: { protocol: "HTTPS" } },
  },
  {
    modules: ["nlb"],
    name: "protocols of a Network Load Balancer",
    source: `${ELB}/network/load-balancer-target-groups.html`,
    refused: { node: { protocol: "HTTP" } },
    accepted: { node: { protocol: "TCP_UDP" } },
  },
  {
    modules: ["alb"],
    name: "protocol versions",
    source: `${ELB}/application/load-balancer-target-groups.html`,
    refused: { node: { protocol_version: "HTTP3" } },
    accepted: { node: { protocol_version: "GRPC" } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "target types",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: { node: { target_type: "lambda", autoscaling_group_names: null } },
    accepted: { node: { target_type: "ip", autoscaling_group_names: null } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "targets are of the target type",
    source: `${ELB}/APIReference/API_RegisterTargets.html`,
    refused: { node: { target_type: "ip" } },
    accepted: { node: { target_type: "instance" } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "address families of targets",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: { node: { target_type: "ip", ip_address_type: "dualstack", autoscaling_group_names: null } },
    accepted: { node: { target_type: "ip", ip_address_type: "ipv6", autoscaling_group_names: null } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "instances have IPv4 addresses as targets",
    source: `${ELB}/application/load-balancer-target-groups.html`,
    refused: { node: { ip_address_type: "ipv6" } },
    accepted: { node: { ip_address_type: "ipv4" } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "an ID of an instance",
    source: IDS,
    refused: { node: { instance_ids: { a: "ip-10-0-1-10" } } },
    accepted: { node: { instance_ids: { a: "i-0123456789abcdef0" } } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "an Auto Scaling group's name has at most 255 characters",
    source: `${AWS}/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html`,
    refused: { node: { autoscaling_group_names: { a: "a".repeat(256) } } },
    accepted: { node: { autoscaling_group_names: { a: "a".repeat(255) } } },
  },
  {
    modules: ["network-acl", "security-group-exclusive"],
    name: "name of an Auto Scaling group of the application",
    source: `${AWS}/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html`,
    refused: { autoscaling_group_names: { main: "a".repeat(256) } },
    accepted: { autoscaling_group_names: { main: "a".repeat(255) } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "a target is an IP address",
    source: `${ELB}/APIReference/API_TargetDescription.html`,
    refused: {
      node: { target_type: "ip", autoscaling_group_names: null, ip_addresses: { a: { address: "node.example.com" } } },
    },
    accepted: {
      node: { target_type: "ip", autoscaling_group_names: null, ip_addresses: { a: { address: "10.0.1.10" } } },
    },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "a target has no public address",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: {
      node: { target_type: "ip", autoscaling_group_names: null, ip_addresses: { a: { address: "100.128.0.1" } } },
    },
    accepted: {
      node: { target_type: "ip", autoscaling_group_names: null, ip_addresses: { a: { address: "100.127.255.254" } } },
    },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "an address outside the VPC is not in the internet",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: addresses({ a: { address: "203.0.113.10", availability_zone: "all" } }),
    accepted: addresses({ a: { address: "192.168.0.1", availability_zone: "all" } }),
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "a zone of a target is not a zone's ID",
    source: `${ELB}/APIReference/API_TargetDescription.html`,
    refused: addresses({ a: { address: "10.0.1.10", availability_zone: "euc1-az1" } }),
    accepted: addresses({ a: { address: "10.0.1.10", availability_zone: "eu-central-1a" } }),
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "a target's address is of the target group's family",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: addresses({ a: { address: "2001:db8::10" } }),
    accepted: { node: { ...addresses({ a: { address: "2001:db8::10" } }).node, ip_address_type: "ipv6" } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "instances are in the VPC of the target group",
    source: `${ELB}/application/target-group-register-targets.html`,
    refused: { load_balancer: { vpc_id: "vpc-00000000000000009" } },
    accepted: {
      ...addresses({ a: { address: "10.1.1.10", availability_zone: "all" } }),
      load_balancer: { vpc_id: "vpc-00000000000000009" },
    },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "an address outside the VPC of the target group has a zone",
    source: `${ELB}/APIReference/API_TargetDescription.html`,
    refused: { ...addresses({ a: { address: "10.1.1.10" } }), load_balancer: { vpc_id: "vpc-00000000000000009" } },
    accepted: addresses({ a: { address: "10.1.1.10" } }),
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "targets are registered by one party",
    source: `${AWS}/AmazonECS/latest/developerguide/service-load-balancing.html`,
    refused: { node: { register_targets: false } },
    accepted: { node: { register_targets: false, autoscaling_group_names: null } },
  },
  {
    modules: ["nlb"],
    name: "a target group has one Application Load Balancer",
    source: `${ELB}/network/application-load-balancer-target.html`,
    refused: {
      health_check: { protocol: "HTTP" },
      node: {
        target_type: "alb",
        autoscaling_group_names: null,
        application_load_balancer_arns: { a: loadBalancer("app", "a"), b: loadBalancer("app", "b") },
      },
    },
    accepted: {
      health_check: { protocol: "HTTP" },
      node: {
        target_type: "alb",
        autoscaling_group_names: null,
        application_load_balancer_arns: { a: loadBalancer("app", "a") },
      },
    },
  },
  {
    modules: ["nlb"],
    name: "an Application Load Balancer is a target for TCP",
    source: `${ELB}/network/application-load-balancer-target.html`,
    refused: {
      health_check: { protocol: "HTTP" },
      node: { target_type: "alb", protocol: "TLS", autoscaling_group_names: null },
    },
    accepted: {
      health_check: { protocol: "HTTP" },
      node: { target_type: "alb", protocol: "TCP", autoscaling_group_names: null },
    },
  },
  {
    modules: ["nlb"],
    name: "client addresses are preserved with UDP",
    source: `${ELB}/network/edit-target-group-attributes.html`,
    refused: { node: { protocol: "UDP" }, target_group: { preserve_client_ip: false } },
    accepted: { node: { protocol: "UDP" }, target_group: { preserve_client_ip: true } },
  },
  {
    modules: ["nlb"],
    name: "no PROXY protocol to an Application Load Balancer",
    source: `${ELB}/network/edit-target-group-attributes.html`,
    refused: {
      health_check: { protocol: "HTTP" },
      node: { target_type: "alb", autoscaling_group_names: null },
      target_group: { proxy_protocol_v2: true },
    },
    accepted: { target_group: { proxy_protocol_v2: true } },
  },
  ...range(
    BEHIND_LOAD_BALANCERS,
    "seconds of the deregistration delay",
    `${ELB}/APIReference/API_TargetGroupAttribute.html`,
    [0, 3600],
    (seconds) => ({ target_group: { deregistration_delay: seconds } }),
  ),
  ...range(
    ["alb"],
    "seconds of the slow start",
    `${ELB}/APIReference/API_TargetGroupAttribute.html`,
    [30, 900],
    (seconds) => ({
      target_group: { slow_start: seconds },
    }),
  ),
  {
    modules: ["alb"],
    name: "slow start is for round robin",
    source: `${ELB}/application/edit-target-group-attributes.html`,
    refused: { target_group: { slow_start: 30, load_balancing_algorithm_type: "least_outstanding_requests" } },
    accepted: { target_group: { slow_start: 30, load_balancing_algorithm_type: "round_robin" } },
  },
  {
    modules: ["alb"],
    name: "algorithms",
    source: `${ELB}/APIReference/API_TargetGroupAttribute.html`,
    refused: { target_group: { load_balancing_algorithm_type: "random" } },
    accepted: { target_group: { load_balancing_algorithm_type: "weighted_random" } },
  },
  {
    modules: ["alb"],
    name: "anomaly mitigation is for weighted random",
    source: `${ELB}/application/edit-target-group-attributes.html`,
    refused: { target_group: { load_balancing_anomaly_mitigation: "on" } },
    accepted: {
      target_group: { load_balancing_anomaly_mitigation: "on", load_balancing_algorithm_type: "weighted_random" },
    },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "cross-zone load balancing",
    source: `${ELB}/APIReference/API_TargetGroupAttribute.html`,
    refused: { target_group: { load_balancing_cross_zone_enabled: "on" } },
    accepted: { target_group: { load_balancing_cross_zone_enabled: "true" } },
  },
  ...range(
    ["alb"],
    "seconds of the cookie",
    `${ELB}/APIReference/API_TargetGroupAttribute.html`,
    [1, 604800],
    (seconds) => ({
      target_group: { stickiness: { cookie_duration: seconds } },
    }),
  ),
  {
    modules: ["alb"],
    name: "types of stickiness",
    source: `${ELB}/APIReference/API_TargetGroupAttribute.html`,
    refused: { target_group: { stickiness: { type: "source_ip" } } },
    accepted: { target_group: { stickiness: { type: "lb_cookie" } } },
  },
  {
    modules: ["alb"],
    name: "an application cookie has a name",
    source: `${ELB}/APIReference/API_TargetGroupAttribute.html`,
    refused: { target_group: { stickiness: { type: "app_cookie" } } },
    accepted: { target_group: { stickiness: { type: "app_cookie", cookie_name: "SESSION" } } },
  },
  {
    modules: ["alb"],
    name: "names of application cookies",
    source: `${ELB}/APIReference/API_TargetGroupAttribute.html`,
    refused: { target_group: { stickiness: { type: "app_cookie", cookie_name: "AWSALBTG" } } },
    accepted: { target_group: { stickiness: { type: "app_cookie", cookie_name: "SESSION" } } },
  },
  {
    modules: ["alb"],
    name: "characters of a cookie's name",
    source: "https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1",
    refused: { target_group: { stickiness: { type: "app_cookie", cookie_name: "SESSION;" } } },
    accepted: { target_group: { stickiness: { type: "app_cookie", cookie_name: "JSESSION.id~1" } } },
  },
  ...range(
    ["alb"],
    "seconds of stickiness in a canary",
    `${ELB}/APIReference/API_TargetGroupStickinessConfig.html`,
    [1, 604800],
    (duration) => ({
      target_group_stickiness: { duration },
    }),
  ),
];

const healthChecks: readonly Limit[] = [
  ...range(
    BEHIND_LOAD_BALANCERS,
    "seconds between health checks",
    `${ELB}/APIReference/API_CreateTargetGroup.html`,
    [5, 300],
    (interval) => ({
      health_check: { interval, timeout: 2 },
    }),
  ),
  ...range(
    BEHIND_LOAD_BALANCERS,
    "seconds until a health check has failed",
    `${ELB}/APIReference/API_CreateTargetGroup.html`,
    [2, 120],
    (timeout) => ({
      health_check: { interval: 300, timeout },
    }),
  ),
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "a health check's timeout is below its interval",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: { health_check: { interval: 30, timeout: 30 } },
    accepted: { health_check: { interval: 30, timeout: 29 } },
  },
  ...range(
    BEHIND_LOAD_BALANCERS,
    "successes that make a target healthy",
    `${ELB}/APIReference/API_CreateTargetGroup.html`,
    [2, 10],
    (count) => ({
      health_check: { healthy_threshold: count },
    }),
  ),
  ...range(
    BEHIND_LOAD_BALANCERS,
    "failures that make a target unhealthy",
    `${ELB}/APIReference/API_CreateTargetGroup.html`,
    [2, 10],
    (count) => ({
      health_check: { unhealthy_threshold: count },
    }),
  ),
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "a health check's path has at most 1024 characters",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: { health_check: { protocol: "HTTP", path: `/${"0".repeat(1024)}` } },
    accepted: { health_check: { protocol: "HTTP", path: `/${"0".repeat(1023)}` } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "a health check's path begins with a slash",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: { health_check: { protocol: "HTTP", path: "health" } },
    accepted: { health_check: { protocol: "HTTP", path: "/health" } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "a health check's port",
    source: `${ELB}/APIReference/API_CreateTargetGroup.html`,
    refused: { health_check: { port: "65536" } },
    accepted: { health_check: { port: "65535" } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "a health check's codes",
    source: `${ELB}/APIReference/API_Matcher.html`,
    refused: { health_check: { protocol: "HTTP", matcher: "2xx" } },
    accepted: { health_check: { protocol: "HTTP", matcher: "200-299,302" } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "a health check's codes begin at 200",
    source: `${ELB}/APIReference/API_Matcher.html`,
    refused: { health_check: { protocol: "HTTP", matcher: "199" } },
    accepted: { health_check: { protocol: "HTTP", matcher: "200" } },
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "a range of a health check's codes ascends",
    source: `${ELB}/APIReference/API_Matcher.html`,
    refused: { health_check: { protocol: "HTTP", matcher: "499-200" } },
    accepted: { health_check: { protocol: "HTTP", matcher: "200-499" } },
  },
  {
    modules: ["alb"],
    name: "codes of an Application Load Balancer's health check end at 499",
    source: `${ELB}/APIReference/API_Matcher.html`,
    refused: { health_check: { matcher: "200-500" } },
    accepted: { health_check: { matcher: "200-499" } },
  },
  {
    modules: ["nlb"],
    name: "codes of a Network Load Balancer's health check end at 599",
    source: `${ELB}/APIReference/API_Matcher.html`,
    refused: { health_check: { protocol: "HTTP", matcher: "200-600" } },
    accepted: { health_check: { protocol: "HTTP", matcher: "200-599" } },
  },
  {
    modules: ["alb"],
    name: "codes of a health check by gRPC are of gRPC",
    source: `${ELB}/APIReference/API_Matcher.html`,
    refused: { node: { protocol_version: "GRPC" }, health_check: { matcher: "200" } },
    accepted: { node: { protocol_version: "GRPC" }, health_check: { matcher: "0-99" } },
  },
  {
    modules: ["alb"],
    name: "codes of a health check by HTTP are of HTTP",
    source: `${ELB}/APIReference/API_Matcher.html`,
    refused: { health_check: { matcher: "0-99" } },
    accepted: { health_check: { matcher: "200-299" } },
  },
  {
    modules: ["alb"],
    name: "protocols of an Application Load Balancer's health check",
    source: `${ELB}/application/target-group-health-checks.html`,
    refused: { health_check: { protocol: "TCP" } },
    accepted: { health_check: { protocol: "HTTPS" } },
  },
  {
    modules: ["nlb"],
    name: "protocols of a Network Load Balancer's health check",
    source: `${ELB}/network/target-group-health-checks.html`,
    refused: { health_check: { protocol: "TLS" } },
    accepted: { health_check: { protocol: "TCP" } },
  },
  {
    modules: ["nlb"],
    name: "a health check by TCP has no path",
    source: `${ELB}/network/target-group-health-checks.html`,
    refused: { health_check: { protocol: "TCP", path: "/health" } },
    accepted: { health_check: { protocol: "HTTP", path: "/health" } },
  },
  {
    modules: ["nlb"],
    name: "an Application Load Balancer is checked by HTTP",
    source: `${ELB}/network/application-load-balancer-target.html`,
    refused: { node: { target_type: "alb", autoscaling_group_names: null }, health_check: { protocol: "TCP" } },
    accepted: { node: { target_type: "alb", autoscaling_group_names: null }, health_check: { protocol: "HTTP" } },
  },
];

const path = (values: readonly string[]) => ({ path_pattern: { values } });
const host = (value: string) => route({ conditions: [{ host_header: { values: [value] } }] });
const route = (fields: object) => ({
  routes: { a: { listener_arn: listener("app"), priority: 10, conditions: [path(["/api/*"])], ...fields } },
});

const rehearsal = (fields: object) => ({ load_balancer_arn: loadBalancer("net", "shop"), port: 8080, ...fields });

const listenerRules: readonly Limit[] = [
  ...range(["alb"], "priority of a rule", `${ELB}/application/listener-rules.html`, [1, 50000], (priority) =>
    route({ priority }),
  ),
  {
    modules: ["alb"],
    name: "priorities of a listener's rules differ",
    source: `${ELB}/application/listener-rules.html`,
    refused: {
      routes: {
        a: { listener_arn: listener("app"), priority: 10, conditions: [path(["/a"])] },
        b: { listener_arn: listener("app"), priority: 10, conditions: [path(["/b"])] },
      },
    },
    accepted: {
      routes: {
        a: { listener_arn: listener("app"), priority: 10, conditions: [path(["/a"])] },
        b: { listener_arn: listener("app"), priority: 11, conditions: [path(["/b"])] },
      },
    },
  },
  {
    modules: ["alb"],
    name: "a target group serves one Application Load Balancer",
    source: `${ELB}/application/load-balancer-limits.html`,
    refused: {
      routes: {
        a: { listener_arn: listener("app"), priority: 10, conditions: [path(["/a"])] },
        b: { listener_arn: listener("app", "other"), priority: 10, conditions: [path(["/b"])] },
      },
    },
    accepted: {
      routes: {
        a: { listener_arn: listener("app"), priority: 10, conditions: [path(["/a"])] },
        b: { listener_arn: listener("app", "shop", "0123456789abcdef"), priority: 10, conditions: [path(["/b"])] },
      },
    },
  },
  {
    modules: ["alb"],
    name: "a rule has at most five condition values",
    source: `${ELB}/application/load-balancer-limits.html`,
    refused: route({ conditions: [path(["/1", "/2", "/3", "/4", "/5", "/6"])] }),
    accepted: route({ conditions: [path(["/1", "/2", "/3", "/4", "/5"])] }),
  },
  {
    modules: ["alb"],
    name: "a rule has at most five wildcards",
    source: `${ELB}/application/rule-condition-types.html`,
    refused: route({ conditions: [path(["/*/*/*/*", "/?/?"])] }),
    accepted: route({ conditions: [path(["/*/*/*/*", "/?"])] }),
  },
  {
    modules: ["alb"],
    name: "a rule has one condition on paths",
    source: `${ELB}/application/rule-condition-types.html`,
    refused: route({ conditions: [path(["/a"]), path(["/b"])] }),
    accepted: route({ conditions: [path(["/a", "/b"])] }),
  },
  {
    modules: ["alb"],
    name: "a condition is of one kind",
    source: `${ELB}/APIReference/API_RuleCondition.html`,
    refused: route({ conditions: [{ ...path(["/a"]), host_header: { values: ["shop.example.com"] } }] }),
    accepted: route({ conditions: [path(["/a"]), { host_header: { values: ["shop.example.com"] } }] }),
  },
  {
    modules: ["alb"],
    name: "a path pattern has at most 128 characters",
    source: `${ELB}/APIReference/API_PathPatternConditionConfig.html`,
    refused: route({ conditions: [path([`/${"0".repeat(128)}`])] }),
    accepted: route({ conditions: [path([`/${"0".repeat(127)}`])] }),
  },
  {
    modules: ["alb"],
    name: "a host name is in ASCII",
    source: `${ELB}/APIReference/API_HostHeaderConditionConfig.html`,
    refused: route({ conditions: [{ host_header: { values: ["münchen.example"] } }] }),
    accepted: route({ conditions: [{ host_header: { values: ["xn--mnchen-3ya.example"] } }] }),
  },
  {
    modules: ["alb"],
    name: "a host name has a dot",
    source: `${ELB}/APIReference/API_HostHeaderConditionConfig.html`,
    refused: host("shop"),
    accepted: host("shop.internal"),
  },
  {
    modules: ["alb"],
    name: "a host name has no port",
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/49147",
    refused: host("shop.example.com:8443"),
    accepted: host("shop.example.com"),
  },
  {
    modules: ["alb"],
    name: "a host name ends with letters",
    source: `${ELB}/APIReference/API_HostHeaderConditionConfig.html`,
    refused: host("10.0.1.10"),
    accepted: host("10.0.1.example"),
  },
  {
    modules: ["alb"],
    name: "a host name may end with a wildcard",
    source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/987",
    refused: host("*"),
    accepted: host("api-*.*"),
  },
  {
    modules: ["alb"],
    name: "a host name has no underscore",
    source: `${ELB}/APIReference/API_RuleCondition.html`,
    refused: host("shop_1.example.com"),
    accepted: host("shop-1.example.com"),
  },
  {
    modules: ["alb"],
    name: "a host name has at most 128 characters",
    source: `${ELB}/APIReference/API_HostHeaderConditionConfig.html`,
    refused: host(`${"a".repeat(125)}.com`),
    accepted: host(`${"a".repeat(124)}.com`),
  },
  {
    modules: ["alb"],
    name: "characters of a path pattern",
    source: `${ELB}/APIReference/API_RuleCondition.html`,
    refused: route({ conditions: [path(["/a%20b"])] }),
    accepted: route({ conditions: [path(["/_-.$/~\"'@:+&*?"])] }),
  },
  {
    modules: ["alb"],
    name: "the name of a route is part of a tag",
    source: `${ELB}/APIReference/API_Tag.html`,
    refused: { routes: { "R&D": route({}).routes.a } },
    accepted: { routes: { "R+D": route({}).routes.a } },
  },
  {
    modules: ["alb"],
    name: "a method has at most 40 upper-case letters",
    source: `${ELB}/APIReference/API_HttpRequestMethodConditionConfig.html`,
    refused: route({ conditions: [{ http_request_method: { values: ["M".repeat(41)] } }] }),
    accepted: route({ conditions: [{ http_request_method: { values: ["M".repeat(40)] } }] }),
  },
  {
    modules: ["alb"],
    name: "a header's name has at most 40 characters",
    source: `${ELB}/APIReference/API_HttpHeaderConditionConfig.html`,
    refused: route({ conditions: [{ http_header: { http_header_name: "x".repeat(41), values: ["1"] } }] }),
    accepted: route({ conditions: [{ http_header: { http_header_name: "x".repeat(40), values: ["1"] } }] }),
  },
  {
    modules: ["alb"],
    name: "the Host header has a condition of its own",
    source: `${ELB}/APIReference/API_HttpHeaderConditionConfig.html`,
    refused: route({ conditions: [{ http_header: { http_header_name: "HOST", values: ["shop.example.com"] } }] }),
    accepted: route({ conditions: [{ host_header: { values: ["shop.example.com"] } }] }),
  },
  {
    modules: ["alb"],
    name: "a query parameter has a value",
    source: `${ELB}/APIReference/API_QueryStringKeyValuePair.html`,
    refused: route({ conditions: [{ query_string: { values: [{ key: "a", value: "" }] } }] }),
    accepted: route({ conditions: [{ query_string: { values: [{ key: "a", value: "1" }] } }] }),
  },
  {
    modules: ["alb"],
    name: "a source address is a CIDR block",
    source: `${ELB}/APIReference/API_SourceIpConditionConfig.html`,
    refused: route({ conditions: [{ source_ip: { values: ["192.0.2.1"] } }] }),
    accepted: route({ conditions: [{ source_ip: { values: ["192.0.2.1/32"] } }] }),
  },
  {
    modules: ["alb"],
    name: "an ARN of a listener",
    source: ARNS,
    refused: route({ listener_arn: loadBalancer("app") }),
    accepted: route({ listener_arn: listener("app") }),
  },
  {
    modules: ["alb"],
    name: "an ARN of a target group",
    source: ARNS,
    refused: route({ application_target_group_arn: loadBalancer("app") }),
    accepted: route({ application_target_group_arn: targetGroup }),
  },
  {
    modules: ["alb"],
    name: "the ARN of the mirrored rule",
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html",
    refused: route({ conditions: [], mirrors_rule_arn: listener("app") }),
    accepted: route({ conditions: [], mirrors_rule_arn: rule("f2f7dc8efc522ab2") }),
  },
  {
    modules: ["alb"],
    name: "a mirrored rule is on the listener of its route",
    source: `${ELB}/application/listener-rules.html`,
    refused: route({ conditions: [], mirrors_rule_arn: rule("0123456789abcdef") }),
    accepted: route({ conditions: [], mirrors_rule_arn: rule("f2f7dc8efc522ab2") }),
  },
  {
    modules: ["alb"],
    name: "the rule of a route with conditions is on its listener",
    source: `${ELB}/application/listener-rules.html`,
    refused: route({ current_rule_arn: rule("0123456789abcdef") }),
    accepted: route({ current_rule_arn: rule("f2f7dc8efc522ab2") }),
  },
  {
    modules: ["alb"],
    name: "a rule is evaluated before the one that it mirrors",
    source: `${ELB}/application/listener-rules.html`,
    refused: route({ conditions: [], mirrors_priority: 9 }),
    accepted: route({ conditions: [], mirrors_priority: 11 }),
  },
  {
    modules: ["alb"],
    name: "a closing rule is evaluated after its route",
    source: `${ELB}/application/listener-rules.html`,
    refused: route({ closing_priority: 9 }),
    accepted: route({ closing_priority: 11 }),
  },
  {
    modules: BEHIND_LOAD_BALANCERS,
    name: "each security group of the load balancer once",
    source: `${AWS}/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html`,
    refused: { load_balancer: { security_group_ids: { public: groupId, other: groupId } } },
    accepted: { load_balancer: { security_group_ids: { public: groupId, other: "sg-00000000000000004" } } },
  },
  {
    modules: ["nlb"],
    name: "a listener of a Network Load Balancer",
    source: ARNS,
    refused: {
      adopted_listeners: { a: { listener_arn: loadBalancer("net"), application_target_group_arn: targetGroup } },
    },
    accepted: {
      adopted_listeners: { a: { listener_arn: listener("net"), application_target_group_arn: targetGroup } },
    },
  },
  {
    modules: ["nlb"],
    name: "a listener for TLS has a certificate",
    source: `${ELB}/network/create-tls-listener.html`,
    refused: { node: { protocol: "TLS" }, rehearsal_listener: rehearsal({}) },
    accepted: { node: { protocol: "TLS" }, rehearsal_listener: rehearsal({ certificate_arn: certificate() }) },
  },
  {
    modules: ["nlb"],
    name: "a listener for TCP has no certificate",
    source: `${ELB}/network/create-tls-listener.html`,
    refused: { rehearsal_listener: rehearsal({ certificate_arn: certificate() }) },
    accepted: { rehearsal_listener: rehearsal({}) },
  },
  ...range(["nlb"], "port of a listener", `${ELB}/APIReference/API_CreateListener.html`, [1, 65535], (port) => ({
    rehearsal_listener: rehearsal({ port }),
  })),
  {
    modules: ["nlb"],
    name: "a security policy of a listener",
    source: `${ELB}/network/describe-ssl-policies.html`,
    refused: {
      node: { protocol: "TLS" },
      rehearsal_listener: rehearsal({ certificate_arn: certificate(), ssl_policy: "TLSv1.2_2021" }),
    },
    accepted: {
      node: { protocol: "TLS" },
      rehearsal_listener: rehearsal({
        certificate_arn: certificate(),
        ssl_policy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
      }),
    },
  },
  {
    modules: ["nlb"],
    name: "a target group serves one Network Load Balancer",
    source: `${ELB}/network/load-balancer-limits.html`,
    refused: {
      adopted_listeners: { a: { listener_arn: listener("net", "other"), application_target_group_arn: targetGroup } },
      rehearsal_listener: rehearsal({}),
    },
    accepted: {
      adopted_listeners: { a: { listener_arn: listener("net"), application_target_group_arn: targetGroup } },
      rehearsal_listener: rehearsal({}),
    },
  },
  {
    modules: ["nlb"],
    name: "a listener is taken over once",
    source: `${ELB}/APIReference/API_ModifyListener.html`,
    refused: {
      adopted_listeners: {
        a: { listener_arn: listener("net"), application_target_group_arn: targetGroup },
        b: { listener_arn: listener("net"), application_target_group_arn: targetGroup },
      },
    },
    accepted: {
      adopted_listeners: {
        a: { listener_arn: listener("net"), application_target_group_arn: targetGroup },
        b: { listener_arn: listener("net", "shop", "0123456789abcdef"), application_target_group_arn: targetGroup },
      },
    },
  },
  {
    modules: ["nlb"],
    name: "a load balancer is known by its security groups or by its subnets",
    source: `${ELB}/network/load-balancer-security-groups.html`,
    refused: { load_balancer: { subnet_cidrs: ["10.0.0.0/24"] } },
    accepted: { load_balancer: { security_group_ids: { public: groupId } } },
  },
];

const secretHeaders: readonly Limit[] = [
  {
    modules: ["alb", "cloudfront"],
    name: "a secret cannot be guessed",
    source: "https://owasp.org/www-community/vulnerabilities/Insufficient_Session-ID_Length",
    refused: { secret_header_values: { blue: "0".repeat(31) } },
    accepted: { secret_header_values: { blue: "0".repeat(32) } },
  },
  {
    modules: ["alb", "cloudfront"],
    name: "a secret is no longer than a condition's value",
    source: `${ELB}/APIReference/API_HttpHeaderConditionConfig.html`,
    refused: { secret_header_values: { blue: "0".repeat(129) } },
    accepted: { secret_header_values: { blue: "0".repeat(128) } },
  },
  {
    modules: ["alb", "cloudfront"],
    name: "a secret has no wildcards",
    source: `${ELB}/APIReference/API_HttpHeaderConditionConfig.html`,
    refused: { secret_header_values: { blue: `${value("0")}*` } },
    accepted: { secret_header_values: { blue: `${value("0")}0` } },
  },
  {
    modules: ["alb", "cloudfront"],
    name: "two secrets differ",
    source: `${ELB}/APIReference/API_HttpHeaderConditionConfig.html`,
    refused: { secret_header_values: { blue: value("0"), green: value("0") } },
    accepted: { secret_header_values: { blue: value("0"), green: value("1") } },
  },
  {
    modules: ["cloudfront"],
    name: "nginx drops headers with an underscore",
    source: `${NGINX}#underscores_in_headers`,
    refused: { secret_header: { name: "X_CloudFront_Secret" } },
    accepted: { secret_header: { name: "X-CloudFront-Secret" } },
  },
  {
    modules: ["cloudfront"],
    name: "clients send Authorization",
    source: "https://www.rfc-editor.org/rfc/rfc9110#name-authorization",
    refused: { secret_header: { name: "Authorization" } },
    accepted: { secret_header: { name: "X-Authorized" } },
  },
  ...["Via", "Origin", "Forwarded", "Apigw-Secret", "X-Amz-Secret", "X-Amzn-Secret", "Access-Control-Secret"].map(
    (name) => ({
      modules: [...REST, "api-gateway-http"],
      name: `API Gateway does not set the header ${name}`,
      source: `${API_GATEWAY}/developerguide/http-api-parameter-mapping.html#http-api-mapping-reserved-headers`,
      refused: { secret_header: { name }, secret_header_values: { blue: value("0") } },
      accepted: {
        secret_header: { name: `X-${name.replace("X-Amz", "Amaz")}` },
        secret_header_values: { blue: value("0") },
      },
    }),
  ),
  {
    modules: [...REST, "api-gateway-http"],
    name: "a secret header has a value",
    source: `${API_GATEWAY}/developerguide/request-response-data-mappings.html`,
    refused: { secret_header: { name: "X-From" } },
    accepted: { secret_header: { name: "X-From" }, secret_header_values: { blue: value("0") } },
  },
];

const cloudfrontLimits: readonly Limit[] = [
  {
    modules: ["cloudfront"],
    name: "CloudFront adds no X-Amz- headers",
    source: `${CLOUDFRONT}/add-origin-custom-headers.html`,
    refused: { secret_header: { name: "X-Amz-Secret" } },
    accepted: { secret_header: { name: "X-Secret" } },
  },
  {
    modules: ["cloudfront"],
    name: "CloudFront adds no Host header",
    source: `${CLOUDFRONT}/add-origin-custom-headers.html`,
    refused: { origins: { shop: { custom_headers: { Host: "shop.example.com" } } } },
    accepted: { origins: { shop: { custom_headers: { "X-Shop": "shop.example.com" } } } },
  },
  {
    modules: ["cloudfront"],
    name: "an origin is a domain name",
    source: `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    refused: { node: { domain_name: "https://node.example.com" } },
    accepted: { node: { domain_name: "node.example.com" } },
  },
  {
    modules: ["cloudfront"],
    name: "ports of an origin",
    source: `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    refused: { node: { http_port: 1023 } },
    accepted: { node: { http_port: 1024 } },
  },
  {
    modules: ["cloudfront"],
    name: "security policies of a distribution",
    source: `${CLOUDFRONT}/secure-connections-supported-viewer-protocols-ciphers.html`,
    refused: {
      new_distribution: {
        minimum_protocol_version: "TLSv1.1_2016",
        default_cache_behavior: { target_origin_id: "shop" },
      },
      origins: { shop: { domain_name: "shop.example.com", custom_origin_config: {} } },
    },
    accepted: {
      new_distribution: {
        minimum_protocol_version: "TLSv1.3_2025",
        default_cache_behavior: { target_origin_id: "shop" },
      },
      origins: { shop: { domain_name: "shop.example.com", custom_origin_config: {} } },
    },
  },
  {
    modules: ["cloudfront"],
    name: "versions of TLS to an origin",
    source: `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    refused: { node: { origin_ssl_protocols: ["TLSv1.3"] } },
    accepted: { node: { origin_ssl_protocols: ["TLSv1.2"] } },
  },
  {
    modules: ["cloudfront"],
    name: "protocols to an origin",
    source: `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    refused: { node: { origin_protocol_policy: "HTTPS" } },
    accepted: { node: { origin_protocol_policy: "https-only" } },
  },
  {
    modules: ["cloudfront"],
    name: "no secret in clear over the internet",
    source: `${CLOUDFRONT}/using-https-cloudfront-to-custom-origin.html`,
    refused: { node: { origin_protocol_policy: "match-viewer" } },
    accepted: { node: { origin_protocol_policy: "match-viewer", allow_clear_text: true } },
  },
  {
    modules: ["cloudfront"],
    name: "no secret in clear over the internet, as the origin is today",
    source: `${CLOUDFRONT}/using-https-cloudfront-to-custom-origin.html`,
    refused: { origins: { shop: { custom_origin_config: { origin_protocol_policy: "http-only" } } } },
    accepted: {
      origins: {
        shop: {
          custom_origin_config: { origin_protocol_policy: "http-only" },
          node: { origin_protocol_policy: "https-only" },
        },
      },
    },
  },
  {
    modules: ["cloudfront"],
    name: "ports of the node of an origin",
    source: `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    refused: { origins: { shop: { node: { https_port: 1023 } } } },
    accepted: { origins: { shop: { node: { https_port: 1024 } } } },
  },
  {
    modules: ["cloudfront"],
    name: "an update of a distribution replaces its configuration",
    source: `${AWS}/cloudfront/latest/APIReference/API_UpdateDistribution.html`,
    refused: { new_distribution: null, adopted_distribution_id: "E2QWRUHAPOMQZL" },
    accepted: { new_distribution: null, adopted_distribution_id: null },
  },
  ...range(
    ["cloudfront"],
    "seconds until an origin has answered",
    `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    [1, 180],
    (seconds) => ({
      node: { origin_read_timeout: seconds },
    }),
  ),
  ...range(
    ["cloudfront"],
    "seconds that a connection is kept",
    `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    [1, 180],
    (seconds) => ({
      node: { origin_keepalive_timeout: seconds },
    }),
  ),
  ...range(
    ["cloudfront"],
    "attempts to connect",
    `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    [1, 3],
    (attempts) => ({
      origins: { shop: { connection_attempts: attempts } },
    }),
  ),
  ...range(
    ["cloudfront"],
    "seconds of an attempt to connect",
    `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    [1, 10],
    (seconds) => ({
      origins: { shop: { connection_timeout: seconds } },
    }),
  ),
  {
    modules: ["cloudfront"],
    name: "an origin path begins with a slash",
    source: `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    refused: { origins: { shop: { origin_path: "v1" } } },
    accepted: { origins: { shop: { origin_path: "/v1" } } },
  },
  {
    modules: ["cloudfront"],
    name: "an origin path does not end with a slash",
    source: `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    refused: { origins: { shop: { origin_path: "/v1/" } } },
    accepted: { origins: { shop: { origin_path: "/v1" } } },
  },
  {
    modules: ["cloudfront"],
    name: "an origin is of one kind",
    source: `${CLOUDFRONT}/DownloadDistValuesOrigin.html`,
    refused: { origins: { shop: { vpc_origin_config: { vpc_origin_id: "vo_0123456789abcdefABCDEF" } } } },
    accepted: { origins: { shop: { custom_origin_config: {} } } },
  },
  {
    modules: ["cloudfront"],
    name: "methods that are sent on",
    source: `${AWS}/cloudfront/latest/APIReference/API_AllowedMethods.html`,
    refused: { new_distribution: { default_cache_behavior: { allowed_methods: ["GET", "HEAD", "POST"] } } },
    accepted: { new_distribution: { default_cache_behavior: { allowed_methods: ["GET", "HEAD", "OPTIONS"] } } },
  },
  {
    modules: ["cloudfront"],
    name: "methods that are cached",
    source: `${AWS}/cloudfront/latest/APIReference/API_CachedMethods.html`,
    refused: { new_distribution: { default_cache_behavior: { cached_methods: ["GET"] } } },
    accepted: { new_distribution: { default_cache_behavior: { cached_methods: ["GET", "HEAD"] } } },
  },
  {
    modules: ["cloudfront"],
    name: "a cache behavior has an origin",
    source: `${CLOUDFRONT}/DownloadDistValuesCacheBehavior.html`,
    refused: { new_distribution: { default_cache_behavior: { target_origin_id: "images" } } },
    accepted: { new_distribution: { default_cache_behavior: { target_origin_id: "shop" } } },
  },
  {
    modules: ["cloudfront"],
    name: "a path pattern has at most 255 characters",
    source: `${CLOUDFRONT}/DownloadDistValuesCacheBehavior.html`,
    refused: {
      new_distribution: { ordered_cache_behaviors: [{ path_pattern: "a".repeat(256), target_origin_id: "shop" }] },
    },
    accepted: {
      new_distribution: { ordered_cache_behaviors: [{ path_pattern: "a".repeat(255), target_origin_id: "shop" }] },
    },
  },
  {
    modules: ["cloudfront"],
    name: "an alias needs a certificate",
    source: `${CLOUDFRONT}/CNAMEs.html`,
    refused: { new_distribution: { aliases: ["shop.example.com"] } },
    accepted: { new_distribution: { aliases: ["shop.example.com"], acm_certificate_arn: certificate("us-east-1") } },
  },
  {
    modules: ["cloudfront"],
    name: "a certificate is in us-east-1",
    source: `${CLOUDFRONT}/cnames-and-https-requirements.html`,
    refused: { new_distribution: { acm_certificate_arn: certificate() } },
    accepted: { new_distribution: { acm_certificate_arn: certificate("us-east-1") } },
  },
  {
    modules: ["cloudfront"],
    name: "a comment has at most 128 characters",
    source: `${AWS}/cloudfront/latest/APIReference/API_DistributionConfig.html`,
    refused: { new_distribution: { comment: "a".repeat(129) } },
    accepted: { new_distribution: { comment: "a".repeat(128) } },
  },
  {
    modules: ["cloudfront"],
    name: "price classes",
    source: `${AWS}/cloudfront/latest/APIReference/API_DistributionConfig.html`,
    refused: { new_distribution: { price_class: "PriceClass_300" } },
    accepted: { new_distribution: { price_class: "PriceClass_200" } },
  },
  {
    modules: ["cloudfront"],
    name: "a web ACL is a global one",
    source: `${AWS}/waf/latest/developerguide/cloudfront-features.html`,
    refused: {
      new_distribution: { web_acl_id: arn("wafv2", "regional/webacl/shop/01234567-89ab-cdef-0123-456789abcdef") },
    },
    accepted: {
      new_distribution: {
        web_acl_id: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/01234567-89ab-cdef-0123-456789abcdef",
      },
    },
  },
  ...range(
    ["cloudfront"],
    "inbound rules of a security group",
    `${VPC}/amazon-vpc-limits.html`,
    [1, 1000],
    (quota) => ({
      security_groups: { rules_quota: quota },
    }),
  ),
  {
    modules: ["cloudfront"],
    name: "an ID of a network interface",
    source: IDS,
    refused: { security_groups: { network_interface_ids: { a: "eth0" } } },
    accepted: { security_groups: { network_interface_ids: { a: interfaceId } } },
  },
];

const integration = (fields: object): Arguments => ({
  adopted_integrations: { shop: { integration_id: "i0000001", ...fields } },
});
const httpRoute = (fields: object): Arguments => ({
  routes: {
    orders: {
      route_key: "GET /orders/{id}",
      route_id: "r0000001",
      application_integration_id: "i0000002",
      integration: {},
      ...fields,
    },
  },
});
const mtls = (fields: object): Arguments => ({
  client_mtls: {
    domain_name: "api.example.com",
    certificate_arn: certificate(),
    truststore_uri: "s3://shop-truststore/clients.pem",
    truststore_version: "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY",
    ...fields,
  },
});

const apis: readonly Limit[] = [
  {
    modules: ["api-gateway-http"],
    name: "an ID of an API",
    source: `${AWS}/apigatewayv2/latest/api-reference/apis-apiid.html`,
    refused: { api_id: "arn:aws:apigateway:eu-central-1::/apis/a1b2c3d4e5" },
    accepted: { api_id: "a1b2c3d4e5" },
  },
  ...range(
    ["api-gateway-http"],
    "milliseconds of an HTTP API's integration",
    `${API_GATEWAY}/developerguide/http-api-quotas.html`,
    [50, 30000],
    (milliseconds) => ({
      timeout_milliseconds: milliseconds,
    }),
  ),
  {
    modules: ["api-gateway-http"],
    name: "a mapped value has at most 512 characters",
    source: `${AWS}/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html`,
    refused: { request_parameters: { "overwrite:header.x-long": "0".repeat(513) } },
    accepted: { request_parameters: { "overwrite:header.x-long": "0".repeat(512) } },
  },
  {
    modules: ["api-gateway-http"],
    name: "headers that an HTTP API does not map",
    source: `${API_GATEWAY}/developerguide/http-api-parameter-mapping.html`,
    refused: { request_parameters: { "overwrite:header.X-Forwarded-For": "$context.identity.sourceIp" } },
    accepted: { request_parameters: { "overwrite:header.X-Source-Ip": "$context.identity.sourceIp" } },
  },
  {
    modules: ["api-gateway-http"],
    name: "an update of an integration has no empty ConnectionId",
    source: `${AWS}/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html`,
    refused: integration({ application: { uri: "https://shop.example.com", connection_id: "l0000009" } }),
    accepted: integration({ application: { uri: listener("app"), connection_id: "l0000009" } }),
  },
  ...range(
    ["api-gateway-http"],
    "milliseconds of the application's integration",
    `${API_GATEWAY}/developerguide/http-api-quotas.html`,
    [50, 30000],
    (timeout_milliseconds) => httpRoute({ integration: { timeout_milliseconds } }),
  ),
  ...range(
    ["api-gateway-http"],
    "status codes of response mappings",
    `${AWS}/AWSCloudFormation/latest/TemplateReference/aws-properties-apigatewayv2-integration-responseparameter.html`,
    [200, 599],
    (status) => httpRoute({ integration: { response_parameters: { [status]: { "overwrite:statuscode": "204" } } } }),
  ),
  {
    modules: ["api-gateway-http"],
    name: "what a response mapping changes",
    source: `${API_GATEWAY}/developerguide/http-api-parameter-mapping.html`,
    refused: httpRoute({ integration: { response_parameters: { 200: { "overwrite:path": "/" } } } }),
    accepted: httpRoute({ integration: { response_parameters: { 200: { "remove:header.server": "''" } } } }),
  },
  {
    modules: ["api-gateway-http"],
    name: "a route key has a method",
    source: `${API_GATEWAY}/developerguide/http-api-develop-routes.html`,
    refused: httpRoute({ route_key: "/orders" }),
    accepted: httpRoute({ route_key: "ANY /orders" }),
  },
  {
    modules: ["api-gateway-http"],
    name: "JWT authorization has an authorizer",
    source: `${API_GATEWAY}/developerguide/http-api-jwt-authorizer.html`,
    refused: httpRoute({ route_id: null, authorization: { type: "JWT" } }),
    accepted: httpRoute({ route_id: null, authorization: { type: "JWT", authorizer_id: "j0000001" } }),
  },
  {
    modules: ["api-gateway-http"],
    name: "scopes are for JWT",
    source: `${API_GATEWAY}/developerguide/http-api-jwt-authorizer.html`,
    refused: httpRoute({
      route_id: null,
      authorization: { type: "CUSTOM", authorizer_id: "j0000001", scopes: ["shop"] },
    }),
    accepted: httpRoute({
      route_id: null,
      authorization: { type: "JWT", authorizer_id: "j0000001", scopes: ["shop"] },
    }),
  },
  {
    modules: ["api-gateway-http"],
    name: "a stage's name has at most 128 characters",
    source: `${API_GATEWAY}/developerguide/http-api-stages.html`,
    refused: { stage: { name: "a".repeat(129) } },
    accepted: { stage: { name: "a".repeat(128) } },
  },
  {
    modules: ["api-gateway-http", "api-gateway-rest-alb"],
    name: "a new VPC link has a security group of its own",
    source: `${API_GATEWAY}/developerguide/http-api-vpc-links.html`,
    refused: { vpc_link: { security_group_ids: { a: groupId } } },
    accepted: { vpc_link: { subnet_ids: null, id: "l0000009", security_group_ids: { a: groupId } } },
  },
  {
    modules: ["api-gateway-http", "api-gateway-rest-alb"],
    name: "a VPC link is new or exists",
    source: `${API_GATEWAY}/developerguide/http-api-vpc-links.html`,
    refused: { vpc_link: { id: "l0000009" } },
    accepted: { vpc_link: { id: "l0000009", subnet_ids: null } },
  },
  {
    modules: REST,
    name: "endpoint types",
    source: `${API_GATEWAY}/developerguide/api-gateway-api-endpoint-types.html`,
    refused: { rest_api: { endpoint_type: "regional" } },
    accepted: { rest_api: { endpoint_type: "EDGE" } },
  },
  {
    modules: REST,
    name: "a stage's name",
    source: `${API_GATEWAY}/api/API_CreateStage.html`,
    refused: { stage: { name: "shop/live" } },
    accepted: { stage: { name: "shop_live" } },
  },
  ...range(
    REST,
    "milliseconds of a REST API's integration",
    `${API_GATEWAY}/developerguide/api-gateway-execution-service-limits-table.html`,
    [50, 300000],
    (milliseconds) => ({
      node: { timeout_milliseconds: milliseconds },
    }),
  ),
  {
    modules: REST,
    name: "milliseconds of an edge-optimized API's integration",
    source: `${API_GATEWAY}/developerguide/api-gateway-execution-service-limits-table.html`,
    refused: { rest_api: { endpoint_type: "EDGE" }, node: { timeout_milliseconds: 29001 } },
    accepted: { rest_api: { endpoint_type: "EDGE" }, node: { timeout_milliseconds: 29000 } },
  },
  {
    modules: REST,
    name: "methods of a route",
    source: `${API_GATEWAY}/api/API_PutIntegration.html`,
    refused: { routes: { "GET /orders": { integration_http_method: "get" } } },
    accepted: { routes: { "GET /orders": { integration_http_method: "GET" } } },
  },
  {
    modules: REST,
    name: "integration types that a node can stand before",
    source: `${API_GATEWAY}/api/API_PutIntegration.html`,
    refused: { routes: { "GET /orders": { type: "AWS_PROXY" } } },
    accepted: { routes: { "GET /orders": { type: "HTTP" } } },
  },
  {
    modules: REST,
    name: "names of mapped parameters",
    source: `${API_GATEWAY}/api/API_PutIntegration.html`,
    refused: { node: { request_parameters: { "X-From": "'gateway'" } } },
    accepted: { node: { request_parameters: { "integration.request.header.X-From": "'gateway'" } } },
  },
  {
    modules: REST,
    name: "sources of mapped parameters",
    source: `${API_GATEWAY}/developerguide/request-response-data-mappings.html`,
    refused: { node: { request_parameters: { "integration.request.header.X-From": "$context.requestId" } } },
    accepted: { node: { request_parameters: { "integration.request.header.X-From": "context.requestId" } } },
  },
  {
    modules: REST,
    name: "a route is a method and a path",
    source: `${API_GATEWAY}/api/API_GetResources.html`,
    refused: { accepted_routes: ["/status"] },
    accepted: { accepted_routes: ["GET /status"] },
  },
  {
    modules: REST,
    name: "what a body becomes",
    source: `${API_GATEWAY}/api/API_PutIntegration.html`,
    refused: { routes: { "GET /orders": { content_handling: "JSON" } } },
    accepted: { routes: { "GET /orders": { content_handling: "CONVERT_TO_TEXT" } } },
  },
  {
    modules: REST,
    name: "a canary has the application's deployment",
    source: `${API_GATEWAY}/developerguide/canary-release.html`,
    refused: { node_traffic_percent: 10, stage: { application_deployment_id: null } },
    accepted: { node_traffic_percent: 10, stage: { application_deployment_id: "owner1" } },
  },
  {
    modules: ["api-gateway-rest"],
    name: "a VPC link has one load balancer",
    source: `${API_GATEWAY}/api/API_CreateVpcLink.html`,
    refused: {
      vpc_link: { id: null, load_balancer_arns: { a: loadBalancer("net", "a"), b: loadBalancer("net", "b") } },
    },
    accepted: { vpc_link: { id: null, load_balancer_arns: { a: loadBalancer("net", "a") } } },
  },
  {
    modules: ["api-gateway-rest"],
    name: "a VPC link leads to a Network Load Balancer",
    source: `${API_GATEWAY}/developerguide/set-up-private-integration.html`,
    refused: { vpc_link: { id: null, load_balancer_arns: { a: loadBalancer("app") } } },
    accepted: { vpc_link: { id: null, load_balancer_arns: { a: loadBalancer("net") } } },
  },
  {
    modules: ["api-gateway-rest"],
    name: "a regional API does not see the VPC of a client",
    source: `${API_GATEWAY}/developerguide/apigateway-resource-policies-aws-condition-keys.html`,
    refused: { resource_policy: { source_vpc_ids: ["vpc-0123456789abcdef0"] } },
    accepted: {
      rest_api: { endpoint_type: "PRIVATE" },
      resource_policy: { source_vpc_ids: ["vpc-0123456789abcdef0"] },
    },
  },
  {
    modules: ["api-gateway-rest"],
    name: "a client on the internet has no private address",
    source: "https://www.iana.org/assignments/iana-ipv4-special-registry",
    refused: { resource_policy: { source_cidrs: ["10.1.0.0/16"] } },
    accepted: { resource_policy: { source_cidrs: ["203.0.113.0/24"] } },
  },
  {
    modules: ["api-gateway-rest"],
    name: "a resource policy lets somebody in",
    source: `${API_GATEWAY}/developerguide/apigateway-authorization-flow.html`,
    refused: { resource_policy: {} },
    accepted: { resource_policy: { source_cidrs: ["203.0.113.0/24"] } },
  },
  {
    modules: ["api-gateway-rest"],
    name: "the quota of characters in a resource policy only rises",
    source: `${API_GATEWAY}/developerguide/api-gateway-execution-service-limits-table.html`,
    refused: { resource_policy: { source_cidrs: ["203.0.113.0/24"], length_quota: 8191 } },
    accepted: { resource_policy: { source_cidrs: ["203.0.113.0/24"], length_quota: 8192 } },
  },
  ...range(
    ["api-gateway-rest"],
    "days before the end of a certificate",
    `${API_GATEWAY}/developerguide/getting-started-client-side-ssl-authentication.html`,
    [1, 364],
    (days) => ({
      node: { protocol: "HTTPS" },
      backend_certificate: { names: ["first"], active: "first", warn_days: days },
    }),
  ),
  {
    modules: ["api-gateway-rest"],
    name: "mutual TLS is for regional APIs",
    source: `${API_GATEWAY}/developerguide/rest-api-mutual-tls.html`,
    refused: { rest_api: { endpoint_type: "PRIVATE" }, ...mtls({}) },
    accepted: mtls({}),
  },
  {
    modules: ["api-gateway-http", "api-gateway-rest"],
    name: "a certificate is of ACM",
    source: ARNS,
    refused: mtls({ certificate_arn: "arn:aws:iam::123456789012:server-certificate/api" }),
    accepted: mtls({ certificate_arn: certificate() }),
  },
  {
    modules: ["api-gateway-http", "api-gateway-rest"],
    name: "a truststore is in S3",
    source: `${API_GATEWAY}/developerguide/rest-api-mutual-tls.html`,
    refused: mtls({ truststore_uri: "https://truststore.s3.amazonaws.com/clients.pem" }),
    accepted: mtls({ truststore_uri: "s3://truststore/clients.pem" }),
  },
  {
    modules: ["api-gateway-http", "api-gateway-rest"],
    name: "a version of a truststore has at most 64 characters",
    source: `${AWS}/apigatewayv2/latest/api-reference/domainnames.html`,
    refused: mtls({ truststore_version: "v".repeat(65) }),
    accepted: mtls({ truststore_version: "v".repeat(64) }),
  },
  {
    modules: ["api-gateway-http"],
    name: "the path of a mapping has at most 300 characters",
    source: `${API_GATEWAY}/developerguide/http-api-mappings.html`,
    refused: mtls({ api_mapping_key: "a".repeat(301) }),
    accepted: mtls({ api_mapping_key: "a".repeat(300) }),
  },
  {
    modules: ["api-gateway-rest"],
    name: "the path of a mapping has at most 300 characters",
    source: `${API_GATEWAY}/developerguide/rest-api-mappings.html`,
    refused: mtls({ base_path: "a".repeat(301) }),
    accepted: mtls({ base_path: "a".repeat(300) }),
  },
];

const acl = (fields: object): Arguments => ({
  rules: { a: { rule_number: 10, cidr: "10.0.9.0/24", from_port: 22, ...fields } },
});

const networkAcls: readonly Limit[] = [
  ...range(
    ["network-acl"],
    "rules of a network ACL",
    `${VPC}/amazon-vpc-limits.html#vpc-limits-nacls`,
    [20, 40],
    (quota) => ({
      rules_quota: quota,
    }),
  ),
  {
    modules: ["network-acl"],
    name: "numbers of the caller's first rules",
    source: `${VPC}/nacl-rules.html`,
    refused: acl({ rule_number: 0 }),
    accepted: acl({ rule_number: 1 }),
  },
  {
    modules: ["network-acl"],
    name: "numbers of the module's rules",
    source: `${VPC}/nacl-rules.html`,
    refused: acl({ rule_number: 100 }),
    accepted: acl({ rule_number: 99 }),
  },
  {
    modules: ["network-acl"],
    name: "the highest number of a rule",
    source: `${VPC}/nacl-rules.html`,
    refused: acl({ rule_number: 32767 }),
    accepted: acl({ rule_number: 32766 }),
  },
  {
    modules: ["network-acl"],
    name: "actions of a rule",
    source: `${AWS}/AWSEC2/latest/APIReference/API_NetworkAclEntry.html`,
    refused: acl({ action: "reject" }),
    accepted: acl({ action: "deny" }),
  },
  {
    modules: ["network-acl"],
    name: "a rule for TCP has ports",
    source: `${AWS}/AWSEC2/latest/APIReference/API_NetworkAclEntry.html`,
    refused: acl({ from_port: null }),
    accepted: acl({ from_port: null, protocol: "icmp" }),
  },
  {
    modules: ["network-acl"],
    name: "a rule's last port is not below its first",
    source: `${AWS}/AWSEC2/latest/APIReference/API_PortRange.html`,
    refused: acl({ to_port: 21 }),
    accepted: acl({ to_port: 22 }),
  },
  {
    modules: ["network-acl"],
    name: "a subnet is no address",
    source: IDS,
    refused: { subnet_ids: { a: "10.0.11.0/24" } },
    accepted: { subnet_ids: { a: subnetId } },
  },
  {
    modules: ["network-acl"],
    name: "a subnet has one network ACL",
    source: `${VPC}/vpc-network-acls.html`,
    refused: { subnet_ids: { a: subnetId, b: subnetId } },
    accepted: { subnet_ids: { a: subnetId, b: "subnet-0000000000000000b" } },
  },
  {
    modules: ["network-acl"],
    name: "a node's subnet is not the whole internet",
    source: `${VPC}/subnet-sizing.html`,
    refused: { node_subnet_cidrs: { 100: "0.0.0.0/0" } },
    accepted: { node_subnet_cidrs: { 100: "10.0.0.0/16" } },
  },
  {
    modules: ["network-acl"],
    name: "a destination has at most ten ports",
    source: `${VPC}/nacl-rules.html`,
    refused: { outbound: { 21000: { cidr: "0.0.0.0/0", ports: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] } } },
    accepted: { outbound: { 21000: { cidr: "0.0.0.0/0", ports: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } } },
  },
];

const nodeConfig: readonly Limit[] = [
  {
    modules: ["node-config"],
    name: "a backend is http:// or https://",
    source: "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass",
    refused: { backend: { url: "ftp://app.internal" } },
    accepted: { backend: { url: "https://app.internal" } },
  },
  {
    modules: ["node-config"],
    name: "a backend's port",
    source: "https://www.rfc-editor.org/rfc/rfc9293",
    refused: { backend: { url: "http://app.internal:65536" } },
    accepted: { backend: { url: "http://app.internal:65535" } },
  },
  {
    modules: ["node-config"],
    name: "a certificate is for a name",
    source: "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_name",
    refused: { backend: { url: "https://10.0.1.10" } },
    accepted: { backend: { url: "https://10.0.1.10", tls_server_name: "app.internal" } },
  },
  {
    modules: ["node-config"],
    name: "the node does not send requests to itself",
    source: "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass",
    refused: { entry_points: ["APP.internal"] },
    accepted: { entry_points: ["shop.example.com"] },
  },
  {
    modules: ["node-config"],
    name: "conditions of an application are on the host and the path",
    source: "https://nginx.org/en/docs/http/ngx_http_map_module.html",
    refused: { backend: null, backends: [{ hosts: ["*"], url: "http://app.internal", source_ip: "10.0.0.0/8" }] },
    accepted: { backend: null, backends: [{ hosts: ["*"], url: "http://app.internal" }] },
  },
  {
    modules: ["node-config"],
    name: "characters of a path pattern",
    source: `${ELB}/application/rule-condition-types.html#path-conditions`,
    refused: { backend: null, backends: [{ hosts: ["*"], paths: ["/a|b"], url: "http://app.internal" }] },
    accepted: { backend: null, backends: [{ hosts: ["*"], paths: ["/a+$\"'&@:~b"], url: "http://app.internal" }] },
  },
  {
    modules: ["node-config"],
    name: "the node's own ports",
    source: `${NGINX}#listen`,
    refused: { listener: { port: 18080 } },
    accepted: { listener: { port: 18182 } },
  },
  {
    modules: ["node-config"],
    name: "the client's header comes from a trusted proxy",
    source: "https://nginx.org/en/docs/http/ngx_http_realip_module.html#set_real_ip_from",
    refused: { trusted_proxies: { client_header: "X-Source-Ip" } },
    accepted: { trusted_proxies: { client_header: "X-Source-Ip", cidrs: ["10.0.0.0/24"] } },
  },
  {
    modules: ["node-config"],
    name: "one server name for TLS",
    source: "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_name",
    refused: {
      backend: { url: "https://app.internal", tls_server_name_from_request: true, tls_server_name: "app.internal" },
    },
    accepted: { backend: { url: "https://app.internal", tls_server_name_from_request: true } },
  },
  {
    modules: ["node-config"],
    name: "the image listens on port 80",
    source: "https://docs.wallarm.com/installation/cloud-platforms/aws/docker-container/",
    refused: { listener: { port: 80, http2: true } },
    accepted: { listener: { port: 8080, http2: true } },
  },
  {
    modules: ["node-config"],
    name: "not everybody is a trusted proxy",
    source: "https://nginx.org/en/docs/http/ngx_http_realip_module.html#set_real_ip_from",
    refused: { trusted_proxies: { cidrs: ["0.0.0.0/0"] } },
    accepted: { trusted_proxies: { cidrs: ["10.0.0.0/24"] } },
  },
  {
    modules: ["node-config"],
    name: "the PROXY protocol has a trusted proxy",
    source: `${NGINX}#listen`,
    refused: { listener: { port: 8080, proxy_protocol: true }, trusted_proxies: { cidrs: [] } },
    accepted: { listener: { port: 8080, proxy_protocol: true }, trusted_proxies: { cidrs: ["10.0.0.0/24"] } },
  },
  ...range(
    ["node-config"],
    "seconds of an entry point",
    `${ELB}/application/edit-load-balancer-attributes.html`,
    [10, 4000],
    (seconds) => ({
      limits: { entry_point_timeout: seconds },
    }),
  ),
  ...range(["node-config"], "MiB of a body", `${NGINX}#client_max_body_size`, [0, 102400], (size) => ({
    limits: { max_body_size: size },
  })),
  {
    modules: ["node-config"],
    name: "modes of the node",
    source: "https://docs.wallarm.com/admin-en/configure-wallarm-mode/",
    refused: { mode: "blocking" },
    accepted: { mode: "safe_blocking" },
  },
  {
    modules: ["node-config"],
    name: "a resolver is an IPv4 address",
    source: `${NGINX}#resolver`,
    refused: { resolver: { address: "dns.internal" } },
    accepted: { resolver: { address: "10.0.0.2:5353" } },
  },
  {
    modules: ["node-config"],
    name: "an ARN of a secret",
    source: ARNS,
    refused: { token_secret: { arn: arn("ssm", "parameter/wallarm/token") } },
    accepted: { token_secret: { arn: secret } },
  },
];

const flowLogs = (fields: object): Arguments => ({
  node: { subnet_cidrs: ["10.0.1.0/24"] },
  application: { subnet_ids: { a: subnetId } },
  flow_logs: fields,
});

const verification: readonly Limit[] = [
  {
    modules: ["verification"],
    name: "days that CloudWatch Logs keeps events",
    source: `${AWS}/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html`,
    refused: flowLogs({ retention_in_days: 91 }),
    accepted: flowLogs({ retention_in_days: 90 }),
  },
  {
    modules: ["verification"],
    name: "seconds of a flow log's aggregation interval",
    source: `${VPC}/flow-logs-basics.html#flow-logs-aggregration-interval`,
    refused: flowLogs({ max_aggregation_interval: 300 }),
    accepted: flowLogs({ max_aggregation_interval: 600 }),
  },
  {
    modules: ["verification"],
    name: "destinations of a flow log",
    source: `${AWS}/AWSEC2/latest/APIReference/API_CreateFlowLogs.html`,
    refused: flowLogs({ destination: "kinesis-data-firehose" }),
    accepted: flowLogs({ destination: "s3" }),
  },
  {
    modules: ["verification"],
    name: "traffic of a flow log",
    source: `${AWS}/AWSEC2/latest/APIReference/API_CreateFlowLogs.html`,
    refused: flowLogs({ traffic_type: "REJECTED" }),
    accepted: flowLogs({ traffic_type: "ACCEPT" }),
  },
  {
    modules: ["verification"],
    name: "a flow log to a bucket goes to S3",
    source: `${AWS}/AWSEC2/latest/APIReference/API_CreateFlowLogs.html`,
    refused: flowLogs({ bucket: { arn: "arn:aws:s3:::logs-of-shop" } }),
    accepted: flowLogs({ destination: "s3", bucket: { arn: "arn:aws:s3:::logs-of-shop" } }),
  },
  {
    modules: ["verification"],
    name: "a flow log knows addresses only",
    source: `${VPC}/flow-log-records.html`,
    refused: { application: { subnet_ids: { a: subnetId } }, flow_logs: {} },
    accepted: flowLogs({}),
  },
  ...range(
    ["verification"],
    "days that a bucket keeps objects",
    `${AWS}/AmazonS3/latest/API/API_LifecycleExpiration.html`,
    [1, 36500],
    (days) => ({
      config_rules: { recorder: "create", recorder_retention_in_days: days },
    }),
  ),
  {
    modules: ["verification"],
    name: "a trail's name has no two hyphens in a row",
    source: `${AWS}/awscloudtrail/latest/APIReference/API_CreateTrail.html`,
    refused: { name: "shop--node", notifications: {}, api_call_alerts: { trail: {} } },
    accepted: { name: "shop--node", notifications: {}, api_call_alerts: {} },
  },
  {
    modules: ["verification"],
    name: "a trail's name has at least 3 characters",
    source: `${AWS}/awscloudtrail/latest/APIReference/API_CreateTrail.html`,
    refused: { name: "ab", notifications: {}, api_call_alerts: { trail: {} } },
    accepted: { name: "abc", notifications: {}, api_call_alerts: { trail: {} } },
  },
  {
    modules: ["verification"],
    name: "a standard topic",
    source: `${AWS}/sns/latest/api/API_CreateTopic.html`,
    refused: { notifications: { topic: { arn: arn("sns", "security.fifo") } } },
    accepted: { notifications: { topic: { arn: arn("sns", "security") } } },
  },
  {
    modules: ["verification"],
    name: "an e-mail address",
    source: `${AWS}/sns/latest/api/API_Subscribe.html`,
    refused: { notifications: { email_addresses: ["security"] } },
    accepted: { notifications: { email_addresses: ["security@example.com"] } },
  },
  {
    modules: ["verification"],
    name: "an ARN of a KMS key",
    source: ARNS,
    refused: { notifications: { kms_key: { arn: arn("kms", "alias/logs") } } },
    accepted: { notifications: { kms_key: { arn: kmsKey } } },
  },
  {
    modules: ["verification"],
    name: "an ID of a route table",
    source: IDS,
    refused: { private_subnets: { route_table_ids: { a: "main" } } },
    accepted: { private_subnets: { route_table_ids: { a: "rtb-0123456789abcdef0" } } },
  },
  {
    modules: ["verification"],
    name: "an ID of an internet gateway",
    source: IDS,
    refused: {
      application: { network_interface_ids: { a: interfaceId } },
      reachability: { internet_gateway_id: "vpc-0123456789abcdef0" },
    },
    accepted: {
      application: { network_interface_ids: { a: interfaceId } },
      reachability: { internet_gateway_id: "igw-0123456789abcdef0" },
    },
  },
];

const exclusive: readonly Limit[] = [
  {
    modules: ["security-group-exclusive"],
    name: "an ID of a security group rule",
    source: IDS,
    refused: { ingress_rule_ids: { 80: groupId } },
    accepted: { ingress_rule_ids: { 80: "sgr-0123456789abcdef0" } },
  },
  {
    modules: ["security-group-exclusive"],
    name: "modes of the module",
    source:
      "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_rules_exclusive",
    refused: { mode: "enforced" },
    accepted: { mode: "audit" },
  },
  {
    modules: ["security-group-audit"],
    name: "a rule as the audit names it",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    refused: { accepted_rules: { office: "sgr-0123456789abcdef0" } },
    accepted: { accepted_rules: { office: "tcp 443 from 192.0.2.0/24" } },
  },
  {
    modules: ["security-group-audit", "security-group-exclusive"],
    name: "an ID of the application's security group",
    source: IDS,
    refused: { security_group_id: "default" },
    accepted: { security_group_id: groupId },
  },
];

const AUTO_SCALING = `${AWS}/autoscaling/ec2/APIReference`;
const fleet = ["node-fleet"];

const nodeFleet: readonly Limit[] = [
  ...range(fleet, "seconds of a launch hook", `${AUTO_SCALING}/API_PutLifecycleHook.html`, [30, 7200], (seconds) => ({
    boot_timeout: seconds,
  })),
  ...range(
    fleet,
    "seconds of a termination hook",
    `${AUTO_SCALING}/API_PutLifecycleHook.html`,
    [30, 7200],
    (seconds) => ({
      termination_delay: seconds,
    }),
  ),
  {
    modules: fleet,
    name: "the maximum percentage of an instance maintenance policy is at least 100, and with a minimum of 100 more than it",
    source: `${AUTO_SCALING}/API_InstanceMaintenancePolicy.html`,
    refused: { updates: { max_healthy_percentage: 100 } },
    accepted: { updates: { max_healthy_percentage: 101 } },
  },
  {
    modules: fleet,
    name: "the maximum percentage of an instance maintenance policy is at most 200",
    source: `${AUTO_SCALING}/API_InstanceMaintenancePolicy.html`,
    refused: { updates: { max_healthy_percentage: 201 } },
    accepted: { updates: { max_healthy_percentage: 200 } },
  },
  {
    modules: fleet,
    name: "an instance lives at least a day",
    source: `${AUTO_SCALING}/API_CreateAutoScalingGroup.html`,
    refused: { updates: { max_instance_lifetime: 86_399 } },
    accepted: { updates: { max_instance_lifetime: 86_400 } },
  },
  {
    modules: fleet,
    name: "a group can have no longest life of an instance",
    source: `${AUTO_SCALING}/API_CreateAutoScalingGroup.html`,
    refused: { updates: { max_instance_lifetime: 31_536_001 } },
    accepted: { updates: { max_instance_lifetime: 0 } },
  },
  {
    modules: fleet,
    name: "a group's minimum is not larger than its maximum",
    source: `${AUTO_SCALING}/API_CreateAutoScalingGroup.html`,
    refused: { capacity: { min: 5, max: 4 } },
    accepted: { capacity: { min: 4, max: 4 } },
  },
  {
    modules: fleet,
    name: "security groups of a network interface, one of which is the node's",
    source: `${VPC}/amazon-vpc-limits.html#vpc-limits-security-groups`,
    refused: {
      additional_security_group_ids: Object.fromEntries(
        ["a", "b", "c", "d", "e"].map((key) => [key, `sg-0000000${key}`]),
      ),
    },
    accepted: {
      additional_security_group_ids: Object.fromEntries(["a", "b", "c", "d"].map((key) => [key, `sg-0000000${key}`])),
    },
  },
  {
    modules: fleet,
    name: "no rollback with a parameter as the image",
    source: `${AWS}/autoscaling/ec2/userguide/instance-refresh-rollback.html`,
    refused: { image: { id: "resolve:ssm:/wallarm/node" } },
    accepted: { image: { id: "ami-0123456789abcdef0" } },
  },
  {
    modules: fleet,
    name: "a full name of an image",
    source: `${AWS}/AWSEC2/latest/APIReference/API_RegisterImage.html`,
    refused: { image: { id: null, name: "wallarm-node-*" } },
    accepted: { image: { id: null, name: "wallarm-node-7-1" } },
  },
  {
    modules: fleet,
    name: "a label of an Application Load Balancer's target group",
    source: `${AUTO_SCALING}/API_PredefinedMetricSpecification.html`,
    refused: { scaling: { requests_per_target: 1, request_count_label: "net/a/1/targetgroup/b/2" } },
    accepted: { scaling: { requests_per_target: 1, request_count_label: "app/a/1/targetgroup/b/2" } },
  },
  ...range(fleet, "GiB of a gp3 volume", `${AWS}/ebs/latest/userguide/general-purpose.html`, [1, 65_536], (size) => ({
    root_volume: { size },
  })),
  {
    modules: fleet,
    name: "an ARN of a secret",
    source: ARNS,
    refused: { secret_arns: ["wallarm/token"] },
    accepted: { secret_arns: [secret] },
  },
  {
    modules: fleet,
    name: "an ARN of an instance profile",
    source: ARNS,
    refused: { iam: { instance_profile: { arn: "arn:aws:iam::123456789012:role/node" } } },
    accepted: { iam: { instance_profile: { arn: "arn:aws:iam::123456789012:instance-profile/node" } } },
  },
  {
    modules: fleet,
    name: "an ID of a subnet",
    source: IDS,
    refused: { subnet_ids: ["10.0.0.0/24"] },
    accepted: { subnet_ids: [subnetId] },
  },
];

const backend = ["application-backend"];
const backendRoute = (fields: object) => ({
  routes: {
    api: { priority: 10, target_group: "api", conditions: [path(["/api/*"])], ...fields },
    rest: { priority: 50000, target_group: "web", catch_all: true },
  },
});
const namedTargetGroup = (name: string) => ({
  target_groups: { [name]: { existing_arn: targetGroup.replace("application", "named") } },
  routes: { named: { priority: 15, target_group: name, conditions: [path(["/named/*"])] } },
});
const targetGroupOf = (existing_arn: string) => ({ target_groups: { api: { existing_arn } } });

const applicationBackend: readonly Limit[] = [
  {
    modules: backend,
    name: "name of a target group: at most 100",
    source: "our own, for addresses that can be read",
    refused: namedTargetGroup("0".repeat(101)),
    accepted: namedTargetGroup("0".repeat(100)),
  },
  ...range(backend, "priority of a rule", `${ELB}/application/listener-rules.html`, [1, 50000], (priority) => ({
    routes: { api: { priority }, rest: { priority: 10, catch_all: false, conditions: [path(["/*"])] } },
  })),
  ...range(backend, "port of the listener", `${ELB}/APIReference/API_CreateListener.html`, [1, 65535], (port) => ({
    listener: { port },
  })),
  ...range(
    backend,
    "seconds of the idle timeout",
    `${ELB}/application/edit-load-balancer-attributes.html`,
    [1, 4000],
    (seconds) => ({
      load_balancer: { idle_timeout: seconds },
    }),
  ),
  ...range(backend, "a TCP port of the application", "https://www.rfc-editor.org/rfc/rfc9293", [1, 65535], (port) => ({
    application: { security_group_id: groupId, ports: [port] },
  })),
  {
    modules: backend,
    name: "a listener for HTTPS has a certificate",
    source: `${ELB}/APIReference/API_CreateListener.html`,
    refused: { listener: { certificate_arn: null } },
    accepted: { listener: { certificate_arn: certificate() } },
  },
  {
    modules: backend,
    name: "a listener for HTTP has no certificate",
    source: `${ELB}/APIReference/API_CreateListener.html`,
    refused: { listener: { protocol: "HTTP" } },
    accepted: { listener: { protocol: "HTTP", certificate_arn: null } },
  },
  {
    modules: backend,
    name: "an Application Load Balancer is in two Availability Zones",
    source: `${ELB}/application/application-load-balancers.html`,
    refused: { subnet_ids: { a: null, b: subnetId } },
    accepted: { subnet_ids: { a: "subnet-0000000000000000b", b: subnetId } },
  },
  {
    modules: backend,
    name: "priorities of a listener's rules differ",
    source: `${ELB}/application/listener-rules.html`,
    refused: backendRoute({ priority: 50000 }),
    accepted: backendRoute({ priority: 49999 }),
  },
  {
    modules: backend,
    name: "a rule has at most five condition values",
    source: `${ELB}/application/load-balancer-limits.html`,
    refused: backendRoute({ conditions: [path(["/1", "/2", "/3", "/4", "/5", "/6"])] }),
    accepted: backendRoute({ conditions: [path(["/1", "/2", "/3", "/4", "/5"])] }),
  },
  {
    modules: backend,
    name: "a rule has at most five wildcards",
    source: `${ELB}/application/rule-condition-types.html`,
    refused: backendRoute({ conditions: [path(["/*/*/*", "/*/*/*"])] }),
    accepted: backendRoute({ conditions: [path(["/*/*/*", "/*/*/"])] }),
  },
  {
    modules: backend,
    name: "a rule has one condition on paths",
    source: `${ELB}/application/rule-condition-types.html`,
    refused: backendRoute({ conditions: [path(["/a"]), path(["/b"])] }),
    accepted: backendRoute({ conditions: [path(["/a", "/b"])] }),
  },
  {
    modules: backend,
    name: "a host name has no port",
    source: `${ELB}/application/rule-condition-types.html`,
    refused: backendRoute({ conditions: [{ host_header: { values: ["shop.example.com:8443"] } }] }),
    accepted: backendRoute({ conditions: [{ host_header: { values: ["shop.example.com"] } }] }),
  },
  {
    modules: backend,
    name: "the source of a connection is the node",
    source: `${ELB}/application/rule-condition-types.html`,
    refused: backendRoute({ conditions: [{ source_ip: { values: ["192.0.2.0/24"] } }] }),
    accepted: backendRoute({ conditions: [{ http_header: { http_header_name: "X-Client", values: ["192.0.2.*"] } }] }),
  },
  {
    modules: backend,
    name: "a load balancer checks a target group that a rule uses",
    source: `${ELB}/application/target-group-health-checks.html`,
    refused: { routes: { api: { target_group: "web" } } },
    accepted: backendRoute({}),
  },
  {
    modules: backend,
    name: "a rule forwards to a target group that exists",
    source: `${ELB}/APIReference/API_CreateRule.html`,
    refused: {
      routes: {
        ...backendRoute({}).routes,
        other: { priority: 11, target_group: "other", conditions: [path(["/other"])] },
      },
    },
    accepted: backendRoute({}),
  },
  {
    modules: backend,
    name: "an ARN of a target group",
    source: ARNS,
    refused: targetGroupOf(loadBalancer("app")),
    accepted: targetGroupOf(targetGroup),
  },
  {
    modules: backend,
    name: "an ARN of an ECS service has its cluster",
    source: `${AWS}/AmazonECS/latest/developerguide/ecs-account-settings.html`,
    refused: { ecs_service_arns: { shop: arn("ecs", "service/shop") } },
    accepted: { ecs_service_arns: { shop: arn("ecs", "service/main/shop") } },
  },
];

export const LIMITS: readonly Limit[] = [
  ...general,
  ...application,
  ...targets,
  ...healthChecks,
  ...listenerRules,
  ...applicationBackend,
  ...secretHeaders,
  ...cloudfrontLimits,
  ...apis,
  ...networkAcls,
  ...nodeFleet,
  ...nodeConfig,
  ...verification,
  ...exclusive,
];
