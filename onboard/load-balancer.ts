/** The load balancer in front of an application. */
import { Snapshot } from "../account/snapshot";
import { LoadBalancer, tagsOf } from "../model/rules";
import { Output } from "./composition";
import { listed, Refusal, refuseUnread, UnreadRefusal } from "./refusal";

/** Whether a call that failed could have told something that the configuration depends on. */
export const NEEDED =
  /^elasticloadbalancing:|^autoscaling:|^ecs:|^ec2:Describe(NetworkInterfaces|SecurityGroups|SecurityGroupRules|Subnets|Vpcs|LaunchTemplateVersions)$/;

/** @throws Refusal if it is not there, of another type, not wholly read, or of a controller */
export function findLoadBalancer(
  snapshot: Snapshot,
  arn: string,
  { type, instead }: { readonly type: "application" | "network"; readonly instead: string },
): LoadBalancer {
  const { elastic_load_balancing, region, account_id } = snapshot;
  const all = elastic_load_balancing?.LoadBalancers ?? [];
  const found = all.find(({ LoadBalancerArn }) => LoadBalancerArn === arn);
  if (found === undefined)
    throw new Refusal(
      `${arn} is not in the account ${account_id} and the Region ${region}. Its load balancers: ${listed(all.map(({ LoadBalancerArn }) => LoadBalancerArn))}.`,
    );
  if (found.Type !== type)
    throw new Refusal(`${arn} is a load balancer of the type "${found.Type}", and not of the type "${type}".`);
  if (found.Listeners === null)
    throw new UnreadRefusal(`The snapshot has no listeners of ${arn}. Read it again with --load-balancer ${arn}.`);
  refuseUnread(snapshot, NEEDED);
  refuseController(found, instead);
  return found;
}

/** The tag of what the AWS Load Balancer Controller manages. It takes back what others change. */
const CONTROLLER = "elbv2.k8s.aws/cluster";

function refuseController({ LoadBalancerArn, Tags, Listeners }: LoadBalancer, instead: string): void {
  const tagged = [{ arn: LoadBalancerArn, tags: tagsOf(Tags) }];
  for (const listener of Listeners ?? []) {
    tagged.push({ arn: listener.ListenerArn, tags: tagsOf(listener.Tags) });
    for (const rule of listener.Rules) tagged.push({ arn: rule.RuleArn, tags: tagsOf(rule.Tags) });
  }
  const found = tagged.find(({ tags }) => CONTROLLER in tags);
  if (found)
    throw new Refusal(
      `${found.arn} belongs to the AWS Load Balancer Controller of the cluster "${found.tags[CONTROLLER]}", which takes back what others change. ${instead}`,
    );
}

/** Availability Zones in which it sends requests to targets. */
export function zonesOf({ AvailabilityZones = [] }: LoadBalancer): ReadonlySet<string> {
  return new Set(AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []));
}

/** CIDR blocks of its subnets, from which its requests come. */
export function subnetCidrs({ AvailabilityZones = [] }: LoadBalancer, { ec2 }: Snapshot): string[] {
  const ids = AvailabilityZones.map(({ SubnetId }) => SubnetId);
  return (ec2?.Subnets ?? [])
    .filter(({ SubnetId }) => ids.includes(SubnetId))
    .flatMap(({ CidrBlock }) => CidrBlock ?? [])
    .sort();
}

/** In seconds. AWS's default is 60. */
export function idleTimeout({ Attributes }: LoadBalancer): number {
  return Number(Attributes.find(({ Key }) => Key === "idle_timeout.timeout_seconds")?.Value ?? 60);
}

/** IDs under names of their own, for the inputs of the modules. */
export function numbered(name: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id, index) => [`${name}-${index + 1}`, id]));
}

/** An output of both modules. */
export const TARGET_GROUP_ARN: Output = {
  name: "target_group_arn",
  description: "ARN of the node's target group. Check the health of its targets before you move requests.",
};
