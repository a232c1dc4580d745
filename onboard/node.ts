/** Where the node runs. */
import { isIPv6 } from "node:net";
import { Snapshot } from "../account/snapshot";
import {
  commonGroups,
  EcsService,
  interfacesOf,
  membersOf,
  NetworkInterface,
  Subnet,
  subnetsOf,
} from "../model/members";
import { groupsBehind } from "../model/rules";
import { Expression, Fields, Value } from "./hcl";
import { listed, Refusal } from "./refusal";
import { Step } from "./step";

export type NodeWanted = RunningNode | { readonly newFleet: FleetWanted };

export type RunningNode =
  | { readonly autoScalingGroup: string }
  | { readonly instances: readonly string[] }
  | { readonly addresses: readonly string[] }
  /** Its ARN, CLUSTER/SERVICE, or its name. */
  | { readonly ecsService: string }
  /** Of a load balancer in front of the node. */
  | { readonly listenerArn: string };

export const IMAGE_ID = /^ami-[0-9a-f]{8,17}$/;

/** What the account does not tell of a node that the configuration creates. */
export interface FleetWanted {
  /** ID or full name of the machine image. */
  readonly image: string;
  /** Account that owns an image by that name. Null: the one that publishes Wallarm's images. */
  readonly imageOwner: string | null;
  readonly tokenSecretArn: string;
  /** EU, US, or the host name of Wallarm's API. */
  readonly cloud: string;
  /** Empty: private subnets with a route out. */
  readonly subnetIds: readonly string[];
  /** Where the node reaches the application. Null: as the account tells. */
  readonly backendUrl: string | null;
  /** Certificate and key of a node that ends TLS. */
  readonly certificateSecretArn: string | null;
}

export interface Node {
  readonly securityGroupIds: readonly string[];
  /** Instead of IDs: that of a node which the configuration creates. */
  readonly securityGroup: Expression | null;
  /** With these, the modules begin the descriptions of rules that admit a node which the configuration creates. */
  readonly names: readonly string[];
  readonly subnets: readonly Subnet[];
  /** The targets, in the input `node` of the modules. */
  readonly targets: Fields;
  /** It registers itself, once AWS knows a listener or rule that uses the target group. */
  readonly registersItself: boolean;
  /** What its owner does, and when. */
  readonly beforeApply: readonly Step[];
  readonly afterApply: readonly Step[];
}

/** A node that runs already. */
const RUNNING = { securityGroup: null, names: [] };

/** Targets that the module registers, and that nobody else manages. */
const LISTED = { ...RUNNING, registersItself: false, beforeApply: [], afterApply: [] };

/** @throws Refusal if it is not there, or not in the VPC */
export function findNode(snapshot: Snapshot, wanted: RunningNode, vpcId: string, scenario: string): Node {
  const node = nodeOf(snapshot, wanted);
  const other = node.subnets.map((subnet) => subnet.VpcId).find((id) => id !== vpcId);
  if (other !== undefined)
    throw new Refusal(
      `The node is in ${other} and the load balancer in ${vpcId}. Name a node in that VPC, or write the root configuration by hand: see "A load balancer in another VPC" in modules/${scenario}/README.md.`,
    );
  if (node.securityGroupIds.length === 0)
    throw new Refusal(
      "The network interfaces of the node have no security group in common. Give all of them one group.",
    );
  return node;
}

function nodeOf(snapshot: Snapshot, wanted: RunningNode): Node {
  if ("instances" in wanted) return instances(snapshot, wanted.instances);
  if ("addresses" in wanted) return addresses(snapshot, wanted.addresses);
  if ("ecsService" in wanted) return service(snapshot, wanted.ecsService);
  if ("listenerArn" in wanted) return behindListener(snapshot, wanted.listenerArn);
  return group(snapshot, wanted.autoScalingGroup);
}

function instances(snapshot: Snapshot, instanceIds: readonly string[]): Node {
  return {
    ...ofInterfaces(snapshot, instanceIds, "instances"),
    targets: { instance_ids: named(instanceIds, (id) => id) },
    ...LISTED,
  };
}

function addresses(snapshot: Snapshot, all: readonly string[]): Node {
  if (all.some(isIPv6) && !all.every(isIPv6))
    throw new Refusal(
      "A target group has addresses of one family. Name the IPv4 or the IPv6 addresses of the node, and not both.",
    );
  const found = ofInterfaces(snapshot, all, "addresses");
  const target = (address: string): Fields => {
    const [zone] = subnetsOf(interfacesOf(address, snapshot), snapshot).map(({ AvailabilityZone }) => AvailabilityZone);
    return {
      address,
      ...(zone === undefined || isIPv6(address) || isPrivateAddress(address) ? {} : { availability_zone: zone }),
    };
  };
  return {
    ...found,
    targets: {
      target_type: "ip",
      ...(all.every(isIPv6) ? { ip_address_type: "ipv6" } : {}),
      ip_addresses: named(all, target),
    },
    ...LISTED,
  };
}

/** Whether AWS accepts an address as a target without a zone. Others belong to VPCs with public CIDR blocks. */
export function isPrivateAddress(address: string): boolean {
  return PRIVATE.test(address);
}

const PRIVATE = /^(10|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|172\.(1[6-9]|2\d|3[01])|192\.168)\./;

