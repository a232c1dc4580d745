import type { Snapshot } from "../../account/snapshot";
import type { LoadBalancer } from "../../model/rules";
import { canCall } from "../modules/first-match";
import { withNames } from "./call";
import { aclRulesOf, coversPort, groupIdsOf, type Interface, obstacles } from "./network";
import { entrancesOf } from "./entrances";
import { type Answer, answersOf, type EntryPoint, isApplication, targetGroupsOf } from "./paths";
import { servedBy } from "./rest";
import type { View } from "./view";
import { ADDRESSES, APPLICATION_PORT, type World } from "./world";

/** What the API says at a moment of an apply, before it, and after a faultless one. */
export interface Moment {
  readonly now: View;
  readonly before: View;
  readonly after: View;
  readonly world: World;
  readonly entryPoint: EntryPoint;
}

/** What is broken for clients, or open for others, at a moment of an apply, in words. Empty: nothing. */
export function brokenInvariants(moment: Moment): string[] {
  return [...unexpectedAnswers(moment), ...cuts(moment), ...opened(moment), ...replaced(moment)];
}

/** A request gets the answer that it got before, or the one that it is to get. */
function unexpectedAnswers({ now, before, after, world, entryPoint }: Moment): string[] {
  const was = answersOf(before, world, entryPoint);
  const willBe = answersOf(after, world, entryPoint);
  const present = answersOf(now, world, entryPoint);
  return [...new Set([...was.keys(), ...willBe.keys()])].flatMap((request) => {
    const words = present.get(request)?.words;
    const expected = [was.get(request)?.words, willBe.get(request)?.words];
    return expected.includes(words) ? [] : [`${request}: ${words}, neither ${expected.join(" nor ")}`];
  });
}

/** Whoever answers a request can be reached, and reaches the application. */
function cuts({ now, world, entryPoint }: Moment): string[] {
  const faults = [...answersOf(now, world, entryPoint)].flatMap(([request, answer]) =>
    answer.targetGroupArns.length === 0
      ? cutsBehindAnEdge(now, request, answer, world)
      : answer.targetGroupArns.flatMap((arn) => cutsBehind(now, arn, world).map((fault) => `${request}: ${fault}`)),
  );
  return [...new Set([...faults, ...withoutEntrance(now)])];
}

/** Before the default endpoint of an API is disabled, a domain leads to it. */
function withoutEntrance(view: View): string[] {
  const isClosed = entrancesOf(view).some((one) => one.default === "disabled" && one.domains.length === 0);
  return isClosed ? ["no client gets to the API: its endpoint is disabled, and no domain leads to it"] : [];
}

function cutsBehind(view: Snapshot, targetGroupArn: string, world: World): string[] {
  const faults = unhealthy(view, targetGroupArn);
  if (isApplication(targetGroupArn, world.ids)) return faults;
  const targets = groupOf(view, targetGroupArn)?.Targets ?? [];
  const nodes = targets.flatMap(({ Target }) => interfacesOf(view, Target.Id));
  return [...faults, ...nodes.flatMap((node) => cutsFrom(view, node, world))];
}

/** Why a target group does not answer. */
function unhealthy(view: Snapshot, targetGroupArn: string): string[] {
  const group = groupOf(view, targetGroupArn);
  if (group === undefined) return ["its target group does not exist"];
  const targets = group.Targets.filter(({ TargetHealth }) => TargetHealth?.State !== "draining");
  if (targets.length === 0) return ["its target group has no targets"];
  return targets
    .filter(({ TargetHealth }) => TargetHealth?.State !== "healthy")
    .map(({ TargetHealth }) => `a target is ${TargetHealth?.State}: ${TargetHealth?.Reason}`);
}

function groupOf({ elastic_load_balancing }: Snapshot, targetGroupArn: string) {
  return elastic_load_balancing?.TargetGroups.find((one) => one.TargetGroupArn === targetGroupArn);
}

