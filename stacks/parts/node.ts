/** Fields of the variable `node`, for every kind of entry point. */
import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
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
import { autoscalingGroupName, instanceId, ipAddress, referencedSecurityGroupId } from "./identifiers";

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

/** An example of targets, and its changes in tests of other kinds of targets. */
export const targetsExample = { autoscaling_group_names: { main: "wallarm-node" } };
const addressTargets = {
  target_type: "ip",
  autoscaling_group_names: {},
  ip_addresses: { main: { address: "10.0.1.10" } },
};
export const targetsExamplesFor = {
  target_type: { autoscaling_group_names: {} },
  ip_addresses: addressTargets,
  ip_address_type: { ...addressTargets, ip_addresses: {} },
};

/** How security groups and network ACLs identify the node. */
export const identityFields = {
  security_group_id: string("ID of the node's security group.", referencedSecurityGroupId),
  subnet_cidrs: subnetCidrsField(
    ', for an application that cannot refer to the node\'s security group (application.source is "subnet_cidrs"). It then admits everything in these subnets.',
  ),
};

export type NodeIdentity = ObjectReference<typeof identityFields>;

/**
 * The endpoint of the node behind a load balancer.
 * @param protocols the protocols of the target group. The first is the default
 */
export function endpointFields(protocols: readonly [string, ...string[]]) {
  return {
    ...identityFields,
    port: optional(number("TCP port on which the node accepts requests.", portNumber), 80),
    protocol: optional(string("Protocol from the load balancer to the node.", oneOf(...protocols)), protocols[0]),
  };
}

/**
 * Of IPv4. IPv6 addresses are always in the VPC.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const privateAddress: Rule<{ readonly address: string; readonly availability_zone: string }> = {
  // Another rule refuses what is no address.
  test: ({ address, availability_zone: zone }) => hcl`(
    !can(cidrnetmask(${text`${address}/32`})) ||
    can(regex("^(10|100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|172[.](1[6-9]|2[0-9]|3[01])|192[.]168)[.]", ${address})) ||
    (${zone} == null ? false : ${zone} != "all")
  )`,
  requirement:
    "have an address in 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, or 192.168.0.0/16 or, if the VPC itself has a public CIDR block, an availability_zone",
  refuses: [
    { address: "203.0.113.10" },
    { address: "100.63.255.255" },
    { address: "172.32.0.1", availability_zone: "all" },
  ],
  accepts: [
    { address: "100.64.0.1" },
    { address: "172.31.255.254", availability_zone: "all" },
    { address: "203.0.113.10", availability_zone: "eu-central-1a" },
  ],
};

/** The targets in the node's target group. */
export const targetFields = {
  ip_address_type: optional(string("Address family of the targets.", oneOf("ipv4", "ipv6")), "ipv4"),
  autoscaling_group_names: optional(
    map(
      "Names of Auto Scaling groups whose instances are the targets, by names that you choose. The configuration of these groups must ignore changes to target_group_arns.",
      "group",
      string("Name.", autoscalingGroupName),
    ),
    {},
  ),
  instance_ids: optional(
    map("IDs of instances that are targets, by names that you choose.", "instance_id", string("ID.", instanceId)),
    {},
  ),
  ip_addresses: optional(
    map(
      "IP addresses that are targets, by names that you choose.",
      "ip_address",
      object(
        "An address.",
        {
          address: string("The IP address.", ipAddress),
          availability_zone: optional(
            string(
              'Availability Zone, or "all" for an address outside the VPC.',
              matches(
                /^(all|[a-z]{2}(-[a-z]+)+-[0-9]([a-z]|-[0-9a-z-]+))$/,
                'be "all" or an Availability Zone such as "eu-central-1a"',
                {
                  accepts: ["all", "eu-central-1a", "us-gov-west-1a", "us-west-2-lax-1a", "us-east-1-wl1-bos-wlz-1"],
                  refuses: ["eu-central-1", "euc1-az1", ""],
                },
              ),
            ),
          ),
        },
        privateAddress,
      ),
    ),
    {},
  ),
};

export const registerTargetsField = {
  register_targets: optional(
    bool(
      "Whether the module registers the targets. Set false if the node registers itself (ECS service, Kubernetes TargetGroupBinding).",
    ),
    true,
  ),
};

/** The fields of the variable `node` that are the same behind every load balancer. */
export type Node = ObjectReference<
  ReturnType<typeof endpointFields> &
    typeof targetFields &
    typeof registerTargetsField & { readonly target_type: Optional<string> }
>;

/** The node's subnets in the contract: null if the caller lists none. */
export function knownSubnetCidrs({ subnet_cidrs }: Pick<NodeIdentity, "subnet_cidrs">): IResolvable {
  return hcl`length(${subnet_cidrs}) == 0 ? null : ${subnet_cidrs}`;
}

/** The node's targets in the contract. */
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
  requirement: 'have target_type "ip" if ip_address_type is "ipv6"',
  refuses: [{ ip_address_type: "ipv6" }],
};

export const addressesOfFamilyRule: Rule<{ readonly ip_address_type: string; readonly ip_addresses: IResolvable }> = {
  test: ({ ip_address_type, ip_addresses }) =>
    hcl`alltrue([for target in ${ip_addresses} : strcontains(target.address, ":") == (${ip_address_type} == "ipv6")])`,
  requirement: "have ip_addresses of its ip_address_type",
  refuses: [
    { target_type: "ip", autoscaling_group_names: {}, ip_addresses: { main: { address: "2001:db8::10" } } },
    {
      target_type: "ip",
      autoscaling_group_names: {},
      ip_address_type: "ipv6",
      ip_addresses: { main: { address: "10.0.1.10" } },
    },
  ],
  accepts: [
    {
      target_type: "ip",
      autoscaling_group_names: {},
      ip_address_type: "ipv6",
      ip_addresses: { main: { address: "2001:db8::10" } },
    },
  ],
};

/** The fields of `node` that list targets, such as `instance_ids`. */
type WithTargets<List extends string> = Readonly<Record<List, IResolvable>> & { readonly target_type: string };

/** @param lists the fields that list targets */
export function registrationRule<List extends string>(
  ...lists: readonly List[]
): Rule<WithTargets<List> & { readonly register_targets: IResolvable }> {
  return {
    test: (node) => hcl`${node.register_targets} ? true : ${targetCount(node, lists)} == 0`,
    requirement: "list no targets if register_targets is false",
    refuses: [{ register_targets: false }],
    accepts: [{ register_targets: false, autoscaling_group_names: {} }],
  };
}

/** Number of targets, or groups of targets, that the caller lists. */
export function targetCount<List extends string>(node: Record<List, IResolvable>, lists: readonly List[]): IResolvable {
  return lists.map((list) => hcl`length(${node[list]})`).reduce((sum, count) => hcl`${sum} + ${count}`);
}
