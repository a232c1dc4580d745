/** Whom the module watches: what a scenario module tells of itself, and what it does not. */
import { IResolvable } from "cdktf";
import { ROUTING, VERSION } from "../../contract/routing";
import { hcl } from "../../synth/language/expression/expression";
import { distinct, distinctValues } from "../../synth/variables/rules";
import { example, list, map, object, optional, ReferenceTo, Schema, string } from "../../synth/variables/schema";
import { canonicalCidrBlock } from "../parts/cidr";
import { instanceId, networkInterfaceId, securityGroupId, subnetId } from "../parts/identifiers";
import { subnetCidrsField } from "../parts/node";
import { take, takeKnown } from "../parts/routing-input";

const { node, application, entry_points } = ROUTING.fields;

/** The variable `routing`; what else is in it is left out. */
export const routingSchema = example(
  object(
    "Who is node, who is application and where requests come in: the output routing of a scenario module, or an object like it.",
    {
      schema_version: optional(take(ROUTING.fields, "schema_version").schema_version, VERSION),
      ...takeKnown(ROUTING.fields, "vpc_id"),
      node: object(node.description, {
        ...takeKnown(node.fields, "security_group_id"),
        ...take(node.fields, "target_group_arn"),
      }),
      application: optional(object(application.description, take(application.fields, "security_group_id", "ports"))),
      entry_points: optional(
        map(
          entry_points.description,
          entry_points.elementName,
          object(
            entry_points.element.description,
            take(
              entry_points.element.fields,
              ...(["listener_arn", "distribution_id", "rest_api_id", "http_api_id", "vpc_link_id"] as const),
            ),
          ),
        ),
        {},
      ),
    },
    {
      test: ({ application: { security_group_id, ports } }) =>
        hcl`try(${security_group_id} != null && length(${ports}) > 0, false)`,
      requirement:
        "say who the application is: give it to the scenario module, or add it (merge(module.NAME.routing, { application = { security_group_id = …, ports = […] } }))",
      refuses: [{ application: null }, { application: { ports: [] } }, { application: { security_group_id: null } }],
    },
  ),
  { application: { security_group_id: "sg-0123456789abcdef0", ports: [80] } },
);

export type Routing = ReferenceTo<typeof routingSchema>;

/** The variable `node`. */
export const nodeSchema = optional(
  object("What routing does not say of the node.", {
    subnet_cidrs: subnetCidrsField(": traffic and rules that come from there are the node's."),
  }),
  {},
);

export type Node = ReferenceTo<typeof nodeSchema>;

/** Names under which the caller refers to things. */
function ids(description: string, elementName: string, id: Schema<string>) {
  return optional(
    map(
      `${description}, each under a name of your own.`,
      elementName,
      id,
      distinctValues("of them", { a: id.example, b: id.example }),
    ),
    {},
  );
}

/** The variable `application`. */
export const applicationSchema = optional(
  object("What routing does not say of the application.", {
    security_group_ids: ids(
      "IDs of further security groups that its network interfaces have",
      "security_group_id",
      string("ID.", securityGroupId),
    ),
    subnet_ids: ids("IDs of its subnets", "subnet_id", string("ID.", subnetId)),
    network_interface_ids: ids(
      "IDs of its network interfaces",
      "network_interface_id",
      string("ID.", networkInterfaceId),
    ),
    instance_ids: ids("IDs of its instances", "instance_id", string("ID.", instanceId)),
    cidrs: optional(
      list(
        "CIDR blocks of its addresses, where it shares its subnets with others that answer on the same ports. Empty: whatever is logged is the application.",
        "cidr",
        string("Block.", canonicalCidrBlock),
        distinct("CIDR block", ["10.0.1.0/24", "10.0.1.0/24"]),
      ),
      [],
    ),
  }),
  {},
);

export type Application = ReferenceTo<typeof applicationSchema>;

/** What the constructs of the module share. */
export interface Watched {
  readonly name: string;
  readonly tags: IResolvable;
  readonly routing: Routing;
  readonly node: Node;
  readonly application: Application;
  /** By name, every security group of the application. */
  readonly securityGroupIds: IResolvable;
  readonly account: Account;
}

/** Where the module is applied. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly partition: string;
}
