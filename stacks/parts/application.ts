import { hcl } from "../../synth/language/expression/expression";
import { distinct, notEmpty, oneOf } from "../../synth/variables/rules";
import { bool, given, list, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { canonicalCidrBlock, subnetCidrBlock } from "./cidr";
import { portNumber } from "./common-variables";
import { referencedSecurityGroupId } from "./identifiers";
import { NodeIdentity } from "./node";

/** The variable `application`. */
export function applicationSchema(node: NodeIdentity) {
  return optional(
    object(
      "The application behind the node. Null: the module creates no security group rules for it.",
      {
        security_group_id: string(
          "ID of the security group of the application's instances or tasks.",
          referencedSecurityGroupId,
        ),
        ports: optional(
          list(
            "TCP ports on which the application accepts requests from the node. Add new ports at the end: the module network-acl derives rule numbers from their position.",
            "port",
            number("Port.", portNumber),
            notEmpty("port"),
            distinct("port", [80, 443, 80]),
          ),
          [80, 443],
        ),
        source: optional(
          string(
            'Source that the application admits on these ports: "security_group" is the node\'s group, so only the node. "subnet_cidrs" is node.subnet_cidrs, for an application whose group cannot refer to the node\'s group (Transit Gateway, another Region).',
            oneOf("security_group", "subnet_cidrs"),
          ),
          "security_group",
        ),
        admit_whole_vpc: optional(
          bool(
            'Whether node.subnet_cidrs may cover the whole VPC in vpc_id, with the source "subnet_cidrs". Every instance, task, and function in the VPC, and the load balancer, can then reach the application without the node.',
          ),
          false,
        ),
        subnet_cidrs: optional(
          list(
            "CIDR blocks of the application, for the node's egress rules, if the node's group cannot refer to the application's group. Empty: the application's group.",
            "cidr",
            string("Block.", canonicalCidrBlock, subnetCidrBlock),
            distinct("CIDR block", ["10.0.1.0/24", "10.0.1.0/24"]),
          ),
          [],
        ),
      },
      {
        test: ({ source }) => hcl`${source} != "subnet_cidrs" || length(${node.subnet_cidrs}) > 0`,
        requirement:
          'have the source "security_group" if node.subnet_cidrs is empty, because "subnet_cidrs" would admit no source',
        refuses: [{ source: "subnet_cidrs" }],
        accepts: [given({ node: { subnet_cidrs: ["10.0.1.0/24"] } }, { source: "subnet_cidrs" })],
      },
    ),
  );
}

export type Application = ReferenceTo<ReturnType<typeof applicationSchema>>;
