/** A node that the configuration creates: the modules node-config and node-fleet. */
import { Snapshot } from "../../account/snapshot";
import { backendName } from "../backend/name";
import { Call, Entry, Variable, Wanted } from "../composition";
import { fleetSubnets, Place, wayOut } from "./subnets";
import { Expression, Fields, reference } from "../hcl";
import { findNode, FleetWanted, IMAGE_ID, Node } from "../node";
import { NODE_LOAD_BALANCER } from "./load-balancer";
import { Refusal } from "../refusal";
import { Step } from "../step";

/** @throws Refusal if it is not there, or if there is no place for a new one */
export function nodeFor(snapshot: Snapshot, wanted: Wanted, place: Place, scenario: string): Node {
  if (!("newFleet" in wanted.node)) return findNode(snapshot, wanted.node, place.vpcId, scenario);
  const fleet = wanted.node.newFleet;
  const lastTime = wanted.remembered[ENTRY]?.target?.split(" ") ?? [];
  return {
    securityGroupIds: [],
    securityGroup: reference("module.node_fleet.security_group_id"),
    names: [wanted.name, backendName(wanted.name)],
    subnets: fleetSubnets(snapshot, place, fleet.subnetIds, lastTime),
    targets: { autoscaling_group_names: { main: reference("module.node_fleet.autoscaling_group_name") } },
    registersItself: false,
    ...{ beforeApply: [prepare(fleet)], afterApply: [] },
  };
}

const ENTRY = "node";

/** The next time, a new node stays in its subnets. */
export function fleetEntries({ securityGroup, subnets }: Node): Entry[] {
  if (securityGroup === null) return [];
  const ids = subnets.map(({ SubnetId }) => SubnetId);
  return [
    {
      ...{ id: ENTRY, words: `node in ${ids.join(", ")}`, target: ids.join(" ") },
      ...{ key: null, priority: null, reason: null, needsOwner: false },
    },
  ];
}

/** What stands around a node. */
export interface Surroundings {
  readonly vpcId: string;
  readonly backend: Fields | Expression;
  /** Names that lead to the node. */
  readonly entryPoints: readonly string[] | Expression;
  /** Further arguments of node-config. */
  readonly config: Fields;
  /** Further arguments of node-fleet. */
  readonly fleet: Fields;
}

export function fleetCalls(
  snapshot: Snapshot,
  { node, name }: Wanted,
  { subnets }: Node,
  around: Surroundings,
): Call[] {
  if (!("newFleet" in node)) return [];
  const { image, imageOwner, tokenSecretArn, cloud } = node.newFleet;
  const isPublic = subnets.some((subnet) => wayOut(subnet, snapshot) === "public");
  return [
    {
      ...{ label: "node_config", module: "node-config" },
      about: "The configuration of the node. The token stays in its secret, which the instances read.",
      sections: [
        { backend: around.backend, entry_points: around.entryPoints, ...around.config },
        { token_secret: { arn: tokenSecretArn }, group: name, cloud, mode: reference("var.node_mode") },
      ],
    },
    {
      ...{ label: "node_fleet", module: "node-fleet", isTagged: true },
      about: "The instances of the node.",
      sections: [
        { vpc_id: around.vpcId, subnet_ids: subnets.map(({ SubnetId }) => SubnetId) },
        {
          image: IMAGE_ID.test(image) ? { id: image } : { name: image, ...(imageOwner && { owner: imageOwner }) },
          instance_type: reference("var.node_instance_type"),
          user_data_gzip: reference("module.node_config.user_data_gzip"),
          secret_arns: reference("module.node_config.secret_arns"),
          kms_key_arns: reference("var.node_kms_key_arns"),
          ...(isPublic ? { associate_public_ip_address: true } : {}),
        },
        around.fleet,
      ],
    },
  ];
}

/** Of a node in front of which stand a load balancer of its own and an API, which sends the client in a header. */
export function callsBehindApi(
  snapshot: Snapshot,
  wanted: Wanted,
  node: Node,
  { vpcId, timeout }: { readonly vpcId: string; readonly timeout: number },
): Call[] {
  return fleetCalls(snapshot, wanted, node, {
    ...{ vpcId, backend: { url: backendUrlOf(wanted) }, entryPoints: NODE_LOAD_BALANCER.entryPoints },
    config: {
      // The load balancer reports only the VPC link or itself.
      trusted_proxies: { cidrs: blocksOf(node), client_header: "X-Source-Ip", client_protocol: "https" },
      limits: { entry_point_timeout: timeout },
    },
    fleet: {},
  });
}

export const FLEET_VARIABLES: readonly Variable[] = [
  {
    ...{ name: "node_mode", type: "string", default: "monitoring" },
    description: 'Filtration mode of the node: "monitoring" reports attacks and lets them pass, "block" refuses them.',
  },
  {
    ...{ name: "node_instance_type", type: "string", default: "m4.xlarge" },
    description: "Instance type of the node: Wallarm recommends t3.medium for tests and m4.xlarge for production.",
  },
  {
    ...{ name: "node_kms_key_arns", type: "list(string)", default: [] },
    description: "ARNs of the customer managed KMS keys that encrypt the secrets of the node.",
  },
];

/** Behind a load balancer that counts requests. */
export const ALARM_ACTIONS: Variable = {
  ...{ name: "alarm_action_arns", type: "list(string)", default: [] },
  description: "ARNs of SNS topics that get the alarms of the node: no healthy instance, too many errors.",
};

export const ALARMS: Fields = {
  alarms: { routing: reference("module.wallarm_routing.routing"), action_arns: reference(`var.${ALARM_ACTIONS.name}`) },
};

/** CIDR blocks of the subnets of the node, in which its own load balancer stands, too. */
export function blocksOf({ subnets }: Node): string[] {
  return subnets.flatMap(({ CidrBlock }) => CidrBlock ?? []);
}

/** @throws Refusal if nothing tells where the application is besides its entry point */
export function backendUrlOf({ node }: Wanted): string {
  if ("newFleet" in node && node.newFleet.backendUrl !== null) return node.newFleet.backendUrl;
  throw new Refusal(
    'Set --backend-url: the internal name or address at which the node reaches the application. Without one, see "Where does the node send the requests?" in the README.',
  );
}

function prepare({ tokenSecretArn, image, certificateSecretArn }: FleetWanted): Step {
  const secrets = [tokenSecretArn, certificateSecretArn].filter((arn) => arn !== null);
  return {
    title: "Prepare the node",
    text: `- Accept the terms of the image \`${image}\`, if it is from AWS Marketplace.\n- Store the values of these secrets: ${secrets.map((arn) => `\`${arn}\``).join(", ")}. If a customer managed KMS key encrypts them, set \`node_kms_key_arns\`.\n- Let the subnets of the node reach Wallarm Cloud on port 443. Terraform waits until the instances are in service: if their boot fails, see the runbook in the README of the module node-fleet.`,
  };
}
