import type { NetworkInterface } from "@aws-sdk/client-ec2";
import type { LocalAws } from "../apply/harness/local-aws";
import type { LocalRestApis } from "../apply/harness/local-rest-apis";
import { BLOCKS, createInstances, createLoadBalancer, createNetwork, type Network } from "../apply/harness/network";
import { requestCertificate } from "../apply/harness/certificate";
import type { LocalServer } from "../apply/harness/local-server";
import { createRestApi } from "../apply/harness/rest-api";
import { Truststore } from "../apply/harness/truststore";
import { unsupportedSettings } from "../apply/harness/unsupported-settings";
import type { Variables } from "../apply/harness/terraform";

/** Addresses from which somebody may call the application. */
export const ADDRESSES = { node: "10.0.2.10", loadBalancer: "10.0.0.10", stranger: "10.0.200.10" } as const;
export const APPLICATION_PORT = 80;

/** What the modules are put into: an application behind a load balancer of each kind, a distribution, and an HTTP API. */
export interface World {
  /** Names of all that is there, by ID or ARN. */
  readonly names: ReadonlyMap<string, string>;
  /** IDs and ARNs by name, for the variables of a root. */
  readonly ids: Readonly<Record<string, string>>;
  /** Of every root. */
  readonly variables: Variables;
}

const GROUPS = [
  "load-balancer",
  "network-load-balancer",
  "node-load-balancer",
  "application",
  "node",
  // Second ones, which have no rule of a module until it gets their IDs.
  "next-node-load-balancer",
  "next-node",
  "next-application",
];

/**
 * Made by API calls alone. Its security groups let out only what is needed, where AWS's own let out everything: a rule that
 * is missing is seen.
 * @param restApis where there is also a REST API
 */
export async function createWorld(aws: LocalAws, restApis?: LocalRestApis): Promise<World> {
  const { ec2 } = aws;
  const network = await createNetwork(aws);
  const ids: Record<string, string> = { vpc: network.vpcId };
  for (const [tier, subnets] of Object.entries(network.subnetIds))
    for (const [zone, id] of Object.entries(subnets)) ids[`subnet.${tier}.${zone}`] = id;

  for (const name of GROUPS) ids[`sg.${name}`] = await createClosedGroup(aws, network, name);
  const admit = async (from: string, to: string) => {
    const permission = (peer: string) => [
      { IpProtocol: "tcp", FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: ids[peer] }] },
    ];
    await ec2.authorizeSecurityGroupEgress({ GroupId: ids[from], IpPermissions: permission(to) });
    await ec2.authorizeSecurityGroupIngress({ GroupId: ids[to], IpPermissions: permission(from) });
  };
  await admit("sg.load-balancer", "sg.application");
  await admit("sg.network-load-balancer", "sg.application");
  await admit("sg.node-load-balancer", "sg.node");
  await admit("sg.next-node-load-balancer", "sg.node");

  const groups = (name: string) => [String(ids[`sg.${name}`]), String(ids[`sg.next-${name}`])];
  const applications = await createInstances(aws, network.subnetIds.application, ...groups("application"));
  const nodes = await createInstances(aws, network.subnetIds.node, ...groups("node"));
  for (const zone of ["a", "b"] as const) {
    ids[`instance.application.${zone}`] = applications[zone];
    ids[`instance.node.${zone}`] = nodes[zone];
    const { NetworkInterfaceId, PrivateIpAddress } = await interfaceOf(aws, nodes[zone]);
    ids[`interface.node.${zone}`] = String(NetworkInterfaceId);
    ids[`address.node.${zone}`] = String(PrivateIpAddress);
  }

  const paths = [
    { name: "shop", type: "application", group: "load-balancer", instances: applications },
    { name: "stream", type: "network", group: "network-load-balancer", instances: applications },
    { name: "node", type: "application", group: "node-load-balancer", instances: nodes },
    { name: "next-node", type: "application", group: "next-node-load-balancer", instances: nodes, port: 8080 },
  ] as const;
  for (const path of paths) await createPath(aws, network, ids, path);
  await createRules(aws, ids);
  await createAutoScalingGroup(aws, ids);
  ids.distribution = await createDistribution(aws);
  await createHttpApi(aws, ids);
  await createCertificates(restApis ?? aws, ids);
  if (restApis !== undefined) {
    for (const name of ["link", "next-link"]) await createLinkableLoadBalancer(aws, network, ids, name);
    await createShopRestApi(restApis, ids);
  }
  return {
    ids,
    names: new Map(Object.entries(ids).map(([name, id]) => [id, name])),
    variables: {
      ids,
      unsupported_settings: await unsupportedSettings(aws.endpoint, ids.distribution),
      node_subnet_cidrs: { 100: BLOCKS.node[0], 200: BLOCKS.node[1] },
    },
  };
}

