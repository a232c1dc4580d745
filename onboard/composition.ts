/** A root configuration for an application behind an Application Load Balancer: what it is made of. */
import { Snapshot, Unread } from "../account/snapshot";
import { AutoScalingGroup, commonGroups, interfacesOf, Members, membersOf, Subnet, subnetsOf } from "../model/members";
import { LoadBalancer, Rule, rulesOf, Tags, tagsOf, TargetGroup } from "../model/rules";
import { Refusal } from "./refusal";
import { Remembered, Routes, routesOf } from "./routes";

export interface Wanted {
  readonly loadBalancerArn: string;
  readonly name: string;
  readonly node: NodeWanted;
  readonly mirror: boolean;
  readonly remembered: Remembered;
}

export type NodeWanted = { readonly autoScalingGroup: string } | { readonly instances: readonly string[] };

export interface Node {
  readonly securityGroupIds: readonly string[];
  readonly subnets: readonly Subnet[];
  /** Null: instances. */
  readonly autoScalingGroup: AutoScalingGroup | null;
  readonly instanceIds: readonly string[];
}

export interface Composition {
  readonly loadBalancer: LoadBalancer;
  readonly vpcId: string;
  readonly routes: Routes;
  /** All rules but the module's own. */
  readonly rules: readonly Rule[];
  readonly targetGroups: readonly TargetGroup[];
  readonly application: Members;
  readonly node: Node;
  /** Rules of the application's groups that admit others than the node. */
  readonly openRuleIds: readonly OpenRule[];
  /** Network ACLs of the application's subnets that are not the default of their VPC. */
  readonly customNetworkAcls: readonly string[];
  /** What could not be read, and does not change the configuration. */
  readonly unread: readonly Unread[];
}

export interface OpenRule {
  readonly groupId: string;
  readonly ruleId: string;
  /** "tcp 80 from 0.0.0.0/0". */
  readonly words: string;
}

/** @throws Refusal */
export function compose(snapshot: Snapshot, wanted: Wanted): Composition {
  const { loadBalancerArn, name, remembered, mirror } = wanted;
  const loadBalancer = findLoadBalancer(snapshot, loadBalancerArn);
  refuseUnread(snapshot);
  refuseController(loadBalancer);
  const rules = rulesOf(loadBalancer, snapshot).filter((rule) => !isOwn(rule, name));
  const routes = routesOf(rules, remembered, mirror);
  if (routes.covered.length === 0 && routes.leftOut.every(({ step }) => step === undefined))
    throw new Refusal(`No rule of ${loadBalancerArn} forwards to a target group, so there is nothing behind it.`);

  const arns = new Set(routes.covered.flatMap(({ rule }) => rule.targetGroupArns));
  for (const { rule, step } of routes.leftOut) if (step) rule.targetGroupArns.forEach((arn) => arns.add(arn));
  const targetGroups = (snapshot.elastic_load_balancing?.TargetGroups ?? []).filter((one) =>
    arns.has(one.TargetGroupArn),
  );
  refuseFunctions(targetGroups);
  const application = membersOf(targetGroups, snapshot);
  if (application.unknownTargets.length > 0)
    throw new Refusal(
      `These targets have no network interface in the snapshot: ${application.unknownTargets.slice(0, 5).join(", ")}. They are outside of the VPC, in another account, or already gone. Read the account that they run in, or write the root configuration by hand (examples/alb/complete).`,
    );
  if (application.interfaces.length === 0)
    throw new Refusal(
      `The target groups of ${loadBalancerArn} have no targets, so nothing tells the security group and the ports of the application. Start the application first.`,
    );
  if (application.securityGroupIds.length === 0)
    throw new Refusal(
      "The network interfaces of the application have no security group in common. Give all of them one group, or write the root configuration by hand (examples/alb/complete), with a call for each group.",
    );
  const node = findNode(snapshot, wanted.node, loadBalancer);
  return {
    ...{ loadBalancer, vpcId: loadBalancer.VpcId ?? "", routes, rules, targetGroups, application, node },
    openRuleIds: openRules(snapshot, application, node),
    customNetworkAcls: customNetworkAcls(snapshot, application),
    unread: snapshot.unread,
  };
}

