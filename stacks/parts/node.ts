/** What the variable `node` is made of, whatever stands in front of the node. */
import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { distinct, matches, oneOf } from "../../synth/variables/rules";
import {
  bool,
  list,
  map,
  number,
  object,
  ObjectReference,
  optional,
  Optional,
  Rule,
  string,
} from "../../synth/variables/schema";
import { canonicalCidrBlock, subnetCidrBlock } from "./cidr";
import { portNumber } from "./common-variables";
import { instanceId, ipAddress, securityGroupId } from "./identifiers";

/** @param use what the blocks are for */
export function subnetCidrsField(use: string) {
  return optional(
    list(
      `CIDR blocks of the node's own subnets${use}`,
      "cidr",
      string("Block.", canonicalCidrBlock, subnetCidrBlock),
      distinct("CIDR block", ["10.0.1.0/24", "10.0.1.0/24"]),
    ),
    [],
  );
}

/** An example of targets, and what else it is while a test is about another kind of them. */
export const targetsExample = { autoscaling_group_names: { main: "wallarm-node" } };
const addressTargets = {
  target_type: "ip",
  autoscaling_group_names: {},
  ip_addresses: { main: { address: "10.0.1.10" } },
};
export const targetsExamplesFor = {
  target_type: { autoscaling_group_names: {} },
  ip_addresses: addressTargets,
  ip_address_type: addressTargets,
};

/** What the node is known by to security groups and network ACLs. */
export const identityFields = {
  security_group_id: string("ID of the node's security group.", securityGroupId),
  subnet_cidrs: subnetCidrsField(
    ', for what cannot refer to its security group: the application\'s security group where application.source is "subnet_cidrs". Whatever else runs in these subnets is admitted too.',
  ),
};

export type NodeIdentity = ObjectReference<typeof identityFields>;

/**
 * Where the node takes what a load balancer sends.
 * @param protocols the protocols of the target group, the first is the default
 */
export function endpointFields(protocols: readonly [string, ...string[]]) {
  return {
    ...identityFields,
    port: optional(number("TCP port on which the node takes requests.", portNumber), 80),
    protocol: optional(string("Protocol between load balancer and node.", oneOf(...protocols)), protocols[0]),
  };
}

/** What runs the node: the targets of its target group. */
export const targetFields = {
  ip_address_type: optional(string("Address family of the targets.", oneOf("ipv4", "ipv6")), "ipv4"),
  autoscaling_group_names: optional(
    map(
      "Names of Auto Scaling groups whose instances are the targets, each under a name of your own. Their owner must ignore changes of target_group_arns.",
      "group",
      string(
        "Name.",
        matches(/^.{1,255}$/, "be 1 to 255 characters", {
          accepts: ["wallarm-node", "a", "a".repeat(255)],
          refuses: ["", "a".repeat(256)],
        }),
      ),
    ),
    {},
  ),
  instance_ids: optional(
    map("IDs of instances, each under a name of your own.", "instance_id", string("ID.", instanceId)),
    {},
  ),
  ip_addresses: optional(
    map(
      "IP addresses, each under a name of your own.",
      "ip_address",
      object("An address.", {
        address: string("The address.", ipAddress),
        availability_zone: optional(string('Availability Zone, or "all" for an address outside the VPC.')),
      }),
    ),
    {},
  ),
};

export const registerTargetsField = {
  register_targets: optional(
    bool(
      "Whether the module registers the targets. False where the node does it itself (ECS service, Kubernetes TargetGroupBinding).",
    ),
    true,
  ),
};

/** The variable `node` as far as it is alike behind every load balancer. */
export type Node = ObjectReference<
  ReturnType<typeof endpointFields> &
    typeof targetFields &
    typeof registerTargetsField & { readonly target_type: Optional<string> }
>;

/** What the contract says of the node's subnets: null where the caller names none. */
export function knownSubnetCidrs({ subnet_cidrs }: Pick<NodeIdentity, "subnet_cidrs">): IResolvable {
  return hcl`length(${subnet_cidrs}) == 0 ? null : ${subnet_cidrs}`;
}

/** What the contract says of the targets. */
export function members(node: Pick<Node, keyof typeof targetFields | "register_targets">) {
  return {
    autoscaling_group_names: hcl`values(${node.autoscaling_group_names})`,
    instance_ids: hcl`values(${node.instance_ids})`,
    ip_addresses: hcl`values(${node.ip_addresses})[*].address`,
    self_registered: hcl`!${node.register_targets}`,
  };
}

export const addressFamilyRule: Rule<{ readonly ip_address_type: string; readonly target_type: string }> = {
  test: ({ ip_address_type, target_type }) => hcl`${ip_address_type} == "ipv4" || ${target_type} == "ip"`,
  requirement: 'have target_type "ip" where ip_address_type is "ipv6"',
  refuses: [{ ip_address_type: "ipv6" }],
};

/** A `node` as far as it names targets, in fields such as `instance_ids`. */
type WithTargets<List extends string> = Readonly<Record<List, IResolvable>> & { readonly target_type: string };

/** @param lists the fields that name targets */
export function registrationRule<List extends string>(
  ...lists: readonly List[]
): Rule<WithTargets<List> & { readonly register_targets: IResolvable }> {
  return {
    test: (node) => hcl`${node.register_targets} ? true : ${targetCount(node, lists)} == 0`,
    requirement: "name no targets where register_targets is false",
    refuses: [{ register_targets: false }],
    accepts: [{ register_targets: false, autoscaling_group_names: {} }],
  };
}

/** How many targets, or groups of them, the caller names. */
export function targetCount<List extends string>(node: Record<List, IResolvable>, lists: readonly List[]): IResolvable {
  return lists.map((list) => hcl`length(${node[list]})`).reduce((sum, count) => hcl`${sum} + ${count}`);
}