async function createClosedGroup({ ec2 }: LocalAws, { vpcId }: Network, name: string): Promise<string> {
  const { GroupId } = await ec2.createSecurityGroup({ VpcId: vpcId, GroupName: name, Description: name });
  const everything = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
  await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: everything });
  return String(GroupId);
}

async function interfaceOf({ ec2 }: LocalAws, instanceId: string): Promise<NetworkInterface> {
  const Filters = [{ Name: "attachment.instance-id", Values: [instanceId] }];
  const { NetworkInterfaces: [found] = [] } = await ec2.describeNetworkInterfaces({ Filters });
  if (found === undefined) throw new Error(`${instanceId} has no network interface.`);
  return found;
}

interface Path {
  readonly name: string;
  readonly type: "application" | "network";
  readonly group: string;
  readonly instances: Readonly<Record<string, string>>;
  /** Of the listener. @default 80 */
  readonly port?: number;
}

/** A load balancer whose listener forwards to instances. */
async function createPath(
  aws: LocalAws,
  network: Network,
  ids: Record<string, string>,
  { name, type, group, instances, port = 80 }: Path,
): Promise<void> {
  const { elb } = aws;
  const Protocol = type === "application" ? "HTTP" : "TCP";
  const securityGroupIds = [String(ids[`sg.${group}`])];
  const LoadBalancerArn = await createLoadBalancer(aws, network, { name, type, securityGroupIds });
  const { TargetGroups: [targetGroup] = [] } = await elb.createTargetGroup({
    ...{ Name: `${name}-application`, Protocol, Port: 80, VpcId: network.vpcId, TargetType: "instance" },
  });
  const TargetGroupArn = String(targetGroup?.TargetGroupArn);
  await elb.registerTargets({ TargetGroupArn, Targets: Object.values(instances).map((Id) => ({ Id })) });
  const { Listeners: [listener] = [] } = await elb.createListener({
    ...{ LoadBalancerArn, Protocol, Port: port, DefaultActions: [{ Type: "forward", TargetGroupArn }] },
  });
  ids[`load-balancer.${name}`] = LoadBalancerArn;
  ids[`target-group.${name}`] = TargetGroupArn;
  ids[`listener.${name}`] = String(listener?.ListenerArn);
}

async function createRules({ elb }: LocalAws, ids: Record<string, string>): Promise<void> {
  const Actions = [{ Type: "forward" as const, TargetGroupArn: ids["target-group.shop"] }];
  const host = { Field: "host-header", HostHeaderConfig: { Values: ["shop.example.com"] } };
  const path = { Field: "path-pattern", PathPatternConfig: { Values: ["/api/*"] } };
  for (const [Priority, condition] of [
    [10, host],
    [20, path],
  ] as const) {
    const ListenerArn = ids["listener.shop"];
    const { Rules } = await elb.createRule({ ListenerArn, Priority, Conditions: [condition], Actions });
    ids[`rule.${Priority}`] = String(Rules?.[0]?.RuleArn);
  }
}