/** A node reaches each instance of the application, or the load balancer in front of them. */
function cutsFrom(view: Snapshot, node: Interface, { ids, names }: World): string[] {
  const loadBalancers = view.elastic_load_balancing?.LoadBalancers ?? [];
  const backend = loadBalancers.find(({ LoadBalancerArn }) => !names.has(LoadBalancerArn));
  if (backend !== undefined) return cutsBehindBackend(view, node, backend, ids);
  const applications = ["a", "b"].flatMap((zone) => interfacesOf(view, String(ids[`instance.application.${zone}`])));
  return applications.flatMap((application) =>
    obstacles(view, node, application, APPLICATION_PORT).map(
      (why) => `the node does not reach the application: ${why}`,
    ),
  );
}

function cutsBehindBackend(
  view: Snapshot,
  node: Interface,
  { SecurityGroups = [], Listeners }: LoadBalancer,
  ids: World["ids"],
): string[] {
  const [group] = SecurityGroups;
  const groups = groupIdsOf(node);
  const forwards = (Listeners ?? []).flatMap(({ Rules }) => Rules.flatMap(({ Actions }) => targetGroupsOf(Actions)));
  return [
    ...(forwards.length === 0 ? ["the load balancer behind the node forwards to nothing"] : []),
    ...forwards.flatMap((arn) => unhealthy(view, arn)).map((fault) => `behind the node, ${fault}`),
    ...(groups.some((own) => admits(view, own, group, true))
      ? []
      : ["the node's group lets nothing out to its load balancer"]),
    ...(groups.some((own) => admits(view, group, own, false))
      ? []
      : ["the load balancer behind the node does not admit it"]),
    ...(admits(view, group, ids["sg.application"], true) ? [] : ["that load balancer lets nothing out"]),
  ];
}

/** CloudFront and API Gateway lead to a node that is there already. */
function cutsBehindAnEdge(view: View, request: string, { words }: Answer, world: World): string[] {
  if (words.includes("does not exist")) return [`${request}: ${words}`];
  if (!/node\.example\.com|VPC_LINK/.test(words)) return [];
  const nodes = ["a", "b"].flatMap((zone) => interfacesOf(view, String(world.ids[`instance.node.${zone}`])));
  const [, port] = /node\.example\.com:(\d+) with/.exec(words) ?? [];
  const links = [
    ...(port === undefined ? [] : nodes.flatMap((node) => cutsFromCloudFront(view, node, Number(port)))),
    ...(words.includes("VPC_LINK") ? [...cutsBehindVpcLinks(view), ...cutsBehindRestLinks(view)] : []),
    ...(words.includes("VPC_ORIGIN") ? cutsBehindVpcOrigins(view, world.ids) : []),
  ];
  return [...links, ...nodes.flatMap((node) => cutsFrom(view, node, world))].map((fault) => `${request}: ${fault}`);
}

/** A group of the node admits the addresses of CloudFront. */
function cutsFromCloudFront({ ec2 }: Snapshot, node: Interface, port: number): string[] {
  const list = ec2?.PrefixLists.find(({ PrefixListName }) => PrefixListName === ORIGIN_FACING);
  const isAdmitted = (ec2?.SecurityGroupRules ?? []).some(
    (rule) =>
      !rule.IsEgress &&
      groupIdsOf(node).includes(rule.GroupId) &&
      rule.PrefixListId === list?.PrefixListId &&
      coversPort(rule, port),
  );
  return isAdmitted ? [] : [`no group of the node admits CloudFront on port ${port}`];
}

const ORIGIN_FACING = "com.amazonaws.global.cloudfront.origin-facing";

