import { hcl } from "../../synth/language/expression/expression";
import { distinct, notEmpty, oneOf } from "../../synth/variables/rules";
import { bool, given, list, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { canonicalCidrBlock, subnetCidrBlock } from "./cidr";
import { portNumber } from "./common-variables";
import { securityGroupId } from "./identifiers";
import { NodeIdentity } from "./node";

/** The variable `application`. */
export function applicationSchema(node: NodeIdentity) {
  return optional(
    object(
      "The application, which is to be reached through the node alone. Null: its security groups are not managed here.",
      {
        security_group_id: string("ID of the security group of the application's instances or tasks.", securityGroupId),
        ports: optional(
          list(
            "TCP ports on which the application serves the node. Add new ones at the end: the module network-acl numbers its rules by their place.",
            "port",
            number("Port.", portNumber),
            notEmpty("port"),
            distinct("port", [80, 443, 80]),
          ),
          [80, 443],
        ),
        source: optional(
          string(
            'Who is admitted on these ports: "security_group" is the node\'s group, and the node alone; "subnet_cidrs" is node.subnet_cidrs, for an application in a VPC where a reference to the node\'s group does not work (Transit Gateway, other Region).',
            oneOf("security_group", "subnet_cidrs"),
          ),
          "security_group",
        ),
        admit_whole_vpc: optional(
          bool(
            'Lets node.subnet_cidrs cover the whole VPC of vpc_id with the source "subnet_cidrs". That opens the application to everything in the VPC: every instance, task and function there, the load balancer too, reaches it around the node.',
          ),
          false,
        ),
        subnet_cidrs: optional(
          list(
            "CIDR blocks of the application, which the node is let out to where a reference to the application's group does not work. Empty: the group.",
            "cidr",
            string("Block.", canonicalCidrBlock, subnetCidrBlock),
            distinct("CIDR block", ["10.0.1.0/24", "10.0.1.0/24"]),
          ),
          [],
        ),
      },
      {
        test: ({ source }) => hcl`${source} != "subnet_cidrs" || length(${node.subnet_cidrs}) > 0`,
        requirement: 'be given node.subnet_cidrs with the source "subnet_cidrs", as it would admit nobody without',
        refuses: [{ source: "subnet_cidrs" }],
        accepts: [given({ node: { subnet_cidrs: ["10.0.1.0/24"] } }, { source: "subnet_cidrs" })],
      },
    ),
  );
}

export type Application = ReferenceTo<ReturnType<typeof applicationSchema>>;