/** It would replace an instance that any of its target groups finds unhealthy. */
async function createAutoScalingGroup({ ec2, autoScaling }: LocalAws, ids: Record<string, string>): Promise<void> {
  const { LaunchTemplate } = await ec2.createLaunchTemplate({
    LaunchTemplateName: "shop",
    LaunchTemplateData: { ImageId: "ami-12c6146b", SecurityGroupIds: [String(ids["sg.application"])] },
  });
  const AutoScalingGroupName = "shop";
  await autoScaling.createAutoScalingGroup({
    ...{ AutoScalingGroupName, MinSize: 0, MaxSize: 2, HealthCheckType: "ELB", HealthCheckGracePeriod: 0 },
    LaunchTemplate: { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId },
    VPCZoneIdentifier: [ids["subnet.application.a"], ids["subnet.application.b"]].join(),
    TargetGroupARNs: [String(ids["target-group.shop"])],
  });
  const InstanceIds = [String(ids["instance.application.a"]), String(ids["instance.application.b"])];
  await autoScaling.attachInstances({ AutoScalingGroupName, InstanceIds });
}

async function createDistribution({ cloudFront }: LocalAws): Promise<string> {
  const { Distribution } = await cloudFront.createDistribution({
    DistributionConfig: {
      CallerReference: "shop",
      Comment: "shop",
      Enabled: true,
      Origins: {
        Quantity: 1,
        Items: [
          {
            Id: "shop",
            DomainName: "origin.example.com",
            CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" },
          },
        ],
      },
      DefaultCacheBehavior: {
        TargetOriginId: "shop",
        ViewerProtocolPolicy: "https-only",
        MinTTL: 0,
        ForwardedValues: { QueryString: false, Cookies: { Forward: "none" } },
      },
    },
  });
  return String(Distribution?.Id);
}

async function createHttpApi({ apiGatewayV2 }: LocalAws, ids: Record<string, string>): Promise<void> {
  const { ApiId } = await apiGatewayV2.createApi({ Name: "shop", ProtocolType: "HTTP" });
  ids.api = String(ApiId);
  for (const name of ["shop", "legacy"]) {
    const { IntegrationId } = await apiGatewayV2.createIntegration({
      ApiId,
      IntegrationType: "HTTP_PROXY",
      IntegrationMethod: "ANY",
      IntegrationUri: `https://${name}.example.com`,
      ConnectionType: "INTERNET",
      PayloadFormatVersion: "1.0",
      TimeoutInMillis: 30_000,
      RequestParameters: { "overwrite:path": "$request.path" },
    });
    ids[`integration.${name}`] = String(IntegrationId);
  }
  for (const [name, RouteKey] of [
    ["shop", "$default"],
    ["legacy", "ANY /legacy/{proxy+}"],
  ] as const) {
    const Target = `integrations/${ids[`integration.${name}`]}`;
    const { RouteId } = await apiGatewayV2.createRoute({ ApiId, RouteKey, Target });
    ids[`route.${name}`] = String(RouteId);
  }
  await apiGatewayV2.createStage({ ApiId, StageName: "$default", AutoDeploy: true });
}

/** Of a domain for clients with a certificate, and of those clients, where the API is. */
async function createCertificates(server: LocalServer, ids: Record<string, string>): Promise<void> {
  ids.certificate = await requestCertificate(server, "clients.example.com");
  const truststore = await Truststore.create(server, "shop-truststore");
  ids["truststore-version"] = await truststore.upload();
}

/** A VPC link of a REST API needs a Network Load Balancer, which does not look where the connections of a link come from. */
async function createLinkableLoadBalancer(
  aws: LocalAws,
  network: Network,
  ids: Record<string, string>,
  name: string,
): Promise<void> {
  const group = await createClosedGroup(aws, network, name);
  const LoadBalancerArn = await createLoadBalancer(aws, network, {
    ...{ name, type: "network", securityGroupIds: [group] },
  });
  await aws.elb.setSecurityGroups({
    ...{ LoadBalancerArn, SecurityGroups: [group], EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" },
  });
  ids[`sg.${name}`] = group;
  ids[`load-balancer.${name}`] = LoadBalancerArn;
}

async function createShopRestApi(restApis: LocalRestApis, ids: Record<string, string>): Promise<void> {
  const { id, deploymentId } = await createRestApi(restApis, "https://shop.example.com");
  ids["rest-api"] = id;
  ids["deployment.shop"] = deploymentId;
  const { items = [] } = await restApis.apiGateway.getResources({ restApiId: id });
  for (const resource of items) ids[`resource.${resource.path}`] = String(resource.id);
}
