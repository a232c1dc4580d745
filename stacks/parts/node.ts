import { IResolvable } from "cdktf";
import { hcl } from "../../synth/expression";
import { oneOf } from "../../synth/rules";
import { bool, map, number, object, optional, ReferenceTo, string } from "../../synth/schema";
import { portNumber } from "./common-variables";
import { instanceId, ipAddress, securityGroupId } from "./identifiers";

/**
 * The variable `node` of a module whose load balancer sends to the node.
 * @param protocols the protocols of the target group, the first is the default
 * @param versions the protocol versions of the target group, the first is the default
 */
export function nodeSchema(protocols: readonly [string, ...string[]], versions: readonly [string, ...string[]]) {
  return object(
    "The Wallarm Node: where it listens, and what runs it.",
    {
      security_group_id: string("ID of the node's security group.", securityGroupId),
      port: optional(number("TCP port on which the node takes requests.", portNumber), 80),
      protocol: optional(string("Protocol between load balancer and node.", oneOf(...protocols)), protocols[0]),
      protocol_version: optional(string("Version of the protocol.", oneOf(...versions)), versions[0]),
      target_type: optional(
        string(
          '"instance" for EC2, "ip" for Fargate, containers with an address of their own and hosts outside the VPC.',
          oneOf("instance", "ip"),
        ),
        "instance",
      ),
      ip_address_type: optional(string("Address family of the targets.", oneOf("ipv4", "ipv6")), "ipv4"),
      autoscaling_group_names: optional(
        map(
          "Names of Auto Scaling groups whose instances are the targets, each under a name of your own. Their owner must ignore changes of target_group_arns.",
          "group",
          string("Name."),
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
      register_targets: optional(
        bool(
          "Whether the module registers the targets. False where the node does it itself (ECS service, Kubernetes TargetGroupBinding).",
        ),
        true,
      ),
    },
    {
      test: (node) =>
        hcl`${node.target_type} == "instance" ? length(${node.ip_addresses}) == 0 : length(${node.autoscaling_group_names}) + length(${node.instance_ids}) == 0`,
      requirement:
        'name targets of its target_type: autoscaling_group_names and instance_ids with "instance", ip_addresses with "ip"',
      received: targetsReceived,
    },
    {
      test: ({ ip_address_type, target_type }) => hcl`${ip_address_type} == "ipv4" || ${target_type} == "ip"`,
      requirement: 'have target_type "ip" where ip_address_type is "ipv6"',
      received: ({ ip_address_type, target_type }) =>
        hcl`{ ip_address_type = ${ip_address_type}, target_type = ${target_type} }`,
    },
    {
      test: (node) => hcl`${node.register_targets} ? true : ${targetCount(node)} == 0`,
      requirement: "name no targets where register_targets is false",
      received: targetsReceived,
    },
  );
}

export type Node = ReferenceTo<ReturnType<typeof nodeSchema>>;

/** The fields of the variable that name targets. */
interface Targets {
  readonly target_type: string;
  readonly autoscaling_group_names: IResolvable;
  readonly instance_ids: IResolvable;
  readonly ip_addresses: IResolvable;
}

/** How many targets, or groups of them, the caller names. */
export function targetCount({ autoscaling_group_names, instance_ids, ip_addresses }: Targets): IResolvable {
  return hcl`length(${autoscaling_group_names}) + length(${instance_ids}) + length(${ip_addresses})`;
}

/** The names of the targets, which are known at plan where their ids are not. */
function targetsReceived({ target_type, autoscaling_group_names, instance_ids, ip_addresses }: Targets): IResolvable {
  return hcl`{ target_type = ${target_type}, autoscaling_group_names = keys(${autoscaling_group_names}), instance_ids = keys(${instance_ids}), ip_addresses = keys(${ip_addresses}) }`;
}