/** The VPC link of an integration exists, and its groups and those of the load balancer admit it. */
function cutsBehindVpcLinks(view: Snapshot): string[] {
  const { Apis = [], VpcLinks = [] } = view.api_gateway_http ?? {};
  return Apis.flatMap(({ Integrations }) => Integrations).flatMap((integration) => {
    if (integration.ConnectionType !== "VPC_LINK") return [];
    const link = VpcLinks.find(({ VpcLinkId }) => VpcLinkId === integration.ConnectionId);
    if (link === undefined) return ["its VPC link does not exist"];
    const listener = listenerOf(view, integration.IntegrationUri);
    if (listener === undefined) return ["its listener does not exist"];
    const pairs = (link.SecurityGroupIds ?? []).flatMap((group) =>
      (listener.SecurityGroups ?? []).map((other) => [group, other] as const),
    );
    return pairs.flatMap(([group, other]) => [
      ...(admits(view, group, other, true, listener.port) ? [] : ["the VPC link's group lets nothing out"]),
      ...(admits(view, other, group, false, listener.port)
        ? []
        : ["the load balancer's group does not admit the VPC link"]),
    ]);
  });
}

/** Its load balancer, and its port. */
function listenerOf({ elastic_load_balancing }: Snapshot, arn: string | undefined) {
  for (const loadBalancer of elastic_load_balancing?.LoadBalancers ?? []) {
    const listener = loadBalancer.Listeners?.find(({ ListenerArn }) => ListenerArn === arn);
    if (listener !== undefined) return { ...loadBalancer, port: listener.Port };
  }
  return undefined;
}

/** The VPC link of a REST API exists, and its load balancer listens on the port of the integration, with healthy targets. */
function cutsBehindRestLinks(view: View): string[] {
  const links = view.api_gateway_rest?.vpcLinks ?? [];
  const loadBalancers = view.elastic_load_balancing?.LoadBalancers ?? [];
  return servedBy(view).flatMap(({ integration }) => {
    if (integration?.connectionType !== "VPC_LINK") return [];
    const link = links.find(({ id }) => id === integration.connectionId);
    if (link?.status !== "AVAILABLE") return [`its VPC link ${link ? `is ${link.status}` : "does not exist"}`];
    const listeners = loadBalancers
      .filter(({ LoadBalancerArn }) => link.targetArns?.includes(LoadBalancerArn))
      .flatMap(({ Listeners }) => Listeners ?? [])
      .filter(({ Port }) => Port === portOf(integration.uri));
    if (listeners.length === 0) return ["its load balancer does not listen"];
    const targetGroups = listeners.flatMap(({ DefaultActions }) => targetGroupsOf(DefaultActions));
    return targetGroups.flatMap((arn) => unhealthy(view, arn));
  });
}

function portOf(uri = ""): number {
  const { port, protocol } = new URL(uri);
  return Number(port || (protocol === "https:" ? 443 : 80));
}

/** The VPC origins of distributions exist, and the load balancer admits the security group that CloudFront gives them. */
function cutsBehindVpcOrigins({ cloudfront, ec2, ...view }: Snapshot, ids: World["ids"]): string[] {
  const existing = (cloudfront?.VpcOrigins ?? []).map(({ Id }) => Id);
  const origins = (cloudfront?.Distributions ?? []).flatMap(
    ({ DistributionConfig }) => DistributionConfig?.Origins.Items ?? [],
  );
  const missing = origins.filter(
    ({ VpcOriginConfig: config }) => config !== undefined && !existing.includes(config.VpcOriginId),
  );
  const service = ec2?.SecurityGroups.find(({ GroupName }) => GroupName === "CloudFront-VPCOrigins-Service-SG");
  const isAdmitted = admits({ ...view, cloudfront, ec2 }, ids["sg.node-load-balancer"], service?.GroupId ?? "", false);
  return [
    ...missing.map(({ Id }) => `the VPC origin of ${Id} does not exist`),
    ...(isAdmitted ? [] : ["the load balancer's group does not admit the VPC origins"]),
  ];
}