function named(targets: readonly string[], value: (target: string) => Value): Fields {
  return Object.fromEntries(targets.map((target, index) => [`node-${index + 1}`, value(target)]));
}

function ofInterfaces(
  snapshot: Snapshot,
  targets: readonly string[],
  what: string,
): Pick<Node, "securityGroupIds" | "subnets"> {
  const missing = targets.filter((target) => interfacesOf(target, snapshot).length === 0);
  if (missing.length > 0)
    throw new Refusal(`These ${what} are not in the account and Region of the load balancer: ${missing.join(", ")}.`);
  const interfaces: NetworkInterface[] = targets.flatMap((target) => interfacesOf(target, snapshot));
  return { securityGroupIds: commonGroups(interfaces), subnets: subnetsOf(interfaces, snapshot) };
}

function group(snapshot: Snapshot, name: string): Node {
  const all = snapshot.auto_scaling?.AutoScalingGroups ?? [];
  const found = all.find((one) => one.AutoScalingGroupName === name);
  if (found === undefined)
    throw new Refusal(
      `There is no Auto Scaling group "${name}". The groups: ${listed(all.map((one) => one.AutoScalingGroupName))}.`,
    );
  const running = found.Instances.flatMap(({ InstanceId }) => interfacesOf(InstanceId, snapshot));
  return {
    securityGroupIds: found.LaunchTemplateSecurityGroupIds ?? commonGroups(running),
    subnets: subnetsWith((found.VPCZoneIdentifier ?? "").split(","), snapshot),
    targets: { autoscaling_group_names: { main: name } },
    ...{ ...LISTED, beforeApply: [keepTargetGroup(name)] },
  };
}

function service(snapshot: Snapshot, wanted: string): Node {
  const all = snapshot.ecs?.services ?? [];
  const [found, ...others] = all.filter(({ serviceArn }) => serviceArn === wanted || serviceArn.endsWith(`/${wanted}`));
  if (found === undefined)
    throw new Refusal(
      `There is no ECS service "${wanted}". The services: ${listed(all.map(({ serviceArn }) => serviceArn))}.`,
    );
  if (others.length > 0)
    throw new Refusal(
      `Several ECS services have the name "${wanted}". Name one by its ARN: ${listed([found, ...others].map(({ serviceArn }) => serviceArn))}.`,
    );
  const { securityGroups = [], subnets = [] } = found.networkConfiguration?.awsvpcConfiguration ?? {};
  if (subnets.length === 0 || securityGroups.length === 0)
    throw new Refusal(
      `The tasks of ${found.serviceArn} have no security group of their own. Run them with the network mode awsvpc and a security group or, if they use the network of their instances, name these: --node-autoscaling-group.`,
    );
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
  const controller = found.deploymentController?.type ?? "ECS";
  if (controller !== "ECS")
    throw new Refusal(
      `The ECS service ${found.serviceArn} has the deployment controller ${controller}, and AWS changes target groups of such services only in their deployments. Run the node with rolling updates.`,
    );
  return {
    securityGroupIds: securityGroups,
    subnets: subnetsWith(subnets, snapshot),
    targets: { target_type: "ip", register_targets: false },
    ...{ ...RUNNING, registersItself: true },
    ...{ beforeApply: [], afterApply: [registerTasks(found)] },
  };
}

function behindListener(snapshot: Snapshot, listenerArn: string): Node {
  const { securityGroupIds, subnets, interfaces } = membersOf(groupsBehind(listenerArn, snapshot), snapshot);
  if (interfaces.length === 0)
    throw new Refusal(
      `Nothing tells where the node is: ${listenerArn} forwards to no target group with targets in this account and Region.`,
    );
  return { securityGroupIds, subnets, targets: {}, ...LISTED };
}

function subnetsWith(ids: readonly string[], { ec2 }: Snapshot): Subnet[] {
  return (ec2?.Subnets ?? [])
    .filter(({ SubnetId }) => ids.includes(SubnetId))
    .sort((a, b) => a.AvailabilityZone.localeCompare(b.AvailabilityZone));
}

function keepTargetGroup(name: string): Step {
  return {
    title: "Let the node's Auto Scaling group keep its target group",
    text: `The configuration of \`${name}\` must ignore the target group that this configuration attaches:\n\n\`\`\`hcl\nlifecycle {\n  ignore_changes = [target_group_arns]\n}\n\`\`\``,
  };
}

function registerTasks({ serviceArn, clusterArn }: EcsService): Step {
  const container = "containerName=CONTAINER,containerPort=PORT";
  return {
    title: "Let the node's ECS service register its tasks",
    text: `After the first apply, the owner of \`${serviceArn}\` adds the target group of the output \`target_group_arn\`, with the node's container and its port:\n\n\`\`\`hcl\nload_balancer {\n  target_group_arn = "…" # the output target_group_arn\n  container_name   = "CONTAINER"\n  container_port   = PORT\n}\n\`\`\`\n\nWithout Terraform, with the target groups that the service has already:\n\n\`\`\`sh\naws ecs update-service --cluster ${clusterArn ?? "CLUSTER"} --service ${serviceArn} \\\n  --load-balancers "targetGroupArn=$(terraform output -raw target_group_arn),${container}"\n\`\`\`\n\nECS replaces the tasks. Before you destroy this configuration, the owner removes the block.`,
  };
}
