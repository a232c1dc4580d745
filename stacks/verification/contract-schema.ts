/** What the module monitors: the contract of a module that routes traffic, and additional resources. */
import { IResolvable } from "cdktf";
import { ROUTING, VERSION } from "../../contract/routing";
import { hcl } from "../../synth/language/expression/expression";
import { distinct, distinctValues } from "../../synth/variables/rules";
import {
  example,
  given,
  list,
  map,
  object,
  optional,
  ReferenceTo,
  Rule,
  Schema,
  string,
  Value,
} from "../../synth/variables/schema";
import { canonicalCidrBlock } from "../parts/cidr";
import { instanceId, networkInterfaceId, securityGroupId, subnetId } from "../parts/identifiers";
import { subnetCidrsField } from "../parts/node";
import { take, takeKnown } from "../parts/routing-input";

const { node, application, entry_points } = ROUTING.fields;

/** The variable `routing`. Terraform drops its other fields. */
export const routingSchema = example(
  object(
    "The node, the application, and the entry points: the output routing of a module that routes traffic, or an equivalent object.",
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
        "have an application with a security group and ports: set application in the module that routes traffic, or add it (merge(module.NAME.routing, { application = { security_group_id = …, ports = […] } }))",
      refuses: [{ application: null }, { application: { ports: [] } }, { application: { security_group_id: null } }],
    },
    {
      test: ({ application: { security_group_id } }) => hcl`!try(strcontains(${security_group_id}, "/"), false)`,
      requirement:
        "have an application in the account of this call. If application.security_group_id is ACCOUNT/ID, call the module in that account, and override it with the ID alone",
      refuses: [{ application: { security_group_id: "111122223333/sg-0123456789abcdef0" } }],
    },
  ),
  { application: { security_group_id: "sg-0123456789abcdef0", ports: [80] } },
);

export type Routing = ReferenceTo<typeof routingSchema>;

/** What this account cannot check if the node is in another one. */
export function onlyWithNode<Reference>(
  { node }: Routing,
  wanted: Rule<Reference>["test"],
  { field, refuses }: { readonly field: string; readonly refuses: Value },
): Rule<Reference> {
  return {
    test: (value) => hcl`!(${wanted(value)}) || !strcontains(${node.security_group_id}, "/")`,
    requirement: `have no ${field} if routing.node.security_group_id is in another account (ACCOUNT/ID), which this account cannot read`,
    refuses: [given({ routing: { node: { security_group_id: "111122223333/sg-0123456789abcdef0" } } }, refuses)],
  };
}

/** The variable `node`. */
export const nodeSchema = optional(
  object("Information about the node that routing does not have.", {
    subnet_cidrs: subnetCidrsField(". Traffic and rules with a source in these blocks count as the node's."),
  }),
  {},
);

export type Node = ReferenceTo<typeof nodeSchema>;

/** IDs by names that the caller chooses. */
function ids(description: string, elementName: string, id: Schema<string>) {
  return optional(
    map(
      `${description}, by names that you choose.`,
      elementName,
      id,
      distinctValues("ID", { a: id.example, b: id.example }),
    ),
    {},
  );
}

/** The variable `application`. */
export const applicationSchema = optional(
  object("Information about the application that routing does not have.", {
    security_group_ids: ids(
      "IDs of additional security groups of its network interfaces",
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
        "CIDR blocks of its addresses, if other hosts in its subnets use the same ports. Empty: all logged traffic counts as the application's.",
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

/** Props that the constructs of the module share. */
export interface SharedProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly routing: Routing;
  readonly node: Node;
  readonly application: Application;
  /** All security groups of the application, by name. */
  readonly securityGroupIds: IResolvable;
  /** The ID of the node's security group alone, without its account. */
  readonly nodeSecurityGroupId: string;
  readonly account: Account;
}

/** Where the module is applied. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly partition: string;
}