/** Whether a security group has a rule for another one, by default on the port of the node and the application. */
function admits(
  { ec2 }: Snapshot,
  owner: string | undefined,
  peer: string | undefined,
  egress: boolean,
  port = APPLICATION_PORT,
): boolean {
  return (ec2?.SecurityGroupRules ?? []).some(
    (rule) =>
      rule.GroupId === owner &&
      rule.IsEgress === egress &&
      rule.ReferencedGroupInfo?.GroupId === peer &&
      coversPort(rule, port),
  );
}

/** @param target the ID of an instance, or an address */
function interfacesOf({ ec2 }: Snapshot, target: string): Interface[] {
  return (ec2?.NetworkInterfaces ?? []).filter(
    ({ Attachment, PrivateIpAddress }) => Attachment?.InstanceId === target || PrivateIpAddress === target,
  );
}

/** Nobody gets in who did not before and is not to. */
function opened({ now, before, after, world }: Moment): string[] {
  const expected = new Set([...openings(before, world), ...openings(after, world)]);
  return openings(now, world).filter((opening) => !expected.has(opening));
}

/** Who may connect to what, in words. */
function openings(view: Snapshot, { ids, names }: World): string[] {
  const { ec2, api_gateway_rest } = view;
  const groups = new Map((ec2?.SecurityGroups ?? []).map(({ GroupId, GroupName }) => [GroupId, stem(GroupName)]));
  const known = new Map([...names, ...groups]);
  const rules = (ec2?.SecurityGroupRules ?? [])
    .filter(({ IsEgress }) => !IsEgress)
    .map(({ GroupId, IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo }) => {
      const peer = CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? ReferencedGroupInfo?.GroupId ?? "";
      return withNames(`${GroupId} admits ${IpProtocol} ${FromPort}-${ToPort} from ${peer}`, known);
    });
  const acls = ["a", "b"].flatMap((zone) => {
    const entries = aclRulesOf(view, ids[`subnet.application.${zone}`]);
    return Object.entries(ADDRESSES)
      .filter(([, address]) => canCall(entries, address, APPLICATION_PORT))
      .map(([who]) => `the network ACL of subnet ${zone} admits ${who}`);
  });
  const apis = (api_gateway_rest?.restApis ?? []).flatMap(({ policy, disableExecuteApiEndpoint, resources }) => [
    `the policy of the REST API is ${JSON.stringify(policy)}`,
    ...(disableExecuteApiEndpoint === true ? [] : ["the REST API has its default endpoint"]),
    ...resources.flatMap(({ path, resourceMethods = {} }) =>
      Object.entries(resourceMethods).map(
        ([method, { authorizationType }]) => `${method} ${path} of the REST API asks for ${authorizationType}`,
      ),
    ),
  ]);
  return [...rules, ...acls, ...apis];
}

/** A name without what Terraform makes up. */
function stem(name: string): string {
  return name.replace(/-?\d{20,}\w*$/, "");
}

/** No target fails a health check for which its Auto Scaling group would replace it, unless it did before or is to. */
function replaced({ now, before, after, world }: Moment): string[] {
  const expected = new Set([before, after].flatMap((view) => replaceable(view, world)));
  return replaceable(now, world).filter((target) => !expected.has(target));
}

function replaceable({ auto_scaling, elastic_load_balancing }: Snapshot, { names }: World): string[] {
  const groups = (auto_scaling?.AutoScalingGroups ?? []).filter(({ HealthCheckType }) => HealthCheckType === "ELB");
  return groups.flatMap(({ AutoScalingGroupName, TargetGroupARNs = [], Instances }) =>
    (elastic_load_balancing?.TargetGroups ?? [])
      .filter(({ TargetGroupArn }) => TargetGroupARNs.includes(TargetGroupArn))
      .flatMap(({ Targets }) => Targets)
      .filter(({ Target, TargetHealth }) => {
        const isOwn = Instances.some(({ InstanceId }) => InstanceId === Target.Id);
        return isOwn && TargetHealth?.State === "unhealthy";
      })
      .map(({ Target }) => `${AutoScalingGroupName} would replace ${names.get(Target.Id) ?? "an instance"}`),
  );
}