/** The widest first. */
function openRules({ ec2 }: Snapshot, { securityGroupIds }: Members, node: Node): OpenRule[] {
  return (ec2?.SecurityGroupRules ?? [])
    .filter(({ IsEgress, GroupId }) => !IsEgress && securityGroupIds.includes(GroupId))
    .filter(({ ReferencedGroupInfo }) => !node.securityGroupIds.includes(ReferencedGroupInfo?.GroupId ?? ""))
    .map(({ GroupId, SecurityGroupRuleId, IpProtocol, FromPort, ToPort, ...from }) => {
      const source =
        from.CidrIpv4 ?? from.CidrIpv6 ?? from.PrefixListId ?? from.ReferencedGroupInfo?.GroupId ?? "unknown";
      const ports =
        IpProtocol === "-1"
          ? "everything"
          : `${IpProtocol} ${FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`}`;
      return { groupId: GroupId, ruleId: SecurityGroupRuleId, words: `${ports} from ${source}` };
    })
    .sort(
      (a, b) => Number(b.words.endsWith("/0")) - Number(a.words.endsWith("/0")) || a.ruleId.localeCompare(b.ruleId),
    );
}

function customNetworkAcls({ ec2 }: Snapshot, { subnets }: Members): string[] {
  const ids = new Set(subnets.map(({ SubnetId }) => SubnetId));
  return (ec2?.NetworkAcls ?? [])
    .filter(
      ({ IsDefault, Associations = [] }) =>
        !IsDefault && Associations.some(({ SubnetId }) => SubnetId && ids.has(SubnetId)),
    )
    .map(({ NetworkAclId }) => NetworkAclId);
}

function findLoadBalancer({ elastic_load_balancing, region, account_id }: Snapshot, arn: string): LoadBalancer {
  const all = elastic_load_balancing?.LoadBalancers ?? [];
  const found = all.find(({ LoadBalancerArn }) => LoadBalancerArn === arn);
  if (found === undefined)
    throw new Refusal(
      `${arn} is not in the account ${account_id} and the Region ${region}. Its load balancers: ${listed(all.map(({ LoadBalancerArn }) => LoadBalancerArn))}.`,
    );
  if (found.Type !== "application")
    throw new Refusal(
      `${arn} is a load balancer of the type "${found.Type}". "onboard alb" takes an Application Load Balancer.`,
    );
  if (found.Listeners === null)
    throw new Refusal(`The snapshot has no listeners of ${arn}. Read it again with --load-balancer ${arn}.`);
  return found;
}

/** Whether a call that failed could have told something that the configuration depends on. */
const NEEDED =
  /^elasticloadbalancing:|^autoscaling:|^ecs:|^ec2:Describe(NetworkInterfaces|SecurityGroups|SecurityGroupRules|Subnets|Vpcs|LaunchTemplateVersions)$/;

function refuseUnread({ unread }: Snapshot): void {
  const needed = unread.filter(({ action }) => NEEDED.test(action));
  if (needed.length === 0) return;
  const shown = needed
    .slice(0, 5)
    .map(({ action, resource, error }) => `${action}${resource === null ? "" : ` of ${resource}`}: ${error}`);
  throw new Refusal(
    `These parts could not be read, and a rule in them would go around the node:\n${shown.join("\n")}\nRead them with the policy that "snapshot --policy" prints.`,
  );
}

/** The tag of what the AWS Load Balancer Controller manages. It deletes rules that are not its own. */
const CONTROLLER = "elbv2.k8s.aws/cluster";

function refuseController({ LoadBalancerArn, Tags, Listeners }: LoadBalancer): void {
  const tagged = [{ arn: LoadBalancerArn, tags: tagsOf(Tags) }];
  for (const listener of Listeners ?? []) {
    tagged.push({ arn: listener.ListenerArn, tags: tagsOf(listener.Tags) });
    for (const rule of listener.Rules) tagged.push({ arn: rule.RuleArn, tags: tagsOf(rule.Tags) });
  }
  const found = tagged.find(({ tags }) => CONTROLLER in tags);
  if (found)
    throw new Refusal(
      `${found.arn} belongs to the AWS Load Balancer Controller of the cluster "${found.tags[CONTROLLER]}", which deletes the rules of others. Call the module alb with routes = {}, and let the Ingress forward to the node with an action annotation: see "Load balancers of the AWS Load Balancer Controller" in modules/alb/README.md.`,
    );
}

function refuseFunctions(groups: readonly TargetGroup[]): void {
  const found = groups.find(({ TargetType }) => TargetType === "lambda");
  if (found)
    throw new Refusal(
      `The target group ${found.TargetGroupName} has a Lambda function, which a node cannot reach over the network. Write the routes of the other target groups by hand (examples/alb/complete).`,
    );
}

/** The module tags its rules with its name and the key of the route, and names its target group after itself. */
function isOwn({ tags, actions }: Rule, name: string): boolean {
  const forwards = actions.flatMap(({ ForwardConfig }) => ForwardConfig?.TargetGroups ?? []);
  const own = new RegExp(`:targetgroup/${name}-[0-9a-f]{8}/`);
  return isNamed(tags, name) && forwards.some(({ TargetGroupArn }) => own.test(TargetGroupArn));
}

function isNamed({ Name = "" }: Tags, name: string): boolean {
  return Name.startsWith(`${name}-`);
}

function findNode(snapshot: Snapshot, wanted: NodeWanted, { VpcId }: LoadBalancer): Node {
  const node = "instances" in wanted ? instances(snapshot, wanted.instances) : group(snapshot, wanted.autoScalingGroup);
  const vpcIds = new Set(node.subnets.map((subnet) => subnet.VpcId));
  const other = [...vpcIds].find((id) => id !== VpcId);
  if (other !== undefined)
    throw new Refusal(
      `The node is in ${other} and the load balancer in ${VpcId}. Write the root configuration by hand: see "A load balancer in another VPC" in modules/alb/README.md.`,
    );
  if (node.securityGroupIds.length === 0)
    throw new Refusal("The instances of the node have no security group in common. Give all of them one group.");
  return node;
}

function instances(snapshot: Snapshot, instanceIds: readonly string[]): Node {
  const missing = instanceIds.filter((id) => interfacesOf(id, snapshot).length === 0);
  if (missing.length > 0)
    throw new Refusal(`These instances are not in the account and Region of the load balancer: ${missing.join(", ")}.`);
  const interfaces = instanceIds.flatMap((id) => interfacesOf(id, snapshot));
  return {
    securityGroupIds: commonGroups(interfaces),
    subnets: subnetsOf(interfaces, snapshot),
    autoScalingGroup: null,
    instanceIds,
  };
}

function group(snapshot: Snapshot, name: string): Node {
  const all = snapshot.auto_scaling?.AutoScalingGroups ?? [];
  const found = all.find((one) => one.AutoScalingGroupName === name);
  if (found === undefined)
    throw new Refusal(
      `There is no Auto Scaling group "${name}". The groups: ${listed(all.map((one) => one.AutoScalingGroupName))}.`,
    );
  const subnetIds = (found.VPCZoneIdentifier ?? "").split(",");
  const running = found.Instances.flatMap(({ InstanceId }) => interfacesOf(InstanceId, snapshot));
  const subnets = (snapshot.ec2?.Subnets ?? []).filter(({ SubnetId }) => subnetIds.includes(SubnetId));
  return {
    securityGroupIds: found.LaunchTemplateSecurityGroupIds ?? commonGroups(running),
    subnets: [...subnets].sort((a, b) => a.AvailabilityZone.localeCompare(b.AvailabilityZone)),
    autoScalingGroup: found,
    instanceIds: [],
  };
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return "none";
  return names.length <= 10 ? names.join(", ") : `${names.slice(0, 10).join(", ")}, and ${names.length - 10} more`;
}
